// Has the virtual machine of the compiler write its log where the host's programs are.
// expect: compile failed
// compile-arg: -J-Xlog:all=info:file=/usr/bin/planted

class Main {
    public static void main(String[] arguments) {}
}
