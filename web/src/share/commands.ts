// The same run as a command line: with curl, and with our own program.
import type { LimitName } from '../api/types';
import { quote, splitArguments } from '../run/arguments';
import { runRequest, type Program } from '../workspace/program';

export function curlCommand(program: Program, server: string): string {
  const body = JSON.stringify(runRequest(program));
  return `curl -s ${quote(`${server}/api/v1/run`)} -H 'Content-Type: application/json' \\\n  --data-binary ${quote(body)}`;
}

/** Expects the files to be in the current folder. */
export function cliCommand(program: Program, server: string): string {
  const names = program.files.map((file) => file.name);
  const files = [program.entrypoint, ...names.filter((name) => name !== program.entrypoint)];
  const limits = Object.entries(program.limits).map(([name, value]) => ['--limit', `${shortName(name)}=${amount(name as LimitName, value)}`]);
  const args = splitArguments(program.args);
  const words = ['codecanvas', 'run', ...files, '-l', program.language, '--url', server, ...limits.flat(), ...(args.length > 0 ? ['--', ...args] : [])];
  const stdin = program.stdin === '' ? '' : `printf '%s' ${quote(program.stdin)} | `;
  return stdin + words.map(quote).join(' ');
}

const shortName = (name: string) => name.replace(/_(ms|bytes)$/, '');

function amount(name: LimitName, value: number): string {
  if (name.endsWith('_ms')) return value % 1000 === 0 ? `${value / 1000}s` : `${value}ms`;
  if (!name.endsWith('_bytes')) return String(value);
  const unit = ([['GiB', 2 ** 30], ['MiB', 2 ** 20], ['KiB', 2 ** 10]] as const).find(([, size]) => value % size === 0);
  return unit ? `${value / unit[1]}${unit[0]}` : `${value}B`;
}
