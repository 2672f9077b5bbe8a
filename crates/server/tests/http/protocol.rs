//! Requests that two parsers could read in two ways, and heads that are too large.

use std::{io::Write, time::Duration};

use crate::server::{Answer, Server, get, is_closed_within};

/// A head with these lines after the request line.
fn post(lines: &str) -> String {
    format!("POST /api/v1/run HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{lines}")
}

#[test]
fn malformed_heads_are_a_400() {
    let server = Server::start();
    for request in [
        post("X-Folded: a\r\n b\r\nContent-Length: 0\r\n\r\n"),
        post("Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}"),
        post("Content-Length: +2\r\n\r\n{}"),
        post("Content-Length: -1\r\n\r\n{}"),
        post("Content-Length : 2\r\n\r\n{}"),
        post("Transfer-Encoding: gzip\r\n\r\n"),
        post("Transfer-Encoding: chunked, identity\r\n\r\n"),
        post("Content-Length: 0\r\n\r\n").replace("HTTP/1.1", "HTTP/1.1 "),
        post("Bad\0Name: x\r\n\r\n"),
        post("Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n").replace("HTTP/1.1", "HTTP/1.0"),
    ] {
        assert_eq!(server.ask(&request).status, 400, "{request:?}");
    }
    assert_eq!(server.started(), 0);
}

#[test]
fn nothing_is_read_after_a_request_with_two_lengths() {
    let server = Server::start();
    for lengths in
        ["Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"]
    {
        let mut stream = server.connect();
        // By its chunks the body is empty, and what follows would be a request.
        stream.write_all((post(lengths) + "\r\n0\r\n\r\n" + &get("/healthz", "")).as_bytes()).unwrap();
        let answer = Answer::read(&mut stream);
        assert_eq!((answer.status, answer.header("connection")), (400, Some("close")));
        assert!(is_closed_within(&mut stream, Duration::from_secs(2)));
    }
}

#[test]
fn a_head_that_is_too_large_is_a_431() {
    let server = Server::start();
    let large = format!("X-Large: {}\r\n", "x".repeat(40 << 10));
    assert_eq!(server.ask(get("/healthz", &large)).status, 431);
    let many: String = (0..101).map(|number| format!("X-{number}: x\r\n")).collect();
    assert_eq!(server.ask(get("/healthz", &many)).status, 431);
}

#[test]
fn several_requests_in_a_row_are_answered_in_order() {
    let server = Server::start();
    let mut stream = server.connect();
    stream.write_all((get("/healthz", "") + &get("/nothing", "") + &get("/readyz", "")).as_bytes()).unwrap();
    let statuses = [0; 3].map(|_| Answer::read(&mut stream).status);
    assert_eq!(statuses, [200, 404, 200]);
}
