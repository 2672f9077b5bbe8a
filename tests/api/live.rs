//! Runs that are watched: events while the program runs, in order, and its end when nobody listens.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::{
    client::{Answer, run_request_with},
    processes::Nap,
    server::{Server, shared, wait_until},
};

/// The events of a job, read as they come.
struct Watched(BufReader<TcpStream>);

fn watch(server: &Server, job: &Value, accept: &str) -> Watched {
    let mut stream = server.connect();
    let headers = format!("Host: localhost\r\nContent-Type: application/json\r\nAccept: {accept}\r\nConnection: close\r\n");
    stream.write_all(&run_request_with(&headers, job.to_string())).expect("the server reads");
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).expect("an answer");
    assert!(line.contains(" 200 "), "{line}");
    while line != "\r\n" {
        line.clear();
        reader.read_line(&mut line).expect("a header");
        let is_type = line.to_ascii_lowercase().starts_with("content-type:");
        assert!(!is_type || line.contains(accept), "{line}");
    }
    Watched(reader)
}

impl Watched {
    /// The next piece of a chunked body; empty at its end.
    fn chunk(&mut self) -> String {
        let mut size = String::new();
        if self.0.read_line(&mut size).expect("a chunk") == 0 {
            return String::new();
        }
        let size = usize::from_str_radix(size.trim(), 16).expect("the size of a chunk");
        let mut chunk = vec![0; size + 2];
        self.0.read_exact(&mut chunk).expect("a chunk");
        chunk.truncate(size);
        String::from_utf8(chunk).expect("text")
    }

    /// Everything that still comes.
    fn rest(&mut self) -> String {
        let mut text = String::new();
        loop {
            let chunk = self.chunk();
            if chunk.is_empty() {
                return text;
            }
            text += &chunk;
        }
    }
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

pub(crate) fn lines_of(server: &Server, job: &Value) -> Vec<Value> {
    lines(&watch(server, job, "application/x-ndjson").rest())
}

/// A report without what differs from run to run.
fn steady(mut report: Value) -> Value {
    report["usage"] = json!(null);
    for phase in report["phases"].as_array_mut().expect("phases") {
        phase["usage"] = json!(null);
        phase["cached"] = json!(null);
    }
    report
}

#[test]
fn events_come_in_order_and_end_with_the_report_of_the_plain_call() {
    let source = "#include <stdio.h>\nint main(void) { puts(\"out\"); fflush(stdout); fputs(\"err\\n\", stderr); return 3; }";
    let job = json!({"language": "c", "source": source});
    let events = lines_of(shared(), &job);
    let kinds: Vec<&str> = events.iter().map(|event| event["type"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["phase_started", "phase_finished", "phase_started", "stdout", "stderr", "phase_finished", "finished"]);
    let phases: Vec<&Value> = events[..6].iter().map(|event| &event["phase"]).collect();
    assert_eq!(phases, ["compile", "compile", "run", "run", "run", "run"]);
    assert!(events.iter().zip(1..).all(|(event, seq)| event["seq"] == json!(seq)), "{events:?}");
    assert_eq!((&events[3]["data"], &events[4]["data"]), (&json!("out\n"), &json!("err\n")));
    assert_eq!(events[5]["outcome"], json!({"kind": "exited", "code": 3}));
    assert_eq!(steady(events[6]["report"].clone()), steady(shared().run(&job)));
}

#[test]
fn server_sent_events_say_the_same() {
    let job = json!({"language": "bash", "source": "echo $((6*7)); echo 🦀"});
    let text = watch(shared(), &job, "text/event-stream").rest();
    let mut seen = Vec::new();
    for block in text.split("\n\n").filter(|block| !block.is_empty()) {
        let fields: Vec<(&str, &str)> = block.lines().filter_map(|line| line.split_once(": ")).collect();
        let [("id", id), ("event", kind), ("data", data)] = fields[..] else { panic!("{block}") };
        let event: Value = serde_json::from_str(data).expect("JSON");
        assert_eq!((event["seq"].to_string(), event["type"].as_str().unwrap()), (id.to_owned(), kind));
        seen.push(event);
    }
    let output: String = seen.iter().filter_map(|event| event["data"].as_str()).collect();
    assert_eq!(output, "42\n🦀\n");
    assert_eq!(seen.last().unwrap()["type"], "finished");
}

#[test]
fn output_is_there_while_the_program_still_sleeps() {
    let nap = Nap::new();
    let mut watched = watch(shared(), &nap.job_after("printf 'no newline'"), "application/x-ndjson");
    let mut text = String::new();
    while !text.contains("no newline") {
        text += &watched.chunk();
    }
    // Else it came only at the end. (The shell starts its next command a moment after the last one.)
    wait_until("it sleeps", || nap.is_running());
}

#[test]
fn a_character_is_never_split() {
    let source = "import sys, time\nfor byte in '🦀'.encode():\n    sys.stdout.buffer.write(bytes([byte])); sys.stdout.buffer.flush(); time.sleep(0.05)\nsys.stdout.buffer.write(b'\\xff\\xfe')";
    let events = lines_of(shared(), &json!({"language": "python3", "source": source}));
    let pieces: Vec<&Value> = events.iter().filter(|event| event["type"] == "stdout").collect();
    assert_eq!((&pieces[0]["data"], &pieces[0]["encoding"]), (&json!("🦀"), &Value::Null));
    assert_eq!((&pieces[1]["data"], &pieces[1]["encoding"]), (&json!("//4="), &json!("base64")));
}

#[test]
fn no_more_is_told_than_the_report_has() {
    let job = json!({"language": "bash", "source": "seq 100000", "limits": {"output_bytes": 1000}});
    let events = lines_of(shared(), &job);
    let told: String =
        events.iter().filter(|event| event["type"] == "stdout").map(|event| event["data"].as_str().unwrap()).collect();
    let report = &events.last().unwrap()["report"];
    assert_eq!((told.len(), &json!(told), &report["truncated"]), (1000, &report["stdout"], &json!(true)));
}

#[test]
fn a_refusal_is_the_same_as_in_the_plain_call() {
    let server = shared();
    let mut stream = server.connect();
    let headers = "Host: localhost\r\nContent-Type: application/json\r\nAccept: text/event-stream\r\n";
    stream.write_all(&run_request_with(headers, r#"{"language":"cobolt","source":"x"}"#)).unwrap();
    Answer::read(&stream).check_problem(400, "unknown-language");
}

#[test]
fn a_watcher_that_goes_away_ends_the_run_and_frees_its_place() {
    let server = Server::with(|command| {
        command.args(["--runners", "1"]);
    });
    let nap = Nap::new();
    let mut watched = watch(&server, &nap.job_after("echo started"), "text/event-stream");
    while !watched.chunk().contains("started") {}
    wait_until("it runs", || nap.is_running());
    drop(watched);
    wait_until("it is ended", || !nap.is_running());
    assert_eq!(server.stdout(&json!({"language": "bash", "source": "echo fine"})), "fine\n");
}

#[test]
fn two_hundred_watchers_see_the_same() {
    let server = Server::configured("[engine]\nqueue = 300\nqueue_wait = \"10m\"\n", |_| {});
    let server = &server;
    std::thread::scope(|scope| {
        for number in 0..200 {
            scope.spawn(move || {
                let mut stream = server.connect();
                stream.set_read_timeout(None).unwrap();
                let headers = "Host: localhost\r\nContent-Type: application/json\r\nAccept: application/x-ndjson\r\nConnection: close\r\n";
                let job = json!({"language": "bash", "source": format!("echo {number}; echo {number} >&2")});
                stream.write_all(&run_request_with(headers, job.to_string())).unwrap();
                let mut answer = String::new();
                stream.read_to_string(&mut answer).unwrap();
                assert!(answer.contains(&format!(r#""stdout":"{number}\n","stderr":"{number}\n""#)), "{answer}");
            });
        }
    });
}

#[test]
fn a_reader_that_stops_does_not_grow_the_server() {
    let server = Server::configured("[server]\nwrite_timeout = \"2s\"\n", |_| {});
    server.run(&json!({"language": "bash", "source": "true"}));
    let before = server.resident();
    let job = json!({"language": "bash", "source": "yes", "limits": {"wall_time_ms": 120_000, "output_bytes": 16 << 20}});
    let watched: Vec<Watched> = (0..4).map(|_| watch(&server, &job, "application/x-ndjson")).collect();
    let until = Instant::now() + Duration::from_secs(1);
    while Instant::now() < until {
        let grown = server.resident().saturating_sub(before);
        // Each run keeps at most 16 MiB for its report, of which two run at once.
        assert!(grown < 100 << 20, "{grown} bytes more");
        std::thread::sleep(Duration::from_millis(50));
    }
    // Who reads nothing is let go, and the place is free for others.
    assert_eq!(server.stdout(&json!({"language": "bash", "source": "echo fine"})), "fine\n");
    drop(watched);
}
