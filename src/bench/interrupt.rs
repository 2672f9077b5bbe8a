//! Ctrl-C: the first one ends the measuring early, the second one ends the program.

use std::{
    process,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    thread,
};

use anyhow::{Context, Result};
use rustix::process::{Pid, Signal, kill_process};
use tokio::signal::unix::{SignalKind, signal};

/// What an end by SIGINT is in a shell.
pub(super) const EXIT_CODE: u8 = 130;

/// What is to end: this program, and the server that it started.
#[derive(Debug, Default, Clone)]
pub(super) struct Interrupt {
    stop: Arc<AtomicBool>,
    server: Arc<AtomicU32>,
}

impl Interrupt {
    /// Catches SIGINT from now on, and the signals by which a terminal or a system ends programs.
    pub(super) fn catch() -> Result<Interrupt> {
        let interrupt = Interrupt::default();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("cannot catch signals")?;
        let signals = runtime.block_on(async {
            Ok::<_, std::io::Error>([
                signal(SignalKind::interrupt())?,
                signal(SignalKind::terminate())?,
                signal(SignalKind::hangup())?,
            ])
        });
        let [mut interrupts, mut terminates, mut hangups] = signals.context("cannot catch signals")?;
        let own = interrupt.clone();
        thread::spawn(move || {
            runtime.block_on(async {
                for count in 1.. {
                    tokio::select! {
                        _ = interrupts.recv() => {}
                        _ = terminates.recv() => {}
                        _ = hangups.recv() => {}
                    }
                    own.stop.store(true, Ordering::Relaxed);
                    if count > 1 {
                        own.end_server();
                        process::exit(EXIT_CODE.into());
                    }
                }
            });
        });
        Ok(interrupt)
    }

    /// A server that must not outlive this program.
    pub(super) fn takes_along(&self, server: u32) {
        self.server.store(server, Ordering::Relaxed);
    }

    /// The flag that the first signal sets.
    pub(super) fn flag(&self) -> &AtomicBool {
        &self.stop
    }

    pub(super) fn happened(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    fn end_server(&self) {
        let pid = i32::try_from(self.server.load(Ordering::Relaxed)).ok().and_then(Pid::from_raw);
        if let Some(pid) = pid {
            let _ = kill_process(pid, Signal::TERM);
        }
    }
}
