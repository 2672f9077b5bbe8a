// == hello
public class Main { public static void main(String[] args) { System.out.println("Hello, world!"); } }
// == nothing
public class Main { public static void main(String[] args) { } }
// == no main
class Main { static { System.out.println("loaded"); } static void nope() { } }
// == main is not public
class Main { static void main(String[] args) { System.out.println("started"); } }
// == text and lambdas
import java.util.*; import java.util.function.*; import java.util.stream.*;
public class Main { public static void main(String[] args) {
  int n = 3; String text = "a" + n + 'c' + 4.5 + null + true + 7L; System.out.println(text);
  Function<Integer, Integer> twice = x -> x * 2; Supplier<String> supplier = Main::word; System.out.println(twice.andThen(x -> x + n).apply(5) + supplier.get());
  System.out.println(IntStream.range(0, 20).boxed().filter(x -> x % 3 == 0).map(x -> "n" + x).collect(Collectors.joining(",")));
  System.out.printf("%5.2f %s %08x%n", Math.PI, List.of(1, 2), 255); System.out.println(String.format(Locale.GERMANY, "%,d", 1234567));
  System.out.println(twice.getClass().getName().replaceAll("/.*", "") + Arrays.asList(3, 1, 2) + new HashMap<>(Map.of("a", 1)));
}
static String word() { return "word"; } }
// == collections
import java.util.*;
public class Main { public static void main(String[] args) {
  Map<String, Integer> map = new HashMap<>(); for (String word : "the quick brown fox jumps over the lazy dog".split(" ")) map.merge(word, 1, Integer::sum);
  System.out.println(map + " " + new TreeMap<>(map)); var list = new ArrayList<>(map.keySet()); Collections.sort(list); System.out.println(list);
  var queue = new PriorityQueue<Integer>(List.of(3, 1, 2)); System.out.println(queue.poll() + " " + new ArrayDeque<>(queue)); System.out.println(new Random(5).nextInt() + " " + BitSet.valueOf(new long[] {5}));
  System.out.println("text".hashCode() + " " + Objects.hash(1, "a") + " " + List.of(1, 2).hashCode());
} }
// == class loading
public class Main {
  static { System.out.println("static " + Thread.currentThread().getName()); }
  interface Shape { double area(); } enum Color { RED, GREEN } static class Square implements Shape { static { System.out.println("square"); } public double area() { return 4; } }
  public static void main(String[] args) throws Exception {
    System.out.println("main"); Shape shape = new Square(); System.out.println(shape.area() + " " + Color.valueOf("GREEN") + java.util.Arrays.toString(Color.values()));
    System.out.println(Class.forName("Main$Square").getDeclaredConstructor().newInstance().getClass()); try { Class.forName("Nope"); } catch (ClassNotFoundException e) { System.out.println(e); }
    System.out.println(Main.class.getDeclaredMethods().length + " " + ClassLoader.getSystemClassLoader().getClass().getName() + ClassLoader.getSystemClassLoader().getParent().getClass().getName());
    Shape proxy = (Shape) java.lang.reflect.Proxy.newProxyInstance(Main.class.getClassLoader(), new Class<?>[] {Shape.class}, (object, method, arguments) -> 7.0); System.out.println(proxy.area() + proxy.getClass().getName());
  } }
// == stack of main
public class Main { public static void main(String[] args) {
  for (var frame : Thread.currentThread().getStackTrace()) System.out.println(frame); StackWalker.getInstance(StackWalker.Option.SHOW_HIDDEN_FRAMES).forEach(System.out::println); System.out.println(Thread.currentThread());
} }
// == all threads
import java.util.*;
public class Main { public static void main(String[] args) {
  for (var each : new TreeMap<>(names()).entrySet()) System.out.println(each);
  System.out.println(Thread.activeCount() + " " + Thread.currentThread().getThreadGroup() + Thread.currentThread().getContextClassLoader().getClass() + Thread.currentThread().getPriority()); new Thread(() -> System.out.println(Thread.currentThread().getName())).start(); }
static Map<String, String> names() { var names = new HashMap<String, String>(); Thread.getAllStackTraces().forEach((thread, stack) -> names.put(thread.getName(), thread.isDaemon() + "" + thread.getPriority())); return names; } }
// == threads
import java.util.concurrent.*; import java.util.concurrent.atomic.*;
public class Main { public static void main(String[] args) throws Exception {
  var sum = new AtomicInteger(); var pool = Executors.newFixedThreadPool(8); for (int i = 0; i < 1000; i++) { int n = i; pool.submit(() -> sum.addAndGet(n)); } pool.shutdown(); System.out.println(pool.awaitTermination(10, TimeUnit.SECONDS) + " " + sum);
  System.out.println(CompletableFuture.supplyAsync(() -> 20).thenCombine(CompletableFuture.supplyAsync(() -> 22), Integer::sum).get()); System.out.println(java.util.stream.LongStream.range(0, 100000).parallel().sum());
  var latch = new CountDownLatch(20); for (int i = 0; i < 20; i++) new Thread(() -> { synchronized (latch) { latch.countDown(); } }).start(); latch.await(); System.out.println(Thread.activeCount() >= 1);
  System.out.println(ForkJoinPool.commonPool().getParallelism() + " " + Runtime.getRuntime().availableProcessors());
} }
// == memory
public class Main { public static void main(String[] args) {
  var runtime = Runtime.getRuntime(); System.out.println(runtime.maxMemory() + " " + runtime.totalMemory()); byte[][] all = new byte[50][]; for (int i = 0; i < 50; i++) all[i] = new byte[1 << 20]; System.gc(); System.out.println(runtime.totalMemory() > 50 << 20);
  for (int i = 0; i < 200; i++) all[i % 50] = new byte[1 << 20]; System.out.println(all.length);
} }
// == deep recursion
public class Main { static int depth; static void down() { depth++; down(); } public static void main(String[] args) { try { down(); } catch (StackOverflowError e) { System.out.println(depth > 5000); System.out.println(e.getStackTrace().length); } } }
// == deep recursion of a thread
public class Main { static int sum(int n) { return n == 0 ? 0 : n + sum(n - 1); } public static void main(String[] args) throws Exception { var thread = new Thread(null, () -> System.out.println(sum(200000)), "deep", 256 << 20); thread.start(); thread.join(); System.out.println(sum(5000)); } }
// == times and places
import java.time.*; import java.util.*; import java.nio.charset.*;
public class Main { public static void main(String[] args) throws Exception {
  System.out.println(Locale.getDefault() + " " + TimeZone.getDefault().getID() + ZoneId.systemDefault() + Charset.defaultCharset() + Locale.getDefault(Locale.Category.FORMAT)); System.out.println(new Date(0) + " " + LocalDate.of(2024, 2, 29).plusYears(1) + String.format("%tc", new Date(0)));
  System.out.println(Math.abs(System.currentTimeMillis() - new java.io.File("/proc/self").lastModified()) < 600000); long before = System.nanoTime(); Thread.sleep(20); long took = System.nanoTime() - before; System.out.println(took >= 20000000 && took < 2000000000L);
  System.out.println(java.text.NumberFormat.getInstance().format(1234.5) + new java.text.SimpleDateFormat("EEEE d MMMM yyyy", Locale.FRENCH).format(new Date(0)));
} }
// == random
import java.util.*;
public class Main { public static void main(String[] args) throws Exception { var seen = new HashSet<Object>(); for (int i = 0; i < 5; i++) { seen.add(UUID.randomUUID()); seen.add(new Random().nextLong()); seen.add(Math.random()); seen.add(new java.security.SecureRandom().nextLong()); } System.out.println(seen.size());
  System.out.println(HexFormatless.of(java.security.MessageDigest.getInstance("SHA-256").digest("a".getBytes()))); }
  static class HexFormatless { static String of(byte[] bytes) { var text = new StringBuilder(); for (byte b : bytes) text.append(String.format("%02x", b)); return text.toString(); } } }
// == network
import java.net.*;
public class Main { public static void main(String[] args) throws Exception {
  try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress()); var client = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort()); var accepted = server.accept()) { accepted.getOutputStream().write(65); System.out.println(client.getInputStream().read()); }
  System.out.println(InetAddress.getLocalHost() + " " + Collections(NetworkInterface.getNetworkInterfaces())); try { new Socket("192.0.2.1", 80); } catch (Exception e) { System.out.println(e.getClass()); } }
  static int Collections(java.util.Enumeration<?> all) { return java.util.Collections.list(all).size(); } }
// == loaded classes stay as they are
import java.lang.management.*;
public class Main { public static void main(String[] args) { var bean = ManagementFactory.getClassLoadingMXBean(); System.out.println(bean.getUnloadedClassCount() + " " + (bean.getLoadedClassCount() > 400)); for (var collector : ManagementFactory.getGarbageCollectorMXBeans()) System.out.println(collector.getName() + collector.getCollectionCount()); System.out.println(System.identityHashCode(null)); } }
// == numbers that count up or are drawn
public class Main { public static void main(String[] args) throws Exception {
  for (int i = 0; i < 3; i++) System.out.println(new Object() + " " + new int[0] + new Thread());
  System.out.println(Thread.currentThread().getId() + " " + new Thread().getId() + Main.class.hashCode() + " " + Object.class.hashCode());
  var thread = new Thread(() -> System.out.println(new Object())); thread.start(); thread.join();
  Runnable run = () -> { }; System.out.println(run.hashCode() + " " + java.util.concurrent.Executors.newCachedThreadPool().submit(() -> Thread.currentThread().getName()).get()); System.exit(0); } }
// == what is there of an interpreter
import java.nio.file.*; import java.util.*;
public class Main { public static void main(String[] args) throws Exception {
  var names = new TreeSet<String>(); for (String line : Files.readAllLines(Path.of("/proc/self/maps"))) if (line.contains("/") && !line.contains("/etc/standby/")) names.add(line.substring(line.indexOf('/'))); System.out.println(names);
  try (var threads = Files.list(Path.of("/proc/self/task"))) { for (Path task : (Iterable<Path>) threads.sorted()::iterator) System.out.println(Files.readString(task.resolve("comm")).strip()); } } }
