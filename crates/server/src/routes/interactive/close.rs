//! How a talk ends: the last message, the close code and the few words beside it. docs/api.md lists the codes.

use std::time::Duration;

use axum::{
    Error,
    extract::ws::{CloseFrame, Message},
    http::StatusCode,
};
use codecanvas_protocol::{Numbered, Problem};
use futures_util::{SinkExt, StreamExt};
use serde::Serialize;
use tokio::time::timeout;

use super::{Sink, Stream};
use crate::{
    refusal::Refusal,
    routes::{fallback::internal, watch::json},
};

/// How long a client may take for the last words.
const GOODBYE: Duration = Duration::from_secs(5);

/// How long the client's own last words are waited for.
const LINGER: Duration = Duration::from_secs(1);

/// The end of a talk.
pub(super) struct Close {
    /// 0 for a client that is gone: nobody hears it.
    code: u16,
    words: &'static str,
    last: Option<String>,
}

/// The last message to a client that is refused.
#[derive(Serialize)]
struct LastError<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    problem: &'a Problem,
}

impl Close {
    /// The job has ended and its report was told.
    pub(super) fn finished() -> Close {
        Close { code: 1000, words: "finished", last: None }
    }

    /// The client does not answer any more.
    pub(super) fn gone() -> Close {
        Close { code: 0, words: "", last: None }
    }

    /// The connection broke, or the client broke the WebSocket protocol.
    pub(super) fn broken(error: &Error) -> Close {
        let text = error.to_string();
        // The library has no type of its own for it that axum shows.
        if text.contains("Space limit exceeded") || text.contains("too long") || text.contains("too big") {
            return Close::problem(
                4413,
                "too large",
                Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "message-too-large", "the message is too large"),
            );
        }
        Close::mistake("this is not the WebSocket protocol")
    }

    /// The run broke off.
    pub(super) fn failed(event: Numbered) -> Close {
        Close { code: 4500, words: "failed", last: Some(json(&event)) }
    }

    /// Something of ours went wrong.
    pub(super) fn internal() -> Close {
        Close::problem(4500, "failed", internal())
    }

    /// No run begins, for this reason.
    pub(super) fn refused(refusal: Refusal) -> Close {
        let problem = refusal.into_problem();
        let (code, words) = match problem.status {
            503 => (4503, "no place"),
            413 => (4413, "too large"),
            500.. => (4500, "failed"),
            _ => (4422, "refused"),
        };
        Close::with(code, words, &problem)
    }

    /// A message that is none of those there are.
    pub(super) fn misunderstood(refusal: Refusal) -> Close {
        Close::problem(4400, "not understood", refusal)
    }

    /// The client said something that makes no sense.
    pub(super) fn mistake(what: &str) -> Close {
        Close::misunderstood(Refusal::new(StatusCode::BAD_REQUEST, "protocol-mistake", what))
    }

    pub(super) fn too_large(most: usize) -> Close {
        let detail = format!("a message after the request has at most {most} bytes; send input in several");
        Close::problem(4413, "too large", Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "message-too-large", detail))
    }

    pub(super) fn no_request(limit: Duration) -> Close {
        let detail = format!("the first message has to be the request, and did not come within {limit:?}");
        Close::problem(4408, "no request", Refusal::new(StatusCode::REQUEST_TIMEOUT, "no-request", detail))
    }

    pub(super) fn idle(limit: Duration) -> Close {
        let detail = format!("neither the program nor you said anything for {limit:?}; it was ended");
        Close::problem(4408, "idle", Refusal::new(StatusCode::REQUEST_TIMEOUT, "idle", detail))
    }

    pub(super) fn shutting_down() -> Close {
        let refusal = Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "shutting-down", "the server is shutting down");
        Close::problem(4503, "shutting down", refusal)
    }

    fn problem(code: u16, words: &'static str, refusal: Refusal) -> Close {
        Close::with(code, words, &refusal.into_problem())
    }

    fn with(code: u16, words: &'static str, problem: &Problem) -> Close {
        let last = serde_json::to_string(&LastError { kind: "error", problem }).expect("strings and numbers serialize");
        Close { code, words, last: Some(last) }
    }
}

/// Sends the last message, closes, and reads away what the client still says: closing a connection with unread bytes resets it, and
/// the client would lose the last message.
pub(super) async fn say_goodbye(mut sink: Sink, mut stream: Stream, close: Close) {
    let goodbye = async {
        if let Some(last) = close.last {
            sink.send(Message::text(last)).await?;
        }
        let frame = (close.code != 0).then(|| CloseFrame { code: close.code, reason: close.words.into() });
        sink.send(Message::Close(frame)).await
    };
    if let Ok(Ok(())) = timeout(GOODBYE, goodbye).await {
        let _ = timeout(LINGER, async { while let Some(Ok(_)) = stream.next().await {} }).await;
    }
}
