//! `codecanvas run --url`: a real server in a process of its own, asked by the command line.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Child, ChildStdout, Command, Stdio},
};

use rustix::process::{Pid, Signal, kill_process};

use crate::environment::{Ended, codecanvas, ended};

/// A server on a port that the kernel chose.
pub(crate) struct Server {
    process: Child,
    output: BufReader<ChildStdout>,
    pub(crate) url: String,
}

impl Server {
    pub(crate) fn start() -> Server {
        let mut command = codecanvas(&["serve", "--listen", "127.0.0.1:0"]);
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the server starts");
        let output = BufReader::new(process.stdout.take().expect("a pipe"));
        let mut server = Server { process, output, url: String::new() };
        server.url = server.listens();
        server
    }

    /// Waits until it says where it listens.
    fn listens(&mut self) -> String {
        let mut said = String::new();
        loop {
            let mut line = String::new();
            assert_ne!(self.output.read_line(&mut line).expect("a line"), 0, "the server ended: {said}");
            if let Some(url) = line.strip_prefix("Listening on ") {
                return url.trim().to_owned();
            }
            said.push_str(&line);
        }
    }

    /// The command line with this server as its `--url`.
    fn codecanvas(&self, args: &[&str]) -> Command {
        let mut command = codecanvas(args);
        command.env("CODECANVAS_URL", &self.url);
        command
    }

    fn run(&self, args: &[&str]) -> Ended {
        ended(&mut self.codecanvas(args))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn a_server_runs_programs_as_this_machine_does() {
    let server = Server::start();
    for args in [
        &["run", "hello.py", "--", "Ada"][..],
        &["run", "oops.py"],
        &["run", "greet/main.py", "greet/words/english.py"],
        &["run", "sum.py", "--stdin", "numbers.txt"],
        &["run", "script", "-l", "sh"],
        &["run", "show.sh", "--env", "GREETING=Hello"],
        &["run", "standard.c", "--compile-arg=-std=c99"],
        &["run", "wrong.c"],
        &["run", "large.sh", "--limit", "disk=1MiB"],
        &["run", "crash.sh"],
        &["run", "hello.py", "-l", "pythn"],
        &["run", "hello.py", "--compile-arg=-O2"],
        &["run", "numbers.txt"],
        &["langs"],
    ] {
        assert_eq!(server.run(args), ended(&mut codecanvas(args)), "{args:?}");
    }
}

#[test]
fn a_stop_on_the_server_is_explained_and_has_its_code() {
    let server = Server::start();
    let ran = server.run(&["run", "loop.py", "--limit", "cpu_time=2s"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(124), "working\n"), "{ran:?}");
    assert!(ran.stderr.starts_with("codecanvas: stopped: used ") && ran.stderr.lines().count() == 1, "{ran:?}");
}

#[test]
fn bytes_that_are_no_text_arrive_through_a_server() {
    let server = Server::start();
    let mut command = server.codecanvas(&["run", "-l", "perl", "../../tests/cli/programs/copy"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program starts");
    let every_byte: Vec<u8> = (0..=255).collect();
    child.stdin.take().expect("a pipe").write_all(&every_byte).expect("it is read");
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success());
    assert_eq!(output.stdout, every_byte);
}

#[test]
fn the_option_comes_before_the_variable_and_the_scheme_may_be_left_out() {
    let server = Server::start();
    let bare = server.url.trim_start_matches("http://");
    let mut command = codecanvas(&["run", "hello.py", "-u", bare]);
    command.env("CODECANVAS_URL", "http://127.0.0.1:1");
    assert_eq!(ended(&mut command).stdout, "Hello, world!\n");
}

#[test]
fn a_server_that_is_told_to_end_says_goodbye_and_is_missed() {
    let mut server = Server::start();
    assert_eq!(server.run(&["run", "hello.py"]).code, Some(0));
    let pid = Pid::from_child(&server.process);
    kill_process(pid, Signal::TERM).expect("it is there");
    assert!(server.process.wait().expect("it ends").success());
    let mut rest = String::new();
    server.output.read_line(&mut rest).expect("its output ends");
    let missed = server.run(&["run", "hello.py"]);
    assert_eq!((missed.code, missed.stdout.as_str()), (Some(2), ""));
    assert!(missed.stderr.contains("no answer from") && missed.stderr.lines().count() == 1, "{missed:?}");
}

#[test]
fn a_server_is_attacked_as_this_machine_is() {
    let server = Server::start();
    let ran = server.run(&["attack", "network", "verdicts/exits-with-137", "-j", "1"]);
    let last = ran.stdout.lines().last().unwrap_or_default();
    let (contained, all) = last.strip_prefix("contained ").and_then(|counts| counts.split_once('/')).expect("a count");
    assert!(ran.code == Some(0) && contained == all && all.parse::<u32>().is_ok_and(|all| all > 20), "{ran:?}");
}

#[test]
fn a_port_that_is_taken_is_told_with_its_owner() {
    let server = Server::start();
    let second = ended(&mut codecanvas(&["serve", "--listen", server.url.trim_start_matches("http://")]));
    assert_eq!(second.code, Some(2));
    assert!(second.stderr.contains("is taken") && second.stderr.lines().count() == 1, "{second:?}");
}
