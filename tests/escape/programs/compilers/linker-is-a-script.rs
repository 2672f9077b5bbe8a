// Has rustc link by a shell script, which is this very file, and which looks for files of the host.
// expect: stopped
// compile-arg: -Clink-arg=-wrapper
// compile-arg: -Clink-arg=sh,/work/main.rs
/*
for path in /etc/shadow @LURE_FILE@ /proc/1/root/etc/shadow /proc/1/environ /root/.cargo/credentials.toml; do
    if head -c 100 $path >>stolen 2>>errors; then echo ESCAPED $path; cat stolen; fi
done >found
echo stopped: the script ran as $(id -u) >>found
exec "$@"
*/

fn main() {
    print!("{}", std::fs::read_to_string("found").expect("the script ran"));
}
