//! `POST /api/v1/run` for whoever wants to see a program run: events as server-sent events or as lines of JSON.

use std::{convert::Infallible, time::Duration};

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, header},
    response::{
        IntoResponse, Response,
        sse::{self, KeepAlive, Sse},
    },
};
use bytes::Bytes;
use codecanvas_engine::{Narrator, RunError};
use codecanvas_protocol::{Event, JobSpec, Numbered};
use futures_util::stream::{self, Stream, StreamExt};
use tracing::error;

use crate::{
    Runner,
    live::Live,
    refusal::Refusal,
    routes::run::{chain, refusal},
};

/// How often a silent stream of server-sent events says that it is there; proxies close what is silent for a minute.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// How a client wants to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// Server-sent events.
    Sse,
    /// Lines of JSON.
    Lines,
}

impl Format {
    /// What the request's `Accept` asks for; nothing for the plain answer.
    pub(crate) fn asked(headers: &HeaderMap) -> Option<Format> {
        let accepted =
            headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
        let types = accepted.map(|range| range.split(';').next().unwrap_or_default().trim().to_ascii_lowercase());
        types.into_iter().find_map(|kind| match kind.as_str() {
            "text/event-stream" => Some(Format::Sse),
            "application/x-ndjson" => Some(Format::Lines),
            _ => None,
        })
    }
}

/// Runs a job and answers with its events. What keeps it from starting is a refusal as in the plain call.
pub(crate) async fn watch<R: Runner>(runner: R, spec: JobSpec, format: Format) -> Result<Response, Refusal> {
    let mut live = Live::start(Narrator::new(), |watcher| async move { runner.watch(spec, watcher).await });
    let first = match live.next().await {
        Some(first) => first.map_err(refusal)?,
        None => return Err(crate::routes::fallback::internal()),
    };
    let events = stream::iter([first]).chain(rest(live));
    Ok(match format {
        Format::Sse => Sse::new(events.map(sse)).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)).into_response(),
        Format::Lines => {
            let mut response = Response::new(Body::from_stream(events.map(|event| Ok::<_, Infallible>(line(&event)))));
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-ndjson"));
            response
        }
    })
}

/// The events after the first; a failure on the way is the last of them.
fn rest(live: Live) -> impl Stream<Item = Numbered> + Send + 'static {
    stream::unfold((Some(live), 1), |(live, seq)| async move {
        let mut live = live?;
        match live.next().await? {
            Ok(event) => Some((event.clone(), (Some(live), event.seq))),
            Err(error) => Some((failed(error, seq + 1), (None, 0))),
        }
    })
}

/// The event of a job that has no report.
pub(crate) fn failed(error: RunError, seq: u64) -> Numbered {
    error!(error = chain(&error), "a run failed while it was watched");
    Numbered { seq, event: Event::Failed { problem: refusal(error).into_problem() } }
}

fn sse(event: Numbered) -> Result<sse::Event, Infallible> {
    let json = json(&event);
    let kind = match event.event {
        Event::PhaseStarted { .. } => "phase_started",
        Event::Stdout(_) => "stdout",
        Event::Stderr(_) => "stderr",
        Event::PhaseFinished { .. } => "phase_finished",
        Event::Finished { .. } => "finished",
        Event::Failed { .. } => "failed",
    };
    Ok(sse::Event::default().id(event.seq.to_string()).event(kind).data(json))
}

fn line(event: &Numbered) -> Bytes {
    Bytes::from(json(event) + "\n")
}

/// An event as JSON.
pub(crate) fn json(event: &Numbered) -> String {
    serde_json::to_string(event).expect("structs of strings and numbers always serialize")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(accept: &[&str]) -> Option<Format> {
        let mut headers = HeaderMap::new();
        for value in accept {
            headers.append(header::ACCEPT, HeaderValue::from_str(value).unwrap());
        }
        Format::asked(&headers)
    }

    #[test]
    fn events_are_for_those_who_ask_for_them() {
        assert_eq!(asked(&[]), None);
        assert_eq!(asked(&["*/*"]), None);
        assert_eq!(asked(&["application/json"]), None);
        assert_eq!(asked(&["Text/Event-Stream"]), Some(Format::Sse));
        assert_eq!(asked(&["application/json;q=0.1, application/x-ndjson;q=0.9"]), Some(Format::Lines));
        assert_eq!(asked(&["text/html", "text/event-stream"]), Some(Format::Sse));
    }
}
