// == environment
public class Main { public static void main(String[] args) { System.out.println(new java.util.TreeMap<>(System.getenv())); System.out.println(System.getenv("LD_PRELOAD") + System.getenv("NOPE") + args.length); } }
// == environment in its order
public class Main { public static void main(String[] args) { System.getenv().forEach((name, value) -> System.out.println(name + "=" + value)); } }
// == further variables {"env": {"A": "1", "ZED": "two words"}}
public class Main { public static void main(String[] args) { System.out.println(new java.util.TreeMap<>(System.getenv())); } }
// == options of java's own {"env": {"JAVA_TOOL_OPTIONS": "-Da=b"}}
public class Main { public static void main(String[] args) { System.out.println(System.getProperty("a")); } }
// == arguments {"args": ["a", "two words", "", "ž", "-version"]}
public class Main { public static void main(String[] args) { System.out.println(java.util.Arrays.toString(args) + args.length + System.getProperty("sun.java.command")); } }
// == a program of a package {"entrypoint": "a/b/Other.java", "files": {"a/b/Other.java": "package a.b; public class Other { public static void main(String[] args) { System.out.println(Other.class); } }"}}
public class Main { }
// == another class {"files": {"Other.java": "public class Other { public static void main(String[] args) { System.out.println(1); } }"}, "entrypoint": "Other.java"}
public class Main { }
// == another memory limit {"limits": {"memory_bytes": 300000000}}
public class Main { public static void main(String[] args) { System.out.println(Runtime.getRuntime().maxMemory()); } }
// == properties
import java.util.*;
public class Main { public static void main(String[] args) { for (var each : new TreeMap<Object, Object>(System.getProperties()).entrySet()) System.out.println(each); } }
// == input arguments
import java.lang.management.*;
public class Main { public static void main(String[] args) {
  var runtime = ManagementFactory.getRuntimeMXBean();
  System.out.println(runtime.getInputArguments() + runtime.getClassPath() + runtime.getLibraryPath() + runtime.getName() + runtime.getVmName() + runtime.getSpecVersion());
  var system = ManagementFactory.getOperatingSystemMXBean();
  System.out.println(system.getName() + system.getAvailableProcessors() + ManagementFactory.getThreadMXBean().getThreadCount());
  if (system instanceof com.sun.management.UnixOperatingSystemMXBean) {
    var unix = (com.sun.management.UnixOperatingSystemMXBean) system;
    System.out.println(unix.getMaxFileDescriptorCount() + " " + unix.getOpenFileDescriptorCount());
  }
} }
// == flags
import java.lang.management.*;
public class Main { public static void main(String[] args) {
  var bean = ManagementFactory.getPlatformMXBean(com.sun.management.HotSpotDiagnosticMXBean.class);
  for (var option : bean.getDiagnosticOptions()) System.out.println(option);
  for (String name : new String[] {"MaxHeapSize", "UseSerialGC", "MaxRAM", "TieredCompilation", "ReservedCodeCacheSize"}) System.out.println(bean.getVMOption(name));
  for (var pool : ManagementFactory.getMemoryPoolMXBeans()) System.out.println(pool.getName() + pool.getType() + pool.getUsage().getMax());
} }
// == what the process is
public class Main { public static void main(String[] args) {
  var info = ProcessHandle.current().info();
  System.out.println(info.command() + " " + info.commandLine() + " " + java.util.Arrays.toString(info.arguments().get()) + info.user());
  System.out.println(ProcessHandle.current().pid() + " " + ProcessHandle.current().parent() + ProcessHandle.allProcesses().count() + ProcessHandle.current().children().count());
} }
// == command line
import java.nio.file.*;
public class Main { public static void main(String[] args) throws Exception { System.out.println(Files.readString(Path.of("/proc/self/cmdline")).replace('\0', '\n')); } }
// == environment as the kernel has it
import java.nio.file.*;
public class Main { public static void main(String[] args) throws Exception { System.out.println(Files.readString(Path.of("/proc/self/environ")).stripTrailing().replaceAll("\0+$", "").replace('\0', '\n')); } }
// == descriptors
import java.nio.file.*;
public class Main { public static void main(String[] args) throws Exception {
  for (int number = 0; number < 200; number++) {
    try { System.out.println(number + " " + Files.readSymbolicLink(Path.of("/proc/self/fd/" + number)).toString().replaceAll("\\d+", "N")); } catch (NoSuchFileException e) { }
  }
} }
// == status
import java.nio.file.*;
public class Main { public static void main(String[] args) throws Exception {
  for (String line : Files.readAllLines(Path.of("/proc/self/status")))
    if (line.matches("(Name|Umask|State|Tgid|Ngid|Pid|PPid|TracerPid|FDSize|Groups|NStgid|NSpid|NSsid|Threads|SigQ|SigPnd|ShdPnd|SigBlk|SigIgn|SigCgt|Cap.*|NoNewPrivs|Seccomp):.*")) System.out.println(line.replaceAll("SigQ:\\s+\\d+", ""));
  System.out.println(Files.readString(Path.of("/proc/self/limits")));
  System.out.println(Files.readString(Path.of("/proc/self/cgroup")).length() + Files.readString(Path.of("/proc/self/oom_score_adj")));
} }
// == fewer open files and processes {"limits": {"open_files": 70, "processes": 100, "stack_bytes": 1000000}}
import java.nio.file.*;
public class Main { public static void main(String[] args) throws Exception { System.out.println(Files.readString(Path.of("/proc/self/limits"))); } }
// == very few open files {"limits": {"open_files": 40}}
public class Main { public static void main(String[] args) { System.out.println(1); } }
// == working directory
import java.io.File; import java.nio.file.*; import java.util.stream.*;
public class Main { public static void main(String[] args) throws Exception {
  System.out.println(new File(".").getCanonicalPath() + new File("").getAbsolutePath() + Path.of("").toAbsolutePath() + Path.of(".").toRealPath() + Files.readSymbolicLink(Path.of("/proc/self/cwd")));
  System.out.println(Stream.of(new File(".").list()).sorted().collect(Collectors.toList()) + Files.getOwner(Path.of(".")).toString() + Files.getPosixFilePermissions(Path.of(".")));
} }
// == mounts
import java.nio.file.*;
public class Main { public static void main(String[] args) throws Exception {
  for (String line : Files.readAllLines(Path.of("/proc/self/mounts"))) System.out.println(line.replaceAll("size=\\S+|uid=\\d+|gid=\\d+|upperdir=\\S+|,idmapped", ""));
  System.out.println(Files.getFileStore(Path.of(".")).type() + Files.getFileStore(Path.of(".")).getTotalSpace());
} }
// == files
import java.io.*; import java.nio.file.*;
public class Main { public static void main(String[] args) throws Exception {
  Files.writeString(Path.of("new"), "žluť"); System.out.println(Files.readString(Path.of("new")) + new File("new").exists() + Files.getPosixFilePermissions(Path.of("new")));
  try (var writer = new FileWriter("Main.java")) { writer.write("gone"); }
  System.out.println(Files.readString(Path.of("Main.java"))); Files.delete(Path.of("Main.class")); System.out.println(new File(".").list().length);
  File temporary = File.createTempFile("a", "b"); temporary.deleteOnExit(); System.out.println(temporary.getParent());
  try { Files.writeString(Path.of("/etc/standby/x"), ""); } catch (IOException e) { System.out.println(e.getClass()); }
} }
// == files of the job {"files": {"data/words.txt": "one\ntwo\n", "Other.java": "class Other { static String word() { return \"other\"; } }"}}
import java.nio.file.*;
public class Main { public static void main(String[] args) throws Exception { System.out.println(Files.readAllLines(Path.of("data/words.txt")) + Other.word()); } }
// == resources {"files": {"data/words.txt": "one\ntwo\n"}}
public class Main { public static void main(String[] args) throws Exception {
  try (var stream = Main.class.getResourceAsStream("/data/words.txt")) { System.out.println(new String(stream.readAllBytes())); }
  System.out.println(Main.class.getResource("Main.class") + " " + ClassLoader.getSystemResource("data/words.txt") + ClassLoader.getSystemResource("nope") + java.util.Collections.list(Main.class.getClassLoader().getResources("data")));
  System.out.println(Main.class.getProtectionDomain().getCodeSource() + "" + Main.class.getClassLoader().getClass() + Main.class.getModule() + Main.class.getPackage());
} }
// == a file that the JVM looks for {"files": {".hotspotrc": "+UseParallelGC"}}
public class Main { public static void main(String[] args) { System.out.println(1); } }
// == children
public class Main { public static void main(String[] args) throws Exception {
  var process = new ProcessBuilder("sh", "-c", "env | sort; pwd; ls /proc/self/fd | wc -l; ulimit -a; echo err >&2; exit 3").redirectErrorStream(true).start();
  System.out.print(new String(process.getInputStream().readAllBytes())); System.out.println(process.waitFor());
  var other = new ProcessBuilder("env"); other.environment().clear(); other.environment().put("A", "b");
  System.out.print(new String(other.start().getInputStream().readAllBytes()));
  System.out.println(new ProcessBuilder("cat").inheritIO().start().waitFor());
} }
// == a child that is java itself
public class Main { public static void main(String[] args) throws Exception {
  if (System.getProperty("child") != null) { System.out.println("child " + System.getProperty("user.dir")); return; }
  var process = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-XX:+UseSerialGC", "-Xmx32m", "-Dchild=1", "-cp", ".", "Main").redirectErrorStream(true).start();
  System.out.print(new String(process.getInputStream().readAllBytes())); System.out.println(process.waitFor());
} }
