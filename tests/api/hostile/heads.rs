//! Heads that are too large, or that two servers might understand differently: refused or closed, and never two requests.

use std::io::{ErrorKind, Write};

use super::{serves_others, statuses, until_ended};
use crate::server::shared;

/// What a smuggler hopes to have answered.
const SMUGGLED: &str = "GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n";

/// What the server says to these bytes and the smuggled request behind them.
fn said(bytes: &str) -> String {
    let mut stream = shared().connect();
    // The server may close before it has read all.
    let _ = stream.write_all(bytes.as_bytes()).and_then(|()| stream.write_all(SMUGGLED.as_bytes()));
    let _ = stream.shutdown(std::net::Shutdown::Write);
    until_ended(&stream)
}

/// A request to run nothing, with these headers.
fn post(headers: &str, body: &str) -> String {
    format!("POST /api/v1/run HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{headers}\r\n{body}")
}

fn get(headers: &str) -> String {
    format!("GET /healthz HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n")
}

#[track_caller]
fn refused(bytes: &str) {
    let said = said(bytes);
    let statuses = statuses(&said);
    assert!(statuses.len() <= 1 && statuses.iter().all(|status| (400..500).contains(status)), "{bytes:?}: {said}");
    assert!(!said.contains("smuggled"), "{bytes:?}: {said}");
}

/// Checks that at most one request is seen in these bytes, whatever comes of it.
#[track_caller]
fn only_one(bytes: &str) {
    let said = said(bytes);
    assert!(statuses(&said).len() <= 1 && !said.contains("smuggled"), "{bytes:?}: {said}");
}

#[test]
fn a_body_with_two_lengths_never_hides_a_request() {
    for headers in [
        "Content-Length: 2\r\nContent-Length: 3\r\n",
        "Content-Length: 2, 3\r\n",
        "Content-Length: +2\r\n",
        "Content-Length: -2\r\n",
        "Content-Length: 0x2\r\n",
        "Content-Length: 2 2\r\n",
        "Content-Length: 99999999999999999999999999\r\n",
        "Content-Length:\r\n",
        "Content-Length : 2\r\n",
        "Transfer-Encoding : chunked\r\n",
        "Transfer-Encoding: identity\r\n",
        "Transfer-Encoding: chunked, identity\r\n",
        "Transfer-Encoding: chunked, chunked\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding: \x0bchunked\r\n",
        "Transfer-Encoding\x0b: chunked\r\n",
        "Transfer-Encoding: gzip, chunked\r\n",
        "Transfer-Encoding: identity, chunked\r\n",
        "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding:\r\n chunked\r\n",
        "X: y\r\n Transfer-Encoding: chunked\r\n",
    ] {
        refused(&post(headers, "0\r\n\r\n"));
    }
    for headers in [
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 500\r\n",
        "Transfer-Encoding: CHUNKED\r\n",
        "Transfer-Encoding: chunked\r\n",
    ] {
        only_one(&post(headers, "0\r\n\r\n"));
    }
    // What old proxies pass on: only the last coding frames a body, and HTTP/1.0 knows none.
    refused(&get("Transfer-Encoding: identity\r\n"));
    only_one("POST /api/v1/run HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
}

#[test]
fn heads_that_are_malformed_are_refused() {
    for bytes in [
        get("X: folded\r\n line\r\n"),
        get(" X: y\r\n"),
        get("X y\r\n"),
        get(": y\r\n"),
        get("X: a\rY: b\r\n"),
        get("X: a\r\rY: b\r\n"),
        get("X: a\0b\r\n"),
        get("X\0: b\r\n"),
        get("X: a\x7fb\r\n"),
        get("X(y): z\r\n"),
        "GET /healthz\r\n\r\n".to_owned(),
        "GET /healthz\r\n".to_owned(),
        "GET  /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n".to_owned(),
        "GET /healthz HTTP/1.1 \r\nHost: localhost\r\n\r\n".to_owned(),
        "GET /healthz HTTP/2.0\r\nHost: localhost\r\n\r\n".to_owned(),
        "GET /healthz HTTP/1.2\r\nHost: localhost\r\n\r\n".to_owned(),
        "GET /healthz http/1.1\r\nHost: localhost\r\n\r\n".to_owned(),
        "GET /heal\0thz HTTP/1.1\r\nHost: localhost\r\n\r\n".to_owned(),
        "G ET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n".to_owned(),
        "GET healthz HTTP/1.1\r\nHost: localhost\r\n\r\n".to_owned(),
        "\0\r\n\r\n".to_owned(),
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0".to_owned(),
    ] {
        refused(&bytes);
    }
}

#[test]
fn a_target_or_host_that_is_not_ours_is_refused() {
    for bytes in [
        "CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "CONNECT localhost:80 HTTP/1.1\r\nHost: localhost:80\r\n\r\n",
        "GET localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET * HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET http://evil.example/healthz HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET http://localhost/healthz HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        "GET //evil.example/healthz HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: localhost, localhost\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: \r\n\r\n",
        "GET /healthz HTTP/1.1\r\n\r\n",
    ] {
        let bytes = bytes.replacen("\r\n\r\n", "\r\nConnection: close\r\n\r\n", 1);
        refused(&bytes);
    }
}

#[test]
fn a_line_that_ends_without_a_return_is_a_line() {
    // RFC 9112, section 2.2, lets a server take it so, and hyper does. It must not be taken for two requests.
    let bytes = "GET /healthz HTTP/1.1\nHost: localhost\nConnection: close\n\n";
    assert_eq!(statuses(&said(bytes)), [200]);
    only_one(&post("X: y\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"));
}

#[test]
fn heads_that_are_too_large_are_refused() {
    let many: String = (0..101).map(|number| format!("X-{number}: y\r\n")).collect();
    for bytes in [
        get(&format!("X: {}\r\n", "y".repeat(64 << 10))),
        get(&format!("{}: y\r\n", "X".repeat(64 << 10))),
        get(&many),
        format!("GET /{} HTTP/1.1\r\nHost: localhost\r\n\r\n", "x".repeat(64 << 10)),
        format!("{} / HTTP/1.1\r\nHost: localhost\r\n\r\n", "X".repeat(64 << 10)),
        format!("GET /healthz HTTP/1.1\r\nHost: {}\r\n\r\n", "x".repeat(64 << 10)),
    ] {
        refused(&bytes);
    }
    // Below the bound they are taken.
    assert_eq!(statuses(&said(&get(&format!("Connection: close\r\nX: {}\r\n", "y".repeat(24 << 10))))), [200]);
}

#[test]
fn a_head_without_end_is_read_no_further() {
    for piece in ["X: y\r\n", "y", "\r\n"] {
        let mut stream = shared().connect();
        let start = if piece == "\r\n" { "" } else { "GET /healthz HTTP/1.1\r\nX: " };
        stream.write_all(start.as_bytes()).expect("the server reads");
        let (piece, mut taken) = (piece.repeat(10_000), 0);
        let error = loop {
            match stream.write(piece.as_bytes()) {
                Ok(count) => taken += count,
                Err(error) => break error,
            }
            assert!(taken < 64 << 20, "{taken} bytes were taken");
        };
        assert!(matches!(error.kind(), ErrorKind::BrokenPipe | ErrorKind::ConnectionReset), "{error}");
    }
    serves_others(shared());
}
