//! Chunked bodies that are malformed, or have more around them than in them.

use std::{io::Write, time::Instant};

use super::{SHORT, serves_others, statuses, until_ended};
use crate::server::{PATIENCE, Server, shared};

const HEAD: &str =
    "POST /api/v1/run HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
const SMUGGLED: &str = "GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n";

/// A job in one chunk.
fn chunk(extension: &str, end: &str) -> String {
    let job = r#"{"language":"bash","source":"echo in"}"#;
    format!("{:x}{extension}\r\n{job}\r\n{end}", job.len())
}

fn said(server: &Server, body: &str) -> String {
    let mut stream = server.connect();
    // The server may close before it has read all.
    let _ = stream.write_all(format!("{HEAD}{body}{SMUGGLED}").as_bytes());
    until_ended(&stream)
}

#[test]
fn chunks_with_extensions_and_trailers_are_one_request() {
    for body in [
        chunk("", "0\r\n\r\n"),
        chunk(";name=value", "0;last\r\n\r\n"),
        chunk("", "0\r\nX-Trailer: y\r\n\r\n"),
        chunk("", "0\r\nContent-Length: 5\r\nHost: evil.example\r\nTransfer-Encoding: gzip\r\n\r\n"),
        chunk("", "000\r\n\r\n"),
    ] {
        let said = said(shared(), &body);
        assert_eq!(statuses(&said), [200], "{body:?}: {said}");
    }
}

#[test]
fn chunks_that_are_malformed_are_refused() {
    // Some of them might still go on, and end with the time for a body.
    let server = Server::configured(SHORT, |_| {});
    for body in [
        "x\r\n",
        "-1\r\n",
        "0x1\r\n \r\n0\r\n\r\n",
        "+1\r\n \r\n0\r\n\r\n",
        "1 1\r\n \r\n0\r\n\r\n",
        "\r\n",
        "ffffffffffffffff\r\n",
        "fffffffffffffffff\r\n",
        "10000000000000001\r\n \r\n0\r\n\r\n",
        "1\r\nxx\r\n0\r\n\r\n",
        "1\r\n \n0\r\n\r\n",
        "1\n \r\n0\r\n\r\n",
        "1\r \r\n0\r\n\r\n",
        "1;a\nb\r\n \r\n0\r\n\r\n",
        "1;\n \r\n0\r\n\r\n",
        "0\n\n",
    ] {
        let said = said(&server, body);
        let statuses = statuses(&said);
        assert!(statuses.len() <= 1 && statuses.iter().all(|status| (400..500).contains(status)), "{body:?}: {said}");
        assert!(!said.contains("smuggled"), "{body:?}: {said}");
    }
}

/// Writes these over and over until the server takes no more.
#[track_caller]
fn pours(server: &Server, start: &str, piece: &str) {
    let mut stream = server.connect();
    stream.write_all(format!("{HEAD}{start}").as_bytes()).expect("the server reads");
    let (piece, mut taken, begun) = (piece.repeat(10_000), 0, Instant::now());
    while let Ok(count) = stream.write(piece.as_bytes()) {
        taken += count;
        assert!(begun.elapsed() < PATIENCE, "{taken} bytes of {:?} were taken", &piece[..10]);
    }
}

#[test]
fn what_is_around_chunks_is_bounded() {
    let server = Server::configured(SHORT, |_| {});
    serves_others(&server);
    let before = server.resident();
    pours(&server, "1;", "x");
    pours(&server, "", "1;xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\r\n \r\n");
    pours(&server, "1\r\n \r\n0\r\n", "X: y\r\n");
    pours(&server, "1\r\n \r\n0\r\nX: ", "y");
    pours(&server, "", "1\r\n \r\n");
    // A number may begin with any number of zeros. It ends with the time for a body.
    pours(&server, "", "0");
    let grown = server.resident().saturating_sub(before);
    assert!(grown < 32 << 20, "{grown} bytes more");
    serves_others(&server);
}
