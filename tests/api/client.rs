//! A client that writes bytes and takes answers apart, and how answers are shown in snapshots.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
};

use serde_json::{Value, json};

use crate::server::{PATIENCE, Server};

/// Compares an answer with its snapshot; what differs from run to run, or from host to host, is left out. More redactions may
/// follow.
macro_rules! assert_answer {
    ($answer:expr $(, $selector:literal => $word:literal)*) => {
        insta::assert_json_snapshot!($answer.shown(), {
            $($selector => $word,)*
            ".**.cpu_time_ms" => "[ms]",
            ".**.wall_time_ms" => "[ms]",
            ".**.memory_peak_bytes" => "[bytes]",
            ".**.measured" => "[measured]",
            ".**.mechanism" => "[mechanism]",
            ".body.version" => "[version]",
            ".body.weaker" => "[weaker]",
            ".body.request_id" => "[id]",
        })
    };
}

/// An answer, taken apart.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    head: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Server {
    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).expect("the server listens");
        stream.set_read_timeout(Some(2 * PATIENCE)).expect("a time that is not zero");
        stream
    }

    /// Sends these bytes on a new connection and reads one answer.
    #[track_caller]
    pub(crate) fn ask(&self, request: impl AsRef<[u8]>) -> Answer {
        let mut stream = self.connect();
        stream.write_all(request.as_ref()).expect("the server reads");
        Answer::read(&stream)
    }

    #[track_caller]
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask(request("GET", path, ""))
    }

    /// Posts a job.
    #[track_caller]
    pub(crate) fn post(&self, job: &Value) -> Answer {
        self.post_text(job.to_string())
    }

    /// Posts what may be no job.
    #[track_caller]
    pub(crate) fn post_text(&self, body: impl AsRef<[u8]>) -> Answer {
        self.ask(run_request(body))
    }

    /// Posts a job that must be run, whatever comes of it.
    #[track_caller]
    pub(crate) fn run(&self, job: &Value) -> Value {
        let answer = self.post(job);
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.json()
    }

    /// Posts a job that must succeed, and gives its output.
    #[track_caller]
    pub(crate) fn stdout(&self, job: &Value) -> String {
        let report = self.run(job);
        assert_eq!(report["error"], "", "{report}");
        text(&report["stdout"])
    }

    /// Sends a job on a new connection and does not wait for the answer.
    pub(crate) fn send(&self, job: &Value) -> TcpStream {
        let mut stream = self.connect();
        stream.write_all(&run_request(job.to_string())).expect("the server reads");
        stream
    }
}

impl Answer {
    /// Reads one answer whose length is told by Content-Length.
    #[track_caller]
    pub(crate) fn read(stream: &TcpStream) -> Answer {
        Answer::try_read(stream).expect("an answer")
    }

    /// The same where the connection may be closed instead.
    pub(crate) fn try_read(stream: &TcpStream) -> std::io::Result<Answer> {
        let mut reader = BufReader::new(stream);
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let status = line.split(' ').nth(1).and_then(|status| status.parse().ok());
        let status = status.ok_or_else(|| std::io::Error::other(format!("{line:?} is no answer")))?;
        let mut head = Vec::new();
        loop {
            line.clear();
            reader.read_line(&mut line)?;
            let Some((name, value)) = line.trim_end().split_once(": ") else { break };
            head.push((name.to_ascii_lowercase(), value.to_owned()));
        }
        let mut answer = Answer { status, head, body: String::new() };
        let length = answer.header("content-length").map_or(0, |length| length.parse().expect("a number"));
        let mut body = vec![0; length];
        reader.read_exact(&mut body)?;
        answer.body = String::from_utf8(body).map_err(std::io::Error::other)?;
        Ok(answer)
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The body as JSON; every body must be that.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.header("content-type"), Some("application/json"), "{self:?}");
        serde_json::from_str(&self.body).expect("JSON")
    }

    /// What a snapshot shows.
    #[track_caller]
    pub(crate) fn shown(&self) -> Value {
        json!({"status": self.status, "body": self.json()})
    }

    /// Checks that this is a problem of this kind, with all that every problem has.
    #[track_caller]
    pub(crate) fn check_problem(&self, status: u16, kind: &str) {
        let body = self.json();
        assert_eq!((self.status, &body["type"]), (status, &json!(format!("about:blank#{kind}"))), "{self:?}");
        assert_eq!(body["status"], status);
        assert_eq!(body["error"], body["detail"]);
        assert!(body["error"].as_str().is_some_and(|error| !error.is_empty()), "{self:?}");
        assert_eq!(body["request_id"].as_str(), self.header("x-request-id"));
    }
}

/// The bytes of a request without a body.
pub(crate) fn request(method: &str, path: &str, more_headers: &str) -> String {
    format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\n{more_headers}\r\n")
}

/// The bytes of `POST /api/v1/run`.
pub(crate) fn run_request(body: impl AsRef<[u8]>) -> Vec<u8> {
    run_request_with("Host: localhost\r\nContent-Type: application/json\r\n", body)
}

/// The same with other headers.
pub(crate) fn run_request_with(headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let length = body.as_ref().len();
    let mut bytes = format!("POST /api/v1/run HTTP/1.1\r\n{headers}Content-Length: {length}\r\n\r\n").into_bytes();
    bytes.extend_from_slice(body.as_ref());
    bytes
}

#[track_caller]
pub(crate) fn text(value: &Value) -> String {
    value.as_str().expect("a string").to_owned()
}
