import { greet } from "./greetings.mjs";

console.log(greet(await Promise.resolve("a module")));
