let x: number = 1;
for (let i = 0; i < 100000; i++) x = (x * 16807) % 2147483647;
console.log(x);
