//! The program `codecanvas`: one file per subcommand, each parses its arguments, calls a library and prints.

#![forbid(unsafe_code)]

mod attack;
mod bench;
mod client;
mod completions;
mod config;
mod doctor;
mod environment;
mod exec;
mod exit_code;
mod explain;
mod interactive;
mod langs;
mod limits;
mod listen;
mod local;
mod logging;
mod port_owner;
mod prepare;
mod processes;
mod refusal;
mod run;
mod serve;
mod shell;
mod shutdown;
mod sources;
mod stdin;
mod table;
mod terminal;
mod user;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use codecanvas_sandbox::Libraries;

/// Runs untrusted programs in a kernel sandbox: over HTTP, and from the command line.
#[derive(Debug, Parser)]
#[command(name = "codecanvas", version, subcommand_required = true, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Serve(serve::Args),
    Run(run::Args),
    Shell(shell::Args),
    Langs(langs::Args),
    Prepare(prepare::Args),
    Exec(exec::Args),
    Doctor(doctor::Args),
    Attack(attack::Args),
    Bench(Box<bench::Args>),
    Completions(completions::Args),
}

/// What is loaded into interpreters that are kept ready (see build.rs).
const LIBRARIES: Libraries =
    Libraries { template: include_bytes!(env!("CODECANVAS_TEMPLATE")), gate: include_bytes!(env!("CODECANVAS_GATE")) };

fn main() -> ExitCode {
    // The launcher is this program started again: it must get away before there is any state, argument or thread of ours.
    codecanvas_sandbox::enter_if_launcher(LIBRARIES);

    let cli = Cli::parse();
    logging::start(matches!(cli.command, Command::Serve(_)));
    let result = match cli.command {
        Command::Serve(args) => serve::main(args),
        Command::Run(args) => run::main(args),
        Command::Shell(args) => shell::main(args),
        Command::Langs(args) => langs::main(args),
        Command::Prepare(args) => prepare::main(args),
        Command::Exec(args) => exec::main(args),
        Command::Doctor(args) => doctor::main(args),
        Command::Attack(args) => attack::main(args),
        Command::Bench(args) => bench::main(*args),
        Command::Completions(args) => completions::main(args),
    };
    result.unwrap_or_else(|error| {
        terminal::say(&format!("{error:#}"));
        ExitCode::from(exit_code::NOT_STARTED)
    })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        super::Cli::command().debug_assert();
    }
}
