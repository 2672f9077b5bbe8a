mod greetings;

fn main() {
    println!("{}", greetings::greet("another file"));
}
