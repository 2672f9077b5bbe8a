//! A word that is said once and heard by all who wait for it.

use tokio::sync::watch;

/// Waits for the word. Clones wait for the same one.
#[derive(Clone)]
pub(crate) struct Signal(watch::Receiver<bool>);

/// Says it.
pub(crate) struct Speaker(watch::Sender<bool>);

/// A word, and who waits for it.
pub(crate) fn signal() -> (Speaker, Signal) {
    let (send, receive) = watch::channel(false);
    (Speaker(send), Signal(receive))
}

impl Speaker {
    /// Says the word.
    pub(crate) fn say(&self) {
        let _ = self.0.send(true);
    }
}

impl Signal {
    /// Ends when the word is said, or nobody can say it any more.
    pub(crate) async fn wait(mut self) {
        let _ = self.0.wait_for(|said| *said).await;
    }
}
