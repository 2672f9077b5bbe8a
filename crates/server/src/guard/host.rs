//! Which names the server goes by: the answer to DNS rebinding.
//!
//! A page of `evil.example` whose name suddenly resolves to 127.0.0.1 is, for the browser, of the same origin as this server.
//! But the browser still sends `Host: evil.example`. An address in place of a name is harmless: nobody can rebind it.

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::Request,
    http::{StatusCode, Version, header::HOST, uri::Authority},
};

use crate::refusal::Refusal;

/// The names and addresses that a request may be for.
#[derive(Debug)]
pub(super) struct HostRules {
    listen: IpAddr,
    names: Vec<Name>,
    any: bool,
}

/// An entry of `allow_host`: without a port it stands for every port.
#[derive(Debug)]
struct Name {
    host: String,
    port: Option<u16>,
}

impl HostRules {
    /// Rules for a server on this address; the error is a sentence for whoever wrote the configuration.
    pub(super) fn new(allowed: &[String], listen: SocketAddr) -> Result<HostRules, String> {
        let named = allowed.iter().filter(|entry| *entry != "*").map(|entry| {
            let authority = parse(entry).ok_or_else(|| {
                format!("allow_host: \"{entry}\" is not a host name such as play.example.org or play.example.org:8080")
            })?;
            Ok(Name { host: bare(&authority), port: authority.port_u16() })
        });
        Ok(HostRules {
            listen: listen.ip().to_canonical(),
            names: named.collect::<Result<_, String>>()?,
            any: allowed.iter().any(|entry| entry == "*"),
        })
    }

    /// Refuses a request for a name that is not this server's.
    pub(super) fn check(&self, request: &Request) -> Result<(), Refusal> {
        // The target of a request may be a whole URL, and its host then counts (RFC 9112, section 3.2.2).
        if let Some(authority) = request.uri().authority() {
            self.check_authority(authority)?;
        }
        let mut hosts = request.headers().get_all(HOST).iter();
        match (hosts.next(), hosts.next()) {
            (Some(host), None) => {
                let host = host.to_str().ok().and_then(parse).ok_or_else(|| malformed("the Host header is malformed"))?;
                self.check_authority(&host)
            }
            // Health checks of load balancers speak HTTP/1.0 without a Host; no browser does.
            (None, _) if request.version() == Version::HTTP_10 => Ok(()),
            (None, _) => Err(malformed("the Host header is missing")),
            (Some(_), Some(_)) => Err(malformed("there are two Host headers")),
        }
    }

    fn check_authority(&self, authority: &Authority) -> Result<(), Refusal> {
        if self.any || self.allows(&bare(authority), authority.port_u16()) {
            return Ok(());
        }
        let host = authority.host();
        let detail = format!(
            "this server does not go by the name \"{host}\"; to allow it, start the server with --allow-host {host}, \
             or add it to allow_host in the section [server] of the configuration file"
        );
        Err(Refusal::new(StatusCode::FORBIDDEN, "host-not-allowed", detail))
    }

    fn allows(&self, host: &str, port: Option<u16>) -> bool {
        if host == "localhost" {
            return true;
        }
        if let Ok(address) = host.parse::<IpAddr>() {
            let address = address.to_canonical();
            return address.is_loopback() || address == self.listen || !self.listen.is_loopback() || self.listed(host, port);
        }
        self.listed(host, port)
    }

    fn listed(&self, host: &str, port: Option<u16>) -> bool {
        self.names.iter().any(|name| name.host == host && (name.port.is_none() || name.port == port))
    }
}

/// A host and perhaps a port, and nothing else that a URL may hold there.
pub(super) fn parse(text: &str) -> Option<Authority> {
    let authority = text.parse::<Authority>().ok()?;
    let host = authority.host();
    let whole = match authority.port_u16() {
        Some(_) => text.rsplit_once(':').is_some_and(|(before, _)| before == host),
        None => text == host,
    };
    (whole && !host.is_empty()).then_some(authority)
}

/// The host in lower case, without the brackets of an IPv6 address and without the dot of an absolute name.
fn bare(authority: &Authority) -> String {
    let host = authority.host();
    let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase()
}

fn malformed(detail: &str) -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, "bad-host", detail)
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    fn status(rules: &HostRules, host: &str) -> u16 {
        let request = Request::builder().header(HOST, host).body(Body::empty()).unwrap();
        rules.check(&request).map_or_else(|refusal| refusal.problem().status, |()| 200)
    }

    fn rules(listen: &str, allowed: &[&str]) -> HostRules {
        let allowed: Vec<String> = allowed.iter().map(|entry| (*entry).to_owned()).collect();
        HostRules::new(&allowed, listen.parse().unwrap()).unwrap()
    }

    #[test]
    fn a_loopback_server_goes_by_loopback_names_only() {
        let rules = rules("127.0.0.1:10100", &[]);
        for host in ["localhost", "localhost:10100", "LOCALHOST.", "127.0.0.1:10100", "127.1.2.3", "[::1]:10100"] {
            assert_eq!(status(&rules, host), 200, "{host}");
        }
        for host in ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "192.168.1.5:10100", "0.0.0.0"] {
            assert_eq!(status(&rules, host), 403, "{host}");
        }
        for host in ["", "a@localhost", "localhost:port", "a b", "localhost/x"] {
            assert_eq!(status(&rules, host), 400, "{host}");
        }
    }

    #[test]
    fn a_public_server_goes_by_any_address_but_by_listed_names_only() {
        let rules = rules("0.0.0.0:10100", &["play.example.org", "other.example:8080"]);
        for host in ["192.168.1.5:10100", "[2001:db8::1]", "play.example.org", "PLAY.example.org:443", "other.example:8080"] {
            assert_eq!(status(&rules, host), 200, "{host}");
        }
        for host in ["evil.example", "sub.play.example.org", "other.example", "other.example:80"] {
            assert_eq!(status(&rules, host), 403, "{host}");
        }
    }

    #[test]
    fn a_star_allows_every_name() {
        assert_eq!(status(&rules("127.0.0.1:1", &["*"]), "evil.example"), 200);
    }

    #[test]
    fn the_refusal_says_what_to_set() {
        let request = Request::builder().header(HOST, "play.example.org:8080").body(Body::empty()).unwrap();
        let refusal = rules("0.0.0.0:1", &[]).check(&request).unwrap_err();
        assert!(refusal.problem().detail.contains("--allow-host play.example.org,"), "{}", refusal.problem().detail);
    }

    #[test]
    fn the_host_in_the_target_counts_too() {
        let request = Request::builder().uri("http://evil.example/healthz").header(HOST, "localhost").body(Body::empty());
        assert!(rules("127.0.0.1:1", &[]).check(&request.unwrap()).is_err());
    }

    #[test]
    fn only_http_1_0_may_leave_the_host_out() {
        let rules = rules("127.0.0.1:1", &[]);
        let old = Request::builder().version(Version::HTTP_10).body(Body::empty()).unwrap();
        assert!(rules.check(&old).is_ok());
        assert!(rules.check(&Request::new(Body::empty())).is_err());
        let two = Request::builder().header(HOST, "localhost").header(HOST, "localhost").body(Body::empty()).unwrap();
        assert!(rules.check(&two).is_err());
    }

    #[test]
    fn a_wrong_entry_is_found_at_the_start() {
        let error = HostRules::new(&["https://play.example.org/".to_owned()], "127.0.0.1:1".parse().unwrap()).unwrap_err();
        assert!(error.contains("is not a host name"), "{error}");
    }
}
