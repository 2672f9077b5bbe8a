//! A request's body: JSON only, not compressed, bounded in size and in time.

use std::sync::Arc;

use axum::{
    body::{Body, HttpBody},
    extract::Request,
    http::{
        HeaderMap, HeaderName, HeaderValue, StatusCode,
        header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE},
    },
};
use bytes::Bytes;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use tokio::time::timeout;

use crate::{ServerConfig, connection::slots::Slot, refusal::Refusal};

/// Which types a resource takes by POST (W3C Linked Data Platform 1.0, section 7.1).
const ACCEPT_POST: HeaderName = HeaderName::from_static("accept-post");

/// Reads the body of a request. What the headers already rule out is refused before a byte of it is read.
pub(crate) async fn read(request: Request, config: &ServerConfig) -> Result<Bytes, Refusal> {
    let (head, body) = request.into_parts();
    check_type(&head.headers, &body)?;
    check_encoding(&head.headers)?;
    check_length(&head.headers, config.max_body)?;
    let read = timeout(config.body_timeout, Limited::new(body, config.max_body).collect()).await;
    if let Some(slot) = head.extensions.get::<Arc<Slot>>() {
        slot.works();
    }
    match read {
        Ok(Ok(collected)) => Ok(collected.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(too_large(config.max_body)),
        Ok(Err(_)) => Err(Refusal::new(StatusCode::BAD_REQUEST, "broken-body", "the body ended before its end").closing()),
        Err(_) => Err(too_slow(config)),
    }
}

/// Only `application/json`, with or without parameters: a web page cannot send that to another site without asking first.
fn check_type(headers: &HeaderMap, body: &Body) -> Result<(), Refusal> {
    let mut types = headers.get_all(CONTENT_TYPE).iter();
    match (types.next(), types.next()) {
        (Some(only), None) if is_json(only) => Ok(()),
        // Nothing has no type. It is refused later, with the original's words.
        (None, None) if body.is_end_stream() => Ok(()),
        _ => {
            let detail = "the body must be JSON: send the header \"Content-Type: application/json\"";
            Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", detail)
                .header(ACCEPT_POST, HeaderValue::from_static("application/json"))
                .closing())
        }
    }
}

fn is_json(value: &HeaderValue) -> bool {
    let essence = value.to_str().unwrap_or_default().split(';').next().unwrap_or_default();
    essence.trim().eq_ignore_ascii_case("application/json")
}

/// Nothing compressed: a small body could become an enormous one.
fn check_encoding(headers: &HeaderMap) -> Result<(), Refusal> {
    if headers.get_all(CONTENT_ENCODING).iter().all(|encoding| encoding == "identity") {
        return Ok(());
    }
    let detail = "compressed bodies are not accepted: send the JSON as it is, without Content-Encoding";
    Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported-encoding", detail)
        .header(ACCEPT_ENCODING, HeaderValue::from_static("identity"))
        .closing())
}

fn check_length(headers: &HeaderMap, max: usize) -> Result<(), Refusal> {
    let length = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    match length {
        Some(length) if length > max as u64 => Err(too_large(max)),
        _ => Ok(()),
    }
}

fn too_large(max: usize) -> Refusal {
    let detail = format!("the body is larger than {max} bytes, the most that this server takes");
    Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "body-too-large", detail).closing()
}

fn too_slow(config: &ServerConfig) -> Refusal {
    let detail = format!("the body did not arrive within {:?}", config.body_timeout);
    Refusal::new(StatusCode::REQUEST_TIMEOUT, "body-too-slow", detail).closing()
}
