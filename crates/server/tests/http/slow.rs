//! Clients that send or read slowly, or not at all.

use std::{
    io::{Read, Write},
    net::TcpStream,
    thread::sleep,
    time::{Duration, Instant},
};

use codecanvas_server::ServerConfig;

use crate::server::{Answer, LONG, Server, get, is_closed_within, run_request};

const SHORT: Duration = Duration::from_millis(300);

#[test]
fn a_connection_that_sends_nothing_is_closed() {
    let server = Server::with(ServerConfig { header_timeout: SHORT, ..ServerConfig::default() });
    let mut stream = server.connect();
    assert!(is_closed_within(&mut stream, Duration::from_secs(2)));
}

#[test]
fn a_head_that_comes_byte_by_byte_does_not_win_time() {
    let server = Server::with(ServerConfig { header_timeout: SHORT, ..ServerConfig::default() });
    let mut stream = server.connect();
    let started = Instant::now();
    for byte in get("/healthz", &"X-Slow: x\r\n".repeat(20)).bytes() {
        if stream.write_all(&[byte]).is_err() {
            break;
        }
        sleep(Duration::from_millis(20));
    }
    assert!(started.elapsed() < Duration::from_secs(2), "the server listened for {:?}", started.elapsed());
}

#[test]
fn a_connection_that_is_idle_between_requests_is_closed() {
    let config = ServerConfig { header_timeout: SHORT, idle_timeout: 2 * SHORT, ..ServerConfig::default() };
    let server = Server::with(config);
    let mut stream = server.connect();
    for _ in 0..2 {
        stream.write_all(get("/healthz", "").as_bytes()).unwrap();
        assert_eq!(Answer::read(&mut stream).status, 200);
        sleep(SHORT + SHORT / 3);
    }
    assert!(is_closed_within(&mut stream, Duration::from_secs(2)));
}

#[test]
fn a_client_that_does_not_read_is_closed() {
    let server = Server::with(ServerConfig { write_timeout: SHORT, ..ServerConfig::default() });
    let mut stream = long_answer(&server);
    sleep(10 * SHORT);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    assert!(answer.len() < LONG, "all {} bytes came", answer.len());
}

#[test]
fn a_client_that_reads_with_pauses_gets_everything() {
    let server = Server::with(ServerConfig { write_timeout: 2 * SHORT, ..ServerConfig::default() });
    let mut stream = long_answer(&server);
    let mut answer = vec![0; LONG];
    for part in answer.chunks_mut(LONG / 8) {
        sleep(SHORT);
        stream.read_exact(part).unwrap();
    }
}

/// A connection whose long answer has begun.
fn long_answer(server: &Server) -> TcpStream {
    let mut stream = server.connect();
    let request = run_request(r#"{"source":"long","language":"python3"}"#, "Connection: close\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    stream.peek(&mut [0]).unwrap();
    stream
}

#[test]
fn connections_above_the_cap_wait_and_do_not_fail() {
    let server = Server::with(ServerConfig { max_connections: 2, idle_timeout: 2 * SHORT, ..ServerConfig::default() });
    let mut held = [server.connect(), server.connect()];
    for stream in &mut held {
        stream.write_all(get("/healthz", "").as_bytes()).unwrap();
        Answer::read(stream);
    }
    assert_eq!(server.ask(get("/healthz", "")).status, 200);
}

#[test]
fn connections_of_one_address_above_its_share_are_closed() {
    let server = Server::with(ServerConfig { max_connections_per_address: 1, ..ServerConfig::default() });
    let mut first = server.connect();
    first.write_all(get("/healthz", "").as_bytes()).unwrap();
    assert_eq!(Answer::read(&mut first).status, 200);
    assert!(is_closed_within(&mut server.connect(), Duration::from_secs(2)));
}
