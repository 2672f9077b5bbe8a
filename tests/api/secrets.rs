//! What no program may find: the server's secrets, the host's, and those of the programs before it.

use std::{io::Write, process::Command};

use serde_json::{Value, json};
use tempfile::NamedTempFile;

use crate::{
    processes::of,
    server::{Server, is_root, program, shared},
};

const SECRET: &str = "PLANTED-7d41c0-SECRET";

/// Prints everything that a program can get at: its environment, every process, every descriptor, the memory it may read, and
/// the files of every folder in which something could have been left.
const SEARCH: &str = r#"
import os, sys
out = sys.stdout.buffer
def show(path):
    try:
        with open(path, 'rb') as file: out.write(path.encode() + b': ' + file.read(1 << 20) + b'\n')
    except OSError as error: pass
out.write(repr(os.environ).encode())
for name in os.listdir('/proc'):
    if name.isdigit() or name == 'self':
        for part in ['environ', 'cmdline', 'maps', 'mounts', 'mountinfo', 'cgroup', 'stack', 'auxv']: show(f'/proc/{name}/{part}')
        for folder in ['fd', 'map_files', 'task']:
            try: entries = os.listdir(f'/proc/{name}/{folder}')
            except OSError: continue
            for entry in entries:
                try: out.write(os.readlink(f'/proc/{name}/{folder}/{entry}').encode() + b'\n')
                except OSError: pass
                if folder == 'fd' and int(entry) > 2: show(f'/proc/{name}/fd/{entry}')
for fd in range(3, 1024):
    try: out.write(b'fd %d: ' % fd + os.pread(fd, 1 << 20, 0))
    except OSError: pass
if os.path.exists('/proc/1/mem'):
    try: out.write(open('/proc/1/mem', 'rb').read(1))
    except OSError: pass
# A toolchain may lie in a home or in /opt: its files are not to be read through, only what stands beside it is of interest.
for top in ['/', '/home', '/root', '/opt']:
    if os.path.isdir(top): out.write(repr(os.listdir(top)).encode())
for top in ['/work', '/tmp', '/dev', '/etc', '/run', '/var', '/srv', '/mnt', '/media', '/sys']:
    for folder, _, files in os.walk(top):
        for file in files:
            path = os.path.join(folder, file)
            # What everyone may read in /usr has no secret, and there is a lot of it behind links.
            if os.path.isfile(path) and not os.path.realpath(path).startswith('/usr/'): show(path)
"#;

/// What a search finds, as one text.
fn search(server: &Server) -> String {
    let env = json!({"OWN": "what-it-may-see"});
    let limits = json!({"output_bytes": 16 << 20, "cpu_time_ms": 60_000, "wall_time_ms": 120_000});
    let report = server.run(&json!({"language": "python3", "source": SEARCH, "env": env, "limits": limits}));
    assert_eq!((&report["error"], &report["truncated"]), (&json!(""), &json!(false)), "{}", report["stderr"]);
    let text = report["stdout"].as_str().expect("text").to_owned();
    match report["output"]["stdout"]["encoding"].as_str() {
        Some("utf8") => text,
        _ => String::from_utf8_lossy(&decode(&text)).into_owned(),
    }
}

fn decode(base64: &str) -> Vec<u8> {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.decode(base64).expect("the answer is base64")
}

#[test]
fn a_secret_of_the_servers_environment_is_not_found() {
    let server = Server::with(|command| {
        command.env("DATABASE_PASSWORD", SECRET);
    });
    let found = search(&server);
    assert!(found.contains("what-it-may-see"), "the search does not search");
    assert!(!found.contains(SECRET));
    let source = "env; export -p; cat /proc/*/environ /proc/*/task/*/environ; ps axe; strings /proc/*/mem; true";
    let shown = server.run(&json!({"language": "bash", "source": source})).to_string();
    assert!(!shown.contains(SECRET), "{shown}");
}

#[test]
fn the_launcher_has_nothing_of_the_servers_environment() {
    let server = Server::with(|command| {
        command.env("DATABASE_PASSWORD", SECRET);
    });
    let own = std::fs::read(of(server.launcher(), "environ")).expect("a tester may look at its launcher");
    assert_eq!(String::from_utf8_lossy(&own), "");
    assert_eq!(std::fs::read(of(server.launcher(), "cmdline")).expect("readable"), b"codecanvas-launcher\0");
}

#[test]
fn a_secret_in_the_servers_memory_and_descriptors_is_not_found() {
    let mut file = NamedTempFile::new().expect("a temporary file");
    file.write_all(SECRET.as_bytes()).expect("the secret is written");
    // The server inherits an open file, as one from a careless supervisor.
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", "exec 7<\"$0\" \"$@\""]).arg(file.path()).arg(program());
    let server = Server::by(shell, |_| {});
    let echo = json!({"language": "bash", "source": "cat", "stdin": SECRET, "env": {"SECRET": SECRET}, "args": [SECRET]});
    assert_eq!(server.stdout(&echo), SECRET);
    assert!(!search(&server).contains(SECRET));
}

/// Compiles this and gives the whole answer; whatever it is, the secret must not be in it.
fn compile(server: &Server, language: &str, source: &str) -> Value {
    let report = server.run(&json!({"language": language, "source": source}));
    for secret in [SECRET, "root:$", "root:*:", "root:!:", "root::"] {
        assert!(!report.to_string().contains(secret), "{report}");
    }
    report
}

#[test]
fn including_a_secret_file_gives_nothing() {
    for language in ["c", "c++"] {
        let report = compile(shared(), language, "#include \"/etc/shadow\"\nint main() {}");
        assert_eq!((&report["error"], &report["phases"][0]["phase"]), (&json!("exit status 1"), &json!("compile")));
        assert!(report["stderr"].as_str().is_some_and(|text| text.contains("No such file or directory")), "{report}");
    }
}

#[test]
fn assembling_a_secret_file_into_the_program_gives_nothing() {
    let source = "__asm__(\".globl data\\ndata: .incbin \\\"/etc/shadow\\\"\\n.byte 0\");\n\
        #include <stdio.h>\nextern char data[];\nint main(void) { puts(data); return 0; }";
    let report = compile(shared(), "c", source);
    assert_eq!((&report["error"], &report["stdout"]), (&json!("exit status 1"), &json!("")), "{report}");
}

#[test]
fn the_compiler_does_not_see_the_servers_environment_either() {
    let server = Server::with(|command| {
        command.env("DATABASE_PASSWORD", SECRET);
    });
    for process in ["self", "1"] {
        compile(&server, "c", &format!("#include \"/proc/{process}/environ\"\nint main(void) {{}}"));
        let source = format!(
            "__asm__(\".globl data\\ndata: .incbin \\\"/proc/{process}/environ\\\"\\ndata_end: .byte 0\");\n\
             #include <stdio.h>\nextern char data[], data_end[];\n\
             int main(void) {{ fwrite(data, 1, data_end - data, stdout); return 0; }}"
        );
        compile(&server, "c", &source);
    }
}

#[test]
fn residue_of_one_run_is_not_found_by_the_next() {
    let server = Server::with(|command| {
        // One place: the next run has the same number, user id and names.
        command.args(["--runners", "1"]);
    });
    let plant = format!(
        "for folder in . /tmp /dev/shm; do echo {SECRET} > $folder/residue; mkdir $folder/.hidden; echo {SECRET} > $folder/.hidden/f; done\n\
         (while :; do echo {SECRET}; sleep 0.1; done) > /tmp/fifo &\n\
         python3 -c 'import ctypes; libc = ctypes.CDLL(None); print(libc.shmget(4242, 4096, 0o1666) >= 0)'"
    );
    assert_eq!(server.stdout(&json!({"language": "bash", "source": plant})), "True\n");
    compile(&server, "c", &format!("#error {SECRET}").replace(SECRET, "PLANTED"));
    assert!(!search(&server).contains(SECRET));
    let look = "find /work /tmp /dev/shm -mindepth 1 ! -name main.sh; ps -e -o comm= | grep -c sleep\n\
        python3 -c 'import ctypes; print(ctypes.CDLL(None).shmget(4242, 0, 0))'";
    assert_eq!(server.run(&json!({"language": "bash", "source": look}))["stdout"], "0\n-1\n");
}

#[test]
fn the_source_of_a_program_that_did_not_compile_is_not_found_by_the_next() {
    let server = Server::with(|command| {
        command.args(["--runners", "1"]);
    });
    let source = format!("int {};\n#error no\n", SECRET.replace('-', "_"));
    assert_eq!(server.run(&json!({"language": "c", "source": source}))["error"], "exit status 1");
    assert!(!search(&server).contains(&SECRET.replace('-', "_")));
}

#[test]
fn a_program_does_not_see_the_hosts_users() {
    let text = search(shared());
    assert!(!text.contains("/etc/shadow: "), "{text}");
    if is_root() {
        let shadow = std::fs::read_to_string("/etc/shadow").expect("root may read it");
        let lines = shadow.lines().filter(|line| line.len() > 20);
        assert!(lines.into_iter().all(|line| !text.contains(line)), "a line of /etc/shadow was found");
    }
}
