//! What goes in and out, to the byte.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Output, Stdio},
    thread,
};

use crate::environment::{codecanvas, ended};

/// A program that gives back what it reads.
const COPY: [&str; 6] = ["exec", "--limit", "output=16MiB", "--", "cat", "-"];

#[test]
fn output_and_errors_keep_their_streams() {
    let ran = ended(&mut codecanvas(&["exec", "--", "sh", "-c", "echo out; echo err >&2"]));
    assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (Some(0), "out\n", "err\n"));
    let ran = ended(&mut codecanvas(&["run", "loop.py", "--limit", "cpu_time=2s"]));
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(124), "working\n"));
    assert!(ran.stderr.starts_with("codecanvas: stopped: ") && ran.stderr.lines().count() == 1, "{}", ran.stderr);
}

#[test]
fn what_the_compiler_says_is_never_on_stdout() {
    let ran = ended(&mut codecanvas(&["run", "wrong.c"]));
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""));
    assert!(ran.stderr.contains("undeclared"), "{}", ran.stderr);
}

#[test]
fn what_is_piped_to_us_is_what_the_program_reads() {
    let every_byte: Vec<u8> = (0..=255).cycle().take(3 << 20).collect();
    for args in [&COPY[..], &["run", "-l", "perl", "../../tests/cli/programs/copy", "--limit", "output=16MiB"][..]] {
        let output = piped(args, every_byte.clone());
        assert!(output.status.success(), "{output:?}");
        assert!(output.stdout == every_byte, "{args:?}: {} bytes came back", output.stdout.len());
    }
}

#[test]
fn a_dash_is_our_own_standard_input_and_a_file_comes_before_it() {
    assert_eq!(piped(&["run", "sum.py", "--stdin", "-"], b"1\n2\n".to_vec()).stdout, b"3\n");
    assert_eq!(piped(&["run", "sum.py", "--stdin", "numbers.txt"], b"1\n2\n".to_vec()).stdout, b"42\n");
    assert_eq!(piped(&["run", "sum.py", "--stdin", "/dev/null"], b"1\n2\n".to_vec()).stdout, b"0\n");
}

#[test]
fn output_comes_while_the_program_runs_and_ends_with_its_reader() {
    let program = ["run", "-l", "sh", "../../tests/cli/programs/endless-output"];
    let mut child = codecanvas(&program).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    let mut line = String::new();
    let mut output = BufReader::new(child.stdout.take().expect("a pipe"));
    output.read_line(&mut line).expect("a line");
    assert_eq!(line, "more\n");
    drop(output);
    // 128 + SIGPIPE, as a shell counts.
    assert_eq!(child.wait().expect("it ends").code(), Some(141));
}

#[test]
fn the_report_as_json_has_what_is_not_shown() {
    let ran = ended(&mut codecanvas(&["run", "oops.py", "--json"]));
    let report: serde_json::Value = serde_json::from_str(&ran.stdout).expect("nothing but JSON");
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(3), ""));
    assert_eq!(report["stdout"], "about to fail\n");
    assert_eq!(report["outcome"], serde_json::json!({ "kind": "exited", "code": 3 }));
    assert_eq!((&report["error"], &report["language"]), (&"exit status 3".into(), &"python3".into()));
}

fn piped(args: &[&str], input: Vec<u8>) -> Output {
    let mut command = codecanvas(args);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    let writer = thread::spawn(move || {
        // A program that was told to read something else leaves ours unread.
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("the writer ends");
    output
}
