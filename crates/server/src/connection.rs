//! One connection, from its first byte to its last: hyper, with every wait bounded.
//!
//! ```text
//! accepted ─ header_timeout ─→ request ─ body_timeout ─→ handler ─→ answer ─ write_timeout ─┐
//!                                 ↑                                                         │
//!                                 └──────────────────── idle_timeout ───────────────────────┘
//! ```
//!
//! A client that closes its side while its request is being handled has gone away: the handler is dropped. This includes a
//! client that only shuts down its sending side, because TCP does not let a server tell the two apart.

mod socket;

pub(crate) mod slots;

use std::{
    io, pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use axum::{
    Router,
    body::{Body, HttpBody},
    http::{HeaderValue, Request, Response, StatusCode, header},
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{net::TcpStream, task::unconstrained, time::sleep};
use tower::ServiceExt;
use tracing::debug;

use self::{slots::Slot, socket::Socket};
use crate::{ServerConfig, signal::Signal};

/// The largest head of a request, in bytes. hyper answers 431 above it, and above its own limit of 100 headers.
const HEAD_MAX: usize = 32 << 10;

/// Serves one connection until it ends.
pub(crate) async fn serve(stream: TcpStream, router: Router, config: Arc<ServerConfig>, stopping: Signal, slot: Slot) {
    let slot = Arc::new(slot);
    let socket = Socket::new(stream, config.write_timeout, slot.clone());
    let (asked, upgraded) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
    let service = service_fn({
        let (socket, asked, slot, upgraded) = (socket.clone(), asked.clone(), slot.clone(), upgraded.clone());
        move |request| {
            asked.store(true, Ordering::Relaxed);
            // A client that sends without end uses up what the task may do at once before the handler's turn comes, each time. Without
            // a share of its own the handler would never see that the time for a body is over.
            let answer = unconstrained(answer(request, router.clone(), socket.clone(), slot.clone()));
            let upgraded = upgraded.clone();
            async move {
                let answer = answer.await;
                let switches = answer.as_ref().is_ok_and(|answer| answer.status() == StatusCode::SWITCHING_PROTOCOLS);
                upgraded.store(switches, Ordering::Relaxed);
                answer
            }
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        // hyper counts this from the moment it waits for a head, so for it the idle time is a part of the head.
        .header_read_timeout(config.idle_timeout.max(config.header_timeout))
        .max_header_size(HEAD_MAX)
        .max_buf_size(HEAD_MAX)
        .serve_connection(TokioIo::new(socket.clone()), service)
        .with_upgrades();
    let mut connection = pin::pin!(connection);
    let ended = tokio::select! {
        // In this order: an answer that is ready by then says that it is the last one.
        biased;
        () = stopping.wait() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
        ended = connection.as_mut() => ended,
        () = unconstrained(silence(config.header_timeout, &asked)) => return debug!("a connection never asked for anything"),
        () = unconstrained(slot.given_away()) => return debug!("a connection gives way"),
    };
    match ended {
        // A WebSocket reads for itself.
        Ok(()) if upgraded.load(Ordering::Relaxed) => {}
        Ok(()) => socket.linger().await,
        Err(error) => debug!(%error, "a connection broke"),
    }
}

/// Ends when a connection's first request is overdue; never when it came in time.
async fn silence(limit: Duration, asked: &AtomicBool) {
    sleep(limit).await;
    if asked.load(Ordering::Relaxed) {
        std::future::pending::<()>().await;
    }
}

/// One request's answer; an error when the client went away before it was there.
async fn answer(mut request: Request<Incoming>, router: Router, socket: Socket, slot: Arc<Slot>) -> io::Result<Response<Body>> {
    // Who keeps the connection for something else keeps its place, too.
    request.extensions_mut().insert(slot.clone());
    match request.body().is_end_stream() {
        true => slot.works(),
        false => slot.rests(),
    }
    let ambiguous = request.headers().contains_key(header::TRANSFER_ENCODING);
    let mut response = tokio::select! {
        Ok(response) = router.oneshot(request.map(Body::new)) => response,
        // hyper sees the end of a silent connection by itself, but not behind bytes that the client sent ahead.
        () = socket.hung_up() => return Err(io::ErrorKind::ConnectionAborted.into()),
    };
    // hyper hides a Content-Length beside Transfer-Encoding. Closing after every such request keeps a second request, smuggled
    // past a proxy that believes the length, from ever being read (RFC 9112, section 6.1).
    let switches = response.status() == StatusCode::SWITCHING_PROTOCOLS;
    // Where an answer ends that is written in pieces is not seen here, and so not that the connection rests again.
    let whole = response.body().size_hint().exact().is_some();
    if whole {
        slot.answers();
    }
    if !switches && (ambiguous || !whole || slot.is_wanted()) {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    Ok(response)
}
