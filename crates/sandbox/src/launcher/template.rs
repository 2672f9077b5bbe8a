//! A builder that has an interpreter in its memory: what it forks need not execute one. It is executed afresh, so that its memory has
//! seen no program and no secret, and it runs none itself: the only code in it is ours and that of the host's interpreter.
//!
//! A sandbox that it forks serves either way: its program may be the interpreter's, or be executed as any other.

use std::{
    ffi::CStr,
    os::fd::{AsFd, OwnedFd},
    path::PathBuf,
};

use codecanvas_embed::{Interpreter, Kind};
use serde::{Deserialize, Serialize};

use super::{
    builder::{self, Premises},
    keeper::take_client,
};
use crate::{
    error::{At, Error, Step},
    seccomp, sys, wire,
};

/// The name that tells the program to be a template, see [`crate::enter_if_launcher`].
pub(crate) const TEMPLATE_NAME: &CStr = c"codecanvas-template";

/// What it is told at its start; descriptors of the launcher's process and of the host's /proc come with it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Calling {
    pub(super) interpreter: Kind,
    pub(super) library: PathBuf,
    pub(super) argv: Vec<String>,
    pub(super) rootless: bool,
    pub(super) proc_masks: Vec<(String, bool)>,
}

/// A template's whole life.
pub(super) fn live() -> Result<(), Error> {
    let step = Step::StartTemplate;
    let launcher = take_client().at(step)?;
    let Some((calling, fds)) = wire::receive::<Calling>(launcher.as_fd()).at(step)? else { return Ok(()) };
    let Ok([myself, proc]) = <[OwnedFd; 2]>::try_from(fds) else {
        return Err(Error::refused(step, "a calling without its descriptors"));
    };
    let ready = prepare(&calling, &myself);
    wire::send(launcher.as_fd(), &ready.as_ref().map(drop).map_err(Error::clone), &[]).at(step)?;
    // Its memory is every program's: what was told is not needed any more.
    let Calling { rootless, proc_masks, .. } = calling;
    let interpreter = ready?;
    let premises =
        Premises { rootless, proc_masks: &proc_masks, myself: &myself, proc: &proc, interpreter: Some(&interpreter) };
    builder::serve(&launcher, &premises)
}

fn prepare(calling: &Calling, myself: &OwnedFd) -> Result<Interpreter, Error> {
    let step = Step::StartTemplate;
    sys::die_with(myself.as_fd()).at(step)?;
    rustix::thread::set_name(c"template").at(step)?;
    sys::reset_signals().at(step)?;
    sys::bar_capabilities().at(Step::Capabilities)?;
    seccomp::install()?;
    Interpreter::load(calling.interpreter, &calling.library, &calling.argv)
        .map_err(|reason| Error::refused(step, format!("{}: {reason}", calling.library.display())))
}
