//! Frames of a WebSocket that are wrong in every way: the talk is ended, and nothing else.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

use serde_json::json;
use tungstenite::{Message, WebSocket, client::IntoClientRequest, http::HeaderValue};

use super::{SHORT, drip, narrow, serves_others};
use crate::{
    processes::Nap,
    server::{PATIENCE, Server, shared, wait_until},
};

const TEXT: u8 = 0x81;
const PING: u8 = 0x89;
const CLOSE: u8 = 0x88;

/// A masked frame, with its first byte as it is to be sent. The mask is zero, which is one.
fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![first];
    match payload.len() {
        length @ ..126 => frame.push(0x80 | u8::try_from(length).unwrap()),
        length => {
            frame.push(0x80 | 127);
            frame.extend((length as u64).to_be_bytes());
        }
    }
    frame.extend([0; 4]);
    frame.extend(payload);
    frame
}

fn open(server: &Server, stream: TcpStream) -> WebSocket<TcpStream> {
    let url = format!("ws://localhost:{}/api/v1/interactive", server.address.port());
    tungstenite::client(url, stream).expect("a WebSocket").0
}

/// Reads until the talk has ended; gives the close code, 0 where there was none.
#[track_caller]
fn ends(mut socket: WebSocket<TcpStream>) -> u16 {
    let begun = Instant::now();
    let mut code = 0;
    loop {
        assert!(begun.elapsed() < PATIENCE, "the talk is not ended");
        match socket.read() {
            Ok(Message::Close(frame)) => code = frame.map_or(0, |frame| frame.code.into()),
            Ok(_) => {}
            Err(_) => return code,
        }
    }
}

fn wrong_frames() -> Vec<(&'static str, Vec<u8>)> {
    let join = |frames: &[Vec<u8>]| frames.concat();
    let declared = |length: u64| [&[TEXT, 0xff][..], &length.to_be_bytes(), &[0; 4]].concat();
    vec![
        ("unmasked", b"\x81\x02{}".to_vec()),
        ("a reserved bit", frame(TEXT | 0x40, b"{}")),
        ("another reserved bit", frame(TEXT | 0x20, b"{}")),
        ("a third reserved bit", frame(TEXT | 0x10, b"{}")),
        ("a reserved opcode for data", frame(0x83, b"{}")),
        ("a reserved opcode for control", frame(0x8b, b"{}")),
        ("a control frame in fragments", frame(0x09, b"x")),
        ("a control frame that is too long", [&[PING, 0xfe, 0, 200, 0, 0, 0, 0][..], &[b'x'; 200]].concat()),
        ("a length of all there is", declared(u64::MAX)),
        ("a negative length", declared(1 << 63)),
        ("a gigabyte", declared(1 << 30)),
        ("text that is no UTF-8", frame(TEXT, b"\"\xff\xfe\"")),
        ("fragments that are no UTF-8", join(&[frame(0x01, b"\"\xf0\x9f"), frame(0x80, b"x\"")])),
        ("a continuation of nothing", frame(0x80, b"{}")),
        ("a start within fragments", join(&[frame(0x01, b"{"), frame(TEXT, b"}")])),
        ("binary", frame(0x82, b"{}")),
        ("text that is no JSON", frame(TEXT, b"hello")),
        ("nothing at all", frame(TEXT, b"")),
        ("a message beyond the cap", frame(TEXT, &vec![b' '; (1 << 20) + 1])),
        (
            "a message beyond the cap in fragments",
            join(&[frame(0x01, &[]), frame(0x00, &vec![b' '; 600 << 10]), frame(0x80, &vec![b' '; 600 << 10])]),
        ),
        ("a close code that does not exist", frame(CLOSE, &0u16.to_be_bytes())),
        ("a close code that is never sent", frame(CLOSE, &1006u16.to_be_bytes())),
        ("a close code beyond all", frame(CLOSE, &65_535u16.to_be_bytes())),
        ("half a close code", frame(CLOSE, b"\x03")),
        ("a close reason that is no UTF-8", frame(CLOSE, b"\x03\xe8\xff")),
        ("a close, and then more", join(&[frame(CLOSE, b"\x03\xe8"), frame(TEXT, b"{}")])),
        ("a request over HTTP", b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n".to_vec()),
    ]
}

#[test]
fn frames_that_are_wrong_end_a_talk_that_has_not_begun() {
    for (what, bytes) in wrong_frames() {
        let mut socket = open(shared(), shared().connect());
        // The server may close before it has read all.
        let _ = socket.get_mut().write_all(&bytes);
        let code = ends(socket);
        assert!(code != 1000 || what.contains("close"), "{what}: {code}");
    }
    serves_others(shared());
}

#[test]
fn frames_that_are_wrong_end_a_talk_and_its_program() {
    let server = Server::start();
    let naps: Vec<Nap> = wrong_frames().iter().map(|_| Nap::new()).collect();
    // In turns, because there are fewer places for talks than ways to be wrong.
    for ((what, bytes), nap) in wrong_frames().into_iter().zip(&naps) {
        let mut socket = open(&server, server.connect());
        socket.send(Message::text(nap.job().to_string())).expect("the server reads");
        wait_until("it runs", || nap.is_running());
        let _ = socket.get_mut().write_all(&bytes);
        let code = ends(socket);
        assert!(code != 1000 || what.contains("close"), "{what}: {code}");
    }
    wait_until("every program is ended", || !naps.iter().any(Nap::is_running));
    serves_others(&server);
}

#[test]
fn a_first_message_a_byte_at_a_time_is_ended() {
    let server = Server::configured(SHORT, |_| {});
    for start in [vec![], vec![TEXT, 0xff, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]] {
        let socket = open(&server, server.connect());
        socket.get_ref().write_all(&start).expect("the server reads");
        if start.is_empty() {
            assert_eq!(ends(socket), 4408);
        } else {
            drip(socket.get_ref(), b' ');
        }
    }
    serves_others(&server);
}

#[test]
fn no_extension_is_offered() {
    let mut request = format!("ws://localhost:{}/api/v1/interactive", shared().address.port()).into_client_request().unwrap();
    let deflate = HeaderValue::from_static("permessage-deflate; client_max_window_bits");
    request.headers_mut().insert("sec-websocket-extensions", deflate);
    let (socket, answer) = tungstenite::client(request, shared().connect()).expect("a WebSocket");
    assert_eq!(answer.headers().get("sec-websocket-extensions"), None);
    // What would be compressed then has a reserved bit.
    socket.get_ref().write_all(&frame(TEXT | 0x40, b"\xaa\x56\x4a")).expect("the server reads");
    assert_eq!(ends(socket), 4400);
}

/// Sends these over and over for a while, and reads nothing; the server must not grow by it.
fn flood(server: &Server, socket: &WebSocket<TcpStream>, frames: &[u8]) {
    let before = server.resident();
    let mut stream = socket.get_ref();
    stream.set_nonblocking(true).expect("a socket");
    let (flood, begun, mut at, mut sent) = (frames.repeat(1000), Instant::now(), 0, 0);
    while begun.elapsed() < Duration::from_millis(600) {
        match stream.write(&flood[at..]) {
            Ok(count) => {
                at = (at + count) % flood.len();
                sent += count;
            }
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => std::thread::sleep(Duration::from_millis(1)),
            Err(_) => break,
        }
        let grown = server.resident().saturating_sub(before);
        assert!(grown < 4 << 20, "{grown} bytes more after {sent}");
    }
    eprintln!("{sent} bytes taken, {} bytes more", server.resident().saturating_sub(before));
    serves_others(server);
}

#[test]
fn a_flood_of_pings_is_bounded() {
    let server = Server::start();
    serves_others(&server);
    let nap = Nap::new();
    for begun in [false, true] {
        for frames in [frame(PING, &[b'x'; 125]), frame(0x8a, b""), frame(0x01, b"")] {
            let mut socket = open(&server, narrow(&server));
            if begun {
                socket.send(Message::text(nap.job().to_string())).expect("the server reads");
            }
            flood(&server, &socket, &frames);
        }
    }
}

#[test]
fn fragments_without_end_are_bounded() {
    let server = Server::start();
    serves_others(&server);
    let socket = open(&server, narrow(&server));
    socket.get_ref().write_all(&frame(0x01, b"")).expect("the server reads");
    flood(&server, &socket, &frame(0x00, b""));
    let socket = open(&server, narrow(&server));
    socket.get_ref().write_all(&frame(0x01, b"")).expect("the server reads");
    flood(&server, &socket, &frame(0x00, b" "));
}

#[test]
fn input_that_no_program_reads_is_bounded() {
    let server = Server::start();
    serves_others(&server);
    let mut socket = open(&server, narrow(&server));
    socket.send(Message::text(Nap::new().job().to_string())).expect("the server reads");
    let say = json!({"type": "stdin", "data": "x".repeat(200 << 10)}).to_string();
    let before = server.resident();
    socket.get_ref().set_nonblocking(true).expect("a socket");
    let (bytes, begun, mut at) = (frame(TEXT, say.as_bytes()), Instant::now(), 0);
    while begun.elapsed() < Duration::from_secs(1) {
        match socket.get_mut().write(&bytes[at..]) {
            Ok(count) => at = (at + count) % bytes.len(),
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => std::thread::sleep(Duration::from_millis(1)),
            Err(error) => panic!("{error}"),
        }
        let grown = server.resident().saturating_sub(before);
        assert!(grown < 24 << 20, "{grown} bytes more");
    }
    let _ = socket.get_mut().read(&mut [0]);
    serves_others(&server);
}
