// One run at a time: starts it, follows it, stops it, and knows how it ended.
import { isCancelled, RequestFailed, run } from '../api/client';
import type { Failure } from '../api/failure';
import { Interactive } from '../api/interactive';
import type { Limits, Outcome, PhaseName, Report, RunEvent, RunRequest, StreamName, Usage } from '../api/types';
import { fromBase64 } from '../api/base64';
import { parseDiagnostics, type Diagnostic } from '../diagnostics/parse';
import { OutputLog } from '../output/log';

export type Step = PhaseName | 'sending';

/** A run that has not ended yet. */
export interface Going {
  step: Step;
  /** When the step began, by `performance.now()`. */
  since: number;
}

export type Ending =
  | { kind: 'report'; report: Report; shown: Record<StreamName, number> }
  | { kind: 'stopped'; afterMs: number }
  | { kind: 'failure'; failure: Failure };

export interface Waiting {
  seconds: number;
  attempt: number;
}

/** Where a program on a terminal writes to. */
export interface Screen {
  write(data: string | Uint8Array): void;
}

const MOST_ATTEMPTS = 6;
const LONGEST_WAIT_S = 60;

export class Runner {
  going = $state.raw<Going>();
  /** Set while a busy server is given time. */
  waiting = $state<Waiting>();
  ending = $state.raw<Ending>();
  /** What compiling took, when there was something to compile. */
  compiled = $state.raw<{ outcome: Outcome; usage: Usage }>();
  diagnostics = $state.raw<Diagnostic[]>([]);
  log = $state.raw(new OutputLog());
  /** The limits of the run that is shown. */
  limits = $state.raw<Partial<Limits>>({});
  onTerminal = $state(false);
  /** Whether the output pane has something. */
  wrote = $state(false);

  #request: RunRequest | undefined;
  #files: string[] = [];
  #shown: Record<StreamName, number> = { stdout: 0, stderr: 0 };
  #started = 0;
  #stop = () => {};
  #interactive: Interactive | undefined;
  #encoder = new TextEncoder();
  /** Rises with each run: what an earlier one still says is not heard. */
  #turn = 0;

  get busy(): boolean {
    return this.going !== undefined || this.waiting !== undefined;
  }

  /** Runs a program and shows its output as it comes. */
  async start(request: RunRequest, limits: Partial<Limits>) {
    const turn = this.#begin(request, limits);
    this.onTerminal = false;
    for (let attempt = 1; turn === this.#turn; attempt++) {
      const controller = new AbortController();
      this.#stop = () => controller.abort();
      try {
        for await (const events of run(request, controller.signal)) {
          if (turn !== this.#turn) return;
          events.forEach((event) => this.#take(event));
        }
        return;
      } catch (error) {
        if (turn !== this.#turn || isCancelled(error)) return;
        const failure: Failure = error instanceof RequestFailed ? error.failure : { kind: 'lost' };
        if (failure.kind !== 'busy' || attempt >= MOST_ATTEMPTS) return this.#end({ kind: 'failure', failure });
        await this.#wait(Math.min(failure.retryAfter, LONGEST_WAIT_S), attempt);
      }
    }
  }

  /** Runs a program on a terminal. */
  startOnTerminal(request: RunRequest, limits: Partial<Limits>, screen: Screen) {
    const turn = this.#begin(request, limits);
    this.onTerminal = true;
    const interactive = new Interactive(request, {
      event: (event) => {
        if (turn !== this.#turn) return;
        if (event.type === 'stdout' || event.type === 'stderr') {
          const data = event.encoding === 'base64' ? fromBase64(event.data) : event.data;
          // A compiler writes to a pipe: its lines end as files do.
          screen.write(event.phase === 'compile' && typeof data === 'string' ? data.replace(/\r?\n/g, '\r\n') : data);
        }
        this.#take(event);
      },
      failure: (failure) => turn === this.#turn && this.#end({ kind: 'failure', failure }),
    });
    this.#interactive = interactive;
    this.#stop = () => interactive.stop();
  }

  type(data: string) {
    if (this.going) this.#interactive?.input(data);
  }

  resize(rows: number, cols: number) {
    if (this.going) this.#interactive?.resize(rows, cols);
  }

  /** Ends the run; the server kills what is left of it. */
  stop() {
    if (!this.busy) return;
    const afterMs = performance.now() - this.#started;
    this.#stop();
    this.#turn++;
    this.#end({ kind: 'stopped', afterMs });
  }

  /** Forgets the last run, as for another program. */
  clear() {
    if (this.busy) this.stop();
    this.ending = undefined;
    this.compiled = undefined;
    this.diagnostics = [];
    this.log = new OutputLog();
    this.wrote = false;
    this.onTerminal = false;
  }

  #begin(request: RunRequest, limits: Partial<Limits>): number {
    if (this.busy) this.stop();
    this.clear();
    this.#request = request;
    this.#files = request.files.map((file) => file.name);
    this.#shown = { stdout: 0, stderr: 0 };
    this.#interactive = undefined;
    this.limits = limits;
    this.#started = performance.now();
    this.going = { step: 'sending', since: this.#started };
    return ++this.#turn;
  }

  #take(event: RunEvent) {
    switch (event.type) {
      case 'phase_started':
        this.#shown = { stdout: 0, stderr: 0 };
        this.going = { step: event.phase, since: performance.now() };
        break;
      case 'stdout':
      case 'stderr':
        this.#shown[event.type] += event.encoding === 'base64' ? fromBase64(event.data).length : this.#encoder.encode(event.data).length;
        // A terminal shows its output itself, and there is no end to it.
        if (this.onTerminal) this.log.note(event.type, event.phase, event.encoding === 'base64' ? '' : event.data);
        else this.log.append(event.type, event.phase, event.data, event.encoding);
        this.wrote = !this.onTerminal;
        break;
      case 'phase_finished':
        if (event.phase === 'compile') this.compiled = { outcome: event.outcome, usage: event.usage };
        this.#diagnose();
        break;
      case 'finished': {
        const compile = event.report.phases.find((phase) => phase.phase === 'compile');
        if (compile) this.compiled = { outcome: compile.outcome, usage: compile.usage };
        this.#end({ kind: 'report', report: event.report, shown: { ...this.#shown } });
        break;
      }
      case 'failed':
        this.#end({ kind: 'failure', failure: { kind: 'failed', problem: event.problem } });
    }
  }

  #end(ending: Ending) {
    this.going = undefined;
    this.waiting = undefined;
    this.ending = ending;
    this.#diagnose();
  }

  #diagnose() {
    const { compile, stdout, stderr } = this.log.messages;
    const language = this.#request?.language ?? '';
    // PHP reports its mistakes among the output, and everything does on a terminal.
    const written = this.onTerminal || language === 'php' ? stdout + stderr : stderr;
    this.diagnostics = parseDiagnostics(language, `${compile}\n${written}`, this.#files);
  }

  /** Counts down; the stop button and "try now" end it early. */
  async #wait(seconds: number, attempt: number) {
    this.going = undefined;
    await new Promise<void>((resolve) => {
      this.waiting = { seconds, attempt };
      const timer = setInterval(() => {
        if (this.waiting && --this.waiting.seconds <= 0) done();
      }, 1000);
      const done = () => {
        clearInterval(timer);
        resolve();
      };
      this.#stop = done;
      this.tryNow = done;
    });
    if (!this.waiting) return;
    this.waiting = undefined;
    this.going = { step: 'sending', since: performance.now() };
  }

  /** Ends the wait for a busy server. */
  tryNow = () => {};
}
