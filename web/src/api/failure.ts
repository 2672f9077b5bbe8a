// Everything that can keep a program from running or its answer from arriving, told apart by what the user can do about it.
import type { Problem } from './types';

export type Failure =
  | { kind: 'unreachable' }
  | { kind: 'lost' }
  | { kind: 'busy'; retryAfter: number; problem: Problem }
  | { kind: 'too-large'; problem: Problem }
  | { kind: 'refused'; problem: Problem }
  | { kind: 'failed'; problem: Problem };

/** Sorts what the server said. `retryAfter` are the seconds of its `Retry-After`, where it sent one. */
export function failureOf(problem: Problem, retryAfter?: number): Failure {
  switch (problem.status) {
    case 503:
      return { kind: 'busy', retryAfter: retryAfter ?? 2, problem };
    case 413:
      return { kind: 'too-large', problem };
  }
  return problem.status >= 500 ? { kind: 'failed', problem } : { kind: 'refused', problem };
}

/** What an answer that is no success says, also when something between us and the server wrote it. */
export async function failureOfAnswer(answer: Response): Promise<Failure> {
  // A proxy whose server is gone answers in its place.
  if (answer.status === 502 || answer.status === 504) return { kind: 'unreachable' };
  const seconds = Number(answer.headers.get('Retry-After') ?? undefined);
  const retryAfter = Number.isFinite(seconds) ? Math.max(1, Math.ceil(seconds)) : undefined;
  const problem = await answer.json().then(asProblem).catch(() => undefined);
  return failureOf(problem ?? unknownProblem(answer), retryAfter);
}

function asProblem(body: unknown): Problem | undefined {
  const problem = body as Partial<Problem> | null;
  if (typeof problem?.detail !== 'string' && typeof problem?.error !== 'string') return undefined;
  const detail = problem.detail ?? problem.error ?? '';
  return { title: 'Refused', status: 500, error: detail, ...problem, detail };
}

function unknownProblem(answer: Response): Problem {
  const detail = `The server answered with status ${answer.status} ${answer.statusText}`.trimEnd() + '.';
  return { title: 'Unexpected answer', status: answer.status, detail, error: detail };
}
