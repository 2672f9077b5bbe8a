// A whole program as it is kept, shared and run: plain data.
import type { LimitName, RunRequest, SourceFile } from '../api/types';
import { splitArguments } from '../run/arguments';

export type LimitChoices = Partial<Record<LimitName, number>>;

export interface Program {
  language: string;
  files: SourceFile[];
  /** The name of the file that is started. */
  entrypoint: string;
  stdin: string;
  /** One line, as on a command line. */
  args: string;
  limits: LimitChoices;
}

export function runRequest(program: Program): RunRequest {
  const args = splitArguments(program.args);
  return {
    language: program.language,
    files: program.files,
    ...(program.files.length > 1 && { entrypoint: program.entrypoint }),
    ...(program.stdin !== '' && { stdin: program.stdin }),
    ...(args.length > 0 && { args }),
    ...(Object.keys(program.limits).length > 0 && { limits: program.limits }),
  };
}

/** Whether something from outside (storage, a link) has the form of a program. */
export function isProgram(value: unknown): value is Program {
  const program = value as Partial<Program> | null;
  return (
    typeof program?.language === 'string' &&
    Array.isArray(program.files) &&
    program.files.length > 0 &&
    program.files.every((file) => typeof file?.name === 'string' && typeof file.content === 'string') &&
    program.files.some((file) => file.name === program.entrypoint) &&
    typeof program.stdin === 'string' &&
    typeof program.args === 'string' &&
    typeof program.limits === 'object' &&
    program.limits !== null &&
    Object.values(program.limits).every((limit) => typeof limit === 'number')
  );
}
