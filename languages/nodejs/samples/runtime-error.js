console.log("before");
console.log(undefined.length);
