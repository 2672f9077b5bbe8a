//! `codecanvas exec`: one command in the sandbox, without an engine around it.

mod arguments;

use std::process::ExitCode;

use anyhow::{Context, Result};
use codecanvas_protocol::Limits;
use codecanvas_sandbox::{Command, Error, Exit, Launcher, Setup, Step};
use serde_json::json;

use crate::{
    exit_code,
    explain::{self, Raise},
    limits, stdin, terminal,
};

pub(crate) use arguments::Args;

pub(crate) fn main(args: Args) -> Result<ExitCode> {
    let files = args.files.iter().map(arguments::file).collect::<Result<Vec<_>>>()?;
    // First the launcher: it must be started before there are threads.
    let launcher = Launcher::start(&Setup { executable: None, mounts: args.mounts.clone(), slots: 1, ..Setup::default() })
        .context("the sandbox did not start (`codecanvas doctor` tells what this host lacks)")?;
    let command = Command {
        argv: arguments::argv(&args.command),
        env: arguments::environment(&args.env),
        files,
        mounts: args.mounts.clone(),
        stdin: stdin::read(args.stdin.as_ref())?,
        limits: decided(&args),
        keep_workspace: false,
        base: None,
        warm: false,
        live: None,
    };
    match execute(&launcher, &command) {
        Ok(exit) => end(&args, &exit),
        Err(error) if error.is_not_found() => {
            terminal::say(&format!("{}: command not found in the sandbox", args.command[0]));
            Ok(ExitCode::from(exit_code::COMMAND_NOT_FOUND))
        }
        Err(error) if error.step == Step::Execute => {
            terminal::say(&error.to_string());
            Ok(ExitCode::from(exit_code::COMMAND_NOT_EXECUTABLE))
        }
        Err(error) => Err(error.into()),
    }
}

fn execute(launcher: &Launcher, command: &Command) -> Result<Exit, Error> {
    let mut sandbox = launcher.sandbox()?;
    let child = sandbox.spawn(command)?;
    child.wait(&mut terminal::pass)
}

fn end(args: &Args, exit: &Exit) -> Result<ExitCode> {
    if let Some(line) = explain::stop(&exit.outcome, Raise::Limit) {
        terminal::say(&line);
    }
    if args.json {
        let report = json!({
            "outcome": exit.outcome,
            "usage": exit.usage,
            "stdout_bytes": exit.stdout_bytes,
            "stderr_bytes": exit.stderr_bytes,
        });
        eprintln!("{report}");
    } else if args.usage {
        terminal::say(&format!(
            "{:.3} s of processor time, {:.3} s on the clock, {} of memory at most",
            exit.usage.cpu_time_ms / 1000.0,
            exit.usage.wall_time_ms / 1000.0,
            limits::bytes(exit.usage.memory_peak_bytes),
        ));
    }
    Ok(exit_code::of(&exit.outcome))
}

/// The defaults, with the limits of the command line in their place. All output is passed on, so `output` says when to stop.
fn decided(args: &Args) -> Limits {
    let asked = limits::spec(&args.limits);
    let mut limits = Limits::default().with(&asked);
    limits.output_ceiling_bytes = asked.output_bytes.unwrap_or(limits.output_ceiling_bytes);
    limits
}
