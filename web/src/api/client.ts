// The server's HTTP routes.
import { address } from './address';
import { failureOfAnswer, type Failure } from './failure';
import { readLines } from './ndjson';
import type { Languages, Report, RunEvent, RunRequest, ServerLimits } from './types';

/** Thrown by every call of this file that does not succeed, except when the caller cancelled it. */
export class RequestFailed extends Error {
  constructor(readonly failure: Failure) {
    super(failure.kind);
  }
}

export const isCancelled = (error: unknown) => error instanceof DOMException && error.name === 'AbortError';

export async function fetchLanguages(): Promise<Languages> {
  return (await get('languages')).json();
}

/** Nothing when this server does not tell its limits. */
export async function fetchLimits(): Promise<ServerLimits | undefined> {
  try {
    return await (await get('limits')).json();
  } catch (error) {
    if (error instanceof RequestFailed && error.failure.kind === 'refused') return undefined;
    throw error;
  }
}

/** Runs a program; its events arrive as they happen. Ends after `finished` or `failed`, and throws when neither arrives. */
export async function* run(request: RunRequest, signal: AbortSignal): AsyncGenerator<RunEvent[]> {
  const answer = await send('run', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/x-ndjson' },
    body: JSON.stringify(request),
    signal,
  });
  if (!answer.headers.get('Content-Type')?.startsWith('application/x-ndjson')) {
    // A server that does not stream answers with the report alone.
    yield eventsOf(await answer.json());
    return;
  }
  let ended = false;
  try {
    for await (const events of readLines<RunEvent>(answer.body!)) {
      ended ||= events.some((event) => event.type === 'finished' || event.type === 'failed');
      yield events;
    }
  } catch (error) {
    if (isCancelled(error) || ended) throw error;
    throw new RequestFailed({ kind: 'lost' });
  }
  if (!ended) throw new RequestFailed({ kind: 'lost' });
}

/** The events that a report tells of. */
export function eventsOf(report: Report): RunEvent[] {
  const events: RunEvent[] = report.phases.map((phase) => ({ seq: 0, type: 'phase_started', phase: phase.phase }));
  const phase = report.phases.at(-1)?.phase ?? 'run';
  const compile = report.phases.find((one) => one.phase === 'compile');
  // The compiler's warnings, when the program ran; when it did not, they are the report's own stderr.
  if (phase === 'run' && compile?.stdout) events.push({ seq: 0, type: 'stdout', phase: 'compile', data: compile.stdout });
  if (phase === 'run' && compile?.stderr) events.push({ seq: 0, type: 'stderr', phase: 'compile', data: compile.stderr });
  for (const type of ['stdout', 'stderr'] as const) {
    if (report[type]) events.push({ seq: 0, type, phase, data: report[type], encoding: report.output[type].encoding });
  }
  return [...events, { seq: 0, type: 'finished', report }];
}

async function get(route: string): Promise<Response> {
  return send(route, { headers: { Accept: 'application/json' } });
}

async function send(route: string, options: RequestInit): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(address(route), { cache: 'no-store', credentials: 'omit', ...options });
  } catch (error) {
    if (isCancelled(error)) throw error;
    throw new RequestFailed({ kind: 'unreachable' });
  }
  if (!answer.ok) throw new RequestFailed(await failureOfAnswer(answer));
  return answer;
}
