// A number, or is it?
const answer: number = "forty-two";
console.log(answer);
