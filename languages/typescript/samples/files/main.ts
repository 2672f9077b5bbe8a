import { greet, type Person } from "./greetings";

const person: Person = { name: "another file" };
console.log(greet(person));
