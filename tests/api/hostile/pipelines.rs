//! Hundreds of requests on one connection, with and without somebody who reads the answers.

use std::{
    io::{ErrorKind, Write},
    time::{Duration, Instant},
};

use super::{SHORT, descriptors, lets_go, narrow, serves_others, statuses, until_ended};
use crate::{
    client::request,
    server::{PATIENCE, Server, shared},
};

#[test]
fn a_pipeline_is_answered_in_order() {
    let mut requests = String::new();
    for number in 0..300 {
        requests += &request("GET", "/healthz", &format!("X-Request-Id: number-{number}-\r\n"));
    }
    let mut stream = shared().connect();
    stream.write_all((requests + &request("GET", "/healthz", "Connection: close\r\n")).as_bytes()).expect("the server reads");
    let said = until_ended(&stream);
    assert_eq!(statuses(&said), [200; 301]);
    let places: Vec<_> = (0..300).map(|number| said.find(&format!("number-{number}-")).expect("it is answered")).collect();
    assert!(places.is_sorted());
}

#[test]
fn a_pipeline_that_nobody_reads_is_bounded_and_ended() {
    let server = Server::configured(&SHORT.replace("write_timeout = \"1s\"", "write_timeout = \"3s\""), |_| {});
    serves_others(&server);
    let (before, resident) = (descriptors(&server), server.resident());
    let mut held = Vec::new();
    for (method, path) in
        [("GET", "/healthz"), ("HEAD", "/healthz"), ("GET", "/api/v1/languages"), ("OPTIONS", "/healthz"), ("GET", "/nothing")]
    {
        let mut stream = narrow(&server);
        stream.set_nonblocking(true).expect("a socket");
        let requests = request(method, path, "").repeat(1000);
        let mut taken = 0;
        let begun = Instant::now();
        let mut progress = Instant::now();
        // Until the server has read nothing for a while, or has closed.
        while progress.elapsed() < Duration::from_millis(400) && taken < 256 << 20 {
            match stream.write(requests.as_bytes()) {
                Ok(count) => {
                    taken += count;
                    progress = Instant::now();
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => std::thread::sleep(Duration::from_millis(5)),
                Err(_) => break,
            }
            assert!(begun.elapsed() < PATIENCE);
        }
        let grown = server.resident().saturating_sub(resident);
        eprintln!("{method} {path}: {taken} bytes taken, {grown} bytes more");
        assert!(grown < 16 << 20, "{method} {path}: {grown} bytes more after {taken} bytes of requests");
        held.push(stream);
    }
    serves_others(&server);
    lets_go(&server, before, &held);
}
