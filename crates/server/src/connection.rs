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
    body::Body,
    http::{HeaderValue, Request, Response, header},
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::Watcher,
};
use tokio::{net::TcpStream, time::sleep};
use tower::ServiceExt;
use tracing::debug;

use self::{slots::Slot, socket::Socket};
use crate::ServerConfig;

/// The largest head of a request, in bytes. hyper answers 431 above it, and above its own limit of 100 headers.
const HEAD_MAX: usize = 32 << 10;

/// Serves one connection until it ends.
pub(crate) async fn serve(stream: TcpStream, router: Router, config: Arc<ServerConfig>, watcher: Watcher, slot: Slot) {
    let socket = Socket::new(stream, config.write_timeout);
    let asked = Arc::new(AtomicBool::new(false));
    let slot = Arc::new(slot);
    let service = service_fn({
        let (socket, asked, slot) = (socket.clone(), asked.clone(), slot.clone());
        move |request| {
            asked.store(true, Ordering::Relaxed);
            answer(request, router.clone(), socket.clone(), slot.clone())
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        // hyper counts this from the moment it waits for a head, so for it the idle time is a part of the head.
        .header_read_timeout(config.idle_timeout.max(config.header_timeout))
        .max_header_size(HEAD_MAX)
        .max_buf_size(HEAD_MAX)
        .serve_connection(TokioIo::new(socket.clone()), service);
    let connection = pin::pin!(watcher.watch(connection));
    tokio::select! {
        ended = connection => match ended {
            Ok(()) => socket.linger().await,
            Err(error) => debug!(%error, "a connection broke"),
        },
        () = silence(config.header_timeout, &asked) => debug!("a connection never asked for anything"),
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
async fn answer(request: Request<Incoming>, router: Router, socket: Socket, slot: Arc<Slot>) -> io::Result<Response<Body>> {
    let ambiguous = request.headers().contains_key(header::TRANSFER_ENCODING);
    let mut response = tokio::select! {
        Ok(response) = router.oneshot(request.map(Body::new)) => response,
        // hyper sees the end of a silent connection by itself, but not behind bytes that the client sent ahead.
        () = socket.hung_up() => return Err(io::ErrorKind::ConnectionAborted.into()),
    };
    // hyper hides a Content-Length beside Transfer-Encoding. Closing after every such request keeps a second request, smuggled
    // past a proxy that believes the length, from ever being read (RFC 9112, section 6.1).
    if ambiguous || slot.is_wanted() {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    Ok(response)
}
