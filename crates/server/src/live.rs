//! A job that somebody watches: its events in a bounded channel, and its end when nobody listens any more.

use std::sync::{Arc, Mutex, PoisonError};

use codecanvas_engine::{Moment, Narrator, RunError, Watcher};
use codecanvas_protocol::{Event, Numbered, Report};
use tokio::{
    sync::mpsc::{Receiver, Sender, channel},
    task::JoinHandle,
};

/// Events that wait for a client that reads slowly. Then the program waits too, as it would for any reader of a pipe.
const WAITING_MAX: usize = 4;

/// The events of a job. Dropping it ends the job.
pub(crate) struct Live {
    events: Receiver<Result<Numbered, RunError>>,
    job: JoinHandle<()>,
}

impl Live {
    /// Starts a job: `run` is given the watcher that it has to tell of everything.
    pub(crate) fn start<F>(narrator: Narrator, run: impl FnOnce(Watcher) -> F) -> Live
    where
        F: Future<Output = Result<Report, RunError>> + Send + 'static,
    {
        let (send, events) = channel(WAITING_MAX);
        let narrator = Arc::new(Mutex::new(narrator));
        let running = run(watcher(Arc::clone(&narrator), send.clone()));
        let job = tokio::spawn(async move {
            let end = running.await.map(|report| {
                let event = Event::Finished { report: Box::new(report) };
                narrator.lock().unwrap_or_else(PoisonError::into_inner).number(event)
            });
            // Nobody is there to be told when this fails.
            let _ = send.send(end).await;
        });
        Live { events, job }
    }

    /// The next event; an error, or `None`, is the end.
    pub(crate) async fn next(&mut self) -> Option<Result<Numbered, RunError>> {
        self.events.recv().await
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        // The job's future is dropped by that, and with it the run. The channel closes: a watcher that waits goes on.
        self.job.abort();
    }
}

/// Called on the thread that runs the job, which may wait.
fn watcher(narrator: Arc<Mutex<Narrator>>, send: Sender<Result<Numbered, RunError>>) -> Watcher {
    Box::new(move |moment: Moment<'_>| {
        let mut narrator = narrator.lock().unwrap_or_else(PoisonError::into_inner);
        narrator.moment(&moment, &mut |event| {
            let _ = send.blocking_send(Ok(event));
        });
    })
}
