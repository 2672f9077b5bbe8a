public class Greetings {
    static String greet(String name) {
        return "Hello from " + name + "!";
    }
}
