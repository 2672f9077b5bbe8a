//! Clients that take their time: with the head, with the body, with the answer, or with all.

use std::{
    io::{Read, Write},
    net::Shutdown,
    time::Duration,
};

use serde_json::json;

use super::{SHORT, descriptors, drip, lets_go, narrow, serves_others, statuses, talkative, until_ended, watch_request};
use crate::{
    client::{Answer, request, run_request},
    server::{Server, wait_until},
};

fn short() -> Server {
    Server::configured(SHORT, |command| {
        command.args(["--runners", "4"]);
    })
}

const HEAD: &str = "POST /api/v1/run HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

#[test]
fn who_says_nothing_is_ended() {
    let server = short();
    let silent: Vec<_> = (0..20).map(|_| server.connect()).collect();
    serves_others(&server);
    silent.iter().for_each(|stream| assert_eq!(until_ended(stream), ""));
}

#[test]
fn a_head_a_byte_at_a_time_is_ended() {
    let server = short();
    let mut first = server.connect();
    first.write_all(b"GET /healthz HTTP/1.1\r\nX-Slow: ").expect("the server reads");
    drip(&first, b'x');
    let mut second = server.connect();
    second.write_all(request("GET", "/healthz", "").as_bytes()).expect("the server reads");
    assert_eq!(Answer::read(&second).status, 200);
    second.write_all(b"GET /healthz HTTP/1.1\r\nX-Slow: ").expect("the server reads");
    drip(&second, b'x');
    serves_others(&server);
}

#[test]
fn a_body_a_byte_at_a_time_is_ended() {
    let server = short();
    for body in ["Content-Length: 100000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n10000\r\n"] {
        let mut stream = server.connect();
        stream.write_all(format!("{HEAD}{body}").as_bytes()).expect("the server reads");
        std::thread::scope(|scope| {
            scope.spawn(|| drip(&stream, b' '));
            assert_eq!(statuses(&until_ended(&stream)), [408]);
            let _ = stream.shutdown(Shutdown::Both);
        });
    }
    serves_others(&server);
}

#[test]
fn a_half_closed_connection_is_ended() {
    let server = short();
    let whole = run_request(json!({"language": "bash", "source": "sleep 1000"}).to_string());
    let open = format!("{HEAD}Content-Length: 100\r\n\r\n{{");
    for sent in [&b""[..], b"GET /hea", open.as_bytes(), &whole] {
        let mut stream = server.connect();
        stream.write_all(sent).expect("the server reads");
        stream.shutdown(Shutdown::Write).expect("it is open");
        until_ended(&stream);
    }
    serves_others(&server);
}

#[test]
fn an_answer_that_nobody_reads_is_given_up() {
    let server = short();
    serves_others(&server);
    let before = descriptors(&server);
    let ask = |request: &[u8]| {
        let mut stream = narrow(&server);
        stream.write_all(request).expect("the server reads");
        stream
    };
    let job = talkative(16 << 20);
    let held = [
        ask(&run_request(job.to_string())),
        ask(&watch_request("text/event-stream", &job)),
        ask(&watch_request("application/x-ndjson", &job)),
        ask(request("GET", "/api/docs/swagger-ui-bundle.js", "").repeat(20).as_bytes()),
    ];
    serves_others(&server);
    lets_go(&server, before, &held);
}

#[test]
fn an_answer_that_is_read_a_byte_at_a_time_is_given_up() {
    let server = short();
    serves_others(&server);
    let before = descriptors(&server);
    let mut stream = narrow(&server);
    stream.write_all(&run_request(talkative(16 << 20).to_string())).expect("the server reads");
    Read::read_exact(&mut stream, &mut [0; 16]).expect("an answer");
    wait_until("the connection is closed by the server", || {
        std::thread::sleep(Duration::from_millis(20));
        let _ = stream.read(&mut [0]);
        descriptors(&server) <= before
    });
    serves_others(&server);
}
