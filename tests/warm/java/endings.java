// == exit code
public class Main { public static void main(String[] args) { System.exit(7); } }
// == exit code that is large
public class Main { public static void main(String[] args) { System.exit(-1); } }
// == halt
public class Main { public static void main(String[] args) { Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("not"))); System.out.println("x"); Runtime.getRuntime().halt(9); } }
// == exception
public class Main { static void fail(int n) { if (n == 0) throw new IllegalStateException("ž", new RuntimeException("cause")); fail(n - 1); } public static void main(String[] args) { System.out.println("before"); fail(3); } }
// == exception of an initializer
public class Main { static int n = 1 / Integer.parseInt("0"); public static void main(String[] args) { System.out.println("not"); } }
// == exception that is caught
public class Main { public static void main(String[] args) { try { Object o = "a"; Integer i = (Integer) o; } catch (ClassCastException e) { System.out.println(e.getMessage()); e.printStackTrace(); } try { int[] a = new int[2]; a[2] = 1; } catch (Exception e) { e.printStackTrace(System.out); } String s = null; s.length(); } }
// == exception in a lambda
public class Main { public static void main(String[] args) { Runnable run = () -> { throw new RuntimeException("in it"); }; java.util.List.of(1).forEach(x -> run.run()); } }
// == exception of a thread
public class Main { public static void main(String[] args) throws Exception { var thread = new Thread(() -> { throw new RuntimeException("in it"); }, "mine"); thread.start(); thread.join(); System.out.println("goes on"); } }
// == handler of exceptions
public class Main { public static void main(String[] args) { Thread.setDefaultUncaughtExceptionHandler((thread, e) -> System.out.println(thread.getName() + e)); throw new RuntimeException("x"); } }
// == shutdown hooks
public class Main { public static void main(String[] args) { Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook"))); System.out.println("main"); } }
// == threads go on after main
public class Main { public static void main(String[] args) { new Thread(() -> { try { Thread.sleep(100); } catch (InterruptedException e) { } System.out.println("later"); }).start(); var daemon = new Thread(() -> { for (;;); }); daemon.setDaemon(true); System.out.println("main"); } }
// == out of memory
public class Main { public static void main(String[] args) { var all = new java.util.ArrayList<int[]>(); for (;;) all.add(new int[1 << 20]); } }
// == out of memory that is caught
public class Main { public static void main(String[] args) { try { long[] all = new long[1 << 28]; System.out.println(all.length); } catch (OutOfMemoryError e) { System.out.println(e); } } }
// == stack overflow
public class Main { static void down() { down(); } public static void main(String[] args) { try { down(); } catch (StackOverflowError e) { System.out.println(e + " " + e.getStackTrace()[0].getMethodName()); } System.exit(4); } }
// == processor time {"limits": {"cpu_time_ms": 500}}
public class Main { public static void main(String[] args) { System.out.println("x"); for (;;); } }
// == wall time {"limits": {"wall_time_ms": 500}}
public class Main { public static void main(String[] args) throws Exception { System.out.println("x"); Thread.sleep(100000); } }
// == too large a file {"limits": {"file_size_bytes": 100000}}
public class Main { public static void main(String[] args) throws Exception { try (var out = new java.io.FileOutputStream("big")) { for (;;) out.write(new byte[10000]); } } }
// == disk is full {"limits": {"disk_bytes": 1000000}}
public class Main { public static void main(String[] args) throws Exception { try (var out = new java.io.FileOutputStream("big")) { for (;;) out.write(new byte[10000]); } catch (java.io.IOException e) { System.out.println(e); } } }
// == a signal
public class Main { public static void main(String[] args) throws Exception { Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook"))); System.out.println("x"); new ProcessBuilder("sh", "-c", "kill -TERM " + ProcessHandle.current().pid()).start(); Thread.sleep(10000); } }
// == killed
public class Main { public static void main(String[] args) throws Exception { System.out.println("x"); new ProcessBuilder("sh", "-c", "kill -KILL " + ProcessHandle.current().pid()).start(); Thread.sleep(10000); } }
// == something is left behind
public class Main { public static void main(String[] args) throws Exception { new ProcessBuilder("sleep", "1000").start(); System.out.println(ProcessHandle.current().children().count()); } }
// == failed assertion that nobody asked for
public class Main { public static void main(String[] args) { assert args.length > 5; System.out.println(Main.class.desiredAssertionStatus()); } }
