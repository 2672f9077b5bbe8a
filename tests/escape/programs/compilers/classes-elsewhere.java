// Has classes and headers written into the root of the file system.
// expect: compile failed
// compile-limit: cpu_time=120s wall_time=240s
// compile-arg: -d
// compile-arg: /
// compile-arg: -h
// compile-arg: /usr/include

class Main {
    native void planted();
    public static void main(String[] arguments) {}
}
