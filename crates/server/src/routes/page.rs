//! The playground: the files of `web/dist`, in this program if they were there when it was built.

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::{refusal::Refusal, routes::fallback};

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Dist;

/// What the page may load: nothing but its own files and answers of this server.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; \
                      connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Told in place of the page by a program without it.
const WITHOUT: &str = "<!doctype html><meta charset=utf-8><title>codecanvas</title>\
    <p>This server was built without its page. <code>make run</code> builds both; the API works all the same, see \
    <a href=/api/docs/>its description</a>.</p>\n";

/// A file of the page; what is none of them is not found.
pub(crate) async fn file(request: Request) -> Response {
    let path = request.uri().path();
    if path.starts_with("/api/") || !matches!(request.method().as_str(), "GET" | "HEAD") {
        return fallback::not_found(request.uri().clone()).await.into_response();
    }
    let name = if path == "/" { "index.html" } else { path.trim_start_matches('/') };
    match Dist::get(name) {
        Some(file) => answer(name, file, request.headers()),
        None if path == "/" => page(Body::from(WITHOUT)),
        None => Refusal::into_response(fallback::not_found(request.uri().clone()).await),
    }
}

/// Whether the page is in this program.
pub(crate) fn is_here() -> bool {
    Dist::get("index.html").is_some()
}

fn answer(name: &str, file: EmbeddedFile, asked: &HeaderMap) -> Response {
    let etag = format!("\"{}\"", hex(&file.metadata.sha256_hash()[..16]));
    let mut response = match asked.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == etag.as_bytes()) {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => content(name, file, asked),
    };
    let headers = response.headers_mut();
    headers.insert(header::ETAG, HeaderValue::try_from(etag).expect("hexadecimal digits"));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    // What the build names after its content never changes under that name.
    let cache = if name.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    response
}

/// The file, compressed as it was built if the client takes that.
fn content(name: &str, file: EmbeddedFile, asked: &HeaderMap) -> Response {
    let accepted = asked.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let takes = |encoding: &str| accepted.split(',').any(|part| part.split(';').next().unwrap_or_default().trim() == encoding);
    let compressed = [("br", "br"), ("gzip", "gz")].into_iter().filter(|(encoding, _)| takes(encoding));
    let compressed = compressed.filter_map(|(encoding, end)| Some((encoding, Dist::get(&format!("{name}.{end}"))?))).next();
    let (encoding, file) = match compressed {
        Some((encoding, file)) => (Some(encoding), file),
        None => (None, file),
    };
    let mut response = page(Body::from(file.data));
    if let Some(encoding) = encoding {
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    let kind = mime_guess::from_path(name).first_or_octet_stream();
    let kind = if kind.type_() == "text" { format!("{kind}; charset=utf-8") } else { kind.to_string() };
    if let Ok(kind) = HeaderValue::try_from(kind) {
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
    }
    response
}

fn page(body: Body) -> Response {
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    response
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
