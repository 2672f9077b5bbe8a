//! Which web pages may call the server: the answer to cross-site requests.
//!
//! A browser tells the page's origin with every request that can do harm (`Origin`), and for the rest how near the page is
//! (`Sec-Fetch-Site`). What is no browser sends neither and passes.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
};

use super::host;
use crate::refusal::Refusal;

/// The origins that may call from a browser, besides the server's own.
#[derive(Debug)]
pub(super) struct OriginRules {
    allowed: Vec<String>,
    any: bool,
}

impl OriginRules {
    /// Rules from the configuration; the error is a sentence for whoever wrote it.
    pub(super) fn new(allowed: &[String]) -> Result<OriginRules, String> {
        let listed = allowed.iter().filter(|entry| *entry != "*").map(|entry| {
            let origin = entry.strip_suffix('/').unwrap_or(entry).to_ascii_lowercase();
            match origin == "null" || authority(&origin).is_some() {
                true => Ok(origin),
                false => Err(format!("allow_origin: \"{entry}\" is not an origin such as https://play.example.org")),
            }
        });
        Ok(OriginRules { allowed: listed.collect::<Result<_, _>>()?, any: allowed.iter().any(|entry| entry == "*") })
    }

    /// Lets the request pass, with the origin that the answer must name if it is another site's, or refuses it.
    pub(super) fn check(&self, request: &Request) -> Result<Option<HeaderValue>, Refusal> {
        let headers = request.headers();
        let Some(origin) = headers.get(header::ORIGIN) else { return self.check_without_origin(request).map(|()| None) };
        let text = origin.to_str().unwrap_or_default();
        if is_own(text, headers) {
            return Ok(None);
        }
        if self.any || self.allowed.iter().any(|allowed| allowed.eq_ignore_ascii_case(text)) {
            return Ok(Some(origin.clone()));
        }
        let detail = format!(
            "pages of the origin \"{text}\" may not call this server; to allow them, start it with --allow-origin {text}, \
             or add it to allow_origin in the section [server] of the configuration file"
        );
        Err(refused(detail))
    }

    /// Images, scripts, frames and the like of another site come without an origin. A link that somebody follows does too,
    /// and is let through: the other site does not see the answer.
    fn check_without_origin(&self, request: &Request) -> Result<(), Refusal> {
        let says = |name, value| request.headers().get(name).is_some_and(|header| header == value);
        let reads = request.method() == Method::GET || request.method() == Method::HEAD;
        let followed = reads && says("sec-fetch-mode", "navigate") && says("sec-fetch-dest", "document");
        if self.any || followed || !says("sec-fetch-site", "cross-site") {
            return Ok(());
        }
        Err(refused("pages of another site may not use this server".to_owned()))
    }
}

/// Whether the page came from this server: its origin's host and port are those that the request is for. The schemes are not
/// compared, because a proxy in front may speak TLS.
fn is_own(origin: &str, headers: &HeaderMap) -> bool {
    let Some((scheme, host, port)) = authority(origin) else { return false };
    let asked = headers.get(header::HOST).and_then(|asked| host::parse(asked.to_str().ok()?));
    asked.is_some_and(|asked| {
        let default = default_port(&scheme);
        asked.host().eq_ignore_ascii_case(&host) && asked.port_u16().or(default) == port.or(default)
    })
}

/// Scheme, host and port of an origin; `None` when the text is none.
fn authority(origin: &str) -> Option<(String, String, Option<u16>)> {
    let (scheme, rest) = origin.split_once("://")?;
    let authority = host::parse(rest)?;
    let has_scheme = !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    has_scheme.then(|| (scheme.to_ascii_lowercase(), authority.host().to_owned(), authority.port_u16()))
}

fn default_port(scheme: &str) -> Option<u16> {
    match scheme {
        "http" => Some(80),
        "https" => Some(443),
        _ => None,
    }
}

fn refused(detail: String) -> Refusal {
    Refusal::new(StatusCode::FORBIDDEN, "origin-not-allowed", detail)
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    const HOST: (&str, &str) = ("host", "localhost:10100");

    /// `Ok(Some(origin))` for an allowed other origin, `Ok(None)` for what needs no permission, `Err` with the status.
    fn check(allowed: &[&str], method: Method, headers: &[(&str, &str)]) -> Result<Option<String>, u16> {
        let allowed: Vec<String> = allowed.iter().map(|entry| (*entry).to_owned()).collect();
        let mut request = Request::builder().method(method);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::empty()).unwrap();
        let origin = OriginRules::new(&allowed).unwrap().check(&request);
        origin.map(|origin| origin.map(|origin| origin.to_str().unwrap().to_owned())).map_err(|no| no.problem().status)
    }

    #[test]
    fn what_is_no_browser_passes() {
        assert_eq!(check(&[], Method::POST, &[HOST]), Ok(None));
    }

    #[test]
    fn the_servers_own_pages_pass() {
        assert_eq!(check(&[], Method::POST, &[HOST, ("origin", "http://localhost:10100")]), Ok(None));
        assert_eq!(check(&[], Method::POST, &[("host", "play.example.org"), ("origin", "https://play.example.org")]), Ok(None));
        assert_eq!(
            check(&[], Method::POST, &[("host", "Play.example.org:443"), ("origin", "https://play.example.org")]),
            Ok(None)
        );
        assert_eq!(check(&[], Method::POST, &[("host", "[::1]:10100"), ("origin", "http://[::1]:10100")]), Ok(None));
    }

    #[test]
    fn pages_of_another_site_are_refused() {
        for origin in [
            "https://evil.example",
            "http://localhost",
            "http://localhost:5173",
            "http://127.0.0.1:10100",
            "null",
            "",
            "x",
            "http://localhost:10100.evil.example",
            "http://evil.example@localhost:10100",
            "chrome-extension://abcdef",
        ] {
            assert_eq!(check(&[], Method::POST, &[HOST, ("origin", origin)]), Err(403), "{origin}");
        }
        let address = [("host", "[::1]:10100"), ("origin", "http://[::1]evil.example:10100")];
        assert_eq!(check(&[], Method::POST, &address), Err(403));
    }

    #[test]
    fn a_listed_origin_passes_and_is_named() {
        let allowed = ["https://Play.example.org/", "null"];
        for origin in ["https://play.example.org", "null"] {
            assert_eq!(check(&allowed, Method::POST, &[HOST, ("origin", origin)]), Ok(Some(origin.to_owned())));
        }
        for origin in ["http://play.example.org", "https://play.example.org:8443", "https://play.example.org.evil.example"] {
            assert_eq!(check(&allowed, Method::POST, &[HOST, ("origin", origin)]), Err(403), "{origin}");
        }
    }

    #[test]
    fn a_star_allows_every_origin() {
        assert_eq!(check(&["*"], Method::POST, &[HOST, ("origin", "https://a.example")]), Ok(Some("https://a.example".into())));
    }

    #[test]
    fn another_site_without_an_origin_is_refused_unless_a_person_follows_a_link() {
        let image = [HOST, ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors"), ("sec-fetch-dest", "image")];
        assert_eq!(check(&[], Method::GET, &image), Err(403));
        let frame = [HOST, ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "iframe")];
        assert_eq!(check(&[], Method::GET, &frame), Err(403));
        let link = [HOST, ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")];
        assert_eq!(check(&[], Method::GET, &link), Ok(None));
        assert_eq!(check(&[], Method::POST, &link), Err(403));
        assert_eq!(check(&[], Method::GET, &[HOST, ("sec-fetch-site", "same-origin")]), Ok(None));
    }

    #[test]
    fn a_wrong_entry_is_found_at_the_start() {
        for entry in ["play.example.org", "https://play.example.org/path", "https://", "://x"] {
            let error = OriginRules::new(&[entry.to_owned()]).unwrap_err();
            assert!(error.contains("is not an origin"), "{entry}: {error}");
        }
    }
}
