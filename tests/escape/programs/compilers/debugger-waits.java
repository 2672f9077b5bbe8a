// Has the virtual machine of the compiler wait for a debugger, from anywhere, before it does a thing.
// expect: compile wall_time_exceeded
// compile-limit: wall_time=1s
// compile-arg: -J-agentlib:jdwp=transport=dt_socket,server=y,suspend=y,address=*:0

class Main {
    public static void main(String[] arguments) {}
}
