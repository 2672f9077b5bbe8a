// Compares types so large that the compiler is busy with them for ever.
// expect: compile cpu_time_exceeded
// compile-arg: --strict
// compile-limit: cpu_time=2s

type Bit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
type Hundred = `${Bit}${Bit}`;
type All = `${Hundred}${Hundred}`;
type Pairs<T> = T extends All ? { [K in All]: [T, K] } : never;
type Every = Pairs<All>;

const one: Every = {} as Every;
const two: { [K in All]: [All, K] } = one;
console.log(two);
