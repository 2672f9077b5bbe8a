//! A client that goes away has its run dropped.

use std::{io::Write, time::Duration};

use crate::server::{Answer, Server, get, half_close, run_request, within};

const WAIT: &str = r#"{"source":"wait","language":"python3"}"#;

fn started_run(server: &Server, after_it: &str) -> std::net::TcpStream {
    let mut stream = server.connect();
    stream.write_all((run_request(WAIT, "") + after_it).as_bytes()).unwrap();
    within(Duration::from_secs(5), || server.started() == 1);
    assert_eq!(server.dropped(), 0);
    stream
}

#[test]
fn a_closed_connection_drops_its_run_within_a_second() {
    let server = Server::start();
    drop(started_run(&server, ""));
    within(Duration::from_secs(1), || server.dropped() == 1);
}

#[test]
fn a_kept_alive_connection_drops_its_second_run_within_a_second() {
    let server = Server::start();
    let mut stream = server.connect();
    stream.write_all(get("/healthz", "").as_bytes()).unwrap();
    assert_eq!(Answer::read(&mut stream).status, 200);
    stream.write_all(run_request(WAIT, "").as_bytes()).unwrap();
    within(Duration::from_secs(5), || server.started() == 1);
    drop(stream);
    within(Duration::from_secs(1), || server.dropped() == 1);
}

#[test]
fn unread_bytes_do_not_hide_a_closed_connection() {
    let server = Server::start();
    // Half of a next request, sent ahead.
    drop(started_run(&server, "GET /healthz HT"));
    within(Duration::from_secs(2), || server.dropped() == 1);
}

#[test]
fn a_half_closed_connection_counts_as_gone() {
    let server = Server::start();
    let stream = started_run(&server, "");
    half_close(&stream);
    within(Duration::from_secs(1), || server.dropped() == 1);
}

#[test]
fn a_patient_client_keeps_its_run() {
    let server = Server::start();
    let mut stream = started_run(&server, "");
    std::thread::sleep(Duration::from_millis(1200));
    assert_eq!(server.dropped(), 0);
    server.counts.release.notify_waiters();
    assert_eq!(Answer::read(&mut stream).status, 200);
}
