//! A builder that has an interpreter in its memory: what it forks need not execute one. It is the interpreter's own program, executed
//! afresh, so that its memory has seen no program and no secret, with a library of ours that takes over before its `main`
//! (`crates/template`). It runs no program itself: the only code in it is ours and that of the host's interpreter.
//!
//! A sandbox that it forks serves either way: its program may be the interpreter's, or be executed as any other.

use std::{
    os::fd::{AsFd, OwnedFd},
    path::Path,
};

use codecanvas_embed::{Interpreter, Kind};
use serde::{Deserialize, Serialize};

use super::{
    builder::{self, Premises},
    keeper::{complain, take_client},
};
use crate::{
    error::{At, Error, Step},
    mount, seccomp, sys,
    sys::words::Layout,
    wire,
};

/// Where the interpreter finds the library when it is executed. Nothing is left there when it has; the name stays in the list of
/// what is mapped into each program's memory.
pub(super) const LIBRARY: &str = "/work/codecanvas-template.so";

/// The variable that makes it look (ld.so(8)).
pub(super) const PRELOAD: &str = "LD_PRELOAD";

/// What it is told at its start; descriptors of the launcher's process and of the host's /proc come with it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Calling {
    pub(super) interpreter: Kind,
    pub(super) argv: Vec<String>,
    /// Whether another serves until this one is ready.
    pub(super) at_leisure: bool,
    pub(super) rootless: bool,
    pub(super) proc_masks: Vec<(String, bool)>,
}

/// A template's whole life, in the process of an interpreter that was preloaded with the package `codecanvas-template`; its exit
/// code. For that package alone.
pub fn serve_as_template() -> i32 {
    let ended = live();
    if let Err(error) = &ended {
        complain(error);
    }
    i32::from(ended.is_err())
}

fn live() -> Result<(), Error> {
    let step = Step::StartTemplate;
    let launcher = take_client().at(step)?;
    let Some((calling, fds)) = wire::receive::<Calling>(launcher.as_fd()).at(step)? else { return Ok(()) };
    let Ok([myself, proc]) = <[OwnedFd; 2]>::try_from(fds) else {
        return Err(Error::refused(step, "a calling without its descriptors"));
    };
    let ready = prepare(&calling, &myself, &proc);
    wire::send(launcher.as_fd(), &ready.as_ref().map(drop).map_err(Error::clone), &[]).at(step)?;
    // Its memory is every program's: what was told is not needed any more.
    let Calling { rootless, proc_masks, .. } = calling;
    let resident = ready?;
    let premises = Premises { rootless, proc_masks: &proc_masks, myself: &myself, proc: &proc, resident: Some(&resident) };
    builder::serve(&launcher, &premises)
}

/// What a template has in its memory for the programs that go on with it.
pub(crate) struct Resident {
    pub(crate) interpreter: Interpreter,
    /// How its memory is laid out, as far as the kernel keeps account of that.
    pub(crate) layout: Option<Layout>,
}

fn prepare(calling: &Calling, myself: &OwnedFd, proc: &OwnedFd) -> Result<Resident, Error> {
    let step = Step::StartTemplate;
    sys::forget_variable(PRELOAD).at(step)?;
    mount::detach(Path::new(LIBRARY).parent().unwrap_or(Path::new("/"))).at(step)?;
    sys::die_with(myself.as_fd()).at(step)?;
    rustix::thread::set_name(c"template").at(step)?;
    sys::reset_signals().at(step)?;
    sys::bar_capabilities().at(Step::Capabilities)?;
    seccomp::install()?;
    let layout = Layout::read(proc.as_fd()).ok();
    let interpreter = Interpreter::load(calling.interpreter, &calling.argv, calling.at_leisure);
    let named = calling.argv.first().map_or("", String::as_str);
    let interpreter = interpreter.map_err(|reason| Error::refused(step, format!("{named}: {reason}")))?;
    Ok(Resident { interpreter, layout })
}
