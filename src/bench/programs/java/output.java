public class Main {
    public static void main(String[] args) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 16384; i++) text.append("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde\n");
        System.out.print(text);
    }
}
