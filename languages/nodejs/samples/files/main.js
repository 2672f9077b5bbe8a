const { greet } = require("./greetings");

console.log(greet("another file"));
