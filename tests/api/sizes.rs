//! A body over the cap is refused and read no further.

use std::{
    io::{ErrorKind, Write},
    net::TcpStream,
};

use serde_json::json;

use crate::{
    client::{Answer, run_request_with},
    server::{Server, shared},
};

const HEADERS: &str = "Host: localhost\r\nContent-Type: application/json\r\n";

/// More than any server would take, and than all buffers on the way hold.
const ENDLESS: usize = 256 << 20;

/// Writes until the other side takes no more; gives how many bytes it took.
fn pour(stream: &mut TcpStream, piece: &[u8]) -> usize {
    let mut taken = 0;
    while taken < ENDLESS {
        match stream.write(piece) {
            Ok(count) => taken += count,
            Err(error) if matches!(error.kind(), ErrorKind::BrokenPipe | ErrorKind::ConnectionReset) => break,
            Err(error) => panic!("{error} after {taken} bytes"),
        }
    }
    taken
}

#[test]
fn a_body_over_the_cap_is_refused_before_it_is_sent() {
    let mut stream = shared().connect();
    let head = format!("POST /api/v1/run HTTP/1.1\r\n{HEADERS}Content-Length: {}\r\n\r\n", (1 << 20) + 1);
    stream.write_all(head.as_bytes()).expect("the server reads");
    let answer = Answer::read(&stream);
    assert_answer!(answer);
    assert_eq!(answer.header("connection"), Some("close"));
}

#[test]
fn a_body_at_the_cap_is_taken() {
    let empty = json!({"language": "bash", "source": "wc -c", "stdin": ""}).to_string();
    let stdin = "x".repeat((1 << 20) - empty.len());
    let report = shared().run(&json!({"language": "bash", "source": "wc -c", "stdin": stdin}));
    assert_eq!(report["stdout"], format!("{}\n", stdin.len()));
    let answer = shared().post(&json!({"language": "bash", "source": "wc -c", "stdin": format!("{stdin}x")}));
    answer.check_problem(413, "body-too-large");
}

#[test]
fn a_body_over_the_cap_that_is_sent_all_the_same_is_read_no_further() {
    let mut stream = shared().connect();
    let head = format!("POST /api/v1/run HTTP/1.1\r\n{HEADERS}Content-Length: {ENDLESS}\r\n\r\n");
    stream.write_all(head.as_bytes()).expect("the server reads");
    let taken = pour(&mut stream, &[b' '; 64 << 10]);
    assert!(taken < ENDLESS / 4, "{taken} bytes were taken");
}

#[test]
fn chunks_without_end_are_read_no_further() {
    let mut stream = shared().connect();
    let head = format!("POST /api/v1/run HTTP/1.1\r\n{HEADERS}Transfer-Encoding: chunked\r\n\r\n");
    stream.write_all(head.as_bytes()).expect("the server reads");
    let chunk = format!("10000\r\n{}\r\n", " ".repeat(64 << 10));
    let taken = pour(&mut stream, chunk.as_bytes());
    assert!(taken < ENDLESS / 4, "{taken} bytes were taken");
}

#[test]
fn chunks_over_the_cap_are_answered() {
    let mut request = format!("POST /api/v1/run HTTP/1.1\r\n{HEADERS}Transfer-Encoding: chunked\r\n\r\n");
    request.push_str(&format!("110000\r\n{}\r\n0\r\n\r\n", " ".repeat(0x11_0000)));
    let answer = shared().ask(request);
    answer.check_problem(413, "body-too-large");
    assert_eq!(answer.header("connection"), Some("close"));
}

#[test]
fn the_operator_sets_the_cap() {
    let server = Server::configured("[server]\nmax_body = \"200B\"", |_| {});
    let report = server.run(&json!({"language": "bash", "source": "echo fits"}));
    assert_eq!(report["stdout"], "fits\n");
    let answer = server.post(&json!({"language": "bash", "source": "#".repeat(200)}));
    answer.check_problem(413, "body-too-large");
    assert!(answer.body.contains("200 bytes"), "{answer:?}");
}

#[test]
fn a_compressed_body_is_refused() {
    let headers = format!("{HEADERS}Content-Encoding: gzip\r\n");
    shared().ask(run_request_with(&headers, "\x1f\u{8b}")).check_problem(415, "unsupported-encoding");
}

#[test]
fn standard_input_over_its_own_cap_is_refused() {
    let server = Server::configured("[engine.request]\nstdin = \"1KiB\"", |_| {});
    let answer = server.post(&json!({"language": "bash", "source": "cat", "stdin": "x".repeat(1025)}));
    assert_answer!(answer);
}
