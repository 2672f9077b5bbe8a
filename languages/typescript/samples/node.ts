import { EventEmitter } from "node:events";
import fs from "fs";
import { basename, join } from "node:path";
const os = require("os");

const name = join(os.tmpdir(), "lines.txt");
fs.writeFileSync(name, "first\nsecond\n");
const lines = fs.readFileSync(name, "utf8").trim().split("\n");

const events: EventEmitter = new EventEmitter();
events.on("read", (count: number) => process.stdout.write(`${count} lines: ${lines.join(", ")}\n`));
events.emit("read", lines.length);
setTimeout(() => console.log(basename(name)), 1);
