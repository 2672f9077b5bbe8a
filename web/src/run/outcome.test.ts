import { describe, expect, it } from 'vitest';
import type { Outcome, Report } from '../api/types';
import { outcomeWords, truncationWords } from './outcome';

const USAGE = { cpu_time_ms: 1, wall_time_ms: 1, memory_peak_bytes: 1 };

function report(outcome: Outcome, phase: 'compile' | 'run' = 'run', more: Partial<Report> = {}): Report {
  const stream = { bytes: 0, encoding: 'utf8' as const, truncated: false };
  return {
    stdout: '', stderr: '', error: '', outcome, usage: USAGE, truncated: false, output: { stdout: stream, stderr: stream },
    phases: [{ phase, outcome, usage: USAGE }], language: 'c', version: '12', weaker: [], ...more,
  };
}

const breach = (limit: string, allowed: number, measured: number) => ({ limit, allowed, measured, mechanism: 'test' });

describe('how a program ended, in words', () => {
  it.each<[Outcome, string, string]>([
    [{ kind: 'exited', code: 0 }, 'success', 'Finished.'],
    [{ kind: 'exited', code: 3 }, 'failure', 'Ended with exit code 3.'],
    [{ kind: 'signaled', signal: 11, name: 'SIGSEGV' }, 'failure', 'Crashed: it reached for memory that is not its own (SIGSEGV).'],
    [{ kind: 'signaled', signal: 40, name: 'SIGRTMIN+6' }, 'failure', 'Crashed: signal 40 (SIGRTMIN+6).'],
    [{ kind: 'signaled', signal: 2, name: 'SIGINT' }, 'stopped', 'Interrupted (SIGINT).'],
    [{ kind: 'cancelled' }, 'stopped', 'Stopped, because nobody waited for it any more.'],
    [{ kind: 'cpu_time_exceeded', ...breach('cpu_time_ms', 5000, 5010) }, 'stopped', 'Stopped: used 5.01 s of processor time, 5 s are allowed.'],
    [{ kind: 'cpu_time_exceeded', ...breach('cpu_time_ms', 1000, 1004) }, 'stopped', 'Stopped: used 1.00 s of processor time, 1 s is allowed.'],
    [{ kind: 'wall_time_exceeded', ...breach('wall_time_ms', 250, 260) }, 'stopped', 'Stopped: ran for 0.26 s, 250 ms are allowed.'],
    [{ kind: 'memory_exceeded', ...breach('memory_bytes', 512 * 2 ** 20, 512 * 2 ** 20) }, 'stopped', 'Stopped: needed more memory than the 512 MiB allowed.'],
    [{ kind: 'output_exceeded', ...breach('output', 64 * 2 ** 20, 65 * 2 ** 20) }, 'stopped', 'Stopped: wrote 65 MiB, far more than the 64 MiB allowed.'],
    [{ kind: 'file_size_exceeded', ...breach('file_size_bytes', 2 ** 20, 2 ** 20) }, 'stopped', 'Stopped: wrote a file larger than the 1 MiB allowed.'],
    [{ kind: 'processes_exceeded', ...breach('processes', 64, 64) }, 'stopped', 'Stopped: wanted more than the 64 processes and threads allowed.'],
    [{ kind: 'disk_exceeded', ...breach('disk_bytes', 2 ** 26, 2 ** 26) }, 'stopped', 'Stopped: filled the 64 MiB of disk allowed.'],
    [{ kind: 'disk_exceeded', ...breach('disk_files', 4096, 4096) }, 'stopped', 'Stopped: wanted more than the 4,096 files allowed.'],
    [{ kind: 'stack_exceeded', ...breach('stack_bytes', 2 ** 26, 2 ** 26) }, 'stopped', 'Stopped: filled its stack of 64 MiB, as endless recursion does.'],
  ])('%o', (outcome, verdict, sentence) => expect(outcomeWords(report(outcome))).toEqual({ verdict, sentence }));

  it('says when it was the compiler', () => {
    expect(outcomeWords(report({ kind: 'exited', code: 1 }, 'compile')).sentence).toBe('The compiler found a mistake, so the program was not started.');
    expect(outcomeWords(report({ kind: 'wall_time_exceeded', ...breach('wall_time_ms', 60_000, 60_001) }, 'compile')).sentence).toBe(
      'While compiling: stopped: ran for 60.00 s, 1 min is allowed.',
    );
  });
});

describe('what is missing of the output', () => {
  it('is said with how much', () => {
    const cut = { bytes: 10 * 2 ** 20, encoding: 'utf8' as const, truncated: true };
    const whole = { bytes: 3, encoding: 'utf8' as const, truncated: false };
    const one = report({ kind: 'exited', code: 0 }, 'run', { truncated: true, output: { stdout: cut, stderr: whole } });
    expect(truncationWords(one, { stdout: 2 ** 20, stderr: 3 })).toBe(
      'Not everything is shown: the last 9 MiB of 10 MiB of stdout is missing. The output limit can be raised under Limits.',
    );
    const two = report({ kind: 'exited', code: 0 }, 'run', { truncated: true, output: { stdout: cut, stderr: cut } });
    expect(truncationWords(two, { stdout: 2 ** 20, stderr: 2 ** 20 })).toContain('stdout and the last 9 MiB of 10 MiB of stderr are missing');
    expect(truncationWords(report({ kind: 'exited', code: 0 }), { stdout: 0, stderr: 0 })).toBeUndefined();
  });
});
