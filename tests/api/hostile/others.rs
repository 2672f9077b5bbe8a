//! What a flock of hostile clients costs everybody else: measured against the same server without them, in turns.

use std::{
    io::{Read, Write},
    net::TcpStream,
    sync::atomic::{AtomicBool, Ordering::Relaxed},
    thread,
    time::{Duration, Instant},
};

use serde_json::json;

use super::{abrupt, narrow, watch_request};
use crate::{
    client::{request, run_request},
    server::Server,
};

/// Rounds at most. The best of each kind count: this machine may be busy with something else during the others.
const ROUNDS: usize = 10;
/// Runs in each half of a round.
const RUNS: usize = 100;
/// How many times as long it may take beside them.
const MOST: f64 = 2.0;

/// The 99th percentile of the times that small runs take, each on a connection of its own.
fn p99(server: &Server) -> Duration {
    let job = json!({"language": "bash", "source": "echo fine"});
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let begun = Instant::now();
            assert_eq!(server.stdout(&job), "fine\n");
            begun.elapsed()
        })
        .collect();
    times.sort();
    times[RUNS * 99 / 100 - 1]
}

/// Clients that keep a connection and begin again when they are ended: what they send at first, and then now and then.
fn flock() -> Vec<(Vec<u8>, Vec<u8>)> {
    let post = "POST /api/v1/run HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    let talk = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n";
    let talk = request("GET", "/api/v1/interactive", talk).into_bytes();
    let ping = b"\x89\xfd\0\0\0\0".iter().copied().chain([b'x'; 125]).collect::<Vec<u8>>();
    let yes = json!({"language": "bash", "source": "yes"});
    let kinds = [
        (Vec::new(), Vec::new()),
        (b"GET /healthz HTTP/1.1\r\nX-Slow: ".to_vec(), b"x".to_vec()),
        (format!("{post}Content-Length: 1000000\r\n\r\n").into_bytes(), b" ".to_vec()),
        (format!("{post}Transfer-Encoding: chunked\r\n\r\n").into_bytes(), b"1;x=y\r\n \r\n".to_vec()),
        (request("GET", "/api/v1/languages", "").into_bytes(), request("GET", "/api/v1/languages", "").into_bytes()),
        (format!("GET /{} HTTP/1.1\r\n", "x".repeat(64 << 10)).into_bytes(), Vec::new()),
        (b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03\r\n\r\n".to_vec(), Vec::new()),
        (talk.clone(), ping),
        (talk, b"\xff\xff\xff\xff".to_vec()),
    ];
    let mut flock: Vec<_> = (0..20).flat_map(|_| kinds.clone()).collect();
    flock.extend(["text/event-stream", "application/x-ndjson"].map(|kind| (watch_request(kind, &yes), Vec::new())));
    flock.push((run_request(json!({"language": "bash", "source": "sleep 1000"}).to_string()), Vec::new()));
    flock
}

/// Keeps a flock busy until it is called off.
fn torment(server: &Server, over: &AtomicBool) {
    let flock = flock();
    let begin = |first: &[u8]| {
        let mut stream = narrow(server);
        abrupt(&stream);
        stream.set_nonblocking(true).expect("a socket");
        let _ = stream.write(first);
        stream
    };
    let mut streams: Vec<TcpStream> = flock.iter().map(|(first, _)| begin(first)).collect();
    while !over.load(Relaxed) {
        for (stream, (first, next)) in streams.iter_mut().zip(&flock) {
            // A reader that takes a byte now and then, and sees the end.
            let ended = !next.is_empty() && matches!(stream.read(&mut [0]), Ok(0));
            let broken = matches!(stream.write(next), Err(error) if error.kind() != std::io::ErrorKind::WouldBlock);
            if ended || broken {
                *stream = begin(first);
            }
            thread::sleep(Duration::from_millis(2));
        }
    }
}

#[test]
fn others_hardly_notice() {
    // A run that nobody ends holds a place as any run does: there are more places than the flock has runs.
    let server = Server::with(|command| {
        command.args(["--runners", "5"]);
    });
    p99(&server);
    let (mut best_without, mut best_with) = (Duration::MAX, Duration::MAX);
    for round in 1..=ROUNDS {
        let without = p99(&server);
        let over = AtomicBool::new(false);
        let with = thread::scope(|scope| {
            scope.spawn(|| torment(&server, &over));
            thread::sleep(Duration::from_millis(500));
            let with = p99(&server);
            over.store(true, Relaxed);
            with
        });
        (best_without, best_with) = (best_without.min(without), best_with.min(with));
        let ratio = best_with.as_secs_f64() / best_without.as_secs_f64();
        eprintln!(
            "round {round}: p99 {without:.1?} alone, {with:.1?} beside hostile clients; of the best rounds {ratio:.2} times"
        );
        if round >= 3 && ratio < MOST {
            return;
        }
    }
    panic!("the 99th percentile is {best_with:.1?} beside hostile clients and {best_without:.1?} alone");
}
