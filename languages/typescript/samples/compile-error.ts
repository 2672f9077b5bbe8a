console.log("never printed");
const x number = 1;
console.log(x);
