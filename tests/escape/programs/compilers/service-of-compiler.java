// Names a plugin and an annotation processor, which the compiler looks for in folders of the host.
// expect: compile failed
// compile-limit: cpu_time=120s wall_time=240s
// compile-arg: -processorpath
// compile-arg: /:@LURE_FOLDER@
// compile-arg: -processor
// compile-arg: planted.Processor

class Main {
    public static void main(String[] arguments) {}
}
