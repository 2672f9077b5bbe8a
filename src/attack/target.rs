//! What is attacked: this host's sandbox, or a server.

use std::path::Path;

use anyhow::{Result, anyhow};
use codecanvas_protocol::{JobSpec, LanguageInfo, Report};

use super::{
    end::End,
    lures::{self, Lures},
    step::Step,
};
use crate::{client::Client, local::Local, refusal::Refusal};

/// Where the programs run.
pub(super) enum Target {
    Here { local: Box<Local>, lures: Lures },
    Server { client: Client, port: u16 },
}

/// What came of one program.
pub(super) enum Ran {
    Refused,
    Report(Box<Report>),
    /// The language is not there.
    NotRun(String),
}

impl Ran {
    /// Every word that is true of how it ended.
    pub(super) fn ends(&self) -> Vec<End> {
        match self {
            Ran::Report(report) => End::of(report),
            Ran::Refused => vec![End::refused()],
            Ran::NotRun(_) => Vec::new(),
        }
    }
}

impl Target {
    pub(super) fn here(config: Option<&Path>, jobs: u32) -> Result<Target> {
        // First the launcher: the lures have threads.
        let local = Box::new(Local::for_threads(config, jobs)?);
        local.probe();
        Ok(Target::Here { local, lures: Lures::plant()? })
    }

    pub(super) fn server(url: &str) -> Result<Target> {
        let client = Client::new(url)?;
        Ok(Target::Server { port: client.port(), client })
    }

    pub(super) fn languages(&self) -> Result<Vec<LanguageInfo>> {
        match self {
            Target::Here { local, .. } => Ok(local.languages()),
            Target::Server { client, .. } => client.languages(),
        }
    }

    /// Runs one program. It is an error when there is neither a report nor a refusal: what is attacked is broken then.
    pub(super) fn run(&self, step: &Step, languages: &[LanguageInfo]) -> Result<Ran> {
        let known = |language: &&LanguageInfo| language.extensions.iter().any(|known| known == step.extension());
        let language = languages.iter().find(known).ok_or_else(|| anyhow!("{}: no language has this extension", step.path))?;
        if !language.available {
            return Ok(Ran::NotRun(format!("{} is not there", language.name)));
        }
        let job = step.job(&language.id, &|text| self.bait(text));
        match self.report(job) {
            Ok(report) => Ok(Ran::Report(Box::new(report))),
            Err(error) if error.is::<Refusal>() => Ok(Ran::Refused),
            Err(error) => Err(error),
        }
    }

    pub(super) fn report(&self, job: JobSpec) -> Result<Report> {
        match self {
            Target::Here { local, .. } => local.run(job, Box::new(|_| {})),
            Target::Server { client, .. } => client.run(&job),
        }
    }

    /// Whether interpreters of a language may be started ahead; a server does not say.
    pub(super) fn may_start_ahead(&self, id: &str) -> bool {
        match self {
            Target::Here { local, .. } => local.engine().warm_modes().contains_key(id),
            Target::Server { .. } => true,
        }
    }

    /// The lures on this host; on a server's nothing can be planted.
    pub(super) fn lures(&self) -> Option<&Lures> {
        match self {
            Target::Here { lures, .. } => Some(lures),
            Target::Server { .. } => None,
        }
    }

    /// With a server elsewhere the lures are what every host has, and what no host has.
    fn bait(&self, text: &str) -> String {
        match self {
            Target::Here { lures, .. } => lures.bait(text),
            Target::Server { port, .. } => lures::name(
                text,
                &[
                    ("@LURE_FILE@", "/etc/shadow".to_owned()),
                    ("@LURE_FOLDER@", "/etc".to_owned()),
                    ("@LURE_SOCKET@", "/run/systemd/private".to_owned()),
                    ("@LURE_ABSTRACT@", "/tmp/.X11-unix/X0".to_owned()),
                    ("@LURE_TCP@", port.to_string()),
                    ("@LURE_UDP@", "53".to_owned()),
                    ("@LURE_PID@", "1000000".to_owned()),
                    ("@LURE_SHM@", "1".to_owned()),
                ],
            ),
        }
    }
}
