//! More jobs than runners: a bounded queue, first come, first served, and clients that go away.

use std::{
    fs,
    net::TcpStream,
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::{
    client::Answer,
    processes::Nap,
    server::{PATIENCE, Server, wait_until},
};

/// A server with one runner, which is busy with this nap until its connection is dropped.
fn busy_server(queue: &str) -> (Server, Nap, TcpStream) {
    let server = Server::with(|command| {
        command.args(["--runners", "1", "--queue", queue]);
    });
    let nap = Nap::new();
    let connection = server.send(&nap.job());
    wait_until("the runner is busy", || nap.is_running());
    (server, nap, connection)
}

fn echo(word: &str) -> Value {
    // The clock of the host is the same in every sandbox.
    json!({"language": "bash", "source": format!("date +%s%N; echo {word}")})
}

/// Sends a job and waits until it stands in the queue: when the server has read all of it, there is nothing else it can wait for.
fn queue_up(server: &Server, job: &Value) -> TcpStream {
    let stream = server.send(job);
    let (ours, theirs) = (stream.local_addr().expect("connected").port(), server.address.port());
    wait_until("the server has read the job", || unread(theirs, ours) == Some(0));
    // It was read in the same step that puts it into the queue; a moment more costs little.
    thread::sleep(Duration::from_millis(200));
    stream
}

/// Bytes that a local server has not read yet from a client (`rx_queue` of proc_pid_net(5), /proc/net/tcp).
fn unread(server: u16, client: u16) -> Option<u64> {
    let table = fs::read_to_string("/proc/net/tcp").expect("/proc is there");
    let ends_with = |field: Option<&str>, port: u16| field.is_some_and(|field| field.ends_with(&format!(":{port:04X}")));
    table.lines().skip(1).find_map(|line| {
        let mut fields = line.split_whitespace().skip(1);
        let is_it = ends_with(fields.next(), server) && ends_with(fields.next(), client);
        let queues = fields.nth(1).filter(|_| is_it)?;
        u64::from_str_radix(queues.split_once(':')?.1, 16).ok()
    })
}

#[test]
fn past_the_queue_there_is_a_503_that_says_when_to_come_back() {
    let (server, _nap, _running) = busy_server("2");
    let _waiting = [queue_up(&server, &echo("first")), queue_up(&server, &echo("second"))];
    let answer = server.post(&echo("third"));
    let seconds =
        answer.json()["error"].as_str().and_then(|text| text.split("again in ").nth(1)?.split(' ').next()?.parse().ok());
    assert_eq!(seconds, answer.header("retry-after").and_then(|seconds| seconds.parse::<u64>().ok()), "{answer:?}");
    assert!(seconds.is_some_and(|seconds| (1..=60).contains(&seconds)), "{answer:?}");
    answer.check_problem(503, "busy");
    assert_eq!(server.get("/healthz").status, 200);
}

#[test]
fn bad_input_is_refused_without_waiting_for_a_place() {
    let (server, _nap, _running) = busy_server("0");
    server.post(&json!({"language": "bash", "source": ""})).check_problem(400, "required");
    server.post(&json!({"language": "brash", "source": "x"})).check_problem(400, "unknown-language");
}

#[test]
fn who_comes_first_is_served_first() {
    let (server, _nap, running) = busy_server("8");
    let words = ["a", "b", "c", "d", "e", "f"];
    let waiting: Vec<TcpStream> = words.iter().map(|word| queue_up(&server, &echo(word))).collect();
    drop(running);
    let mut served: Vec<(u64, String)> = Vec::new();
    for stream in &waiting {
        let report = Answer::read(stream).json();
        let stdout = report["stdout"].as_str().expect("text").to_owned();
        let (time, word) = stdout.split_once('\n').expect("two lines");
        served.push((time.parse().expect("nanoseconds"), word.trim().to_owned()));
    }
    served.sort();
    assert_eq!(served.iter().map(|(_, word)| word.as_str()).collect::<Vec<_>>(), words);
}

#[test]
fn a_client_that_goes_away_has_its_run_killed_and_its_place_freed() {
    let (server, nap, running) = busy_server("1");
    let waiting = queue_up(&server, &echo("next"));
    let start = Instant::now();
    drop(running);
    let report = Answer::read(&waiting).json();
    assert!(report["stdout"].as_str().is_some_and(|text| text.ends_with("next\n")), "{report}");
    assert!(!nap.is_running());
    // Had the run not been killed, it would have held its place for two minutes.
    assert!(start.elapsed() < PATIENCE);
}

#[test]
fn a_client_that_goes_away_takes_the_whole_tree_of_its_run_along() {
    let server = Server::with(|command| {
        command.args(["--runners", "1", "--queue", "4"]);
    });
    let naps = [Nap::new(), Nap::new(), Nap::new()];
    let [first, second, last] = &naps;
    let source = format!("setsid {} &\n(trap '' TERM HUP; {} & wait) &", first.command(), second.command());
    let running = server.send(&last.job_after(&source));
    wait_until("all of it runs", || naps.iter().all(Nap::is_running));
    drop(running);
    assert_eq!(server.run(&echo("next"))["error"], "");
    assert!(!naps.iter().any(Nap::is_running));
}

#[test]
fn a_client_that_goes_away_from_the_queue_is_not_run() {
    let (server, _nap, running) = busy_server("1");
    let nap = Nap::new();
    drop(queue_up(&server, &nap.job()));
    wait_until("its place in the queue is free", || {
        let stream = queue_up(&server, &echo("in its place"));
        stream.set_read_timeout(Some(Duration::from_secs(1))).expect("a time that is not zero");
        // Who has a place waits; who has none is refused at once.
        Answer::try_read(&stream).is_err()
    });
    drop(running);
    wait_until("the runner is free", || server.post(&echo("after")).status == 200);
    assert!(!nap.is_running());
}

#[test]
fn a_job_that_waits_too_long_is_refused() {
    let server = Server::configured("[engine]\nqueue_wait = \"100ms\"", |command| {
        command.args(["--runners", "1", "--queue", "4"]);
    });
    let nap = Nap::new();
    let _running = server.send(&nap.job());
    wait_until("the runner is busy", || nap.is_running());
    let answer = server.post(&echo("late"));
    answer.check_problem(503, "busy");
    assert!(answer.header("retry-after").is_some());
}
