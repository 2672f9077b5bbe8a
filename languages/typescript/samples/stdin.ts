import * as readline from "node:readline";

async function main() {
  let sum = 0;
  for await (const line of readline.createInterface({ input: process.stdin })) {
    sum += Number(line);
  }
  console.log(sum);
}

main();
