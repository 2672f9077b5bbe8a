//! A codecanvas server, asked over HTTP.

use std::{net::IpAddr, time::Duration};

use anyhow::{Context, Result, anyhow, bail};
use codecanvas_protocol::{JobSpec, LanguageInfo, LimitsSpec, Report};
use serde::Deserialize;
use ureq::{
    Agent, Body,
    http::{Response, Uri},
};

use crate::refusal::Refusal;

/// How long a server may take for a job beyond the limits that the request names: its own limits, and the queue before them.
const MARGIN: Duration = Duration::from_secs(180);

/// The largest answer we read.
const MOST_BYTES: u64 = 256 << 20;

/// A server, by its address.
pub(crate) struct Client {
    url: String,
    agent: Agent,
}

/// The answer of `GET /api/v1/languages`; the original server had only the first field.
#[derive(Deserialize)]
struct Languages {
    languages: Vec<String>,
    #[serde(default)]
    details: Vec<LanguageInfo>,
}

impl Client {
    /// A client of the server at this address: `http://host:port`, or `host:port`.
    pub(crate) fn new(url: &str) -> Result<Client> {
        let (url, agent) = agent(url)?;
        Ok(Client { url, agent })
    }

    /// The server's languages. A server that tells only their ids gives no extensions and no versions.
    pub(crate) fn languages(&self) -> Result<Vec<LanguageInfo>> {
        let answer = self.agent.get(self.path("/api/v1/languages")).call();
        let Languages { languages, details } = self.read(answer)?;
        if details.is_empty() { Ok(languages.into_iter().map(only_id).collect()) } else { Ok(details) }
    }

    /// Has the server run a job, and waits as long as its limits allow it to take.
    pub(crate) fn run(&self, spec: &JobSpec) -> Result<Report> {
        let compile = spec.compile.as_ref().map(|compile| compile.limits).unwrap_or_default();
        let asked = [spec.limits.wall_time_ms, compile.wall_time_ms].into_iter().flatten().map(Duration::from_millis);
        let patience = asked.fold(MARGIN, Duration::saturating_add);
        let request = self.agent.post(self.path("/api/v1/run")).config().timeout_recv_response(Some(patience)).build();
        self.read(request.send_json(spec))
    }

    /// The port that it is asked at.
    pub(crate) fn port(&self) -> u16 {
        let uri: Uri = self.url.parse().expect("it was parsed before");
        uri.port_u16().unwrap_or(if uri.scheme_str() == Some("https") { 443 } else { 80 })
    }

    fn path(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }

    /// The answer's content, or in one sentence why there is none.
    fn read<T: for<'de> Deserialize<'de>>(&self, answer: Result<Response<Body>, ureq::Error>) -> Result<T> {
        let url = &self.url;
        let mut answer = answer.map_err(|error| anyhow!("no answer from {url}: {}", reason(&error)))?;
        let body = answer.body_mut().with_config().limit(MOST_BYTES).read_to_vec();
        let body = body.with_context(|| format!("the answer of {url} broke off"))?;
        let status = answer.status();
        if !status.is_success() {
            let refusal = words(&body).unwrap_or_else(|| Refusal::new(None, &format!("{url} answered {status}")));
            // Only the client's own mistakes are refusals; else the server is busy, or broken.
            return Err(if status.is_client_error() { refusal.into() } else { anyhow!("{refusal}") });
        }
        serde_json::from_slice(&body).with_context(|| format!("{url} does not answer like a codecanvas server of this version"))
    }
}

/// What asks the server at this address, and the address in full, without a slash at its end. Each agent has connections of its own.
pub(crate) fn agent(url: &str) -> Result<(String, Agent)> {
    let url = if url.contains("://") { url.to_owned() } else { format!("http://{url}") };
    let uri: Option<Uri> = url.parse().ok();
    let Some(uri) = uri.filter(|uri| matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some()) else {
        bail!("{url} is not the address of a server; write for example http://127.0.0.1:10100");
    };
    let mut config = Agent::config_builder()
        .http_status_as_error(false)
        .timeout_connect(Some(Duration::from_secs(10)))
        .user_agent(concat!("codecanvas/", env!("CARGO_PKG_VERSION")));
    if uri.host().is_some_and(is_this_machine) {
        // A proxy of the environment leads away from this machine.
        config = config.proxy(None);
    }
    Ok((url.trim_end_matches('/').to_owned(), config.build().new_agent()))
}

/// What the server says is wrong: its `error`, and the field it means.
fn words(body: &[u8]) -> Option<Refusal> {
    let problem: serde_json::Value = serde_json::from_slice(body).ok()?;
    problem["error"].as_str().map(|message| Refusal::new(problem["field"].as_str(), message))
}

/// Why there is no answer, in a few words.
pub(crate) fn reason(error: &ureq::Error) -> String {
    match error {
        ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::ConnectionRefused => {
            "connection refused (is the server running? start it with `codecanvas serve`)".to_owned()
        }
        ureq::Error::Io(error) => error.to_string(),
        ureq::Error::HostNotFound => "there is no host of that name".to_owned(),
        ureq::Error::Timeout(_) => "it does not answer in time".to_owned(),
        other => other.to_string(),
    }
}

fn is_this_machine(host: &str) -> bool {
    let address: Option<IpAddr> = host.trim_matches(['[', ']']).parse().ok();
    host == "localhost" || address.is_some_and(|address| address.is_loopback())
}

fn only_id(id: String) -> LanguageInfo {
    LanguageInfo {
        name: id.clone(),
        id,
        aliases: Vec::new(),
        extensions: Vec::new(),
        file: String::new(),
        sample: None,
        limits: LimitsSpec::default(),
        shell: false,
        compiled: false,
        available: true,
        version: None,
        reason: None,
        install: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_may_leave_out_the_scheme() {
        assert_eq!(Client::new("localhost:10100").unwrap().path("/x"), "http://localhost:10100/x");
        assert_eq!(Client::new("https://run.example/").unwrap().path("/x"), "https://run.example/x");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for url in ["ftp://host", "http://", "not a url"] {
            assert!(Client::new(url).is_err(), "{url}");
        }
    }

    #[test]
    fn a_refusal_is_told_in_the_servers_words() {
        assert_eq!(words(br#"{"error":"empty source"}"#).unwrap().to_string(), "empty source");
        assert_eq!(words(br#"{"error":"too much","field":"stdin"}"#).unwrap().to_string(), "stdin: too much");
        assert!(words(b"<html>").is_none());
    }
}
