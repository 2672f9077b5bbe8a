//! Clients of the original codecanvas, unchanged: `{"source", "language"}` in; `stdout`, `stderr` and `error` out.

use serde_json::{Value, json};

use crate::{client::text, server::shared};

/// All that the original's clients send, and all that they read.
fn run(language: &str, source: &str) -> (String, String, String) {
    let report = shared().run(&json!({"source": source, "language": language}));
    (text(&report["stdout"]), text(&report["stderr"]), text(&report["error"]))
}

fn strings(stdout: &str, stderr: &str, error: &str) -> (String, String, String) {
    (stdout.to_owned(), stderr.to_owned(), error.to_owned())
}

#[test]
fn success_is_output_and_an_empty_error() {
    assert_eq!(run("python3", "print('hello')"), strings("hello\n", "", ""));
    assert_eq!(run("bash", "echo out; echo err >&2"), strings("out\n", "err\n", ""));
    assert_eq!(run("nodejs", "console.log('hello')"), strings("hello\n", "", ""));
    assert_eq!(run("c++", "#include <iostream>\nint main() { std::cout << 42; }"), strings("42", "", ""));
}

#[test]
fn a_failing_program_is_an_exit_status() {
    assert_eq!(run("bash", "echo before; exit 3"), strings("before\n", "", "exit status 3"));
    let (stdout, stderr, error) = run("python3", "print('before')\n1/0");
    assert_eq!((stdout.as_str(), error.as_str()), ("before\n", "exit status 1"));
    assert!(stderr.contains("ZeroDivisionError"), "{stderr}");
}

#[test]
fn a_crash_is_128_and_the_signals_number() {
    let (_, _, error) = run("python3", "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)");
    assert_eq!(error, "exit status 139");
}

#[test]
fn a_compile_failure_is_exit_status_1_and_the_compilers_words_in_stderr() {
    let (stdout, stderr, error) = run("c++", "int main() { return answer; }");
    assert_eq!((stdout.as_str(), error.as_str()), ("", "exit status 1"));
    assert!(stderr.contains("main.cpp:1") && stderr.contains("answer"), "{stderr}");
}

#[test]
fn an_endless_loop_is_killed() {
    assert_eq!(run("bash", "while :; do :; done"), strings("", "", "signal: killed"));
}

#[test]
fn the_languages_are_listed_under_the_originals_names() {
    let answer = shared().get("/api/v1/languages");
    let body = answer.json();
    assert_eq!(answer.status, 200);
    let listed: Vec<&str> = body["languages"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    for name in ["python3", "nodejs", "c++", "bash"] {
        assert!(listed.contains(&name), "{listed:?}");
    }
    // The original's order, for as many of them as this host has.
    let known = ["python3", "nodejs", "c++", "go", "bash", "rust"];
    let (first, _) = listed.split_at(known.iter().filter(|name| listed.contains(name)).count());
    assert_eq!(first, known.iter().copied().filter(|name| listed.contains(name)).collect::<Vec<_>>());
}

#[test]
fn every_language_is_told_in_detail() {
    let body = shared().get("/api/v1/languages").json();
    let details = body["details"].as_array().expect("a list");
    let available: Vec<&Value> = details.iter().filter(|it| it["available"] == true).map(|it| &it["id"]).collect();
    assert_eq!(json!(available), body["languages"]);
    for language in details {
        let told = if language["available"] == true { "version" } else { "reason" };
        assert!(language[told].as_str().is_some_and(|text| !text.is_empty()), "{language}");
        assert!(language["name"].is_string() && language["compiled"].is_boolean(), "{language}");
    }
}
