const { execFileSync, fork } = require("node:child_process");

if (process.argv[2] === "child") {
  process.once("message", (numbers) => process.send(numbers.reduce((total, number) => total + number)));
  process.once("message", () => process.disconnect());
} else {
  console.log(execFileSync(process.execPath, ["-e", "console.log('from a child')"], { encoding: "utf8" }).trim());
  const child = fork(__filename, ["child"]);
  child.once("message", (total) => console.log(total));
  child.send([20, 22]);
}
