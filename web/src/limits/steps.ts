// The values that a slider for a limit stops at: round ones up to the server's ceiling, and always the default and the ceiling.
import type { LimitName } from '../api/types';
import { bytes, count, duration } from '../page/units';

export interface Adjustable {
  name: LimitName;
  title: string;
  hint: string;
}

export const ADJUSTABLE: Adjustable[] = [
  { name: 'cpu_time_ms', title: 'Processor time', hint: 'How long the program may compute, all its processes together.' },
  { name: 'wall_time_ms', title: 'Time on the clock', hint: 'How long it may take, waiting included.' },
  { name: 'memory_bytes', title: 'Memory', hint: 'All its processes together.' },
  { name: 'processes', title: 'Processes and threads', hint: 'Alive at once.' },
  { name: 'output_bytes', title: 'Output', hint: 'How much of each of stdout and stderr is shown.' },
];

const MILLISECONDS = [100, 250, 500, 1000, 2000, 3000, 5000, 10_000, 15_000, 20_000, 30_000, 45_000, 60_000, 90_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000];
const COUNTS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096];
const SMALLEST = { memory_bytes: 16 * 2 ** 20, output_bytes: 2 ** 10 } as Partial<Record<LimitName, number>>;

export function stepsOf(name: LimitName, standard: number, ceiling: number): number[] {
  const round = name.endsWith('_ms') ? MILLISECONDS : name.endsWith('_bytes') ? doublings(SMALLEST[name] ?? 2 ** 20, ceiling) : COUNTS;
  const steps = new Set([...round.filter((value) => value < ceiling), standard, ceiling]);
  return [...steps].sort((a, b) => a - b);
}

function doublings(from: number, to: number): number[] {
  const values = [];
  for (let value = from; value < to; value *= 2) values.push(value);
  return values;
}

export function amountOf(name: LimitName, value: number): string {
  if (name.endsWith('_ms')) return duration(value);
  return name.endsWith('_bytes') ? bytes(value) : count(value);
}
