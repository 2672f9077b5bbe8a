//! The talk with a program that the engine in this program runs.

use std::future::pending;

use anyhow::Result;
use codecanvas_engine::{Controls, Feed};
use codecanvas_protocol::{JobSpec, Report};
use tokio::sync::oneshot;

use super::{Said, console::Console};
use crate::{
    local::{Local, plain},
    run::Show,
};

/// Runs the job to its end.
pub(super) fn talk(local: &Local, spec: JobSpec, show: &Show) -> Result<Report> {
    let (send, controls) = oneshot::channel();
    let on_terminal = spec.tty.is_some();
    local.runtime().block_on(async {
        let engine = local.engine();
        engine.probe_one(&spec.language).await;
        let run = engine.interact(spec, show.watcher(), Box::new(|controls| drop(send.send(controls))));
        tokio::select! {
            report = run => report.map_err(plain),
            error = feed(controls, on_terminal) => Err(error),
        }
    })
}

/// Passes on what is said; it never ends well, the program does.
async fn feed(controls: oneshot::Receiver<Controls>, on_terminal: bool) -> anyhow::Error {
    // Without a program the run itself says why.
    let Ok(controls) = controls.await else { return pending().await };
    match pass_on(controls, on_terminal).await {
        Ok(never) => match never {},
        Err(error) => error,
    }
}

async fn pass_on(controls: Controls, on_terminal: bool) -> Result<std::convert::Infallible> {
    let feed = Feed::new(controls.input)?;
    // The program may end or close its input at any time: that is no failure.
    let _ = feed.write(&controls.first).await;
    let mut console = Console::open(on_terminal)?;
    loop {
        match console.next().await? {
            Said::Input(bytes) => tokio::select! {
                // A program that does not read must not keep us from ending.
                _ = feed.write(&bytes) => {}
                error = console.told_to_end() => return Err(error),
            },
            Said::End => drop(feed.end()),
            Said::Resize(size) => drop(feed.resize(size)),
        }
    }
}
