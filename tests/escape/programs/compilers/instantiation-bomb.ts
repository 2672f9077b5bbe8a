// A type of a million million strings, and another that needs itself without end.
// expect: compile failed
// compile-arg: --strict
// compile-limit: cpu_time=120s wall_time=240s

type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
type Words = `${Digit}${Digit}${Digit}${Digit}${Digit}${Digit}${Digit}${Digit}${Digit}${Digit}${Digit}${Digit}`;
type Deep<T extends unknown[]> = T extends [] ? never : Deep<[...T, 1]>;

const word: Words = "000000000000";
const deep: Deep<[1]> = [1];
console.log(word, deep);
