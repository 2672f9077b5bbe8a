// Goes to the gate once more: nobody is on its other side, and a JVM that gets nowhere runs no program.
// expect: stopped

import java.nio.file.*;

public class Main {
    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0) {
            System.out.println("went on");
            return;
        }
        Path gate = Path.of("/etc/standby/gate.so");
        var java = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-XX:+UseSerialGC", "-Xmx32m", "-cp", ".", "Main", "x");
        java.environment().put("LD_PRELOAD", gate.toString());
        String said = new String(java.redirectErrorStream(true).start().getInputStream().readAllBytes());
        if (Files.exists(gate) && said.contains("went on")) System.out.println("ESCAPED: " + said);
        try {
            Files.write(gate, new byte[1]);
            System.out.println("ESCAPED: wrote " + gate);
        } catch (java.io.IOException e) {
        }
        System.out.println("stopped: it leads nowhere");
    }
}
