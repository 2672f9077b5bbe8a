//! The section `[server]` of the configuration file.

mod written;

use std::{io, time::Duration};

use serde::{Deserialize, Serialize};

/// How the server treats its clients. Sizes and times carry units: `"1MiB"`, `"10s"`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ServerConfig {
    /// The largest request body, in bytes (default: 1 MiB).
    #[serde(with = "written::size")]
    pub max_body: usize,
    /// Web origins that may call the API from a browser, as `https://host[:port]`; `*` is any (default: none).
    pub allow_origin: Vec<String>,
    /// Names, besides localhost, by which the server may be addressed, as `host` or `host:port`; `*` is any (default: none).
    pub allow_host: Vec<String>,
    /// How long a new connection may take to send the head of its first request (default: 10 s).
    #[serde(with = "written::time")]
    pub header_timeout: Duration,
    /// How long a client may take to send a request's body (default: 30 s).
    #[serde(with = "written::time")]
    pub body_timeout: Duration,
    /// How long a connection may stay open between two requests, the head of the second included (default: 60 s).
    #[serde(with = "written::time")]
    pub idle_timeout: Duration,
    /// How long a client may take for each 256 KiB of an answer (default: 30 s).
    #[serde(with = "written::time")]
    pub write_timeout: Duration,
    /// Connections at once; for more of them, those that wait for their client give way (default: 1024).
    pub max_connections: usize,
    /// Connections at once from one address; more are closed. 0 is no limit, which a server behind a proxy needs (default: 0).
    pub max_connections_per_address: usize,
    /// How long running jobs may take to end after the server was told to stop (default: 30 s).
    #[serde(with = "written::time")]
    pub shutdown_grace: Duration,
}

impl Default for ServerConfig {
    fn default() -> Self {
        ServerConfig {
            max_body: 1 << 20,
            allow_origin: Vec::new(),
            allow_host: Vec::new(),
            header_timeout: Duration::from_secs(10),
            body_timeout: Duration::from_secs(30),
            idle_timeout: Duration::from_secs(60),
            write_timeout: Duration::from_secs(30),
            max_connections: 1024,
            max_connections_per_address: 0,
            shutdown_grace: Duration::from_secs(30),
        }
    }
}

impl ServerConfig {
    /// Refuses a zero where it would leave a server that answers nobody.
    pub(crate) fn check(&self) -> io::Result<()> {
        let times = [
            ("header_timeout", self.header_timeout),
            ("body_timeout", self.body_timeout),
            ("idle_timeout", self.idle_timeout),
            ("write_timeout", self.write_timeout),
        ];
        let sizes = [("max_body", self.max_body), ("max_connections", self.max_connections)];
        let times = times.into_iter().filter(|(_, time)| time.is_zero()).map(|(name, _)| name);
        let sizes = sizes.into_iter().filter(|(_, size)| *size == 0).map(|(name, _)| name);
        match times.chain(sizes).next() {
            Some(name) => Err(io::Error::new(io::ErrorKind::InvalidInput, format!("{name} must be more than 0"))),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_times_carry_units() {
        let config: ServerConfig = serde_json::from_str(r#"{"max_body": "2MiB", "body_timeout": "5s"}"#).unwrap();
        assert_eq!(config.max_body, 2 << 20);
        assert_eq!(config.body_timeout, Duration::from_secs(5));
        assert_eq!(config.idle_timeout, ServerConfig::default().idle_timeout);
    }

    #[test]
    fn the_defaults_are_written_as_they_are_read() {
        let config = ServerConfig::default();
        let written = serde_json::to_string(&config).unwrap();
        assert!(written.contains(r#""max_body":"1MiB""#), "{written}");
        assert_eq!(serde_json::from_str::<ServerConfig>(&written).unwrap(), config);
    }

    #[test]
    fn a_zero_that_would_shut_everyone_out_is_refused() {
        assert!(ServerConfig::default().check().is_ok());
        let config = ServerConfig { idle_timeout: Duration::ZERO, ..ServerConfig::default() };
        assert!(config.check().unwrap_err().to_string().contains("idle_timeout"));
    }

    #[test]
    fn a_misspelt_key_is_refused() {
        let error = serde_json::from_str::<ServerConfig>(r#"{"max_bodi": "2MiB"}"#).unwrap_err();
        assert!(error.to_string().contains("unknown field `max_bodi`"), "{error}");
    }
}
