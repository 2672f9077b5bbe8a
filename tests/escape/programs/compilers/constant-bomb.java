// A text that the compiler joins from two halves, thirty times over.
// expect: compile exited 3
// compile-limit: memory=512MiB cpu_time=120s wall_time=240s

class Main {
    static final String
        A = "sixteen letters.", B = A + A + A + A + A + A + A + A, C = B + B + B + B + B + B + B + B, D = C + C + C + C + C + C + C + C,
        E = D + D + D + D + D + D + D + D, F = E + E + E + E + E + E + E + E, G = F + F + F + F + F + F + F + F,
        H = G + G + G + G + G + G + G + G, I = H + H + H + H + H + H + H + H;
    public static void main(String[] arguments) { System.out.println(I.length()); }
}
