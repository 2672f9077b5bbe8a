//! A real server in this process, whose programs only read their input, and a client that writes bytes.

use std::{
    io::{Read, Write},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::OnceLock,
    time::Duration,
};

use codecanvas_engine::{Controls, OnLive, RunError, Watcher, fuzzing::controls};
use codecanvas_protocol::{
    Ceilings, InteractiveCeilings, JobSpec, LanguageInfo, LimitsSpec, Outcome, PhaseCeilings, Report, Usage,
};
use tokio::net::unix::pipe;

use crate::{Runner, ServerConfig};

/// How long the server may take for anything: more than it ever needs.
const PATIENCE: Duration = Duration::from_secs(60);

/// The beginning of a talk.
const UPGRADE: &[u8] = b"GET /api/v1/interactive HTTP/1.1\r\nHost: localhost\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\
    Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";

/// Sends these bytes after a handshake, hangs up, and reads all that the server says.
pub(super) fn talk(bytes: &[u8]) {
    let mut stream = connect();
    stream.write_all(UPGRADE).expect("the server reads");
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).expect("the server answers");
        head.push(byte[0]);
    }
    assert!(head.starts_with(b"HTTP/1.1 101 "), "{}", String::from_utf8_lossy(&head));
    let said = say(stream, bytes);
    assert_frames(&said);
}

/// Sends these bytes on a fresh connection, hangs up, and reads all that the server says.
pub(super) fn ask(bytes: &[u8]) {
    let answer = say(connect(), bytes);
    // One that hangs up early has no answer.
    if !answer.is_empty() {
        let status = answer.get(9..12).and_then(|status| std::str::from_utf8(status).ok()?.parse::<u16>().ok());
        let text = String::from_utf8_lossy(&answer);
        assert!(answer.starts_with(b"HTTP/1.") && status.is_some_and(|status| (100..500).contains(&status)), "{text}");
    }
}

/// A frame as clients send them, with a mask of zeros (RFC 6455, section 5.2).
pub(super) fn masked(opcode: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![0x80 | opcode];
    match payload.len() {
        length @ 0..126 => frame.push(0x80 | length as u8),
        length @ 126..=0xffff => {
            frame.push(0x80 | 126);
            frame.extend((length as u16).to_be_bytes());
        }
        length => {
            frame.push(0x80 | 127);
            frame.extend((length as u64).to_be_bytes());
        }
    }
    frame.extend([0; 4]);
    frame.extend(payload);
    frame
}

fn connect() -> TcpStream {
    static SERVER: OnceLock<SocketAddr> = OnceLock::new();
    let stream = TcpStream::connect(SERVER.get_or_init(start)).expect("the server is there");
    stream.set_read_timeout(Some(PATIENCE)).expect("a socket");
    stream.set_write_timeout(Some(PATIENCE)).expect("a socket");
    stream
}

fn say(mut stream: TcpStream, bytes: &[u8]) -> Vec<u8> {
    // A server that has heard enough closes, and then the rest is not taken.
    let _ = stream.write_all(bytes);
    let _ = stream.shutdown(Shutdown::Write);
    let mut said = Vec::new();
    if let Err(error) = stream.read_to_end(&mut said) {
        let timed_out = matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut);
        assert!(!timed_out, "the server does not come to an end");
    }
    said
}

/// That these are frames of a server: none masked, none with what nobody agreed on, text in UTF-8, nothing after a close.
fn assert_frames(mut bytes: &[u8]) {
    let mut closed = false;
    while !bytes.is_empty() {
        assert!(!closed, "a frame after the last");
        let &[first, second, ..] = bytes else { return };
        assert!(first & 0x70 == 0 && second & 0x80 == 0, "{bytes:?}");
        let (head, length) = match second {
            126 => (4, bytes.get(2..4).map(|length| u16::from_be_bytes([length[0], length[1]]).into())),
            127 => (10, bytes.get(2..10).and_then(|length| Some(u64::from_be_bytes(length.try_into().ok()?) as usize))),
            length => (2, Some(length.into())),
        };
        // A connection that broke may break off in a frame.
        let Some(payload) = length.and_then(|length: usize| bytes.get(head..head + length)) else { return };
        match first & 0x0f {
            1 => drop(serde_json::from_slice::<serde_json::Value>(payload).expect("every message is JSON")),
            8 => closed = true,
            9 | 10 => {}
            other => panic!("a frame of the kind {other}"),
        }
        bytes = &bytes[head + payload.len()..];
    }
}

fn start() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("it has one");
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
        runtime.block_on(crate::serve(Readers, ServerConfig::default(), listener, std::future::pending()))
    });
    address
}

/// Its programs read what they are sent until there is no more.
#[derive(Debug, Clone)]
struct Readers;

impl Runner for Readers {
    fn languages(&self) -> Vec<LanguageInfo> {
        Vec::new()
    }

    async fn run(&self, _spec: JobSpec) -> Result<Report, RunError> {
        Ok(report())
    }

    async fn watch(&self, _spec: JobSpec, _watcher: Watcher) -> Result<Report, RunError> {
        Ok(report())
    }

    async fn interact(&self, spec: JobSpec, _watcher: Watcher, on_live: OnLive) -> Result<Report, RunError> {
        let (controls, program) = controls().expect("there are descriptors");
        let program = pipe::Receiver::from_owned_fd(program).expect("a pipe");
        on_live(Controls { first: spec.stdin.into_bytes(), ..controls });
        let mut buffer = [0; 4096];
        loop {
            program.readable().await.expect("a pipe");
            match program.try_read(&mut buffer) {
                Ok(0) => return Ok(report()),
                _read_or_not => {}
            }
        }
    }

    fn ceilings(&self) -> Ceilings {
        let none = PhaseCeilings { defaults: LimitsSpec::default(), ceilings: LimitsSpec::default() };
        let interactive = InteractiveCeilings { wall_time_ms: 60_000, idle_ms: 60_000, sessions: 1 };
        Ceilings { run: none, compile: none, interactive, network: false, max_body_bytes: 0, weaker: Vec::new() }
    }

    fn metrics(&self) -> codecanvas_engine::Metrics {
        codecanvas_engine::Metrics::default()
    }

    async fn ready(&self) -> Result<(), RunError> {
        Ok(())
    }

    async fn drain(&self) {}
}

fn report() -> Report {
    Report {
        stdout: String::new(),
        stderr: String::new(),
        error: String::new(),
        outcome: Outcome::Exited { code: 0 },
        usage: Usage::default(),
        truncated: false,
        output: Default::default(),
        phases: Vec::new(),
        language: String::new(),
        version: String::new(),
        weaker: Vec::new(),
    }
}
