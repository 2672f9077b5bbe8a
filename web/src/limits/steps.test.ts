import { expect, it } from 'vitest';
import { amountOf, stepsOf } from './steps';

it('a slider stops at round values, the default and the ceiling', () => {
  expect(stepsOf('cpu_time_ms', 7000, 20_000)).toEqual([100, 250, 500, 1000, 2000, 3000, 5000, 7000, 10_000, 15_000, 20_000]);
  expect(stepsOf('memory_bytes', 512 * 2 ** 20, 2 ** 30).map((step) => amountOf('memory_bytes', step))).toEqual([
    '16 MiB', '32 MiB', '64 MiB', '128 MiB', '256 MiB', '512 MiB', '1 GiB',
  ]);
  expect(stepsOf('processes', 64, 64)).toEqual([1, 2, 4, 8, 16, 32, 64]);
  expect(stepsOf('memory_bytes', 2 ** 20, 2 ** 20)).toEqual([2 ** 20]);
});
