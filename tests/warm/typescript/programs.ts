// == hello
const greeting: string = "Hello";
console.log(greeting);
// == what was given {"args": ["a", "b c", "--flag"], "env": {"WORD": "yes"}}
console.log(process.argv.slice(1), process.execArgv, process.env.WORD, __filename, require.main === module);
// == standard input {"stdin": "20\n22\n"}
import { readFileSync } from "fs";
const numbers = readFileSync(0, "utf8").trim().split("\n").map(Number);
console.log(numbers.reduce((a, b) => a + b));
// == lines as they come {"stdin": "one\ntwo\n"}
import * as readline from "readline";
readline.createInterface({ input: process.stdin }).on("line", (line: string) => console.log(line.toUpperCase()));
// == another file {"files": {"lib/shapes.ts": "export interface Shape { area(): number }\nexport class Square implements Shape { constructor(private side: number) {} area() { return this.side ** 2; } }\n"}}
import { Shape, Square } from "./lib/shapes";
const shape: Shape = new Square(3);
console.log(shape.area(), shape);
// == data {"files": {"data.json": "{\"a\": [1, 2]}"}}
import data from "./data.json";
console.log(data.a);
// == an error that nobody catches
interface Thing { name: string }

function fail(thing: Thing): never {
  throw new TypeError(`no ${thing.name}`);
}
fail({ name: "luck" });
// == an error in another file {"files": {"lib.ts": "\n\nexport function fail(): void {\n  throw new Error('there');\n}\n"}}
import { fail } from "./lib";
try {
  fail();
} catch (error) {
  console.log((error as Error).stack?.split("\n").slice(0, 3));
}
// == a promise that is rejected
async function later(): Promise<void> {
  await new Promise((done) => setTimeout(done, 5));
  throw new Error("too late");
}
later();
// == exit code
process.on("exit", (code: number) => console.log("exit", code));
process.exitCode = 3;
// == a generic
class Stack<T> { #items: T[] = []; push(item: T): this { this.#items.push(item); return this; } get top(): T | undefined { return this.#items.at(-1); } }
console.log(new Stack<number>().push(1).push(2).top, new Stack<string>());
// == strict mode
console.log((function (this: unknown) { return this; })());
// == flags {"compile": {"args": ["--strict", "--target", "es2015"]}}
const maybe: string | undefined = process.env.NOT_THERE;
console.log(maybe?.length ?? "none");
