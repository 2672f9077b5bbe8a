// What each failure is called, and what to do about it.
import type { Failure } from '../api/failure';

export interface FailureWords {
  title: string;
  detail: string;
  field?: string;
  /** Whether the same thing may work when it is tried again. */
  retry: boolean;
}

export function failureWords(failure: Failure): FailureWords {
  switch (failure.kind) {
    case 'unreachable':
      return { title: 'The server cannot be reached.', detail: 'Is it running, and is this computer online? Your program is kept in this browser.', retry: true };
    case 'lost':
      return {
        title: 'The connection was lost.',
        detail: 'The program was stopped, because nobody was there to read what it writes. What had arrived is shown.',
        retry: true,
      };
    case 'busy':
      return { title: 'The server is busy.', detail: sentence(failure.problem.detail), retry: true };
    case 'too-large':
      return { title: 'The program is too large for this server.', detail: sentence(failure.problem.detail), retry: false };
    case 'refused':
      return {
        title: 'The server refused to run this.',
        detail: sentence(failure.problem.detail),
        ...(failure.problem.field && { field: failure.problem.field }),
        retry: false,
      };
    case 'failed': {
      const id = failure.problem.request_id ? ` Its log has the reason under ${failure.problem.request_id}.` : '';
      return { title: 'The server failed.', detail: sentence(failure.problem.detail) + id, retry: true };
    }
  }
}

/** The server's words begin small, as they follow a colon elsewhere. */
function sentence(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') return '';
  const capital = /^[a-z]+ /.test(trimmed) ? trimmed[0]!.toUpperCase() + trimmed.slice(1) : trimmed;
  return /[.!?…]$/.test(capital) ? capital : `${capital}.`;
}
