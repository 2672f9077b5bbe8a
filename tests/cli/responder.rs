//! A small HTTP server that answers as a test says, for servers that are not ours.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

/// What was asked.
pub(crate) struct Request {
    pub(crate) path: String,
    pub(crate) body: String,
    headers: BTreeMap<String, String>,
}

impl Request {
    /// A header, by its name in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }
}

/// What is answered.
pub(crate) struct Answer {
    status: u16,
    content_type: &'static str,
    body: String,
}

impl Answer {
    pub(crate) fn json(status: u16, body: &str) -> Answer {
        Answer::text(status, "application/json", body)
    }

    pub(crate) fn text(status: u16, content_type: &'static str, body: &str) -> Answer {
        Answer { status, content_type, body: body.to_owned() }
    }
}

/// A running one; it lasts as long as the test.
pub(crate) struct Responder {
    pub(crate) url: String,
    asked: Arc<AtomicUsize>,
}

impl Responder {
    pub(crate) fn start(answer: impl Fn(&Request) -> Answer + Send + Sync + 'static) -> Responder {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let (asked, answer) = (Arc::new(AtomicUsize::new(0)), Arc::new(answer));
        let counter = asked.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (answer, counter) = (answer.clone(), counter.clone());
                thread::spawn(move || serve(stream, &*answer, &counter));
            }
        });
        Responder { url, asked }
    }

    /// How many programs it was sent.
    pub(crate) fn asked(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }
}

/// One connection, until the client closes it.
fn serve(stream: TcpStream, answer: &dyn Fn(&Request) -> Answer, asked: &AtomicUsize) {
    let mut stream = BufReader::new(stream);
    while let Some((method, request)) = read(&mut stream) {
        asked.fetch_add(usize::from(method == "POST"), Ordering::Relaxed);
        let Answer { status, content_type, body } = answer(&request);
        let head = format!("HTTP/1.1 {status} X\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n", body.len());
        let body = if method == "HEAD" { "" } else { body.as_str() };
        if stream.get_mut().write_all(format!("{head}{body}").as_bytes()).is_err() {
            return;
        }
    }
}

fn read(stream: &mut BufReader<TcpStream>) -> Option<(String, Request)> {
    let mut line = String::new();
    stream.read_line(&mut line).ok().filter(|length| *length > 0)?;
    let mut words = line.split(' ').map(str::to_owned);
    let (method, path) = (words.next()?, words.next()?);
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        headers.insert(name.to_lowercase(), value.to_owned());
    }
    let length = headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    Some((method, Request { path, body: String::from_utf8(body).ok()?, headers }))
}
