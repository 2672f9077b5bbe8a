//! `codecanvas completions`: the script that teaches a shell to complete our arguments.

use std::process::ExitCode;

use clap::CommandFactory;
use clap_complete::Shell;

use crate::terminal;

/// Print the completion script of a shell.
///
/// For bash: codecanvas completions bash > ~/.local/share/bash-completion/completions/codecanvas
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The shell.
    shell: Shell,
}

pub(crate) fn main(args: Args) -> anyhow::Result<ExitCode> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut crate::Cli::command(), "codecanvas", &mut script);
    terminal::print(&String::from_utf8(script)?);
    Ok(ExitCode::SUCCESS)
}
