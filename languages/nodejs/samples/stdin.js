const readline = require("node:readline");

let sum = 0;
const lines = readline.createInterface({ input: process.stdin });
lines.on("line", (line) => { sum += Number(line); });
lines.on("close", () => console.log(sum));
