//! A job that somebody watches: its events in a bounded channel, and its end when nobody listens any more.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use axum::http::StatusCode;
use codecanvas_engine::{Moment, Narrator, RunError, Watcher};
use codecanvas_protocol::{Event, Numbered, Report};
use tokio::{
    runtime::Handle,
    sync::mpsc::{Receiver, Sender, channel},
    task::JoinHandle,
    time::{Instant, timeout_at},
};

use crate::refusal::Refusal;

/// Events that wait for a client that reads slowly. Then the program waits too, as it would for any reader of a pipe.
const WAITING_MAX: usize = 4;

/// How long after a program's time is over its watcher may still take for the rest.
const SLACK: Duration = Duration::from_secs(10);

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
        let late = Arc::new(AtomicBool::new(false));
        let running = run(watcher(Arc::clone(&narrator), send.clone(), Arc::clone(&late)));
        let job = tokio::spawn(async move {
            let end = running.await.map(|report| {
                let event = match late.load(Ordering::Relaxed) {
                    true => Event::Failed { problem: too_late().into_problem() },
                    false => Event::Finished { report: Box::new(report) },
                };
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

fn too_late() -> Refusal {
    let detail = "the output was not read in time: the program had ended long before its watcher had seen what it wrote";
    Refusal::new(StatusCode::REQUEST_TIMEOUT, "reader-too-slow", detail)
}

impl Drop for Live {
    fn drop(&mut self) {
        // The job's future is dropped by that, and with it the run. The channel closes: a watcher that waits goes on.
        self.job.abort();
    }
}

/// Called on the thread that runs the job, which may wait for a slow reader, but not for ever: that thread holds the job's place.
fn watcher(narrator: Arc<Mutex<Narrator>>, send: Sender<Result<Numbered, RunError>>, late: Arc<AtomicBool>) -> Watcher {
    let runtime = Handle::current();
    let mut deadline = Instant::now();
    Box::new(move |moment: Moment<'_>| {
        if let Moment::Started { wall_time, .. } = moment {
            deadline = Instant::now() + wall_time + SLACK;
        }
        let mut narrator = narrator.lock().unwrap_or_else(PoisonError::into_inner);
        narrator.moment(&moment, &mut |event| {
            if !late.load(Ordering::Relaxed) {
                let sent = runtime.block_on(async { timeout_at(deadline, send.send(Ok(event))).await });
                late.store(sent.is_err(), Ordering::Relaxed);
            }
        });
    })
}
