// A program on a terminal, over a WebSocket.
import { webSocketAddress } from './address';
import { failureOf, type Failure } from './failure';
import type { Problem, RunEvent, RunRequest } from './types';

export interface InteractiveHandlers {
  event(event: RunEvent): void;
  failure(failure: Failure): void;
}

export class Interactive {
  #socket: WebSocket;
  #opened = false;
  #over = false;

  constructor(request: RunRequest, handlers: InteractiveHandlers) {
    this.#socket = new WebSocket(webSocketAddress('interactive'));
    this.#socket.onopen = () => {
      this.#opened = true;
      this.#send(request);
    };
    this.#socket.onmessage = ({ data }) => this.#receive(String(data), handlers);
    this.#socket.onclose = ({ code, reason }) => {
      if (this.#over) return;
      this.#over = true;
      handlers.failure(this.#failureOfClose(code, reason));
    };
  }

  input(data: string) {
    this.#send({ type: 'stdin', data });
  }

  resize(rows: number, cols: number) {
    this.#send({ type: 'resize', rows, cols });
  }

  /** Closing the connection kills the program. No handler is called any more. */
  stop() {
    this.#over = true;
    this.#socket.close(1000);
  }

  #send(message: object) {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #receive(text: string, handlers: InteractiveHandlers) {
    if (this.#over) return;
    const message = JSON.parse(text) as RunEvent | { type: 'error'; problem: Problem };
    if (message.type === 'error') {
      this.#over = true;
      handlers.failure(failureOf(message.problem));
      return;
    }
    this.#over = message.type === 'finished' || message.type === 'failed';
    handlers.event(message);
  }

  #failureOfClose(code: number, reason: string): Failure {
    if (!this.#opened) return { kind: 'unreachable' };
    const problem = (status: number, title: string, detail: string): Failure =>
      failureOf({ status, title, detail: reason || detail, error: reason || detail });
    switch (code) {
      case 4400:
        return problem(400, 'Protocol mistake', 'The server did not understand this page.');
      case 4408:
        return problem(408, 'Idle for too long', 'Nothing was typed and nothing was written for too long, so the program was stopped.');
      case 4413:
        return problem(413, 'Too large', 'The program is larger than this server accepts.');
      case 4422:
        return problem(422, 'Refused', 'The server refused to run this.');
      case 4500:
        return problem(500, 'Server error', 'The server failed.');
      case 4503:
        return problem(503, 'Busy', 'The server is busy.');
    }
    return { kind: 'lost' };
  }
}
