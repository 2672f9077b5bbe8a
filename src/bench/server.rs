//! A server by its address, and connections to it that are kept.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use ureq::{
    Agent,
    http::{HeaderName, HeaderValue},
};

use crate::client;

/// How long an answer may take: a job, and the queue before it.
const PATIENCE: Duration = Duration::from_secs(300);

/// The largest answer that is read. 1 MiB of output is 1.4 MiB in base64.
const MOST_BYTES: u64 = 16 << 20;

/// A server.
#[derive(Debug, Clone)]
pub(super) struct Server {
    pub(super) url: String,
    headers: Vec<(HeaderName, HeaderValue)>,
}

/// A connection to it; it is opened when it is needed, and again when the server closed it.
pub(super) struct Connection {
    server: Server,
    agent: Agent,
}

/// An answer, whatever its status.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) content_type: String,
    pub(super) body: Vec<u8>,
    /// From the request to the last byte of the answer.
    pub(super) took: Duration,
}

impl Server {
    /// A server that each request brings these headers, each written `NAME: VALUE`.
    pub(super) fn new(url: &str, headers: &[String]) -> Result<Server> {
        let (url, _) = client::agent(url)?;
        let parse = |line: &String| -> Result<_> {
            let parts = line.split_once(':').with_context(|| format!("--header {line}: write NAME: VALUE"));
            let (name, value) = parts?;
            let name = name.trim().parse().with_context(|| format!("--header {line}: that is no header's name"))?;
            let value = value.trim().parse().with_context(|| format!("--header {line}: that is no header's value"))?;
            Ok((name, value))
        };
        Ok(Server { url, headers: headers.iter().map(parse).collect::<Result<_>>()? })
    }

    /// The same with one header more, in front.
    pub(super) fn with_header(&self, name: &'static str, value: &str) -> Result<Server> {
        let value = value.parse().context("--token: that cannot be sent as a header")?;
        let mut server = self.clone();
        server.headers.insert(0, (HeaderName::from_static(name), value));
        Ok(server)
    }

    pub(super) fn connect(&self) -> Connection {
        let (_, agent) = client::agent(&self.url).expect("it was parsed before");
        Connection { server: self.clone(), agent }
    }
}

impl Connection {
    /// Opens the connection, if it can be; whether it can is told by the first question.
    pub(super) fn open(&self) {
        let request = self.agent.head(&self.server.url).config().timeout_global(Some(Duration::from_secs(10))).build();
        let _ = request.call();
    }

    /// Asks with GET.
    pub(super) fn get(&self, path: &str) -> Result<Reply, String> {
        let mut request = self.agent.get(self.path(path)).config().timeout_global(Some(PATIENCE)).build();
        for (name, value) in &self.server.headers {
            request = request.header(name, value);
        }
        // What a server spends on compressing its answers is not what is compared.
        let request = request.header("accept-encoding", "identity");
        let started = Instant::now();
        self.reply(started, request.call())
    }

    /// Asks with POST; the body is JSON.
    pub(super) fn post(&self, path: &str, body: &[u8]) -> Result<Reply, String> {
        let mut request = self.agent.post(self.path(path)).config().timeout_global(Some(PATIENCE)).build();
        for (name, value) in &self.server.headers {
            request = request.header(name, value);
        }
        let request = request.header("accept-encoding", "identity").content_type("application/json");
        let started = Instant::now();
        self.reply(started, request.send(body))
    }

    fn path(&self, path: &str) -> String {
        format!("{}{path}", self.server.url)
    }

    fn reply(&self, started: Instant, answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Result<Reply, String> {
        let mut answer = answer.map_err(|error| format!("no answer from {}: {}", self.server.url, client::reason(&error)))?;
        let body = answer.body_mut().with_config().limit(MOST_BYTES).read_to_vec();
        let took = started.elapsed();
        let body = body.map_err(|error| format!("the answer broke off: {}", client::reason(&error)))?;
        let content_type = answer.headers().get("content-type").and_then(|value| value.to_str().ok());
        Ok(Reply { status: answer.status().as_u16(), content_type: content_type.unwrap_or("no type").to_owned(), body, took })
    }
}

impl Reply {
    /// The body as JSON, if the answer is a good one.
    pub(super) fn json(&self) -> Option<serde_json::Value> {
        (200..300).contains(&self.status).then(|| serde_json::from_slice(&self.body).ok()).flatten()
    }

    /// What the server says of itself in an answer that is not a good one, in one line, with what to do about it.
    pub(super) fn refusal(&self) -> String {
        let words: Option<serde_json::Value> = serde_json::from_slice(&self.body).ok();
        let said = words.as_ref().and_then(|words| ["error", "message"].iter().find_map(|key| words[*key].as_str()));
        let said = said.map_or_else(|| self.beginning(), |said| format!(": {said}"));
        let hint = match self.status {
            401 | 403 => " (it wants a key: --token, or --header 'NAME: VALUE')",
            413 => " (the request is larger than it takes)",
            429 => " (it bounds how often it may be asked: fewer --clients, or ask its operator to lift the limit)",
            502..=504 => " (it has too much to do: fewer --clients)",
            _ => "",
        };
        format!("status {}{said}{hint}", self.status)
    }

    fn beginning(&self) -> String {
        let text = String::from_utf8_lossy(&self.body[..self.body.len().min(80)]);
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.is_empty() { String::new() } else { format!(": {line}") }
    }
}
