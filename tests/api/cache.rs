//! What was compiled before: shown as such, the same to every client, done once, and nobody's to spoil.

use std::{thread, time::Duration};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

use crate::{
    client::{Answer, run_request_with},
    live::lines_of,
    server::{Server, wait_until},
};

/// A program that writes these words, and whose compiler warns.
fn c(words: &str) -> Value {
    json!({"language": "c", "source": format!("#warning mind\n#include <stdio.h>\nint main(void) {{ puts({words:?}); }}")})
}

fn with(mut job: Value, name: &str, value: Value) -> Value {
    job[name] = value;
    job
}

/// Whether the compile phase of a report was done before.
fn is_cached(report: &Value) -> bool {
    assert_eq!(report["phases"][0]["phase"], "compile", "{report}");
    report["phases"][0].get("cached").is_some_and(|cached| cached == true)
}

/// Runs a job until its toolchain was read and what it compiles is kept.
#[track_caller]
fn warm_up(server: &Server) {
    wait_until("what is compiled is kept", || is_cached(&server.run(&c("warm"))));
}

fn without_run(report: &Value) -> Value {
    let mut report = report.clone();
    report["phases"][1]["usage"] = Value::Null;
    report["usage"] = Value::Null;
    report["phases"][0].as_object_mut().expect("a phase").remove("cached");
    report
}

#[test]
fn the_same_job_is_compiled_once_and_its_answer_is_the_same() {
    let server = Server::start();
    warm_up(&server);
    let first = server.run(&c("hello"));
    assert!(!is_cached(&first), "{first}");
    assert!(first["phases"][0]["stderr"].as_str().is_some_and(|text| text.contains("mind")), "{first}");
    for _ in 0..3 {
        let again = server.run(&c("hello"));
        assert!(is_cached(&again), "{again}");
        assert_eq!(again["stdout"], "hello\n");
        assert_eq!(without_run(&again), without_run(&first));
    }
    // What only the run sees makes no difference to the compiler.
    let other_run = with(with(c("hello"), "args", json!(["a"])), "limits", json!({"memory_bytes": 100 << 20}));
    assert!(is_cached(&server.run(&other_run)));
}

#[test]
fn a_job_may_ask_for_a_compiler_of_its_own() {
    let server = Server::start();
    warm_up(&server);
    let fresh = with(c("mine"), "cache", json!(false));
    assert!(!is_cached(&server.run(&fresh)) && !is_cached(&server.run(&fresh)));
    // Nor was anything kept of it.
    assert!(!is_cached(&server.run(&c("mine"))) && is_cached(&server.run(&c("mine"))));
    let server = Server::configured("[engine]\ncache_bytes = \"0B\"\n", |_| {});
    for _ in 0..3 {
        assert!(!is_cached(&server.run(&c("off"))));
    }
}

#[test]
fn whatever_a_compiler_sees_makes_another_program_of_it() {
    let server = Server::start();
    warm_up(&server);
    let files = |main: &str, other: &str, name: &str| json!({"language": "c", "files": [{"name": "main.c", "content": main}, {"name": name, "content": other}]});
    let main = "#include <stdio.h>\n#ifndef WORD\n#define WORD \"plain\"\n#endif\nint main(void) { puts(WORD); }";
    let jobs = [
        files(main, "x", "note.txt"),
        files(main, "y", "note.txt"),
        files(main, "x", "note2.txt"),
        files(&main.replace("plain", "other"), "x", "note.txt"),
        with(files(main, "x", "note.txt"), "compile", json!({"args": ["-DWORD=\"flag\""]})),
        with(files(main, "x", "note.txt"), "compile", json!({"args": ["-DWORD=\"flag\"", "-g"]})),
        with(files(main, "x", "note.txt"), "compile", json!({"limits": {"disk_bytes": 9 << 20}})),
        with(files(main, "x", "note.txt"), "language", json!("c++")),
    ];
    let words: Vec<Value> = jobs
        .iter()
        .map(|job| {
            let report = server.run(job);
            assert!(!is_cached(&report), "{job}: {report}");
            report["stdout"].clone()
        })
        .collect();
    let expected = ["plain", "plain", "plain", "other", "flag", "flag", "plain"].map(|word| json!(format!("{word}\n")));
    assert_eq!(words[..7], expected);
    for (job, word) in jobs.iter().zip(&words).take(7) {
        let again = server.run(job);
        assert!(is_cached(&again) && again["stdout"] == *word, "{job}: {again}");
    }
}

#[test]
fn a_compiler_that_fails_is_known_to_fail_and_one_that_is_stopped_is_not() {
    let server = Server::start();
    warm_up(&server);
    let wrong = json!({"language": "c", "source": "int main(void) { return nothing; }"});
    let (first, again) = (server.run(&wrong), server.run(&wrong));
    assert!(!is_cached(&first) && is_cached(&again));
    assert!(again["stderr"].as_str().is_some_and(|text| text.contains("nothing")), "{again}");
    assert_eq!((&first["stderr"], &first["error"]), (&again["stderr"], &again["error"]));
    let slow = with(c("slow"), "compile", json!({"limits": {"wall_time_ms": 1}}));
    for _ in 0..2 {
        let report = server.run(&slow);
        assert!(!is_cached(&report), "{report}");
        assert_eq!(report["outcome"]["kind"], "wall_time_exceeded", "{report}");
    }
}

#[test]
fn sixteen_clients_at_once_have_one_compiler() {
    let server = Server::start();
    warm_up(&server);
    let reports: Vec<Value> = thread::scope(|scope| {
        let clients: Vec<_> = (0..16).map(|_| scope.spawn(|| server.run(&c("at once")))).collect();
        clients.into_iter().map(|client| client.join().expect("an answer")).collect()
    });
    assert!(reports.iter().all(|report| report["stdout"] == "at once\n"), "{reports:?}");
    assert_eq!(reports.iter().filter(|report| !is_cached(report)).count(), 1);
}

/// A program whose compiler takes some seconds.
fn slow(words: &str) -> Value {
    let mut job = c(words);
    let source = job["source"].as_str().expect("a source").to_owned();
    let lines: String = (0..3000)
        .map(|n| format!("int f{n}(int a) {{ int s = 0; for (int i = 0; i < a; i++) s += i * {n}; return s; }}\n"))
        .collect();
    job["source"] = json!(format!("{lines}{source}"));
    job
}

#[test]
fn another_takes_over_from_a_client_that_goes_away() {
    let server = Server::start();
    warm_up(&server);
    let job = slow("taken over");
    let stream = server.connect();
    let headers = "Host: localhost\r\nContent-Type: application/json\r\n";
    std::io::Write::write_all(&mut &stream, &run_request_with(headers, job.to_string())).expect("the server reads");
    thread::sleep(Duration::from_millis(200));
    thread::scope(|scope| {
        let waiting: Vec<_> = (0..3).map(|_| scope.spawn(|| server.run(&job))).collect();
        thread::sleep(Duration::from_millis(200));
        stream.shutdown(std::net::Shutdown::Both).expect("it is open");
        let reports: Vec<Value> = waiting.into_iter().map(|client| client.join().expect("an answer")).collect();
        assert!(reports.iter().all(|report| report["stdout"] == "taken over\n"), "{reports:?}");
        assert_eq!(reports.iter().filter(|report| !is_cached(report)).count(), 1);
    });
}

#[test]
fn a_client_that_only_waits_may_go_away() {
    let server = Server::start();
    warm_up(&server);
    let job = slow("patient");
    thread::scope(|scope| {
        let first = scope.spawn(|| server.run(&job));
        thread::sleep(Duration::from_millis(200));
        for _ in 0..20 {
            let stream = server.connect();
            let headers = "Host: localhost\r\nContent-Type: application/json\r\n";
            std::io::Write::write_all(&mut &stream, &run_request_with(headers, job.to_string())).expect("the server reads");
        }
        assert_eq!(first.join().expect("an answer")["stdout"], "patient\n");
    });
    assert!(is_cached(&server.run(&job)));
}

#[test]
fn a_launcher_that_is_killed_takes_what_it_kept_along() {
    let server = Server::start();
    warm_up(&server);
    let launcher = server.launcher();
    kill_process(Pid::from_raw(launcher as i32).expect("a number"), Signal::KILL).expect("it lives");
    wait_until("another launcher is there", || server.descendants().iter().all(|pid| *pid != launcher));
    let answers: Vec<Value> = (0..4)
        .map(|_| server.post(&c("warm")))
        .filter(|answer| answer.status == 200)
        .map(|answer: Answer| answer.json())
        .collect();
    assert!(answers.len() >= 3 && answers.iter().all(|report| report["stdout"] == "warm\n"), "{answers:?}");
    assert!(!is_cached(&answers[0]) && is_cached(answers.last().expect("the last")), "{answers:?}");
}

#[test]
fn there_is_an_end_of_the_room() {
    let server = Server::configured("[engine]\ncache_bytes = \"200KiB\"\n", |_| {});
    warm_up(&server);
    for round in 0..12 {
        let job = c(&format!("number {round}"));
        server.run(&job);
        assert!(is_cached(&server.run(&job)), "the newest is there");
    }
    assert!(!is_cached(&server.run(&c("number 0"))), "the oldest is not");
    let large = json!({"language": "c", "source": "char x[1 << 20] = {1}; int main(void) {}"});
    assert!(!is_cached(&server.run(&large)) && !is_cached(&server.run(&large)), "what is too large is not kept");
}

/// Does all it can to what the next one will find, and tells what it found itself.
const SPOIL: &str = r##"
#include <stdio.h>
#include <stdlib.h>
int main(void) {
    fflush(stdout);
    system("md5sum main.c a.out; stat -c '%A %s %n' *");
    system("for f in *; do echo spoilt > $f; chmod 777 $f; setfattr -n user.x -v y $f; done 2>/dev/null");
    system("mv a.out b; cp /bin/false a.out; ln main.c /proc/self/cwd/hard; touch -d @1 *; chmod 777 .; rm -f main.c");
    system("mount -o remount,rw / ; mount -o remount,rw /work; umount -l /work; exec 2>/dev/null");
    return 0;
}
"##;

#[test]
fn no_run_spoils_the_next() {
    let server = Server::start();
    warm_up(&server);
    let job = json!({"language": "c", "source": SPOIL});
    let first = server.run(&job);
    for _ in 0..4 {
        let again = server.run(&job);
        assert!(is_cached(&again), "{again}");
        assert_eq!((&again["stdout"], &again["outcome"]), (&first["stdout"], &first["outcome"]));
    }
    let fresh = server.run(&with(job, "cache", json!(false)));
    assert_eq!(fresh["stdout"], first["stdout"], "and it is as if it had been compiled for this run");
}

#[test]
fn a_watcher_is_told_the_same_of_what_was_compiled_before() {
    let server = Server::start();
    warm_up(&server);
    let events = |job: &Value| -> Vec<String> {
        let told = lines_of(&server, job);
        told.iter().map(|event| format!("{} {} {}", event["type"], event["phase"], event["data"])).collect()
    };
    let (first, again) = (events(&c("watched")), events(&c("watched")));
    assert!(first.len() >= 6, "{first:?}");
    assert_eq!(first, again);
}
