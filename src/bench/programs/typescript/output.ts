let line: string = "";
for (let i = 0; i < 63; i++) line += "0123456789abcdef"[i % 16];
let text: string = "";
for (let i = 0; i < 16384; i++) text += i < 16383 ? line + "\n" : line;
console.log(text);
