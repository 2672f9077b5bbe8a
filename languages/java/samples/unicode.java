public class Main {
    public static void main(String[] args) {
        System.out.println("žluťoučký 日本 🦀");
    }
}
