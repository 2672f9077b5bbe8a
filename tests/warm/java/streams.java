// == by scanner {"stdin": "20\n22\nrest of it\n"}
import java.util.Scanner;
public class Main { public static void main(String[] args) { var in = new Scanner(System.in); System.out.println(in.nextInt() + in.nextInt()); in.nextLine(); System.out.println(in.nextLine() + in.hasNext()); } }
// == by reader {"stdin": "one\ntwo\nžluťoučký 日本 🦀\nlast"}
import java.io.*;
public class Main { public static void main(String[] args) throws IOException { var in = new BufferedReader(new InputStreamReader(System.in)); for (String line; (line = in.readLine()) != null;) System.out.println(line.length() + line); System.out.println(in.read()); } }
// == bytes {"stdin": "abc"}
public class Main { public static void main(String[] args) throws Exception { System.out.println(System.in.available()); System.out.println(System.in.read()); System.out.println(System.in.available() + " " + System.in.skip(1) + new String(System.in.readAllBytes()) + System.in.read()); } }
// == no input
public class Main { public static void main(String[] args) throws Exception { System.out.println(System.in.available() + " " + System.in.read() + " " + System.console()); } }
// == input by name {"stdin": "one\ntwo\n"}
import java.nio.file.*;
public class Main { public static void main(String[] args) throws Exception { System.out.println(Files.readString(Path.of("/dev/stdin"))); Files.writeString(Path.of("/dev/stdout"), "by name\n"); Files.writeString(Path.of("/dev/stderr"), "by name\n"); System.out.println(System.in.read()); } }
// == a channel on it {"stdin": "one two"}
import java.nio.*; import java.nio.channels.*; import java.io.*;
public class Main { public static void main(String[] args) throws Exception { var buffer = ByteBuffer.allocate(100); System.out.println(Channels.newChannel(System.in).read(buffer)); try (var own = new FileOutputStream(FileDescriptor.out)) { own.write("out\n".getBytes()); } System.err.println(System.inheritedChannel()); } }
// == a child reads it {"stdin": "for the child\n"}
public class Main { public static void main(String[] args) throws Exception { System.out.println(new ProcessBuilder("cat").inheritIO().start().waitFor()); System.out.println(System.in.read()); } }
// == characters
import java.io.*;
public class Main { public static void main(String[] args) throws Exception { System.out.println("žluťoučký 日本 🦀"); new PrintStream(System.out, true, "UTF-16BE").println("a"); System.out.write(200); System.out.println(); System.out.println(System.out.getClass() + System.getProperty("stdout.encoding") + System.getProperty("file.encoding") + System.getProperty("sun.jnu.encoding")); new File("ž日🦀").createNewFile(); System.out.println(new File("ž日🦀").exists() + " " + new File(".").list().length); } }
// == both streams
public class Main { public static void main(String[] args) { for (int i = 0; i < 5; i++) { System.out.println("out " + i); System.err.println("err " + i); } System.out.print("no end of line"); } }
// == much
public class Main { public static void main(String[] args) { for (int i = 0; i < 20000; i++) System.out.println("line " + i); } }
// == nobody flushes
import java.io.*;
public class Main { public static void main(String[] args) { var out = new PrintWriter(System.out); out.println("lost"); System.out.println("seen"); var other = new PrintWriter(new BufferedWriter(new OutputStreamWriter(System.out))); other.println("flushed"); other.flush(); } }
// == more than may be returned {"limits": {"output_bytes": 1000}}
public class Main { public static void main(String[] args) { for (int i = 0; i < 500; i++) System.out.println("line " + i); } }
// == replaced
import java.io.*;
public class Main { public static void main(String[] args) { var bytes = new ByteArrayOutputStream(); var old = System.out; System.setOut(new PrintStream(bytes)); System.out.println("kept"); System.setOut(old); System.out.println(bytes.toString().length()); System.setIn(new ByteArrayInputStream("own".getBytes())); System.out.println(new java.util.Scanner(System.in).next()); } }
// == closed
public class Main { public static void main(String[] args) throws Exception { System.in.close(); System.out.println("before"); System.out.close(); System.out.println("after"); System.err.println(System.out.checkError()); } }
// == a file that is called as the class is {"files": {"Main": "text"}}
import java.io.*;
import java.nio.file.*;

public class Main {
    public static void main(String[] args) throws IOException {
        System.out.println(Files.readString(Path.of("Main")));
        try (var stream = new FileInputStream("Main")) {
            System.out.println(stream.read());
        }
    }
}
