// Has the virtual machine of the compiler connect to a debugger on the host.
// expect: compile failed
// compile-arg: -J-agentlib:jdwp=transport=dt_socket,server=n,address=127.0.0.1:@LURE_TCP@

class Main {
    public static void main(String[] arguments) {}
}
