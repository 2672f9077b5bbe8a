//! Hostile clients over real sockets: whatever they send or do not read, they are ended, memory stays bounded, and others are served.

mod answers;
mod bodies;
mod crowd;
mod frames;
mod heads;
mod others;
mod pipelines;
mod slow;

use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::{
    client::run_request_with,
    processes::of,
    server::{PATIENCE, Server, wait_until},
};

/// Every deadline short, so that a test sees it pass. A good client never comes near one: it sends all at once, and reads.
const SHORT: &str = "[server]\nheader_timeout = \"1s\"\nbody_timeout = \"1s\"\nidle_timeout = \"1s\"\nwrite_timeout = \"1s\"\n";

/// A program with so much output, on which no buffer on the way is large enough.
fn talkative(bytes: usize) -> Value {
    let source = format!("head -c {bytes} /dev/zero | tr '\\0' x");
    json!({"language": "bash", "source": source, "limits": {"output_bytes": bytes}})
}

/// Checks that somebody who means no harm is served.
#[track_caller]
fn serves_others(server: &Server) {
    assert_eq!(server.stdout(&json!({"language": "bash", "source": "echo fine"})), "fine\n");
}

/// Reads until the server ends the connection; gives what it said.
#[track_caller]
fn until_ended(mut stream: &TcpStream) -> String {
    let begun = Instant::now();
    let mut said = Vec::new();
    // A reset after the last word is an end, too.
    let ended = stream.read_to_end(&mut said);
    assert!(begun.elapsed() < PATIENCE, "not ended: {ended:?} after {:?}", String::from_utf8_lossy(&said));
    String::from_utf8_lossy(&said).into_owned()
}

/// Statuses of all answers in what a server said.
fn statuses(said: &str) -> Vec<u16> {
    said.split("HTTP/1.1 ").skip(1).filter_map(|answer| answer.get(..3)?.parse().ok()).collect()
}

/// Writes until the server has ended the connection, a byte every few milliseconds.
#[track_caller]
fn drip(mut stream: &TcpStream, byte: u8) {
    let begun = Instant::now();
    stream.set_nodelay(true).expect("a TCP socket");
    while stream.write_all(&[byte]).is_ok() {
        assert!(begun.elapsed() < PATIENCE, "a client that sends a byte now and then is never ended");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A request to run a job and tell its events.
fn watch_request(kind: &str, job: &Value) -> Vec<u8> {
    let headers = format!("Host: localhost\r\nContent-Type: application/json\r\nAccept: {kind}\r\n");
    run_request_with(&headers, job.to_string())
}

/// A connection with little room for what is not read, so that the server soon feels it.
fn narrow(server: &Server) -> TcpStream {
    let stream = server.connect();
    rustix::net::sockopt::set_socket_recv_buffer_size(&stream, 4 << 10).expect("a socket");
    stream
}

/// Has dropping a connection reset it. This leaves no port behind that waits to be used again.
fn abrupt(stream: &TcpStream) {
    rustix::net::sockopt::set_socket_linger(stream, Some(Duration::ZERO)).expect("a socket");
}

/// Descriptors that the server has open.
fn descriptors(server: &Server) -> usize {
    fs::read_dir(of(server.pid(), "fd")).expect("a tester may look at its server").count()
}

/// Waits until the server has let go of connections that these clients still hold.
#[track_caller]
fn lets_go(server: &Server, before: usize, held: &[TcpStream]) {
    wait_until(&format!("{} connections are closed by the server", held.len()), || descriptors(server) <= before);
}
