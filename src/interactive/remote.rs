//! The talk with a program that a server runs, over a WebSocket.

use anyhow::{Context, Result, anyhow, bail};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use codecanvas_protocol::{Encoding, Event, JobSpec, Numbered, Phase, Piece, Problem, Report, Say};
use codecanvas_sandbox::Stream;
use futures_util::{SinkExt, StreamExt, stream::SplitSink};
use serde::Deserialize;
use tokio::{
    net::TcpStream,
    runtime::Builder,
    sync::mpsc::{Receiver, channel},
};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async, tungstenite::Message};

use super::{Said, console::Console};
use crate::{refusal, run::Show, stdin};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// What a server says: an event of the run, or why there is none.
#[derive(Deserialize)]
#[serde(untagged)]
enum Heard {
    Error { problem: Problem },
    Event(Numbered),
}

/// Runs the job to its end.
pub(super) fn talk(url: &str, spec: &JobSpec, show: &Show) -> Result<Report> {
    Builder::new_current_thread().enable_all().build()?.block_on(async {
        let (mut socket, _) = connect_async(address(url)).await.map_err(|error| anyhow!("no answer from {url}: {error}"))?;
        socket.send(Message::text(serde_json::to_string(spec)?)).await?;
        let (sink, mut stream) = socket.split();
        let (queue, waiting) = channel(1);
        tokio::spawn(send_all(sink, waiting));
        let mut console: Option<Console> = None;
        // Read and write never wait for each other: the server may wait for us to read before it reads.
        let mut next: Option<Say> = None;
        loop {
            tokio::select! {
                message = stream.next() => match message {
                    Some(Ok(Message::Text(text))) => match hear(&text, show)? {
                        Told::Report(report) => return Ok(*report),
                        Told::Begun => console = Some(Console::open(spec.tty.is_some())?),
                        Told::Nothing => {}
                    },
                    Some(Ok(Message::Close(_)) | Err(_)) | None => bail!("{url} closed the connection before the program ended"),
                    Some(Ok(_)) => {}
                },
                said = said(&mut console), if next.is_none() => next = Some(say(said?)),
                Ok(place) = queue.reserve(), if next.is_some() => if let Some(say) = next.take() { place.send(say) },
            }
        }
    })
}

/// `http://host` → `ws://host/api/v1/interactive`.
fn address(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("http", url));
    let scheme = if scheme == "https" { "wss" } else { "ws" };
    format!("{scheme}://{}/api/v1/interactive", rest.trim_end_matches('/'))
}

async fn said(console: &mut Option<Console>) -> Result<Said> {
    match console {
        Some(console) => console.next().await,
        None => std::future::pending().await,
    }
}

fn say(said: Said) -> Say {
    match said {
        Said::Input(bytes) => {
            let (data, encoding) = stdin::encode(bytes);
            Say::Stdin { data, encoding }
        }
        Said::End => Say::Eof,
        Said::Resize(size) => Say::Resize { rows: size.rows, cols: size.cols },
    }
}

/// Sends what is said. A connection that is gone is noticed where we read.
async fn send_all(mut sink: SplitSink<Socket, Message>, mut waiting: Receiver<Say>) {
    while let Some(say) = waiting.recv().await {
        let text = serde_json::to_string(&say).expect("strings and numbers serialize");
        if sink.send(Message::text(text)).await.is_err() {
            return;
        }
    }
}

/// What a message means for us.
enum Told {
    Nothing,
    /// The program runs.
    Begun,
    Report(Box<Report>),
}

fn hear(text: &str, show: &Show) -> Result<Told> {
    let heard: Heard =
        serde_json::from_str(text).context("the server does not talk like a codecanvas server of this version")?;
    let event = match heard {
        Heard::Event(numbered) => numbered.event,
        Heard::Error { problem } => bail!(refusal::line(problem.field.as_deref(), &problem.error)),
    };
    match event {
        Event::PhaseStarted { phase: Phase::Run } => return Ok(Told::Begun),
        Event::Stdout(piece) => show.pass(piece.phase, Stream::Stdout, &bytes(&piece)?),
        Event::Stderr(piece) => show.pass(piece.phase, Stream::Stderr, &bytes(&piece)?),
        Event::Finished { report } => return Ok(Told::Report(report)),
        Event::Failed { problem } => bail!(problem.error),
        Event::PhaseStarted { .. } | Event::PhaseFinished { .. } => {}
    }
    Ok(Told::Nothing)
}

fn bytes(piece: &Piece) -> Result<Vec<u8>> {
    match piece.encoding {
        Encoding::Utf8 => Ok(piece.data.clone().into_bytes()),
        Encoding::Base64 => BASE64_STANDARD.decode(&piece.data).context("the server's output is not valid base64"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_the_talk_is_below_the_servers() {
        assert_eq!(address("http://localhost:1"), "ws://localhost:1/api/v1/interactive");
        assert_eq!(address("https://run.example/"), "wss://run.example/api/v1/interactive");
        assert_eq!(address("localhost:1"), "ws://localhost:1/api/v1/interactive");
    }
}
