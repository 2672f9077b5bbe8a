//! Where everything is measured: a temporary folder, a launcher of the bench's own, and a server.

use std::{fs, thread::available_parallelism};

use anyhow::{Context, Result};
use codecanvas_sandbox::{Launcher, Setup};
use tempfile::TempDir;

use crate::{
    measure::Way,
    process::{Cpu, own_id},
    server::Server,
    subject::{self, Interpreters, Subject},
};

/// All of it; gone when dropped.
pub(crate) struct Place {
    pub(crate) subjects: Vec<Subject>,
    pub(crate) launcher: Launcher,
    pub(crate) server: Server,
    pub(crate) folder: TempDir,
}

impl Place {
    pub(crate) fn set_up() -> Result<Place> {
        let folder = tempfile::tempdir()?;
        let own = folder.path().join("server");
        fs::create_dir(&own)?;
        let server = Server::start(&own)?;
        let interpreters = Interpreters::of(&server)?;
        let cores = available_parallelism().map_or(1, usize::from);
        let spares = u32::try_from(cores.max(2))?;
        // Two more than run at once, as the engine has it: a sandbox that has ended takes a moment to be gone.
        let slots = spares + 2;
        let executable = Some(env!("CARGO_BIN_EXE_codecanvas").into());
        let launcher = Launcher::start(&Setup { executable, mounts: interpreters.mounts(), slots, spares, ..Setup::default() })
            .context("the sandbox does not work here; `codecanvas doctor` says why")?;
        let subjects = subject::all(folder.path(), &interpreters)?;
        Ok(Place { subjects, launcher, server, folder })
    }

    /// Processor time used so far by what works for one way.
    pub(crate) fn cpu(&self, way: Way) -> Result<Cpu> {
        match way {
            Way::Bare => Cpu::so_far(own_id(), None),
            Way::Library => Cpu::so_far(own_id(), Some(self.launcher.pid())),
            Way::Http => self.server.cpu(),
        }
    }
}
