import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

public class Main {
    public static void main(String[] args) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        List<Future<Integer>> parts = new ArrayList<>();
        for (int part = 0; part < 4; part++) {
            int first = part * 25 + 1;
            parts.add(pool.submit(() -> IntStream.range(first, first + 25).sum()));
        }
        int total = 0;
        for (Future<Integer> part : parts) {
            total += part.get();
        }
        pool.shutdown();
        System.out.println(total);
    }
}
