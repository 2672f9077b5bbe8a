const line = "0123456789abcdef".repeat(4).slice(0, 63) + "\n";
process.stdout.write(line.repeat(16384));
