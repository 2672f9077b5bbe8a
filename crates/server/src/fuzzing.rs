//! What fuzz targets and property tests call: bytes in, a panic where a promise does not hold. No part of the library's interface.

mod server;

use std::net::{IpAddr, SocketAddr};

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderName, HeaderValue, StatusCode, header},
};
use codecanvas_protocol::{Encoding, JobSpec, Say, signal_number};

use crate::{ServerConfig, guard::Rules, parse, refusal::Refusal};

/// The body of `POST /api/v1/run`.
///
/// # Panics
/// When a job that is taken is another one after it was written and read again, or its plan breaks a promise.
pub fn request_json(body: &[u8]) {
    match parse::job(body) {
        Ok(job) => {
            let written = serde_json::to_vec(&job).expect("a job can be written");
            assert_eq!(parse::job(&written).expect("it can be read again"), job);
            assert_eq!(serde_json::from_slice::<JobSpec>(body).expect("serde takes it too"), job);
            codecanvas_engine::fuzzing::job(&job);
        }
        Err(refusal) => assert_of_client(&refusal),
    }
}

/// The section `[server]` of a configuration that was read from a file: written out it is the same.
///
/// # Panics
/// When it is not.
pub fn config(config: &ServerConfig) {
    let written = serde_json::to_string(config).expect("a configuration can be written");
    assert_eq!(serde_json::from_str::<ServerConfig>(&written).ok().as_ref(), Some(config), "{written}");
    if config.check().is_ok() {
        let _ = Rules::new(config, "127.0.0.1:1".parse().expect("an address"));
    }
}

/// A message that an interactive client sends after its request.
///
/// # Panics
/// When one that is taken is another one after it was written and read again.
pub fn websocket_message(message: &[u8]) {
    match parse::said(message) {
        Ok(said) => {
            let written = serde_json::to_vec(&said).expect("it can be written");
            assert_eq!(parse::said(&written).expect("it can be read again"), said);
            match said {
                Say::Signal { signal } => assert!(signal_number(&signal).is_none_or(|number| (1..=64).contains(&number))),
                Say::Stdin { data, encoding: Encoding::Utf8 } => {
                    assert!(std::str::from_utf8(message).is_err() || data.len() <= message.len())
                }
                _ => {}
            }
        }
        Err(refusal) => assert_of_client(&refusal),
    }
}

/// A whole interactive talk, on a real connection: each line is a text message, the first one the request.
///
/// # Panics
/// When the server does not end it by the protocol.
pub fn websocket_messages(lines: &[u8]) {
    let frames: Vec<u8> = lines.split(|byte| *byte == b'\n').flat_map(|line| server::masked(1, line)).collect();
    server::talk(&frames);
}

/// What follows the handshake of a WebSocket, as it comes off the wire.
///
/// # Panics
/// When the server does not end it by the protocol.
pub fn websocket_frames(bytes: &[u8]) {
    server::talk(bytes);
}

/// What a client sends on a fresh connection.
///
/// # Panics
/// When it is answered with an error of the server's own, or with what is no answer.
pub fn http(bytes: &[u8]) {
    server::ask(bytes);
}

/// Host and Origin: the first line and the second; further lines are `name: value`.
///
/// # Panics
/// When a server on this machine answers a request for another name, or of another site's page.
pub fn headers(lines: &[u8]) {
    let mut lines = lines.split(|byte| *byte == b'\n');
    let mut request = Request::new(Body::empty());
    let mut add = |name: HeaderName, value: Option<&[u8]>| {
        if let Some(value) = value.and_then(|value| HeaderValue::from_bytes(value).ok()) {
            request.headers_mut().append(name, value);
        }
    };
    add(header::HOST, lines.next());
    add(header::ORIGIN, lines.next().filter(|origin| !origin.is_empty()));
    for line in lines {
        let colon = line.iter().position(|byte| *byte == b':').unwrap_or(line.len());
        if let Ok(name) = HeaderName::from_bytes(&line[..colon]) {
            add(name, line.get(colon + 1..).map(<[u8]>::trim_ascii));
        }
    }
    let listen: SocketAddr = "127.0.0.1:10100".parse().expect("an address");
    let config = ServerConfig { allow_host: vec!["play.example.org:8080".into()], ..ServerConfig::default() };
    let rules = Rules::new(&config, listen).expect("a right configuration");
    match rules.check(&request) {
        Err(refusal) => assert_of_client(&refusal),
        Ok(allowed) => {
            assert_eq!(allowed, None, "no other site is allowed");
            assert_own(&request);
        }
    }
    // Whoever writes the configuration is told what is wrong with it.
    if let Some(text) = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()) {
        let entry = ServerConfig { allow_host: vec![text.into()], allow_origin: vec![text.into()], ..ServerConfig::default() };
        let _ = Rules::new(&entry, listen);
    }
}

/// That a request is for a name of this server, and of one of its own pages: in other words than those of the rules.
fn assert_own(request: &Request) {
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let host = hosts.next().and_then(|host| host.to_str().ok()).expect("a host").to_ascii_lowercase();
    assert!(hosts.next().is_none(), "two hosts");
    let name = match host.strip_prefix('[') {
        Some(address) => address.split_once(']').expect("an address").0,
        None => host.split(':').next().unwrap_or_default(),
    };
    let is_loopback = |address: IpAddr| address.to_canonical().is_loopback();
    let name = name.strip_suffix('.').unwrap_or(name);
    let listed = name == "play.example.org" && host.ends_with(":8080");
    assert!(name == "localhost" || listed || name.parse().is_ok_and(is_loopback), "{host:?}");
    if let Some(origin) = request.headers().get(header::ORIGIN) {
        let origin = origin.to_str().expect("text").to_ascii_lowercase();
        let (scheme, authority) = origin.split_once("://").expect("an origin");
        let port = match scheme {
            "http" => ":80",
            "https" => ":443",
            _ => "",
        };
        let with_port = |text: &str| match text.rsplit_once(':') {
            Some((_, digits)) if digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.is_empty() => text.to_owned(),
            _ => text.trim_end_matches(':').to_owned() + port,
        };
        let numbered = |text: String| {
            let (host, port) = text.rsplit_once(':').unwrap_or((&text, "0"));
            (host.to_owned(), port.parse::<u32>().unwrap_or(u32::MAX))
        };
        assert_eq!(numbered(with_port(authority)), numbered(with_port(&host)), "{origin:?} and {host:?}");
    }
}

/// A refusal for what the client did, in a sentence, of a length that does no harm.
fn assert_of_client(refusal: &Refusal) {
    let problem = refusal.problem();
    let status = StatusCode::from_u16(problem.status).expect("a status");
    assert!(status.is_client_error(), "{problem:?}");
    assert!(!problem.detail.is_empty() && problem.detail.len() < 700, "{problem:?}");
    serde_json::to_string(problem).expect("it can be written");
}
