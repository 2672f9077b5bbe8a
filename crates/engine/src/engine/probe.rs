//! Questions of our own, asked in sandboxes as jobs are: which version a toolchain has, and whether a run would work now.

use std::{error::Error, sync::Arc};

use codecanvas_protocol::{Outcome, Phase};
use codecanvas_sandbox::{Mount, Step};
use tokio::{sync::Semaphore, task::JoinSet};

use super::Engine;
use crate::{
    RunError,
    cache::Turn,
    execute::{Audience, Finished, execute, failure},
    plan::{PhasePlan, Plan, probe_limits},
    registry::Language,
};

/// How long a toolchain may think about its version. Some start a virtual machine for it.
const VERSION_MS: u64 = 60_000;

/// How long the program may take that does nothing.
const READY_MS: u64 = 5_000;

impl Engine {
    /// Asks every toolchain of this host for its version, as many at once as there are runners. Those that answer are available
    /// from then on; of the others [`Engine::languages`] says why they are not.
    pub async fn probe(&self) {
        let turns = Arc::new(Semaphore::new(self.parts.config.runner_count() as usize));
        let mut questions = JoinSet::new();
        for language in self.parts.registry.languages() {
            let (engine, language, turns) = (self.clone(), Arc::clone(language), Arc::clone(&turns));
            questions.spawn(async move {
                let _turn = turns.acquire().await;
                engine.ask_version(&language).await;
            });
        }
        while let Some(question) = questions.join_next().await {
            if let Err(error) = question {
                tracing::error!(%error, "asking a toolchain for its version failed");
            }
        }
    }

    /// Asks one language's toolchain, by the language's id or an alias. A name that nobody has is no mistake here: running it is.
    pub async fn probe_one(&self, language: &str) {
        if let Some(language) = self.parts.registry.get(language) {
            self.ask_version(&language).await;
        }
    }

    /// Whether a run would work now: runs a program that does nothing, beside the queue.
    ///
    /// # Errors
    /// [`RunError::ShuttingDown`] when jobs are let in no more, [`RunError::Sandbox`] when the sandbox failed, or the program did
    /// not even succeed in doing nothing.
    pub async fn ready(&self) -> Result<(), RunError> {
        if self.parts.admission.is_closed() {
            return Err(RunError::ShuttingDown);
        }
        let command = (vec!["true".to_owned()], vec![("PATH".to_owned(), "/usr/bin:/bin".to_owned())]);
        let outcome = self.ask(command, READY_MS, "", &[]).await?.outcome;
        if outcome.is_success() { Ok(()) } else { Err(failure(Step::Execute, format!("`true` ended with {outcome:?}"))) }
    }

    async fn ask_version(&self, language: &Arc<Language>) {
        let Some(command) = language.version_command() else { return };
        if self.parts.cache.is_on() {
            let language = Arc::clone(language);
            // Compilers are large files.
            let read = tokio::task::spawn_blocking(move || language.identify()).await;
            if let Ok(Err(error)) = read {
                tracing::warn!(%error, "a compiler cannot be read, so nothing that it compiles is kept");
            }
        }
        let answer = match self.ask(command, VERSION_MS, language.id(), language.mounts()).await {
            Ok(finished) => version(language, &finished),
            Err(error) => Err(format!("its toolchain could not be tried: {}", with_cause(&error))),
        };
        if let Err(reason) = &answer {
            tracing::warn!(language = language.id(), reason, "the language is not available");
        }
        self.parts.registry.set_version(language.id(), answer);
    }

    async fn ask(
        &self,
        (argv, env): (Vec<String>, Vec<(String, String)>),
        milliseconds: u64,
        language: &str,
        mounts: &[Mount],
    ) -> Result<Finished, RunError> {
        let limits = probe_limits(&self.parts.config, milliseconds);
        let phase = PhasePlan { phase: Phase::Run, argv, env, limits, stdin: Vec::new(), live: None, warm: false };
        let plan = Plan { language: language.to_owned(), files: Vec::new(), phases: vec![phase], mounts: mounts.to_vec() };
        let mut finished = execute(
            self.parts.launcher.clone(),
            plan,
            Turn::Alone,
            (),
            Audience { watcher: Box::new(|_| {}), on_live: None, tally: Arc::default() },
        )
        .await?;
        Ok(finished.pop().expect("a plan has a phase"))
    }
}

/// The version in what a toolchain said, or why there is none.
fn version(language: &Language, said: &Finished) -> Result<String, String> {
    match &said.outcome {
        Outcome::Exited { code: 0 } => {}
        Outcome::Exited { code } => {
            return Err(format!("its toolchain answers the question for its version with exit status {code}"));
        }
        Outcome::Signaled { name, .. } => return Err(format!("its toolchain dies of {name} when asked for its version")),
        other => {
            return Err(match other.breach() {
                Some(breach) => format!("its toolchain passes the limit {} when asked for its version", breach.limit),
                None => "asking for its version was cancelled".to_owned(),
            });
        }
    }
    // Some say it on stdout, some on stderr.
    let answer = format!("{}\n{}", said.stdout.text(), said.stderr.text());
    language.parse_version(&answer).ok_or_else(|| "its toolchain does not tell its version as expected".to_owned())
}

/// An error and what is behind it, in one line.
fn with_cause(error: &dyn Error) -> String {
    match error.source() {
        Some(cause) => format!("{error}: {}", with_cause(cause)),
        None => error.to_string(),
    }
}
