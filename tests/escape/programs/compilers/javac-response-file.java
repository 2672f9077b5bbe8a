// Has javac take its arguments from a file of the host, the first of which it would name as wrong.
// expect: compile exited 3 or compile exited 2
// compile-arg: @@LURE_FILE@

class Main {
    public static void main(String[] arguments) {}
}
