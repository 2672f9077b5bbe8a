//! The engine: languages, admission and launcher in one handle.

mod probe;

use std::{collections::BTreeMap, path::PathBuf, sync::Arc, time::Duration};

use codecanvas_protocol::{Ceilings, JobSpec, LanguageInfo, Report};
use codecanvas_sandbox::{Launcher, Setup};
use tokio::time::timeout_at;

use crate::{
    EngineConfig, Invalid, RunError, StartError, WarmMode,
    admission::{Admission, Place},
    cache::{Cache, Turn, key},
    execute::{Audience, Toolchain, execute, report},
    plan::{Plan, plan, plan_live, require},
    registry::{Language, Registry},
    tally::{Metrics, Tally},
};

pub use crate::execute::{Controls, Moment, OnLive, Watcher};

/// Sandboxes beyond those of the runners: for asking whether all is well while every runner is busy, and because a sandbox that
/// has ended takes a moment to be gone.
const SPARE_SANDBOXES: u32 = 2;

/// So many more sandboxes than runners are built ahead: there are some of every kind that is asked for again and again.
const SPARES_BESIDE: u32 = 2;

/// Runs jobs. Clones are handles of the same engine; with the last one every sandbox ends.
#[derive(Debug, Clone)]
pub struct Engine {
    parts: Arc<Parts>,
}

#[derive(Debug)]
struct Parts {
    config: EngineConfig,
    registry: Registry,
    launcher: Launcher,
    cache: Cache,
    admission: Admission,
    /// Places for interactive runs.
    sessions: Admission,
    tally: Arc<Tally>,
}

impl Engine {
    /// Reads the definitions, looks for the toolchains and starts the launcher. Blocks, and has to be called before the process
    /// has threads and before it gives root away.
    ///
    /// No language is available until [`Engine::probe`] or [`Engine::probe_one`] has asked for its version.
    ///
    /// # Errors
    /// [`StartError`]: a wrong definition, or a host on which the sandbox cannot work.
    pub fn start(config: &EngineConfig) -> Result<Engine, StartError> {
        Engine::start_with(config, None)
    }

    /// The same with another program as launcher than this one; it has to call [`codecanvas_sandbox::enter_if_launcher`] first
    /// in its `main`. For tests, whose own program does not.
    ///
    /// # Errors
    /// As [`Engine::start`].
    pub fn start_with(config: &EngineConfig, executable: Option<PathBuf>) -> Result<Engine, StartError> {
        let registry = Registry::load(config.languages_dir.as_deref())?;
        let runners = config.runner_count();
        let slots = runners.saturating_add(SPARE_SANDBOXES).saturating_add(config.interactive.sessions);
        let warm = if config.warm { registry.warm(&config.run) } else { Vec::new() };
        let spares = config.spares.unwrap_or(runners.saturating_add(SPARES_BESIDE));
        let launcher = Launcher::start(&Setup {
            executable,
            mounts: registry.mounts(),
            warm,
            slots,
            spares,
            tree_bytes: config.cache_bytes,
        })?;
        let admission = Admission::new(runners, config.queue, config.queue_wait);
        // Whoever wants to talk to a program wants it now: nobody waits in a line.
        let sessions = Admission::new(config.interactive.sessions, 0, Duration::ZERO);
        let parts = Parts {
            config: config.clone(),
            registry,
            launcher,
            cache: Cache::new(config.cache_bytes),
            admission,
            sessions,
            tally: Arc::default(),
        };
        Ok(Engine { parts: Arc::new(parts) })
    }

    /// Every language, available or not: those of the original codecanvas first, the others by id.
    pub fn languages(&self) -> Vec<LanguageInfo> {
        self.parts.registry.infos()
    }

    /// [`Registry::warm_modes`] as the configuration has them: none when it wants no warm starts.
    pub fn warm_modes(&self) -> BTreeMap<&str, WarmMode> {
        if self.parts.config.warm { self.parts.registry.warm_modes() } else { BTreeMap::new() }
    }

    /// Runs a job. Dropping the future kills the run; its slot is free once nothing of it is left.
    ///
    /// # Errors
    /// [`RunError`]; a program that fails is a report.
    pub async fn run(&self, spec: JobSpec) -> Result<Report, RunError> {
        self.watch(spec, Box::new(|_| {})).await
    }

    /// Runs a job and tells `watcher` of everything as it comes, also of output that the report leaves out.
    ///
    /// # Errors
    /// As [`Engine::run`]. A watcher that panics ends the run with [`RunError::Sandbox`].
    pub async fn watch(&self, spec: JobSpec, watcher: Watcher) -> Result<Report, RunError> {
        self.run_for(spec, watcher, None).await
    }

    /// Runs a job that is fed while it runs; `on_live` gets the means when its program has started.
    ///
    /// # Errors
    /// As [`Engine::watch`].
    pub async fn interact(&self, spec: JobSpec, watcher: Watcher, on_live: OnLive) -> Result<Report, RunError> {
        self.run_for(spec, watcher, Some(on_live)).await
    }

    async fn run_for(&self, spec: JobSpec, watcher: Watcher, on_live: Option<OnLive>) -> Result<Report, RunError> {
        let parts = &self.parts;
        require(&spec)?;
        let language = parts.registry.resolve(&spec.language)?;
        let is_live = on_live.is_some();
        if is_live && parts.config.interactive.sessions == 0 {
            let message = "there are no interactive runs here: engine.interactive.sessions is 0".to_owned();
            return Err(Invalid { kind: "not-interactive", field: String::new(), message }.into());
        }
        let plan = if is_live { plan_live } else { plan }(&spec, &language, &parts.config)?;
        let is_cached = spec.cache;
        // All that is needed of it is in the plan; a waiting job need not hold it twice.
        drop(spec);
        let places = if is_live { &parts.sessions } else { &parts.admission };
        let (turn, place) = if is_cached { self.turn(&plan, &language, places).await } else { (Turn::Alone, None) };
        let permit = places.enter_from(place).await?;
        let audience = Audience { watcher, on_live, tally: Arc::clone(&parts.tally) };
        let finished = execute(parts.launcher.clone(), plan, turn, permit, audience).await?;
        let toolchain = Toolchain {
            language: language.id().to_owned(),
            version: language.version().unwrap_or_default(),
            weaker: self.weaker(),
        };
        Ok(report(finished, toolchain).expect("a plan has a phase"))
    }

    /// What a job has to do about its compile phase; waits while another one does the same, and gives the place in which it did. Where
    /// nobody may wait, or not longer, it compiles by itself.
    async fn turn<'p>(&self, plan: &Plan, language: &Language, places: &'p Admission) -> (Turn, Option<Place<'p>>) {
        let Parts { cache, launcher, .. } = &*self.parts;
        let alone = (Turn::Alone, None);
        let Some(toolchain) = language.identity().filter(|_| cache.is_on()) else { return alone };
        let Some(key) = key(plan, &language.version().unwrap_or_default(), &toolchain) else { return alone };
        if let Some(known) = cache.look(key, launcher.pid()) {
            return (known, None);
        }
        if let Some(first) = cache.turn_at_once(key) {
            return (first, None);
        }
        let Some(place) = places.wait_beside() else { return alone };
        let turn = timeout_at(place.until(), cache.turn(key, || launcher.pid())).await.unwrap_or(Turn::Alone);
        (turn, Some(place))
    }

    /// Lets no new job in, sends away those that wait, and waits until those that run have ended.
    pub async fn drain(&self) {
        for places in [&self.parts.admission, &self.parts.sessions] {
            places.close();
        }
        self.parts.admission.drain().await;
        self.parts.sessions.drain().await;
    }

    /// What it has done, and what it does now.
    pub fn metrics(&self) -> Metrics {
        let Parts { tally, admission, sessions, .. } = &*self.parts;
        Metrics { counts: tally.counts(), running: admission.running() + sessions.running(), waiting: admission.waiting() }
    }

    /// What clients may ask for.
    pub fn ceilings(&self) -> Ceilings {
        Ceilings { weaker: self.weaker(), ..self.parts.config.ceilings() }
    }

    /// The configuration it was started with.
    pub fn config(&self) -> &EngineConfig {
        &self.parts.config
    }

    /// Sentences about what this host cannot enforce; empty on a host with everything.
    pub fn weaker(&self) -> Vec<String> {
        self.parts.launcher.weaker().to_vec()
    }
}
