enum Color {
  Green,
  Red,
}
const enum Size {
  Small = 3,
}
namespace Space {
  export const four: number = 4;
}
abstract class Labelled<T = string> {
  abstract readonly label: T;
}
class Point extends Labelled {
  constructor(public x: number, readonly y: number) {
    super();
  }
  label = "p";
}
function isNumber(this: void, value: unknown): value is number {
  return typeof value === "number";
}
const pair = [1, 2] as const;
const tree: Array<Array<number>> = [[1]];
console.log(Color.Red, Color[1], Size.Small, Space.four, pair.join(), new Point(...pair), isNumber(tree[0]![0]));
