//! A client's TCP connection that several parts of the server look at, and that does not wait for ever to be written to.

use std::{
    io,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, Interest, ReadBuf},
    net::TcpStream,
    time::{Instant, Sleep, sleep, sleep_until, timeout},
};

use super::slots::Slot;

/// How often a busy connection is checked for a client that hung up behind unread bytes.
const HANG_UP_CHECK: Duration = Duration::from_millis(500);

/// How long the end of a connection may take, and how much of what the client still sends is read meanwhile, in bytes.
const LINGER: (Duration, usize) = (Duration::from_secs(1), 4 << 20);

/// How much of an answer a client must take within each write timeout, in bytes, unless less is left.
const PROGRESS: usize = 256 << 10;

/// The connection. Clones are the same connection; it is closed with the last of them.
#[derive(Clone)]
pub(super) struct Socket {
    stream: Arc<TcpStream>,
    slot: Arc<Slot>,
    write_timeout: Duration,
    stall: Arc<Mutex<Option<Stall>>>,
}

/// A client that does not take what is written: until when it must, and how much it took since this was noticed.
struct Stall {
    deadline: Pin<Box<Sleep>>,
    taken: usize,
}

impl Socket {
    pub(super) fn new(stream: TcpStream, write_timeout: Duration, slot: Arc<Slot>) -> Socket {
        Socket { stream: Arc::new(stream), slot, write_timeout, stall: Arc::default() }
    }

    /// Ends soon after the client has closed its sending side.
    pub(super) async fn hung_up(&self) {
        loop {
            sleep(HANG_UP_CHECK).await;
            // Ready at once when there is anything to read, the end included; never waited for when there is not.
            if let Ok(Ok(ready)) = timeout(Duration::ZERO, self.stream.ready(Interest::READABLE)).await
                && ready.is_read_closed()
            {
                return;
            }
        }
    }

    /// Reads away what the client still sends. Closing a connection with unread bytes resets it, and the client would lose
    /// the answer that says why its body was not read (RFC 9112, section 9.6).
    pub(super) async fn linger(&self) {
        let (time, size) = LINGER;
        let reading = async {
            // Not a part of the future, which every connection has from its beginning.
            let mut scratch = vec![0; 16 << 10];
            let mut left = size;
            while left > 0 && self.stream.readable().await.is_ok() {
                match self.stream.try_read(&mut scratch) {
                    Ok(0) => return,
                    Ok(count) => left = left.saturating_sub(count),
                    Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                    Err(_) => return,
                }
            }
        };
        let _ = timeout(time, reading).await;
    }

    /// Bounds a write: `written` is what the socket said, `Pending` when the client does not take any more.
    fn bounded(&self, cx: &mut Context<'_>, written: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        let mut stall = self.stall.lock().unwrap_or_else(PoisonError::into_inner);
        match written {
            Poll::Ready(Ok(count)) => {
                if let Some(stalled) = &mut *stall {
                    stalled.taken += count;
                    if stalled.taken >= PROGRESS {
                        *stall = None;
                    }
                }
                Poll::Ready(Ok(count))
            }
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            Poll::Pending => {
                let limit = self.write_timeout;
                let stalled =
                    stall.get_or_insert_with(|| Stall { deadline: Box::pin(sleep_until(Instant::now() + limit)), taken: 0 });
                ready!(stalled.deadline.as_mut().poll(cx));
                Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
            }
        }
    }
}

impl AsyncRead for Socket {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        loop {
            ready!(self.stream.poll_read_ready(cx))?;
            match self.stream.try_read(buffer.initialize_unfilled()) {
                Ok(count) => {
                    buffer.advance(count);
                    return Poll::Ready(Ok(()));
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) => return Poll::Ready(Err(error)),
            }
        }
    }
}

impl AsyncWrite for Socket {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.poll_write_vectored(cx, &[io::IoSlice::new(bytes)])
    }

    fn poll_write_vectored(self: Pin<&mut Self>, cx: &mut Context<'_>, slices: &[io::IoSlice<'_>]) -> Poll<io::Result<usize>> {
        let written = loop {
            match self.stream.poll_write_ready(cx) {
                Poll::Ready(Ok(())) => {}
                Poll::Ready(Err(error)) => break Poll::Ready(Err(error)),
                Poll::Pending => break Poll::Pending,
            }
            match self.stream.try_write_vectored(slices) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                written => break Poll::Ready(written),
            }
        };
        if written.is_pending() {
            self.slot.stalls(slices.iter().map(|slice| slice.len()).sum());
        }
        self.bounded(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    /// hyper flushes when it has nothing left to write: the client took all of the answer.
    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        *self.stall.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.slot.flows();
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(rustix::net::shutdown(&*self.stream, rustix::net::Shutdown::Write).map_err(io::Error::from))
    }
}
