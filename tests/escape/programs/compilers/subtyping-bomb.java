// Asks whether one type is below another, which takes a proof without end.
// expect: compile exited 3 or compile exited 4
// compile-limit: cpu_time=120s wall_time=240s

class Main {
    static class Super<T> {}
    static class Sub<T> extends Super<Super<? super Sub<Sub<T>>>> {}
    static Super<? super Sub<Byte>> cast(Sub<Byte> below) { return below; }
    public static void main(String[] arguments) {}
}
