// What the server says and hears, as docs/api.md describes it.

export interface Limits {
  cpu_time_ms: number;
  wall_time_ms: number;
  memory_bytes: number;
  processes: number;
  output_bytes: number;
  file_size_bytes: number;
  disk_bytes: number;
  disk_files: number;
  stack_bytes: number;
  open_files: number;
}

export type LimitName = keyof Limits;

export interface Language {
  id: string;
  name: string;
  aliases: string[];
  extensions: string[];
  compiled: boolean;
  available: boolean;
  /** The name a program of one file gets. */
  file?: string;
  version?: string;
  reason?: string;
  install?: string;
  sample?: string;
  limits?: Partial<Limits>;
}

export interface Languages {
  languages: string[];
  details: Language[];
}

export interface PhaseLimits {
  defaults: Limits;
  ceilings: Limits;
}

export interface ServerLimits {
  run: PhaseLimits;
  compile: PhaseLimits;
  interactive?: { wall_time_ms: number; idle_ms: number };
  network: boolean;
  max_body_bytes: number;
  /** What this server cannot enforce, in sentences. */
  weaker: string[];
}

export type Encoding = 'utf8' | 'base64';

export interface SourceFile {
  name: string;
  content: string;
  encoding?: Encoding;
}

export interface RunRequest {
  language: string;
  files: SourceFile[];
  entrypoint?: string;
  stdin?: string;
  args?: string[];
  limits?: Partial<Limits>;
  tty?: { rows: number; cols: number };
}

export type PhaseName = 'compile' | 'run';
export type StreamName = 'stdout' | 'stderr';

export interface Breach {
  limit: string;
  allowed: number;
  measured: number;
  mechanism: string;
}

export type Outcome =
  | { kind: 'exited'; code: number }
  | { kind: 'signaled'; signal: number; name: string }
  | { kind: 'cancelled' }
  | ({ kind: BreachKind } & Breach);

export type BreachKind =
  | 'cpu_time_exceeded'
  | 'wall_time_exceeded'
  | 'memory_exceeded'
  | 'output_exceeded'
  | 'file_size_exceeded'
  | 'processes_exceeded'
  | 'disk_exceeded'
  | 'stack_exceeded';

export interface Usage {
  cpu_time_ms: number;
  wall_time_ms: number;
  memory_peak_bytes: number;
}

export interface StreamInfo {
  bytes: number;
  encoding: Encoding;
  truncated: boolean;
}

export interface PhaseReport {
  phase: PhaseName;
  outcome: Outcome;
  usage: Usage;
  stdout?: string;
  stderr?: string;
}

export interface Report {
  stdout: string;
  stderr: string;
  error: string;
  outcome: Outcome;
  usage: Usage;
  truncated: boolean;
  output: Record<StreamName, StreamInfo>;
  phases: PhaseReport[];
  language: string;
  version: string;
  weaker: string[];
}

/** Why the server refused a request, or could not finish it. */
export interface Problem {
  error: string;
  title: string;
  status: number;
  detail: string;
  type?: string;
  field?: string;
  request_id?: string;
}

export type RunEvent =
  | { seq: number; type: 'phase_started'; phase: PhaseName }
  | { seq: number; type: StreamName; phase: PhaseName; data: string; encoding?: Encoding }
  | { seq: number; type: 'phase_finished'; phase: PhaseName; outcome: Outcome; usage: Usage }
  | { seq: number; type: 'finished'; report: Report }
  | { seq: number; type: 'failed'; problem: Problem };
