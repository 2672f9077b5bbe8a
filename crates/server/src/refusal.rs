//! Why a request is not answered as it was asked: the source of every problem that a client reads.
//!
//! A refusal travels as an extension of an empty response. The envelope writes it as JSON, because only the envelope knows
//! the request's id.

use axum::{
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header::CONNECTION},
    response::{IntoResponse, Response},
};
use codecanvas_protocol::Problem;

/// The longest `detail`, in bytes: a message that quotes a client's megabyte is cut.
const DETAIL_MAX: usize = 600;

/// The longest `field`, in bytes.
const FIELD_MAX: usize = 200;

/// A problem on its way to the client. In a box, because most requests are not refused and every result has room for one.
#[derive(Debug, Clone)]
pub(crate) struct Refusal(Box<Parts>);

#[derive(Debug, Clone)]
struct Parts {
    problem: Problem,
    headers: HeaderMap,
}

impl Refusal {
    /// A refusal with this status, stable name (`unknown-field`) and sentence.
    pub(crate) fn new(status: StatusCode, kind: &str, detail: impl Into<String>) -> Refusal {
        let detail = shortened(detail.into(), DETAIL_MAX);
        let problem = Problem {
            error: detail.clone(),
            kind: format!("about:blank#{kind}"),
            title: title(kind),
            status: status.as_u16(),
            detail,
            field: None,
            request_id: None,
        };
        Refusal(Box::new(Parts { problem, headers: HeaderMap::new() }))
    }

    /// The same, naming the field at fault.
    pub(crate) fn field(mut self, path: impl Into<String>) -> Refusal {
        let path = path.into();
        self.0.problem.field = (!path.is_empty()).then(|| shortened(path, FIELD_MAX));
        self
    }

    /// The same with one more header.
    pub(crate) fn header(mut self, name: HeaderName, value: HeaderValue) -> Refusal {
        self.0.headers.insert(name, value);
        self
    }

    /// The same, and the connection ends with it: for requests whose body is not read to its end.
    pub(crate) fn closing(self) -> Refusal {
        self.header(CONNECTION, HeaderValue::from_static("close"))
    }

    /// The problem alone, for a client that is not answered by a response.
    pub(crate) fn into_problem(self) -> Problem {
        self.0.problem
    }

    /// What the client will read, still without the request's id.
    pub(crate) fn problem(&self) -> &Problem {
        &self.0.problem
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let Parts { problem, headers } = *self.0;
        let mut response = Response::default();
        *response.status_mut() = StatusCode::from_u16(problem.status).expect("made from a StatusCode");
        *response.headers_mut() = headers;
        response.extensions_mut().insert(problem);
        response
    }
}

/// `unknown-field` → `Unknown field`.
fn title(kind: &str) -> String {
    let words = kind.replace('-', " ");
    match words.split_at_checked(1) {
        Some((first, rest)) => first.to_ascii_uppercase() + rest,
        None => words,
    }
}

/// The text with its middle cut out where it is too long: both ends of a message say something.
fn shortened(text: String, max: usize) -> String {
    if text.len() <= max {
        return text;
    }
    let boundaries = |index: &usize| text.is_char_boundary(*index);
    let head = (0..=max / 2).rev().find(boundaries).unwrap_or(0);
    let tail = (text.len() - max / 2..=text.len()).find(boundaries).unwrap_or(text.len());
    format!("{}…{}", &text[..head], &text[tail..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_never_echoes_a_megabyte() {
        let refusal = Refusal::new(StatusCode::BAD_REQUEST, "unknown-field", "é".repeat(1 << 19)).field("é".repeat(1 << 19));
        assert!(refusal.problem().detail.len() <= DETAIL_MAX + 8);
        assert!(refusal.problem().field.as_ref().unwrap().len() <= FIELD_MAX + 8);
        assert_eq!(refusal.problem().title, "Unknown field");
    }
}
