// Amounts for people: `1.5 s`, `256 MiB`.

const SIZES: [string, number][] = [['GiB', 2 ** 30], ['MiB', 2 ** 20], ['KiB', 2 ** 10]];

const decimal = (value: number) => value.toFixed(1).replace(/\.0$/, '');

export function bytes(count: number): string {
  const unit = SIZES.find(([, size]) => count >= size);
  return unit ? `${decimal(count / unit[1])} ${unit[0]}` : `${count} ${count === 1 ? 'byte' : 'bytes'}`;
}

/** A time that somebody set: as exact as it was set. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000 || ms % 60_000 !== 0) return `${Number((ms / 1000).toFixed(2))} s`;
  return `${ms / 60_000} min`;
}

/** A time that was measured: three digits say enough. */
export function measuredTime(ms: number): string {
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return `${(ms / 1000).toFixed(2)} s`;
}

export const count = (number: number) => number.toLocaleString('en');

export const plural = (number: number, one: string, many = `${one}s`) => `${count(number)} ${number === 1 ? one : many}`;
