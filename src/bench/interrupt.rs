//! Ctrl-C: the first one ends the measuring early, the second one ends the program.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use anyhow::{Context, Result};
use tokio::signal::unix::{SignalKind, signal};

/// What an end by SIGINT is in a shell.
pub(super) const EXIT_CODE: u8 = 130;

/// Catches SIGINT from now on; the flag is set by the first.
pub(super) fn catch() -> Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("cannot catch signals")?;
    let mut signals = runtime.block_on(async { signal(SignalKind::interrupt()) }).context("cannot catch signals")?;
    let flag = stop.clone();
    thread::spawn(move || {
        runtime.block_on(signals.recv());
        flag.store(true, Ordering::Relaxed);
        runtime.block_on(signals.recv());
        std::process::exit(EXIT_CODE.into());
    });
    Ok(stop)
}
