// Has the virtual machine of the compiler start more threads than there may be.
// expect: compile processes_exceeded
// needs: process limit
// otherwise: compile exited 1
// compile-limit: processes=32
// compile-arg: -J-XX:-UseSerialGC
// compile-arg: -J-XX:+UseParallelGC
// compile-arg: -J-XX:ParallelGCThreads=100
// compile-arg: -J-XX:-UseDynamicNumberOfGCThreads

class Main {
    public static void main(String[] arguments) {}
}
