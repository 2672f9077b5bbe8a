//! `GET /api/v1/interactive`: a WebSocket on which a program is talked to while it runs.
//!
//! ```text
//! client: request ─→                        stdin, eof, signal, resize ─→ listen ─→ Feed, Signaller
//! server:            phase_started, stdout … finished, close 1000 ←── tell ←── Live
//! ```
//!
//! Both directions go on by themselves and push back by themselves: a program whose output nobody takes waits, and so does a client
//! whose input no program reads. When either ends, the other is dropped, and with it the run.

mod close;

use std::{sync::Arc, time::Duration};

use axum::{
    extract::{
        Extension, State, WebSocketUpgrade,
        ws::{Message, Utf8Bytes, WebSocket, rejection::WebSocketUpgradeRejection},
    },
    response::{IntoResponse, Response},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use codecanvas_engine::{Controls, Feed, Narrator, RunError, Signaller};
use codecanvas_protocol::{Encoding, JobSpec, Say, WindowSize, signal_number};
use futures_util::{
    SinkExt, StreamExt,
    stream::{SplitSink, SplitStream},
};
use tokio::{
    sync::{
        Notify,
        mpsc::{Receiver, Sender, channel},
        oneshot,
    },
    time::{interval, sleep, timeout},
};

use crate::{
    Runner,
    connection::slots::Slot,
    live::Live,
    parse,
    refusal::Refusal,
    router::App,
    routes::{run::refusal, watch::json},
};
use close::{Close, say_goodbye};

/// How often a client is asked whether it is there; one that is silent for twice as long is not.
const PING: Duration = Duration::from_secs(20);

/// How long a client's ping or pong has the server listen to nothing else. Pongs for a client that takes none pile up here.
const PONG: Duration = Duration::from_millis(10);

/// The largest message after the request, in bytes: more input comes in several.
const MESSAGE_MAX: usize = 256 << 10;

/// Messages of input that a program has not read yet. When there are more the client waits, too.
const INPUT_MAX: usize = 16;

/// Talks about one job.
#[utoipa::path(
    get,
    path = "/api/v1/interactive",
    tag = "codecanvas",
    description = "A WebSocket. The client's first message is a `JobSpec`, those after it are `Say`; the server's are `Numbered` events.",
    responses((status = 101, description = "Go on by the WebSocket protocol"))
)]
pub(crate) async fn interactive<R: Runner>(
    State(app): State<App<R>>,
    Extension(slot): Extension<Arc<Slot>>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    let upgrade = match upgrade {
        Ok(upgrade) => upgrade,
        Err(rejection) => {
            let detail = format!("this address speaks the WebSocket protocol: {}", rejection.body_text());
            return Refusal::new(rejection.status(), "not-a-websocket", detail).into_response();
        }
    };
    let largest = app.config.max_body.max(MESSAGE_MAX);
    upgrade.max_message_size(largest).max_frame_size(largest).on_upgrade(move |socket| async move {
        let (mut sink, mut stream) = socket.split();
        let stopping = app.stopping.clone();
        let close = tokio::select! {
            close = talk(&app, &slot, &mut sink, &mut stream) => close,
            () = stopping.wait() => Close::shutting_down(),
            () = slot.given_away() => return,
        };
        say_goodbye(sink, stream, close).await;
    })
}

/// The whole talk; why it ends.
async fn talk<R: Runner>(app: &App<R>, slot: &Slot, sink: &mut Sink, stream: &mut Stream) -> Close {
    let spec = match timeout(app.config.header_timeout, request(stream)).await {
        Ok(Ok(spec)) => spec,
        Ok(Err(close)) => return close,
        Err(_) => return Close::no_request(app.config.header_timeout),
    };
    slot.works();
    let (send, controls) = oneshot::channel();
    let runner = app.runner.clone();
    let live = Live::start(Narrator::of_everything(), |watcher| async move {
        runner.interact(spec, watcher, Box::new(|controls| drop(send.send(controls)))).await
    });
    let idle = Duration::from_millis(app.runner.ceilings().interactive.idle_ms);
    let activity = Notify::new();
    tokio::select! {
        close = tell(sink, live, &activity) => close,
        close = listen(stream, controls, &activity) => close,
        () = silence(idle, &activity) => Close::idle(idle),
    }
}

type Sink = SplitSink<WebSocket, Message>;
type Stream = SplitStream<WebSocket>;

/// The first message: what is to be run.
async fn request(stream: &mut Stream) -> Result<JobSpec, Close> {
    loop {
        return match stream.next().await {
            Some(Ok(Message::Text(text))) => parse::job(text.as_bytes()).map_err(Close::refused),
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => {
                sleep(PONG).await;
                continue;
            }
            Some(Ok(Message::Binary(_))) => Err(Close::mistake("messages are text: JSON")),
            Some(Ok(Message::Close(_))) | None => Err(Close::gone()),
            Some(Err(error)) => Err(Close::broken(&error)),
        };
    }
}

/// Passes events on until the last one.
async fn tell(sink: &mut Sink, mut live: Live, activity: &Notify) -> Close {
    let mut ping = interval(PING);
    let mut seq = 0;
    loop {
        let message = tokio::select! {
            event = live.next() => match event {
                Some(Ok(event)) => {
                    activity.notify_one();
                    seq = event.seq;
                    Message::text(json(&event))
                }
                Some(Err(error)) => return end_of(error, seq),
                None => return Close::finished(),
            },
            _ = ping.tick() => Message::Ping(bytes::Bytes::new()),
        };
        match timeout(2 * PING, sink.send(message)).await {
            Ok(Ok(())) => {}
            Ok(Err(_)) | Err(_) => return Close::gone(),
        }
    }
}

/// A run that did not begin was refused; one that broke off has failed.
fn end_of(error: RunError, seq: u64) -> Close {
    if seq == 0 { Close::refused(refusal(error)) } else { Close::failed(crate::routes::watch::failed(error, seq + 1)) }
}

/// Does what the client says, until it says nothing more. What it says before there is a program is kept for that; that it is gone is
/// noticed at once all the same, for compilers take their time.
async fn listen(stream: &mut Stream, mut controls: oneshot::Receiver<Controls>, activity: &Notify) -> Close {
    let mut early = Vec::new();
    let ready = loop {
        tokio::select! {
            ready = &mut controls => break ready,
            said = next_said(stream), if early.len() < INPUT_MAX => match said {
                Ok(said) => early.extend(said),
                Err(close) => return close,
            },
        }
    };
    let Ok(Controls { input, signaller, first }) = ready else {
        // There will be no program; why is told as an event.
        return std::future::pending().await;
    };
    let feed = match Feed::new(input) {
        Ok(feed) => feed,
        Err(error) => {
            tracing::error!(%error, "a program's input cannot be watched");
            return Close::internal();
        }
    };
    // What the program has not read yet waits here, so that a signal need not wait behind it.
    let (queue, waiting) = channel(INPUT_MAX);
    let program = Program { feed: &feed, signaller, queue };
    tokio::select! {
        close = hear_all(stream, program, first, early, activity) => close,
        () = write_all(&feed, waiting) => std::future::pending().await,
    }
}

async fn hear_all(
    stream: &mut Stream,
    program: Program<'_>,
    first: Vec<u8>,
    early: Vec<Utf8Bytes>,
    activity: &Notify,
) -> Close {
    let _ = program.queue.send(Some(first)).await;
    let mut early = early.into_iter();
    loop {
        let said = match early.next() {
            Some(said) => said,
            None => match next_said(stream).await {
                Ok(Some(said)) => said,
                Ok(None) => continue,
                Err(close) => return close,
            },
        };
        activity.notify_one();
        let said = match parse::said(said.as_bytes()) {
            Ok(said) => said,
            Err(refusal) => return Close::misunderstood(refusal),
        };
        if let Err(mistake) = program.hear(said).await {
            return Close::mistake(&mistake);
        }
    }
}

/// The next message of the client's; none for a ping or a pong.
async fn next_said(stream: &mut Stream) -> Result<Option<Utf8Bytes>, Close> {
    // Whoever is there answers a ping.
    match timeout(2 * PING, stream.next()).await {
        Err(_) | Ok(None | Some(Ok(Message::Close(_)))) => Err(Close::gone()),
        Ok(Some(Ok(Message::Text(text)))) if text.len() > MESSAGE_MAX => Err(Close::too_large(MESSAGE_MAX)),
        Ok(Some(Ok(Message::Text(text)))) => Ok(Some(text)),
        Ok(Some(Ok(Message::Binary(_)))) => Err(Close::mistake("messages are text: JSON")),
        Ok(Some(Ok(Message::Ping(_) | Message::Pong(_)))) => {
            sleep(PONG).await;
            Ok(None)
        }
        Ok(Some(Err(error))) => Err(Close::broken(&error)),
    }
}

/// Writes what waits, as fast as the program reads. A program that has closed its input, or has ended, does not hear it: as in any
/// pipe.
async fn write_all(feed: &Feed, mut waiting: Receiver<Option<Vec<u8>>>) {
    while let Some(input) = waiting.recv().await {
        let _ = match input {
            Some(bytes) => feed.write(&bytes).await,
            None => feed.end(),
        };
    }
}

/// A running program, from the client's side.
struct Program<'a> {
    feed: &'a Feed,
    signaller: Signaller,
    /// Input in its order; `None` is its end.
    queue: Sender<Option<Vec<u8>>>,
}

impl Program<'_> {
    /// Does what was said; an error is the client's mistake.
    async fn hear(&self, said: Say) -> Result<(), String> {
        match said {
            Say::Stdin { data, encoding: Encoding::Utf8 } => drop(self.queue.send(Some(data.into_bytes())).await),
            Say::Stdin { data, encoding: Encoding::Base64 } => {
                let bytes = STANDARD.decode(data).map_err(|error| format!("data is not base64: {error}"))?;
                let _ = self.queue.send(Some(bytes)).await;
            }
            Say::Eof => drop(self.queue.send(None).await),
            Say::Signal { signal } => {
                let number = signal_number(&signal)
                    .ok_or_else(|| format!("there is no signal {signal}; INT, TERM and KILL are some"))?;
                self.signaller.signal(number);
            }
            Say::Resize { rows, cols } => {
                if rows == 0 || cols == 0 {
                    return Err("a terminal has at least one line and one column".to_owned());
                }
                let _ = self.feed.resize(WindowSize { rows, cols });
            }
        }
        Ok(())
    }
}

/// Ends when for so long nothing was said by either side.
async fn silence(idle: Duration, activity: &Notify) {
    while timeout(idle, activity.notified()).await.is_ok() {}
}
