//! Large answers, and clients that do not take them or vanish: the program waits or is ended, and memory stays bounded.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

use serde_json::json;

use super::{abrupt, narrow, serves_others, watch_request};
use crate::{
    client::run_request,
    processes::Nap,
    server::{Server, wait_until},
};

const KINDS: [&str; 2] = ["text/event-stream", "application/x-ndjson"];

fn ask(server: &Server, request: &[u8]) -> TcpStream {
    let mut stream = narrow(server);
    stream.write_all(request).expect("the server reads");
    stream
}

#[test]
fn watchers_that_never_read_have_their_programs_wait() {
    let server = Server::start();
    serves_others(&server);
    let before = server.resident();
    let job = json!({"language": "bash", "source": "yes", "limits": {"wall_time_ms": 120_000}});
    let _held: Vec<TcpStream> = (0..16).map(|number| ask(&server, &watch_request(KINDS[number % 2], &job))).collect();
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(1) {
        let grown = server.resident().saturating_sub(before);
        assert!(grown < 64 << 20, "{grown} bytes more");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn watchers_that_vanish_have_their_programs_ended() {
    let server = Server::configured("", |command| {
        command.args(["--runners", "4"]);
    });
    for kind in KINDS {
        let nap = Nap::new();
        for job in [nap.job_after("echo started"), nap.job_after("yes | head -c 16M")] {
            let mut stream = ask(&server, &watch_request(kind, &job));
            stream.read_exact(&mut [0; 64]).expect("an answer");
            abrupt(&stream);
            drop(stream);
        }
        wait_until("they are ended", || !nap.is_running());
    }
    serves_others(&server);
}

#[test]
fn answers_that_nobody_reads_never_fill_the_memory() {
    let server = Server::configured("[engine]\nqueue_wait = \"10m\"", |command| {
        command.args(["--runners", "1"]);
    });
    serves_others(&server);
    let before = server.resident();
    // Each of these bytes takes six in JSON.
    let source = "head -c 8M /dev/zero | tr '\\0' '\\1' | tee /dev/stderr";
    let job = json!({"language": "bash", "source": source, "limits": {"output_bytes": 8 << 20}});
    let held: Vec<TcpStream> = (0..6).map(|_| ask(&server, &run_request(job.to_string()))).collect();
    let mut most = 0;
    for stream in &held {
        // One byte says that the answer has begun.
        let _ = stream.peek(&mut [0]);
        most = most.max(server.resident().saturating_sub(before));
    }
    serves_others(&server);
    eprintln!("{} MiB more", most >> 20);
    assert!(most < 600 << 20, "{most} bytes more");
}
