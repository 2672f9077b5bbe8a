//! Answers when no route fits, and when a handler breaks.

use std::any::Any;

use axum::{
    http::{Method, StatusCode, Uri},
    response::{IntoResponse, Response},
};
use tracing::error;

use crate::refusal::Refusal;

/// 404: no route has this path.
pub(crate) async fn not_found(uri: Uri) -> Refusal {
    let detail = format!("there is nothing at {}; the API is described in docs/api.md", uri.path());
    Refusal::new(StatusCode::NOT_FOUND, "not-found", detail)
}

/// 405: the path has a route, for other methods. The router adds `Allow`, which is also the whole answer to OPTIONS.
pub(crate) async fn method_not_allowed(method: Method, uri: Uri) -> Response {
    if method == Method::OPTIONS {
        return StatusCode::NO_CONTENT.into_response();
    }
    let detail = format!("{method} is not possible on {}; the Allow header lists what is", uri.path());
    Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", detail).into_response()
}

/// 500: a handler panicked. The panic's words are for the log alone.
pub(crate) fn panicked(panic: Box<dyn Any + Send>) -> Response {
    let words = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
    error!(panic = words.unwrap_or("of an unknown type"), "a handler panicked");
    internal().into_response()
}

/// 500 without a word about why: the log has it, under the request's id.
pub(crate) fn internal() -> Refusal {
    let detail = "the server failed; its log has the reason under this request's id";
    Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "internal-error", detail)
}
