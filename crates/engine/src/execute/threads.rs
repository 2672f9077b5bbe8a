//! A thread for each job. One that has done its job waits a moment for the next: to make one takes a tenth of a short run.
//!
//! Not the runtime's: where the host has no thread for a job, its pool keeps the job, and the slot with it, for who knows how long.

use std::{
    io,
    sync::{
        Mutex, MutexGuard, PoisonError,
        mpsc::{SyncSender, sync_channel},
    },
    thread::{self, ThreadId},
    time::Duration,
};

type Job = Box<dyn FnOnce() + Send>;

/// Those that wait, the one that has waited least last.
static IDLE: Mutex<Vec<(ThreadId, SyncSender<Job>)>> = Mutex::new(Vec::new());

/// How long one waits.
const WAITS: Duration = Duration::from_secs(10);

/// Does a job, which does not panic, on a thread of its own.
///
/// # Errors
/// The host has no thread for it.
pub(super) fn run(job: impl FnOnce() + Send + 'static) -> io::Result<()> {
    let mut job: Job = Box::new(job);
    while let Some((_, waits)) = pop() {
        match waits.send(job) {
            Ok(()) => return Ok(()),
            Err(unsent) => job = unsent.0,
        }
    }
    thread::Builder::new().name("run".to_owned()).spawn(move || serve(job)).map(drop)
}

fn idle() -> MutexGuard<'static, Vec<(ThreadId, SyncSender<Job>)>> {
    IDLE.lock().unwrap_or_else(PoisonError::into_inner)
}

fn pop() -> Option<(ThreadId, SyncSender<Job>)> {
    idle().pop()
}

fn serve(mut job: Job) {
    let (sender, jobs) = sync_channel(1);
    let myself = thread::current().id();
    loop {
        job();
        idle().push((myself, sender.clone()));
        job = match jobs.recv_timeout(WAITS) {
            Ok(next) => next,
            Err(_) => {
                let mut idle = idle();
                if let Some(index) = idle.iter().position(|(id, _)| *id == myself) {
                    idle.remove(index);
                    return;
                }
                drop(idle);
                // Somebody has taken it to give it a job.
                match jobs.recv() {
                    Ok(next) => next,
                    Err(_) => return,
                }
            }
        };
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    #[test]
    fn a_thread_does_one_job_after_another_and_no_two_at_once() {
        let (send, ids) = channel();
        let tell = |send: &std::sync::mpsc::Sender<ThreadId>| {
            let send = send.clone();
            move || send.send(thread::current().id()).unwrap()
        };
        run(tell(&send)).unwrap();
        let first = ids.recv().unwrap();
        // It waits, or is about to.
        while !idle().iter().any(|(id, _)| *id == first) {
            thread::yield_now();
        }
        let (hold, held) = channel::<()>();
        let tell_first = tell(&send);
        run(move || {
            tell_first();
            let _ = held.recv();
        })
        .unwrap();
        let holder = ids.recv().unwrap();
        run(tell(&send)).unwrap();
        assert_ne!(ids.recv().unwrap(), holder);
        drop(hold);
    }
}
