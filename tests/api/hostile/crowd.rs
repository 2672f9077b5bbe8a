//! More connections than there are places, ten thousand among them: each costs little, and who asks for something finds a place.

use std::{io::Write, net::TcpStream, process::Command, thread, time::Duration};

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use serde_json::json;
use tungstenite::WebSocket;

use super::{abrupt, descriptors, serves_others};
use crate::{
    client::{Answer, run_request},
    processes::Nap,
    server::{Server, program, wait_until},
};

/// Allows this process, and the servers it starts, as many descriptors as it can; gives the number.
fn descriptors_allowed() -> usize {
    let limit = getrlimit(Resource::Nofile);
    let _ = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum });
    getrlimit(Resource::Nofile).current.map_or(usize::MAX, |allowed| usize::try_from(allowed).unwrap_or(usize::MAX))
}

/// So many connections on which nothing is said.
fn silent(server: &Server, count: usize) -> Vec<TcpStream> {
    let connect = |_| {
        let stream = server.connect();
        abrupt(&stream);
        stream
    };
    (0..count).map(connect).collect()
}

/// Waits for what costs the machine much to look at.
#[track_caller]
fn seldom(what: &str, mut condition: impl FnMut() -> bool) {
    wait_until(what, || {
        thread::sleep(Duration::from_millis(300));
        condition()
    });
}

#[test]
fn ten_thousand_idle_connections_cost_little_and_stop_nobody() {
    const WANTED: usize = 10_000;
    /// What the rest of this test program has open.
    const OTHERS: usize = 2_000;
    /// What a connection may cost the server's own process, in bytes.
    const EACH: u64 = 32 << 10;

    let count = WANTED.min(descriptors_allowed().saturating_sub(OTHERS));
    if count < WANTED {
        eprintln!("NOT RUN: more than {count} of {WANTED} idle connections: the limit of open files is too low");
    }
    let server = Server::configured("[server]\nmax_connections = 20000\nheader_timeout = \"10m\"\n", |_| {});
    serves_others(&server);
    let (open, resident) = (descriptors(&server), server.resident());
    let connections = silent(&server, count);
    seldom("all are accepted", || descriptors(&server) >= count);
    serves_others(&server);
    let each = server.resident().saturating_sub(resident) / count.max(1) as u64;
    eprintln!("{count} idle connections: {each} bytes each");
    assert!(each < EACH, "{each} bytes for each of {count} connections");
    drop(connections);
    seldom("all are closed", || descriptors(&server) < open + 100);
    serves_others(&server);
}

/// A server with few places, and time for everything.
fn small() -> Server {
    Server::configured(
        "[server]\nmax_connections = 20\nheader_timeout = \"10m\"\nbody_timeout = \"10m\"\nidle_timeout = \"10m\"\n",
        |_| {},
    )
}

#[test]
fn who_says_nothing_gives_way() {
    let server = small();
    let _silent = silent(&server, 60);
    serves_others(&server);
}

#[test]
fn who_has_been_answered_gives_way() {
    let server = small();
    let mut answered = silent(&server, 20);
    for stream in &mut answered {
        stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("the server reads");
        assert_eq!(Answer::read(stream).status, 200);
    }
    serves_others(&server);
}

#[test]
fn who_does_not_end_a_body_gives_way() {
    let server = small();
    let mut slow = silent(&server, 40);
    for stream in &mut slow {
        let head =
            "POST /api/v1/run HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{";
        // Those that came first may have given way by now.
        let _ = stream.write_all(head.as_bytes());
    }
    serves_others(&server);
}

#[test]
fn who_opens_a_websocket_and_says_nothing_gives_way() {
    let server = small();
    let url = format!("ws://localhost:{}/api/v1/interactive", server.address.port());
    let open = || tungstenite::client(url.as_str(), server.connect()).expect("a WebSocket").0;
    let _silent: Vec<WebSocket<TcpStream>> = (0..20).map(|_| open()).collect();
    serves_others(&server);
    let _more: Vec<WebSocket<TcpStream>> = (0..40).map(|_| open()).collect();
    serves_others(&server);
}

#[test]
fn who_waits_for_an_answer_never_gives_way() {
    let server = small();
    let nap = Nap::new();
    let mut waiting = server.connect();
    let source = format!("while [ ! -e /work/never ]; do read -t 3 < <({}); break; done; echo patient", nap.command());
    waiting.write_all(&run_request(json!({"language": "bash", "source": source}).to_string())).expect("the server reads");
    wait_until("it runs", || nap.is_running());
    let _silent = silent(&server, 100);
    thread::sleep(Duration::from_millis(200));
    serves_others(&server);
    assert_eq!(Answer::read(&waiting).json()["stdout"], "patient\n");
}

#[test]
fn connections_never_take_the_descriptors_that_runs_need() {
    // As a login shell or systemd gives them.
    let mut command = Command::new("/bin/sh");
    command.args(["-c", "ulimit -Sn 256; exec \"$0\" \"$@\"", program()]);
    let server = Server::by(command, |_| {});
    let _silent = silent(&server, 400);
    serves_others(&server);
    // And where there really are no more.
    let mut command = Command::new("/bin/sh");
    command.args(["-c", "ulimit -n 256; exec \"$0\" \"$@\"", program()]);
    let server = Server::by(command, |_| {});
    let _silent = silent(&server, 400);
    serves_others(&server);
}
