//! What the server asks of an engine.

use codecanvas_engine::{Engine, Metrics, OnLive, RunError, Watcher};
use codecanvas_protocol::{Ceilings, JobSpec, LanguageInfo, Report};

/// Something that runs jobs: the engine, or in tests of the HTTP layer something that only waits.
pub trait Runner: Clone + Send + Sync + 'static {
    /// Every language, with what this host has of it.
    fn languages(&self) -> Vec<LanguageInfo>;

    /// Runs a job. Dropping the future kills the run and frees its place.
    fn run(&self, spec: JobSpec) -> impl Future<Output = Result<Report, RunError>> + Send;

    /// Runs a job and tells the watcher of everything as it comes.
    fn watch(&self, spec: JobSpec, watcher: Watcher) -> impl Future<Output = Result<Report, RunError>> + Send;

    /// The same for a job that is fed while it runs.
    fn interact(
        &self,
        spec: JobSpec,
        watcher: Watcher,
        on_live: OnLive,
    ) -> impl Future<Output = Result<Report, RunError>> + Send;

    /// What clients may ask for.
    fn ceilings(&self) -> Ceilings;

    /// What it has done, and what it does now.
    fn metrics(&self) -> Metrics;

    /// Whether a run would work now.
    fn ready(&self) -> impl Future<Output = Result<(), RunError>> + Send;

    /// Takes no new jobs and waits until what runs has ended.
    fn drain(&self) -> impl Future<Output = ()> + Send;
}

impl Runner for Engine {
    fn languages(&self) -> Vec<LanguageInfo> {
        Engine::languages(self)
    }

    async fn run(&self, spec: JobSpec) -> Result<Report, RunError> {
        Engine::run(self, spec).await
    }

    async fn watch(&self, spec: JobSpec, watcher: Watcher) -> Result<Report, RunError> {
        Engine::watch(self, spec, watcher).await
    }

    async fn interact(&self, spec: JobSpec, watcher: Watcher, on_live: OnLive) -> Result<Report, RunError> {
        Engine::interact(self, spec, watcher, on_live).await
    }

    fn ceilings(&self) -> Ceilings {
        Engine::ceilings(self)
    }

    fn metrics(&self) -> Metrics {
        Engine::metrics(self)
    }

    async fn ready(&self) -> Result<(), RunError> {
        Engine::ready(self).await
    }

    async fn drain(&self) {
        Engine::drain(self).await;
    }
}
