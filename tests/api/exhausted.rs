//! A host that has no more to give: full disks, no descriptors, no threads; and a clock that is set. The server under test alone meets
//! it. It tells, goes on, and when it is over the next run works.

use std::{
    fs,
    io::Write,
    net::TcpStream,
    os::unix::fs::FileExt,
    path::Path,
    process::{Command, Output},
    time::{Duration, Instant},
};

use rustix::process::{Signal, kill_process};
use serde_json::{Value, json};

use crate::{
    client::{Answer, request, run_request},
    holdings::Holdings,
    processes::{Nap, field, of},
    server::{Server, is_root, needs_root, pid, program, wait_until},
};

/// A number of descriptors that every process has open, so that it can have no other.
const NONE: u64 = 3;

fn fine() -> Value {
    json!({"language": "bash", "source": "echo fine"})
}

#[track_caller]
fn works(server: &Server, when: &str) {
    assert_eq!(server.stdout(&fine()), "fine\n", "{when}");
}

/// Asks on a connection that is there already; gives the status, of a problem if it is not 200.
#[track_caller]
fn status_of_run(mut connection: &TcpStream) -> u16 {
    connection.write_all(&run_request(fine().to_string())).expect("the server reads");
    let answer = Answer::read(connection);
    if answer.status != 200 {
        answer.check_problem(500, "internal-error");
    }
    answer.status
}

/// Has a process lack a resource (an option of prlimit) while something is done; its hard limit stays.
fn lacking<T>(process: u32, resource: &str, limit: u64, act: impl FnOnce() -> T) -> T {
    let id = |name| field(process, name).expect("it lives").split_whitespace().next().expect("the real one").to_owned();
    let [uid, gid] = ["Uid", "Gid"].map(id);
    let prlimit = |value: &str| {
        // Its own user may do it, whatever root may do here.
        let mut command = Command::new(if is_root() { "setpriv" } else { "prlimit" });
        if is_root() {
            command.args([&format!("--reuid={uid}"), &format!("--regid={gid}"), "--clear-groups", "prlimit"]);
        }
        command.args(["--pid", &process.to_string(), &format!("--{resource}"), "--noheadings", "--raw", "--output=SOFT"]);
        if !value.is_empty() {
            command.arg(format!("--{resource}={value}:"));
        }
        let output = command.output().expect("it is part of util-linux");
        assert!(output.status.success(), "{output:?}");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    };
    let before = prlimit("");
    prlimit(&limit.to_string());
    let result = act();
    prlimit(&before);
    result
}

#[test]
fn the_disk_of_the_log_is_full() {
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", "exec \"$0\" \"$@\" 2>/dev/full", program()]);
    let server = Server::by(shell, |_| {});
    works(&server, "nothing can be logged");
    server.get("/no/such/page").check_problem(404, "not-found");
    // The keeper has something to say, too.
    let (launcher, keeper) = (server.launcher(), server.keeper());
    kill_process(pid(launcher), Signal::KILL).unwrap();
    wait_until("another launcher works", || server.post(&fine()).status == 200);
    assert_eq!(server.keeper(), keeper);
}

/// Hides `/tmp`, the folder that it is started in and the one for temporary files behind full ones, and becomes a program, which may
/// lie below any of them.
const ON_FULL_DISKS: &str = r#"
exec 9<"$0"
here=$PWD
for folder in "$here" "${TMPDIR:-/tmp}" /tmp; do
    [ -e "$folder" ] || continue
    mount -t tmpfs -o size=4k,nr_inodes=2 full "$folder"
    cat /dev/zero >"$folder/full" 2>/dev/null
    if (echo more >"$folder/more") 2>/dev/null; then exit 9; fi
done
cd /tmp
exec /proc/self/fd/9 "$@"
"#;

fn on_full_disks() -> Command {
    let mut command = Command::new("unshare");
    command.args(["--mount", "--propagation", "private", "/bin/sh", "-c", ON_FULL_DISKS, program()]);
    command
}

#[test]
fn every_disk_is_full() {
    if needs_root("every_disk_is_full", "only root can mount full disks") {
        return;
    }
    let server = Server::by(on_full_disks(), |_| {});
    works(&server, "every disk is full");
    // What a program writes goes nowhere near them.
    let writes = json!({"language": "bash", "source": "head -c 1M /dev/zero >/tmp/a && head -c 1M /dev/zero >b && cat /tmp/a b | wc -c"});
    assert_eq!(server.stdout(&writes), "2097152\n");
    let compiled = json!({"language": "c", "source": "#include <stdio.h>\nint main(void) { puts(\"fine\"); }"});
    assert_eq!(server.stdout(&compiled), "fine\n");
    drop(server);
    for arguments in [&["exec", "--", "echo", "fine"][..], &["exec", "--", "sh", "-c", "echo fine >f; cat f"], &["doctor"]] {
        let Output { status, stdout, stderr } = on_full_disks().args(arguments).output().expect("it starts");
        let stdout = String::from_utf8_lossy(&stdout);
        assert!(status.success(), "{arguments:?}: {stdout}{}", String::from_utf8_lossy(&stderr));
        assert!(stdout.contains("fine") || arguments == ["doctor"], "{stdout}");
    }
}

#[test]
fn the_server_has_no_descriptor_left() {
    let server = Server::start();
    works(&server, "at first");
    let before = Holdings::of(&server);
    let connection = server.connect();
    assert_eq!(status_of_run(&connection), 200);
    let open = fs::read_dir(of(server.pid(), "fd")).expect("a tester may look at its server").count() as u64;
    let limits = [NONE].into_iter().chain(open..open + 12);
    let statuses: Vec<u16> =
        limits.map(|limit| lacking(server.pid(), "nofile", limit, || status_of_run(&connection))).collect();
    assert!(statuses.first() == Some(&500) && statuses.last() == Some(&200), "{statuses:?}");
    // Who connects meanwhile is answered when it is over.
    let waiting = lacking(server.pid(), "nofile", NONE, || {
        let mut waiting = server.connect();
        waiting.write_all(request("GET", "/api/v1/limits", "").as_bytes()).expect("a connection");
        assert_eq!(status_of_run(&connection), 500);
        waiting
    });
    assert_eq!(Answer::read(&waiting).status, 200);
    drop((connection, waiting));
    works(&server, "descriptors are there again");
    before.wait_for_no_more(&server, 16);
}

#[test]
fn the_launcher_has_no_descriptor_left() {
    let server = Server::start();
    works(&server, "at first");
    let (launcher, before) = (server.launcher(), Holdings::of(&server));
    let connection = server.connect();
    let lowest_free = (NONE..).find(|number| !of(launcher, &format!("fd/{number}")).exists()).expect("one is free");
    // Sandboxes that are built ahead take some first.
    let limits = lowest_free + 1..lowest_free + 120;
    let statuses: Vec<u16> = limits.map(|limit| lacking(launcher, "nofile", limit, || status_of_run(&connection))).collect();
    assert!(statuses.contains(&500) && statuses.last() == Some(&200), "{statuses:?}");
    assert!(server.log().contains("EMFILE"), "{}", server.log());
    drop(connection);
    works(&server, "descriptors are there again");
    assert_eq!(server.launcher(), launcher, "the launcher has died of it");
    before.wait_for_no_more(&server, 16);
}

#[test]
fn the_server_can_have_no_more_threads() {
    let server = Server::with(|command| {
        command.args(["--runners", "64"]);
    });
    works(&server, "at first");
    let connection = server.connect();
    let nap = Nap::new();
    // Threads are kept from before; each of these takes one, and one of them makes another.
    let tasks = fs::read_dir(of(server.pid(), "task")).expect("it lives").flatten();
    let kept = tasks.filter(|task| fs::read(task.path().join("comm")).is_ok_and(|name| name == b"run\n")).count();
    let sleepers: Vec<_> = (0..=kept).map(|_| server.send(&nap.job())).collect();
    wait_until("they sleep", || nap.sleepers().len() == sleepers.len());
    lacking(server.pid(), "nproc", 0, || {
        assert_eq!(status_of_run(&connection), 500);
        assert_eq!(status_of_run(&connection), 500);
    });
    assert!(server.log().contains("EAGAIN"), "{}", server.log());
    drop(sleepers);
    assert_eq!(status_of_run(&connection), 200);
    wait_until("nothing is left of it", || !nap.is_running());
}

#[test]
fn the_clock_is_set_forwards_and_back() {
    let folder = tempfile::tempdir().unwrap();
    let [code, counts, clock] = ["steps.c", "counts", "steps.so"].map(|name| folder.path().join(name));
    fs::write(&code, include_str!("../sandbox/exhausted/steps.c")).unwrap();
    fs::write(&counts, [0; 4096]).unwrap();
    compile(&code, &clock, &counts);
    let config = "[server]\nheader_timeout = \"1s\"\nidle_timeout = \"1s\"\nbody_timeout = \"1s\"\n";
    let server = Server::configured(config, |command| {
        command.env("LD_PRELOAD", &clock);
    });

    let begun = Instant::now();
    let slept = server.run(&json!({"language": "bash", "source": "sleep 2; echo fine"}));
    assert_eq!(slept["stdout"], "fine\n", "{slept}");
    let wall_time = slept["usage"]["wall_time_ms"].as_f64().expect("a number");
    assert!((2000.0..=begun.elapsed().as_secs_f64() * 1000.0).contains(&wall_time), "{slept}");
    let stopped = server.run(&json!({"language": "bash", "source": "sleep 1000", "limits": {"wall_time_ms": 300}}));
    assert_eq!(stopped["outcome"]["kind"], "wall_time_exceeded", "{stopped}");

    // Whoever says nothing is ended by that time, neither at once nor never.
    let silent = server.connect();
    let begun = Instant::now();
    assert!(Answer::try_read(&silent).is_err());
    assert!(begun.elapsed() >= Duration::from_millis(900), "{:?}", begun.elapsed());

    // It did have that clock.
    let mut bytes = [0; 16];
    fs::File::open(&counts).unwrap().read_exact_at(&mut bytes, 0).unwrap();
    let [monotonic, real] = [0, 8].map(|at| u64::from_ne_bytes(bytes[at..at + 8].try_into().expect("eight bytes")));
    assert!(monotonic > 0 && real > 0, "the server has other clocks than the test means it to have: {monotonic} {real}");
}

fn compile(code: &Path, library: &Path, counts: &Path) {
    let mut gcc = Command::new("gcc");
    gcc.args(["-w", "-shared", "-fPIC", &format!("-DCOUNTS=\"{}\"", counts.display()), "-o"]).arg(library).arg(code);
    assert!(gcc.status().expect("gcc is installed (make test installs it)").success());
}
