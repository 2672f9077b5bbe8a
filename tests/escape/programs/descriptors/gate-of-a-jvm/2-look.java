// Looks for the descriptor by which a JVM that was started ahead got its program, and for the folder in which it waited.
// expect: stopped

import java.io.*;
import java.nio.file.*;

public class Main {
    public static void main(String[] arguments) throws Exception {
        for (int fd = 0; fd < 4096; fd++) {
            Path link = Path.of("/proc/self/fd/" + fd);
            String leads;
            try {
                leads = Files.readSymbolicLink(link).toString();
            } catch (IOException e) {
                continue;
            }
            if (leads.matches("(socket:|/etc|/work).*") || fd > 2 && leads.contains("memfd")) System.out.println("ESCAPED: descriptor " + fd + " leads to " + leads);
            if (fd > 2 && Files.isDirectory(link)) System.out.println("ESCAPED: descriptor " + fd + " is a folder");
        }
        for (var variable : System.getenv().entrySet())
            if (variable.toString().contains("gate")) System.out.println("ESCAPED: in the environment " + variable);
        if (Files.readString(Path.of("/proc/self/environ")).contains("gate")) System.out.println("ESCAPED: in /proc/self/environ");
        // What was there before the program's files came must not be reached by way of the working directory.
        for (String path : new String[] {"/proc/self/cwd/lower", "/proc/self/cwd/upper", "/proc/self/cwd/work", "../work/upper"})
            if (Files.exists(Path.of(path))) System.out.println("ESCAPED: " + path);
        System.out.println("stopped: nothing of it is left");
    }
}
