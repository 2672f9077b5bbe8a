//! Talking to a program over a WebSocket: input, signals, a terminal, and every way in which a talk ends.

use std::{net::TcpStream, time::Instant};

use serde_json::{Value, json};
use tungstenite::{Message, WebSocket, client::IntoClientRequest, http::HeaderValue, protocol::Role};

use crate::{
    processes::Nap,
    server::{PATIENCE, Server, shared, wait_until},
};

/// One talk, from the client's side.
struct Talk {
    socket: WebSocket<TcpStream>,
    /// What the program wrote since this was last looked at.
    seen: String,
}

/// How a talk ended.
#[derive(Debug)]
struct End {
    last: Value,
    code: u16,
}

impl Server {
    fn open(&self) -> Talk {
        let url = format!("ws://localhost:{}/api/v1/interactive", self.address.port());
        let (socket, _) = tungstenite::client(url, self.connect()).expect("a WebSocket");
        Talk { socket, seen: String::new() }
    }

    /// Begins to talk about a job.
    fn talk(&self, job: &Value) -> Talk {
        let mut talk = self.open();
        talk.say(job);
        talk
    }

    fn talk_on_terminal(&self, language: &str, source: &str) -> Talk {
        self.talk(&json!({"language": language, "source": source, "tty": {"rows": 24, "cols": 80}}))
    }
}

impl Talk {
    fn say(&mut self, what: &Value) {
        self.socket.send(Message::text(what.to_string())).expect("the server reads");
    }

    fn type_in(&mut self, text: &str) {
        self.say(&json!({"type": "stdin", "data": text}));
    }

    fn next(&mut self) -> Result<Value, u16> {
        let begun = Instant::now();
        loop {
            // The server's pings keep the connection from being silent.
            assert!(begun.elapsed() < PATIENCE, "nothing more after {:?}", self.seen);
            match self.socket.read() {
                Ok(Message::Text(text)) => return Ok(serde_json::from_str(&text).expect("JSON")),
                Ok(Message::Close(frame)) => return Err(frame.map_or(0, |frame| frame.code.into())),
                Ok(_) => {}
                Err(error) => panic!("{error} after {:?}", self.seen),
            }
        }
    }

    /// Waits until the program has written this; what came before it is forgotten.
    #[track_caller]
    fn await_output(&mut self, what: &str) {
        while !self.seen.contains(what) {
            let event = self.next().unwrap_or_else(|code| panic!("closed with {code}, without {what:?}: {:?}", self.seen));
            assert_ne!(event["type"], "error", "{event}");
            assert_ne!(event["type"], "finished", "without {what:?}: {:?} {event}", self.seen);
            self.see(&event);
        }
        let at = self.seen.find(what).unwrap() + what.len();
        self.seen.drain(..at);
    }

    /// Keeps what the program wrote, and answers as a terminal does that is asked where its cursor is.
    fn see(&mut self, event: &Value) {
        let Some(data) = event["data"].as_str() else { return };
        self.seen += data;
        if data.contains("\u{1b}[6n") {
            self.type_in("\u{1b}[1;2R");
        }
    }

    fn end(&mut self) -> End {
        let mut last = Value::Null;
        loop {
            match self.next() {
                Ok(event) => {
                    self.see(&event);
                    last = event;
                }
                Err(code) => return End { last, code },
            }
        }
    }

    /// The outcome of a program that has a report.
    #[track_caller]
    fn outcome(&mut self) -> Value {
        let End { last, code } = self.end();
        assert_eq!((&last["type"], code), (&json!("finished"), 1000), "{last}");
        last["report"]["outcome"].clone()
    }

    /// Checks that the talk ended so.
    #[track_caller]
    fn check_refused(&mut self, code: u16, kind: &str) {
        let end = self.end();
        assert_eq!(end.last["type"], "error", "{end:?}");
        assert_eq!((&end.last["problem"]["type"], end.code), (&json!(format!("about:blank#{kind}")), code), "{end:?}");
    }
}

#[test]
fn a_program_is_answered_while_it_asks() {
    let mut talk = shared().talk(&json!({"language": "python3", "source": "print('Hello, ' + input('Name? ') + '!')"}));
    talk.await_output("Name? ");
    talk.type_in("Ada\n");
    talk.await_output("Hello, Ada!\n");
    assert_eq!(talk.outcome(), json!({"kind": "exited", "code": 0}));
}

#[test]
fn a_compiled_program_is_compiled_first() {
    let source = "#include <stdio.h>\nint main(void) { int n; while (scanf(\"%d\", &n) == 1) { printf(\"%d\\n\", 2 * n); fflush(stdout); } }";
    let mut talk = shared().talk(&json!({"language": "c", "source": source, "stdin": "1\n"}));
    talk.await_output("2\n");
    talk.type_in("21\n");
    talk.await_output("42\n");
    talk.say(&json!({"type": "eof"}));
    assert_eq!(talk.outcome()["kind"], "exited");
    let mut talk = shared().talk(&json!({"language": "c", "source": "no program"}));
    let End { last, code } = talk.end();
    assert_eq!(
        (code, &last["report"]["phases"][0]["phase"], &last["report"]["outcome"]["code"]),
        (1000, &json!("compile"), &json!(1))
    );
}

#[test]
fn binary_input_arrives_as_it_is() {
    let mut talk = shared().talk(&json!({"language": "python3", "source": "import sys; print(sys.stdin.buffer.read())"}));
    talk.say(&json!({"type": "stdin", "data": "AP8=", "encoding": "base64"}));
    talk.say(&json!({"type": "eof"}));
    talk.await_output("b'\\x00\\xff'\n");
    talk.outcome();
}

#[test]
fn a_signal_arrives() {
    for (signal, number) in [("INT", 2), ("SIGTERM", 15), ("kill", 9)] {
        let mut talk = shared().talk(&json!({"language": "bash", "source": "echo ready; exec sleep 1000"}));
        talk.await_output("ready");
        talk.say(&json!({"type": "signal", "signal": signal}));
        assert_eq!(talk.outcome()["signal"], number);
    }
}

#[test]
fn input_that_nobody_reads_holds_nothing_up() {
    let sleeper = json!({"language": "bash", "source": "echo ready; exec sleep 1000", "stdin": "x".repeat(200 << 10)});
    let mut talk = shared().talk(&sleeper);
    talk.await_output("ready");
    talk.type_in(&"x".repeat(200 << 10));
    talk.say(&json!({"type": "signal", "signal": "TERM"}));
    assert_eq!(talk.outcome()["signal"], 15);

    // A client that goes away is noticed behind it.
    let nap = Nap::new();
    let mut talk = shared().talk(&json!({"language": "bash", "source": format!("echo ready; {}", nap.command())}));
    talk.await_output("ready");
    talk.type_in(&"x".repeat(200 << 10));
    drop(talk);
    wait_until("it is ended", || !nap.is_running());
}

#[test]
fn the_end_is_heard_by_a_client_that_still_talks() {
    for _ in 0..10 {
        let mut talk = shared().talk(&json!({"language": "bash", "source": "true"}));
        for _ in 0..4 {
            // The server may have closed by then, which is no matter: its last words are read below.
            let input = json!({"type": "stdin", "data": "x".repeat(100 << 10)});
            let _ = talk.socket.send(Message::text(input.to_string()));
        }
        assert_eq!(talk.outcome(), json!({"kind": "exited", "code": 0}));
    }
}

#[test]
fn a_terminal_is_one_in_every_language_and_knows_its_size() {
    let programs = [
        ("python3", "import os; print(os.isatty(0), os.isatty(1), *os.get_terminal_size())", "True True 80 24\r\n"),
        ("nodejs", "console.log(process.stdin.isTTY, process.stdout.columns, process.stdout.rows)", "80"),
        ("bash", "[ -t 0 ] && [ -t 2 ] && stty size && echo $TERM", "24 80\r\nxterm-256color\r\n"),
        ("ruby", "puts STDIN.tty?, STDOUT.tty?", "true\r\ntrue\r\n"),
        ("perl", "print -t STDIN ? 'a terminal' : 'none', qq(\\n)", "a terminal\r\n"),
        ("php", "<?php var_dump(stream_isatty(STDOUT));", "bool(true)\r\n"),
        ("lua", "print(os.execute('test -t 0'))", "true\texit\t0\r\n"),
        (
            "c",
            "#include <stdio.h>\n#include <unistd.h>\nint main(void) { printf(\"tty %d\\n\", isatty(0) + isatty(1)); }",
            "tty 2\r\n",
        ),
        (
            "java",
            "class Main { public static void main(String[] a) { System.out.println(System.console() != null); } }",
            "true\r\n",
        ),
    ];
    for (language, source, expected) in programs {
        let mut talk = shared().talk_on_terminal(language, source);
        talk.await_output(expected);
        assert_eq!(talk.outcome(), json!({"kind": "exited", "code": 0}), "{language}");
    }
}

#[test]
fn a_terminal_is_resized() {
    let mut talk = shared().talk_on_terminal("bash", "trap 'stty size; exit' WINCH; echo ready; while :; do sleep 0.05; done");
    talk.await_output("ready");
    talk.say(&json!({"type": "resize", "rows": 50, "cols": 132}));
    talk.await_output("50 132");
    talk.outcome();
}

#[test]
fn control_characters_do_what_they_do_on_a_terminal() {
    let mut talk = shared().talk_on_terminal("python3", "print('ready')\nwhile True: pass");
    talk.await_output("ready");
    talk.type_in("\x03");
    talk.await_output("KeyboardInterrupt");
    talk.outcome();
    let mut talk = shared().talk_on_terminal("python3", "import sys\nprint(len(sys.stdin.read()))");
    talk.type_in("four\n\x04");
    talk.await_output("5\r\n");
    talk.outcome();
}

#[test]
fn a_language_has_its_own_prompt() {
    for (language, line, expected, exit) in [
        ("python3", "print(6 * 7)\n", "42\r\n", "exit()\n"),
        ("nodejs", "console.log(6 * 7)\n", "42\u{1b}[39m\r\n", ".exit\n"),
        ("bash", "echo $((6 * 7)) times\n", "42 times\r\n", "exit\n"),
        ("lua", "print(6 * 7)\n", "42\r\n", "os.exit()\n"),
        ("ruby", "puts 6 * 7\n", "42\r\n", "exit\n"),
    ] {
        let mut talk = shared().talk(&json!({"language": language, "shell": true, "tty": {"rows": 24, "cols": 80}}));
        talk.type_in(line);
        talk.await_output(expected);
        talk.type_in(exit);
        assert_eq!(talk.outcome()["kind"], "exited", "{language}");
    }
}

#[test]
fn a_closed_socket_ends_the_run_at_once() {
    let nap = Nap::new();
    let mut talk = shared().talk(&json!({"language": "bash", "source": format!("echo ready; {}", nap.command())}));
    talk.await_output("ready");
    wait_until("it runs", || nap.is_running());
    drop(talk);
    wait_until("it is ended", || !nap.is_running());
}

#[test]
fn a_socket_that_is_closed_while_the_compiler_works_ends_that_at_once() {
    let nap = Nap::new();
    let job = json!({
        "language": "c",
        "source": "int main(void) { return 0; }",
        // The compiler's driver starts this in the place of the compiler.
        "compile": {"args": ["-wrapper", format!("sh,-c,{}", nap.command())], "limits": {"wall_time_ms": 100_000}},
    });
    let talk = shared().talk(&job);
    wait_until("it compiles", || nap.is_running());
    let closed = std::time::Instant::now();
    drop(talk);
    wait_until("it is ended", || !nap.is_running());
    assert!(closed.elapsed().as_secs() < 20, "that is when a ping would tell");
}

#[test]
fn what_is_said_while_the_compiler_works_is_for_the_program() {
    let source = "#include <stdio.h>\nint main(void) { char line[99]; printf(\"got %s\", fgets(line, 99, stdin)); }";
    let mut talk = shared().talk(&json!({"language": "c", "source": source, "cache": false}));
    talk.type_in("early\n");
    talk.await_output("got early\n");
    assert_eq!(talk.outcome()["kind"], "exited");
}

#[test]
fn mistakes_are_named_and_have_a_code() {
    let server = shared();
    server.talk(&json!({"language": "cobolt", "source": "x"})).check_refused(4422, "unknown-language");
    server
        .talk(&json!({"language": "bash", "source": "x", "tty": {"rows": 0, "cols": 80}}))
        .check_refused(4422, "wrong-terminal-size");
    server.talk(&json!({"language": "c", "shell": true})).check_refused(4422, "no-shell");
    server.talk(&json!({"type": "stdin", "data": "x"})).check_refused(4422, "unknown-field");
    let sleeper = json!({"language": "bash", "source": "sleep 1000"});
    for (said, kind) in [
        (json!({"type": "dance"}), "invalid-value"),
        (json!({"type": "signal", "signal": "NOPE"}), "protocol-mistake"),
        (json!({"type": "resize", "rows": 0, "cols": 1}), "protocol-mistake"),
        (json!({"type": "stdin", "data": "%", "encoding": "base64"}), "protocol-mistake"),
    ] {
        let mut talk = server.talk(&sleeper);
        talk.say(&said);
        let end = talk.end();
        assert_eq!(end.code, 4400, "{said}: {end:?}");
        assert!(end.last["problem"]["type"].as_str().unwrap().ends_with(kind) || kind == "invalid-value", "{end:?}");
    }
    let mut talk = server.talk(&sleeper);
    talk.socket.send(Message::binary(vec![1, 2, 3])).unwrap();
    talk.check_refused(4400, "protocol-mistake");
    let mut talk = server.talk(&sleeper);
    talk.type_in(&"x".repeat(300 << 10));
    talk.check_refused(4413, "message-too-large");
}

#[test]
fn a_plain_run_has_no_terminal_and_no_prompt() {
    for wish in [json!({"tty": {"rows": 1, "cols": 1}}), json!({"shell": true})] {
        let mut job = json!({"language": "bash", "source": "x"});
        job.as_object_mut().unwrap().extend(wish.as_object().unwrap().clone());
        shared().post(&job).check_problem(422, "not-interactive");
    }
}

#[test]
fn who_says_nothing_is_let_go() {
    let server = Server::configured("[engine.interactive]\nidle = \"300ms\"\n[server]\nheader_timeout = \"300ms\"\n", |_| {});
    server.open().check_refused(4408, "no-request");
    let nap = Nap::new();
    server.talk(&json!({"language": "bash", "source": nap.command()})).check_refused(4408, "idle");
    wait_until("it is ended", || !nap.is_running());
}

#[test]
fn a_talk_takes_no_longer_than_its_limit() {
    let server = Server::configured("[engine.interactive]\nwall_time = \"300ms\"\n", |_| {});
    let outcome = server.talk(&json!({"language": "bash", "source": "sleep 1000"})).outcome();
    assert_eq!((&outcome["kind"], &outcome["allowed"]), (&json!("wall_time_exceeded"), &json!(300)));
}

#[test]
fn talks_have_places_of_their_own_and_nobody_waits_for_one() {
    let server = Server::configured("[engine]\nrunners = 1\n[engine.interactive]\nsessions = 1\n", |_| {});
    let mut first = server.talk(&json!({"language": "bash", "source": "echo ready; sleep 1000"}));
    first.await_output("ready");
    // It waits for somebody; others need not wait for it.
    assert_eq!(server.stdout(&json!({"language": "bash", "source": "echo fine"})), "fine\n");
    server.talk(&json!({"language": "bash", "source": "true"})).check_refused(4503, "busy");
    drop(first);
    wait_until("its place is free", || server.talk(&json!({"language": "bash", "source": "true"})).end().code == 1000);
}

#[test]
fn a_reader_that_stops_has_its_program_wait() {
    let server = Server::start();
    let before = server.resident();
    let mut talk = server.talk(&json!({"language": "bash", "source": "yes"}));
    talk.await_output("y\n");
    for _ in 0..10 {
        std::thread::sleep(std::time::Duration::from_millis(100));
        let grown = server.resident().saturating_sub(before);
        assert!(grown < 40 << 20, "{grown} bytes more");
    }
    drop(talk);
    assert_eq!(server.stdout(&json!({"language": "bash", "source": "echo fine"})), "fine\n");
}

#[test]
fn a_page_of_another_site_cannot_talk() {
    let server = shared();
    let mut request = format!("ws://localhost:{}/api/v1/interactive", server.address.port()).into_client_request().unwrap();
    request.headers_mut().insert("origin", HeaderValue::from_static("https://evil.example"));
    let refused = tungstenite::client(request, server.connect()).unwrap_err();
    assert!(refused.to_string().contains("403"), "{refused}");
}

#[test]
fn frames_that_are_none_end_the_talk_and_nothing_else() {
    use std::io::Write;
    let server = Server::configured("[server]\nheader_timeout = \"1s\"\n", |_| {});
    for junk in [&b"\xff\xff\xff\xff"[..], b"\x81\xfe", b"\x8f\x00", b"\x81\x05plain"] {
        let mut talk = server.open();
        talk.socket.get_mut().write_all(junk).unwrap();
        // It is answered by a close, or by an end; the server lives.
        while talk.socket.read().is_ok() {}
    }
    let mut unmasked = WebSocket::from_raw_socket(server.connect(), Role::Client, None);
    let _ = unmasked.send(Message::text("not even a handshake"));
    assert_eq!(server.get("/healthz").status, 200);
}

#[test]
fn a_talk_that_ends_while_the_server_stops_is_told_to_its_end() {
    let mut server = Server::start();
    let mut talk = server.talk(&json!({"language": "bash", "source": "echo ready; sleep 1; echo the last words"}));
    talk.await_output("ready");
    server.signal(rustix::process::Signal::TERM);
    talk.await_output("the last words");
    assert_eq!(talk.outcome(), json!({"kind": "exited", "code": 0}));
    assert_eq!(server.end().code(), Some(0), "{}", server.log());
}

#[test]
fn a_page_that_is_not_a_socket_is_told_what_this_is() {
    let answer = shared().get("/api/v1/interactive");
    assert_eq!((answer.status, &answer.json()["type"]), (400, &json!("about:blank#not-a-websocket")), "{answer:?}");
}

#[test]
fn a_server_that_stops_ends_its_talks() {
    let mut server = Server::configured("[server]\nshutdown_grace = \"300ms\"", |_| {});
    let nap = Nap::new();
    let mut talk = server.talk(&json!({"language": "bash", "source": format!("echo ready; {}", nap.command())}));
    talk.await_output("ready");
    server.signal(rustix::process::Signal::TERM);
    talk.check_refused(4503, "shutting-down");
    assert_eq!(server.end().code(), Some(0), "{}", server.log());
    assert!(!nap.is_running());
}
