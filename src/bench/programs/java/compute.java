public class Main {
    public static void main(String[] args) {
        long x = 1;
        for (int i = 0; i < 100000; i++) x = x * 16807 % 2147483647;
        System.out.println(x);
    }
}
