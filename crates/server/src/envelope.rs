//! Around every request: its id, its log line, the headers of every answer, and problems written as JSON.

use std::time::Instant;

use axum::{
    extract::Request,
    http::{
        HeaderMap, HeaderName, HeaderValue,
        header::{CACHE_CONTROL, X_CONTENT_TYPE_OPTIONS},
    },
    middleware::Next,
    response::Response,
};
use codecanvas_protocol::Problem;
use tracing::{Instrument, info, info_span};
use uuid::Uuid;

use crate::answer;

/// The header with a request's id, in both directions.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The longest id that is taken from a client.
const ID_MAX: usize = 64;

/// Wraps everything else.
pub(crate) async fn envelope(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = request_id(request.headers());
    let span = info_span!("request", id = id.to_str().unwrap_or_default());
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());

    let response = next.run(request).instrument(span.clone()).await;

    let mut response = with_problem_written(response, &id);
    let headers = response.headers_mut();
    headers.insert(REQUEST_ID, id);
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // The page's own files say how long they are good for.
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    let milliseconds = started.elapsed().as_micros() as f64 / 1000.0;
    span.in_scope(|| info!(%method, path, status = response.status().as_u16(), milliseconds, "answered"));
    response
}

/// The client's own id when it is harmless in a log and a header, else a new one.
fn request_id(headers: &HeaderMap) -> HeaderValue {
    let harmless = |byte: &u8| byte.is_ascii_alphanumeric() || b"._-".contains(byte);
    match headers.get(REQUEST_ID) {
        Some(id) if !id.is_empty() && id.len() <= ID_MAX && id.as_bytes().iter().all(harmless) => id.clone(),
        _ => HeaderValue::try_from(Uuid::now_v7().to_string()).expect("hexadecimal digits and dashes"),
    }
}

fn with_problem_written(mut response: Response, id: &HeaderValue) -> Response {
    let Some(mut problem) = response.extensions_mut().remove::<Problem>() else { return response };
    problem.request_id = id.to_str().ok().map(str::to_owned);
    let mut written = answer::json(response.status(), &problem);
    // The empty response that carried the problem has a length of its own; every other header of it stands.
    response.headers_mut().remove(axum::http::header::CONTENT_LENGTH);
    written.headers_mut().extend(std::mem::take(response.headers_mut()));
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id_for(sent: &str) -> String {
        let mut headers = HeaderMap::new();
        headers.insert(REQUEST_ID, HeaderValue::from_str(sent).unwrap());
        request_id(&headers).to_str().unwrap().to_owned()
    }

    #[test]
    fn a_harmless_id_of_the_client_is_kept() {
        assert_eq!(id_for("trace-1.A_b"), "trace-1.A_b");
        assert_eq!(id_for(&"a".repeat(64)), "a".repeat(64));
    }

    #[test]
    fn any_other_id_is_replaced() {
        for sent in ["", "two words", "a\"b", "<script>", &"a".repeat(65)] {
            assert_eq!(id_for(sent).len(), 36, "{sent}");
        }
    }
}
