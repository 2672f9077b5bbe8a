//! The engine inside this program, for commands that need no server.

use std::path::Path;

use anyhow::{Result, anyhow};
use codecanvas_engine::{Engine, EngineConfig, RunError, StartError, Watcher};
use codecanvas_protocol::{JobSpec, LanguageInfo, Report};
use tokio::runtime::{Builder, Runtime};

use crate::{config, refusal::Refusal};

/// An engine and the runtime it works on.
pub(crate) struct Local {
    engine: Engine,
    runtime: Runtime,
}

impl Local {
    /// Starts the engine as the configuration file says. No language is asked for its version yet.
    pub(crate) fn start(config: Option<&Path>) -> Result<Local> {
        // One run has no use for sandboxes that are built ahead.
        let mut config = EngineConfig { spares: Some(0), runners: 1, cache_bytes: 0, ..config::read(config)?.engine };
        config.interactive.sessions = 1;
        // First the engine: its launcher must be started before there are threads.
        let engine = Engine::start(&config).map_err(start_error)?;
        let runtime = Builder::new_current_thread().enable_all().build()?;
        Ok(Local { engine, runtime })
    }

    /// The same for so many threads at a time that each have their own runs.
    pub(crate) fn for_threads(config: Option<&Path>, threads: u32) -> Result<Local> {
        // Each may have one run beside another.
        let config = EngineConfig { runners: threads.saturating_mul(2), ..config::read(config)?.engine };
        let engine = Engine::start(&config).map_err(start_error)?;
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        Ok(Local { engine, runtime })
    }

    /// Every language; versions only of those that were asked.
    pub(crate) fn languages(&self) -> Vec<LanguageInfo> {
        self.engine.languages()
    }

    /// Asks every toolchain for its version.
    pub(crate) fn probe(&self) {
        self.runtime.block_on(self.engine.probe());
    }

    /// Runs a job, and tells `watcher` of everything as it comes.
    pub(crate) fn run(&self, spec: JobSpec, watcher: Watcher) -> Result<Report> {
        let report = self.runtime.block_on(async {
            self.engine.probe_one(&spec.language).await;
            self.engine.watch(spec, watcher).await
        });
        report.map_err(plain)
    }

    pub(crate) fn engine(&self) -> &Engine {
        &self.engine
    }

    pub(crate) fn runtime(&self) -> &Runtime {
        &self.runtime
    }
}

/// Why there is no report, for a person.
pub(crate) fn plain(error: RunError) -> anyhow::Error {
    match error {
        RunError::Invalid(invalid) => Refusal::new(Some(&invalid.field), &invalid.message).into(),
        other => anyhow!(other),
    }
}

/// Why the engine did not start, and where to look.
pub(crate) fn start_error(error: StartError) -> anyhow::Error {
    match error {
        StartError::Sandbox(_) => anyhow!("{error} (`codecanvas doctor` tells what this host lacks)"),
        StartError::Definition { .. } => anyhow!(error),
    }
}
