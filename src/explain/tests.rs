//! The words for every end.

use codecanvas_protocol::{Encoding, StreamInfo, Streams, Usage};

use super::*;

fn breach(limit: &str, allowed: u64, measured: u64) -> Breach {
    Breach { limit: limit.to_owned(), allowed, measured, mechanism: "timer".to_owned() }
}

fn words(outcome: &Outcome) -> String {
    stop(outcome, Raise::Limit).expect("an explanation")
}

#[test]
fn an_end_of_its_own_needs_no_words() {
    assert_eq!(stop(&Outcome::Exited { code: 0 }, Raise::Limit), None);
    assert_eq!(stop(&Outcome::Exited { code: 7 }, Raise::Limit), None);
}

#[test]
fn times_are_measured_and_allowed() {
    assert_eq!(
        words(&Outcome::CpuTimeExceeded(breach("cpu_time_ms", 5000, 5003))),
        "stopped: used 5.00 s of processor time, 5 s allowed (raise it with --limit cpu_time=…)"
    );
    assert_eq!(
        words(&Outcome::WallTimeExceeded(breach("wall_time_ms", 1500, 1512))),
        "stopped: ran for 1.51 s, 1.5 s allowed (raise it with --limit wall_time=…)"
    );
}

#[test]
fn amounts_name_what_was_allowed() {
    assert_eq!(
        words(&Outcome::MemoryExceeded(breach("memory_bytes", 512 << 20, 512 << 20))),
        "stopped: needed more than the 512 MiB of memory allowed (raise it with --limit memory=…)"
    );
    assert_eq!(
        words(&Outcome::FileSizeExceeded(breach("file_size_bytes", 1 << 20, 1 << 20))),
        "stopped: wrote a file larger than the 1 MiB allowed (raise it with --limit file_size=…)"
    );
    assert_eq!(
        words(&Outcome::ProcessesExceeded(breach("processes", 64, 64))),
        "stopped: wanted more than the 64 processes and threads allowed (raise it with --limit processes=…)"
    );
    assert_eq!(
        words(&Outcome::DiskExceeded(breach("disk_files", 4096, 4096))),
        "stopped: wanted more than the 4096 files allowed (raise it with --limit disk_files=…)"
    );
    assert_eq!(
        words(&Outcome::DiskExceeded(breach("disk_bytes", 64 << 20, 64 << 20))),
        "stopped: filled the 64 MiB of disk allowed (raise it with --limit disk=…)"
    );
    assert_eq!(
        words(&Outcome::StackExceeded(breach("stack_bytes", 64 << 20, 64 << 20))),
        "stopped: filled the stack of 64 MiB allowed (raise it with --limit stack=…)"
    );
}

#[test]
fn a_limit_that_nobody_can_raise_has_no_hint() {
    assert_eq!(
        words(&Outcome::OutputExceeded(breach("output_ceiling_bytes", 64 << 20, 65 << 20))),
        "stopped: wrote more than the 64 MiB of output allowed"
    );
}

#[test]
fn compiling_has_limits_of_its_own() {
    assert_eq!(
        stop(&Outcome::WallTimeExceeded(breach("wall_time_ms", 30_000, 30_004)), Raise::CompileLimit).unwrap(),
        "compiling was stopped: ran for 30.00 s, 30 s allowed (raise it with --compile-limit wall_time=…)"
    );
}

#[test]
fn signals_have_a_number_a_name_and_a_meaning() {
    assert_eq!(words(&Outcome::signaled(11)), "ended by signal 11 (SIGSEGV, segmentation fault)");
    assert_eq!(words(&Outcome::signaled(10)), "ended by signal 10 (SIGUSR1)");
    assert_eq!(words(&Outcome::Cancelled), "stopped: cancelled");
}

#[test]
fn cut_output_is_counted() {
    let mut report = report();
    assert_eq!(truncation(&report, [0, 0]), None);
    report.output.stdout = StreamInfo { bytes: 3 << 20, encoding: Encoding::Utf8, truncated: true };
    assert_eq!(
        truncation(&report, [1 << 20, 0]).unwrap(),
        "output cut: shown are 1 MiB of 3 MiB of stdout (show more with --limit output=…)"
    );
    assert_eq!(truncation(&report, [3 << 20, 0]), None, "all of it was passed on as it came");
}

fn report() -> Report {
    Report {
        stdout: String::new(),
        stderr: String::new(),
        error: String::new(),
        outcome: Outcome::Exited { code: 0 },
        usage: Usage::default(),
        truncated: false,
        output: Streams::default(),
        phases: Vec::new(),
        language: "python3".to_owned(),
        version: "3.11.2".to_owned(),
        weaker: Vec::new(),
    }
}
