//! What can go wrong, by whose fault: the client's (`Invalid`), nobody's (`Busy`), ours (`Internal`).

use std::time::Duration;

use thiserror::Error;

/// A job that cannot be run as it was asked for: the client's to mend.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct Invalid {
    /// A stable name for this kind of mistake: `unknown-language`, `limit-above-ceiling`.
    pub kind: &'static str,
    /// The field at fault, as a path: `files[1].name`.
    pub field: String,
    /// What is wrong and what to do, in one sentence.
    pub message: String,
}

/// Why a job has no report.
#[derive(Debug, Error)]
pub enum RunError {
    /// The job itself is wrong.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// Every place, running and waiting, is taken.
    #[error("every runner is busy and the queue is full; try again in {} s", retry_after.as_secs())]
    Busy {
        /// When a place is likely to be free.
        retry_after: Duration,
    },
    /// The server is stopping.
    #[error("the server is shutting down")]
    ShuttingDown,
    /// The sandboxes' launcher was killed while this ran; there is another one.
    #[error("the launcher of the sandboxes was killed, and this run with it; send it again")]
    Lost,
    /// The host, or the container that the server is in, has run out of memory, and the kernel has killed a program that was within its
    /// limit.
    #[error(
        "this machine ran out of memory, and the kernel killed the program, which was within its own limit; send it again, or have \
         fewer programs run at a time, with lower limits"
    )]
    OutOfMemory,
    /// Our fault: the step that failed is in the source.
    #[error("the sandbox could not be set up")]
    Sandbox(#[source] codecanvas_sandbox::Error),
}

impl From<codecanvas_sandbox::Error> for RunError {
    fn from(error: codecanvas_sandbox::Error) -> RunError {
        match error {
            error if error.is_launcher_gone() => RunError::Lost,
            error if error.is_host_out_of_memory() => RunError::OutOfMemory,
            error => RunError::Sandbox(error),
        }
    }
}

/// Why the engine cannot start.
#[derive(Debug, Error)]
pub enum StartError {
    /// A language definition is wrong.
    #[error("{file}: {message}")]
    Definition {
        /// The definition file.
        file: String,
        /// What is wrong with it.
        message: String,
    },
    /// The sandbox cannot work on this host.
    #[error(transparent)]
    Sandbox(#[from] codecanvas_sandbox::Error),
}
