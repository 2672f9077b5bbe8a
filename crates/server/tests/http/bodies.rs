//! Bodies that are refused before a job is made of them.

use std::{
    io::{Read, Write},
    time::Duration,
};

use codecanvas_server::ServerConfig;

use crate::server::{Answer, Server, is_closed_within, run_request};

const JOB: &str = r#"{"source":"x","language":"python3"}"#;

fn with_type(content_type: &str) -> String {
    run_request(JOB, "").replace("Content-Type: application/json\r\n", content_type)
}

#[test]
fn only_json_is_taken() {
    let server = Server::start();
    for accepted in ["application/json", "application/json; charset=utf-8", "Application/JSON;x=y"] {
        assert_eq!(server.ask(with_type(&format!("Content-Type: {accepted}\r\n"))).status, 200, "{accepted}");
    }
    for refused in ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", "text/plain; application/json", ""]
    {
        let answer = server.ask(with_type(&format!("Content-Type: {refused}\r\n")));
        answer.check_problem(415, "unsupported-media-type");
        assert_eq!(answer.header("accept-post"), Some("application/json"));
    }
    server.ask(with_type("")).check_problem(415, "unsupported-media-type");
    let twice = "Content-Type: application/json\r\nContent-Type: text/plain\r\n";
    server.ask(with_type(twice)).check_problem(415, "unsupported-media-type");
}

#[test]
fn nothing_compressed_is_taken() {
    let server = Server::start();
    server.ask(run_request(JOB, "Content-Encoding: gzip\r\n")).check_problem(415, "unsupported-encoding");
    assert_eq!(server.ask(run_request(JOB, "Content-Encoding: identity\r\n")).status, 200);
}

#[test]
fn an_empty_body_gets_the_originals_words() {
    let server = Server::start();
    let words = "\"language\" and \"source\" fields are required";
    for request in ["POST /api/v1/run HTTP/1.1\r\nHost: localhost\r\n\r\n".to_owned(), run_request("", "")] {
        let answer = server.ask(request);
        answer.check_problem(400, "required");
        assert_eq!(answer.json()["error"], words);
    }
}

#[test]
fn a_refusal_names_the_field() {
    let answer = Server::start().post(r#"{"source":"x","language":"python3","limits":{"memory":1}}"#);
    answer.check_problem(400, "unknown-field");
    assert_eq!(answer.json()["field"], "limits.memory");
}

#[test]
fn a_body_over_the_cap_is_refused_by_its_length_before_it_is_sent() {
    let server = Server::start();
    let head = "POST /api/v1/run HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1048577\r\n";
    for expect in ["", "Expect: 100-continue\r\n"] {
        let answer = server.ask(format!("{head}{expect}\r\n"));
        answer.check_problem(413, "body-too-large");
        assert_eq!(answer.header("connection"), Some("close"));
    }
}

#[test]
fn a_client_that_is_still_sending_reads_why_it_is_refused() {
    let server = Server::start();
    let mut stream = server.connect();
    stream.write_all(run_request(&"x".repeat(3 << 20), "").as_bytes()).unwrap();
    Answer::read(&mut stream).check_problem(413, "body-too-large");
    assert!(is_closed_within(&mut stream, Duration::from_secs(2)));
}

#[test]
fn a_chunked_body_over_the_cap_is_read_no_further() {
    let config = ServerConfig { max_body: 1000, ..ServerConfig::default() };
    let server = Server::with(config);
    let mut stream = server.connect();
    let head =
        "POST /api/v1/run HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    stream.write_all(head.as_bytes()).unwrap();
    for _ in 0..11 {
        stream.write_all(format!("64\r\n{}\r\n", " ".repeat(100)).as_bytes()).unwrap();
    }
    // The body has not ended, but the answer is there.
    let answer = Answer::read(&mut stream);
    answer.check_problem(413, "body-too-large");
    assert_eq!(answer.header("connection"), Some("close"));
}

#[test]
fn a_body_at_the_cap_is_taken() {
    let config = ServerConfig { max_body: 100, ..ServerConfig::default() };
    let server = Server::with(config);
    assert_eq!(server.post(&format!("{JOB:100}")).status, 200);
    server.post(&format!("{JOB:101}")).check_problem(413, "body-too-large");
}

#[test]
fn a_chunked_body_is_taken() {
    let server = Server::start();
    let length = JOB.len();
    let request = run_request("", "Transfer-Encoding: chunked\r\n").replace("Content-Length: 0\r\n", "");
    let answer = server.ask(format!("{request}{length:x}\r\n{JOB}\r\n0\r\n\r\n"));
    assert_eq!(answer.status, 200, "{answer:?}");
}

#[test]
fn a_body_that_takes_too_long_is_a_408() {
    let config = ServerConfig { body_timeout: Duration::from_millis(200), ..ServerConfig::default() };
    let server = Server::with(config);
    let mut stream = server.connect();
    stream.write_all(run_request(JOB, "").strip_suffix('}').unwrap().as_bytes()).unwrap();
    Answer::read(&mut stream).check_problem(408, "body-too-slow");
    assert_eq!(stream.read(&mut [0]).unwrap(), 0);
}
