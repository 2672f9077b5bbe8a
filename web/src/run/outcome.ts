// How a program ended, in plain words: which limit, what was allowed, what was measured.
import type { Breach, Outcome, Report, StreamName } from '../api/types';
import { bytes, count, duration } from '../page/units';

export type Verdict = 'success' | 'failure' | 'stopped';

export interface OutcomeWords {
  verdict: Verdict;
  sentence: string;
}

export function outcomeWords(report: Report): OutcomeWords {
  const { outcome } = report;
  const compiling = report.phases.at(-1)?.phase === 'compile';
  if (compiling && outcome.kind === 'exited' && outcome.code !== 0) {
    return { verdict: 'failure', sentence: 'The compiler found a mistake, so the program was not started.' };
  }
  const words = describe(outcome);
  return compiling && words.verdict !== 'success' ? { ...words, sentence: `While compiling: ${lowerFirst(words.sentence)}` } : words;
}

function describe(outcome: Outcome): OutcomeWords {
  switch (outcome.kind) {
    case 'exited':
      if (outcome.code === 0) return { verdict: 'success', sentence: 'Finished.' };
      return { verdict: 'failure', sentence: `Ended with exit code ${outcome.code}.` };
    case 'signaled':
      // What Ctrl-C sends is somebody's wish, and no crash.
      if (outcome.signal === 2) return { verdict: 'stopped', sentence: `Interrupted (${outcome.name}).` };
      return { verdict: 'failure', sentence: `Crashed: ${signalWords(outcome.signal)} (${outcome.name}).` };
    case 'cancelled':
      return { verdict: 'stopped', sentence: 'Stopped, because nobody waited for it any more.' };
  }
  return { verdict: 'stopped', sentence: `Stopped: ${breachWords(outcome.kind, outcome)}.` };
}

function breachWords(kind: string, { limit, allowed, measured }: Breach): string {
  switch (kind) {
    case 'cpu_time_exceeded':
      return `used ${seconds(measured)} of processor time, ${duration(allowed)} ${are(allowed)} allowed`;
    case 'wall_time_exceeded':
      return `ran for ${seconds(measured)}, ${duration(allowed)} ${are(allowed)} allowed`;
    case 'memory_exceeded':
      return `needed more memory than the ${bytes(allowed)} allowed`;
    case 'output_exceeded':
      return `wrote ${bytes(measured)}, far more than the ${bytes(allowed)} allowed`;
    case 'file_size_exceeded':
      return `wrote a file larger than the ${bytes(allowed)} allowed`;
    case 'processes_exceeded':
      return `wanted more than the ${count(allowed)} processes and threads allowed`;
    case 'disk_exceeded':
      return limit === 'disk_files' ? `wanted more than the ${count(allowed)} files allowed` : `filled the ${bytes(allowed)} of disk allowed`;
    case 'stack_exceeded':
      return `filled its stack of ${bytes(allowed)}, as endless recursion does`;
  }
  return `went over the limit ${limit} (allowed ${count(allowed)}, measured ${count(measured)})`;
}

/** What is missing of the output, or nothing. `shown` are the bytes of each stream that arrived. */
export function truncationWords(report: Report, shown: Record<StreamName, number>): string | undefined {
  const missing = (['stdout', 'stderr'] as const)
    .filter((stream) => report.output[stream].truncated)
    .map((stream) => {
      const { bytes: written } = report.output[stream];
      return `the last ${bytes(Math.max(0, written - shown[stream]))} of ${bytes(written)} of ${stream}`;
    });
  if (missing.length === 0) return undefined;
  return `Not everything is shown: ${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} missing. The output limit can be raised under Limits.`;
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
const are = (ms: number) => (ms === 1000 || ms === 60_000 ? 'is' : 'are');
const lowerFirst = (text: string) => text[0]!.toLowerCase() + text.slice(1);

function signalWords(signal: number): string {
  const words: Record<number, string> = {
    4: 'it ran into an illegal instruction',
    6: 'it aborted itself',
    7: 'a bus error',
    8: 'an arithmetic error, such as a division by zero',
    9: 'it was killed',
    11: 'it reached for memory that is not its own',
    13: 'nobody read what it wrote',
    15: 'it was asked to end',
    31: 'it made a system call that is not allowed',
  };
  return words[signal] ?? `signal ${signal}`;
}
