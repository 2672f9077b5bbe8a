//! The end: nothing new is accepted, what runs may end, and the wait is bounded.

use std::{
    io::Write,
    net::TcpStream,
    thread::sleep,
    time::{Duration, Instant},
};

use codecanvas_server::ServerConfig;

use crate::server::{Answer, Server, get, is_closed_within, run_request, within};

const WAIT: &str = r#"{"source":"wait","language":"python3"}"#;

#[test]
fn a_running_job_ends_and_idle_connections_are_closed_at_once() {
    let mut server = Server::start();
    let mut busy = server.connect();
    busy.write_all(run_request(WAIT, "").as_bytes()).unwrap();
    within(Duration::from_secs(5), || server.started() == 1);
    let mut idle = server.connect();
    idle.write_all(get("/healthz", "").as_bytes()).unwrap();
    Answer::read(&mut idle);
    let mut silent = server.connect();
    sleep(Duration::from_millis(50));

    server.stop();
    assert!(is_closed_within(&mut idle, Duration::from_secs(1)));
    assert!(is_closed_within(&mut silent, Duration::from_secs(1)));
    assert!(TcpStream::connect(server.address).is_err(), "the port is still open");
    assert_eq!(server.dropped(), 0);

    server.counts.release.notify_waiters();
    let answer = Answer::read(&mut busy);
    assert_eq!((answer.status, answer.header("connection")), (200, Some("close")));
    server.join();
}

#[test]
fn a_job_that_does_not_end_is_dropped_after_the_grace() {
    let mut server = Server::with(ServerConfig { shutdown_grace: Duration::from_millis(300), ..ServerConfig::default() });
    let mut busy = server.connect();
    busy.write_all(run_request(WAIT, "").as_bytes()).unwrap();
    within(Duration::from_secs(5), || server.started() == 1);
    let started = Instant::now();
    server.stop();
    server.join();
    assert_eq!(server.dropped(), 1);
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
}
