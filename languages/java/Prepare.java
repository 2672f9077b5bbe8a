import java.util.*;
import java.util.function.*;
import java.util.stream.*;

/** What programs are made of, so that javac loads what it needs for them. */
public class Prepare {
    sealed interface Shape permits Circle, Square {}

    record Circle(double radius) implements Shape {}

    record Square(double side) implements Shape {}

    enum Color { RED, GREEN }

    static <T extends Comparable<T>> T largest(List<T> all) {
        T largest = all.get(0);
        for (T each : all) {
            if (each.compareTo(largest) > 0) largest = each;
        }
        return largest;
    }

    public static void main(String[] args) throws Exception {
        Map<String, Integer> counts = new HashMap<>();
        try (Scanner scanner = new Scanner(System.in)) {
            while (scanner.hasNext()) counts.merge(scanner.next(), 1, Integer::sum);
        }
        Shape shape = new Circle(2);
        String text = shape instanceof Circle circle ? "circle " + circle.radius() : "square";
        Function<Integer, Integer> twice = x -> x * 2;
        System.out.println(IntStream.range(0, 10).mapToObj(twice::apply).map(String::valueOf).collect(Collectors.joining(",")));
        System.out.printf("%s %s %d%n", text, Color.RED, largest(List.of(1, 2, 3)));
        Runnable later = new Runnable() {
            @Override
            public void run() {
                System.out.println(switch (Color.GREEN) {
                    case RED -> 1;
                    case GREEN -> 2;
                });
            }
        };
        later.run();
    }
}
