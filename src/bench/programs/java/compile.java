import java.util.List;
import java.util.Map;
import java.util.TreeMap;

public class Main {
    public static void main(String[] args) {
        List<String> words = List.of("apples", "pears", "apples", "pears", "apples");
        Map<String, Integer> counts = new TreeMap<>();
        for (String word : words) counts.merge(word, 1, Integer::sum);
        counts.forEach((word, times) -> System.out.println(word + " " + times));
    }
}
