//! Who may ask at all: which names the server goes by, and which web pages may call it.
//!
//! A server without keys on a developer's machine is reachable from every page that the developer's browser opens. Two rules
//! keep those pages out. `host`: a name that an attacker's DNS points at this machine is refused. `origin`: a page of
//! another site is refused, unless the configuration lists it.

mod host;
mod origin;

use std::{io, net::SocketAddr, sync::Arc};

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use self::{host::HostRules, origin::OriginRules};
use crate::{ServerConfig, refusal::Refusal};

/// Methods that a page of an allowed origin may use.
const METHODS: HeaderValue = HeaderValue::from_static("GET, HEAD, POST, OPTIONS");
/// Headers that it may send: the original's list and the request's id.
const HEADERS: HeaderValue =
    HeaderValue::from_static("Accept, Authorization, Content-Type, X-CSRF-Token, X-Request-Id, X-Requested-With");
/// Headers of an answer that it may read.
const EXPOSED: HeaderValue = HeaderValue::from_static("Retry-After, X-Request-Id");
/// For how many seconds a browser may remember all that: the original's value.
const MAX_AGE: HeaderValue = HeaderValue::from_static("300");

/// Both rules.
#[derive(Debug)]
pub(crate) struct Rules {
    hosts: HostRules,
    origins: OriginRules,
}

impl Rules {
    /// The rules of a server that listens on this address.
    ///
    /// # Errors
    ///
    /// An entry of `allow_host` or `allow_origin` is none.
    pub(crate) fn new(config: &ServerConfig, listen: SocketAddr) -> io::Result<Rules> {
        let wrong = |message| io::Error::new(io::ErrorKind::InvalidInput, message);
        Ok(Rules {
            hosts: HostRules::new(&config.allow_host, listen).map_err(wrong)?,
            origins: OriginRules::new(&config.allow_origin).map_err(wrong)?,
        })
    }

    /// Refuses a request, or lets it pass with the origin that its answer has to name if it is another site's.
    pub(crate) fn check(&self, request: &Request) -> Result<Option<HeaderValue>, Refusal> {
        self.hosts.check(request)?;
        self.origins.check(request)
    }
}

/// Lets a request pass, or answers it with 403. Answers a browser's preflight.
pub(crate) async fn guard(State(rules): State<Arc<Rules>>, request: Request, next: Next) -> Response {
    let allowed = match rules.check(&request) {
        Ok(allowed) => allowed,
        Err(refusal) => return refusal.into_response(),
    };
    let mut response = match is_preflight(&request) {
        true => preflight(request.headers()),
        false => next.run(request).await,
    };
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("Origin"));
    if let Some(origin) = allowed {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    }
    response
}

/// The question that a browser asks before it lets a page send something unusual (Fetch standard, "CORS-preflight request").
fn is_preflight(request: &Request) -> bool {
    request.method() == Method::OPTIONS && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
}

fn preflight(asked: &HeaderMap) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, METHODS);
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HEADERS);
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, MAX_AGE);
    // A public page that calls a server on the user's own machine asks for this too (Private Network Access).
    if asked.contains_key("access-control-request-private-network") {
        headers.insert("access-control-allow-private-network", HeaderValue::from_static("true"));
    }
    response
}
