// Has the virtual machine of the compiler run a script when its memory is full, which is this very file: it kills the compiler as a proof.
// expect: compile signaled SIGKILL
// compile-limit: cpu_time=120s wall_time=240s
// compile-arg: -J-Xms2m
// compile-arg: -J-Xmx4m
// compile-arg: -J-XX:OnOutOfMemoryError=sh /work/Main.java
/*
for path in /etc/shadow @LURE_FILE@ /proc/1/environ; do cat $path && echo ESCAPED $path; done
[ "$(id -u)" = 0 ] && echo ESCAPED root
kill -KILL -1
*/

public class Main {
    public static void main(String[] arguments) {}
}
