// Makes the next steps likely to get a JVM that was started ahead.
// expect: stopped

public class Main {
    public static void main(String[] arguments) {
        System.out.println("stopped");
    }
}
