//! A client of the server on one keep-alive connection: so small that it takes little of the processor that is measured.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::Value;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// One connection.
pub(crate) struct Client(BufReader<TcpStream>);

/// What the bench looks at in an answer.
#[derive(Debug, Deserialize)]
pub(crate) struct Answer {
    pub(crate) stdout: String,
    pub(crate) error: String,
}

impl Client {
    pub(crate) fn connect(address: SocketAddr) -> Result<Client> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Client(BufReader::new(stream)))
    }

    /// Sends a request and gives the body of the answer, which must have the status 200.
    pub(crate) fn ask(&mut self, request: &[u8]) -> Result<Vec<u8>> {
        self.0.get_mut().write_all(request)?;
        let mut line = String::new();
        self.0.read_line(&mut line)?;
        let status = line.split(' ').nth(1).context("the server closed the connection")?.to_owned();
        let mut length = 0;
        loop {
            line.clear();
            ensure!(self.0.read_line(&mut line)? > 0, "the connection ended in the head of an answer");
            match line.trim_end().split_once(": ") {
                Some((name, value)) if name.eq_ignore_ascii_case("content-length") => length = value.parse()?,
                Some(_) => {}
                None => break,
            }
        }
        let mut body = vec![0; length];
        self.0.read_exact(&mut body)?;
        ensure!(status == "200", "status {status}: {}", String::from_utf8_lossy(&body));
        Ok(body)
    }
}

impl Answer {
    pub(crate) fn parse(body: &[u8]) -> Result<Answer> {
        Ok(serde_json::from_slice(body)?)
    }
}

/// The bytes of a request that runs this job.
pub(crate) fn request(job: &Value) -> Vec<u8> {
    let body = job.to_string();
    format!(
        "POST /api/v1/run HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}
