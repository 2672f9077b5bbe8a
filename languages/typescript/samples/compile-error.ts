console.log("never printed");
const answer: number = "forty-two";
console.log(answer);
