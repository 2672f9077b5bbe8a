//! The arguments of `codecanvas exec`, and what they mean inside the sandbox.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use codecanvas_sandbox::{FileEntry, Mount};

use crate::{
    environment::{self, Variable},
    exit_code,
    limits::{self, Limit},
    sources,
};

/// Where commands are looked for, when --env gives no other PATH.
const PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// The working directory of a sandbox.
const WORK: &str = "/work";

/// Run one command in the sandbox.
///
/// The command starts in an empty /work and sees the system's programs, but no file of yours, not even those of the current
/// directory: bring files in with --file, directories (read-only) with --mount. It has no network and a clean environment.
#[derive(Debug, clap::Args)]
#[command(after_help = format!("{}\n\n{}\n  127 when there is no such command in the sandbox, 126 when it cannot be executed.", limits::HELP, exit_code::HELP))]
pub(crate) struct Args {
    /// A limit, such as cpu_time=2s or memory=256MiB; output=SIZE stops a command that writes more.
    #[arg(long = "limit", value_name = "NAME=VALUE", value_parser = limits::parse)]
    pub(super) limits: Vec<Limit>,
    /// A file or directory that the command may read, at the same path or at DST.
    #[arg(long = "mount", value_name = "SRC[:DST]", value_parser = mount)]
    pub(super) mounts: Vec<Mount>,
    /// A file copied into /work, under its own name or NAME.
    #[arg(long = "file", value_name = "SRC[:NAME]")]
    pub(super) files: Vec<String>,
    /// An environment variable for the command.
    #[arg(long, value_name = "NAME=VALUE", value_parser = environment::parse)]
    pub(super) env: Vec<Variable>,
    /// What the command reads: a file, or - for our own standard input (default: what is piped to us, nothing at a terminal).
    #[arg(long, value_name = "FILE")]
    pub(super) stdin: Option<PathBuf>,
    /// Say on stderr what the command used.
    #[arg(long)]
    pub(super) usage: bool,
    /// Print how it ended and what it used as JSON on stderr.
    #[arg(long)]
    pub(super) json: bool,
    /// The command and its arguments.
    #[arg(last = true, required = true, value_name = "COMMAND")]
    pub(super) command: Vec<String>,
}

/// The command as the sandbox wants it: `./a.out` is in /work.
pub(super) fn argv(command: &[String]) -> Vec<String> {
    let mut argv = command.to_vec();
    if let Some(program) = argv.first_mut().filter(|program| program.contains('/') && !program.starts_with('/')) {
        *program = format!("{WORK}/{}", program.trim_start_matches("./"));
    }
    argv
}

/// The whole environment of the command: a small one, with the variables of the command line added or in place.
pub(super) fn environment(asked: &[Variable]) -> Vec<Variable> {
    let mut environment =
        [("PATH", PATH), ("HOME", WORK), ("LANG", "C.UTF-8")].map(|(n, v)| (n.to_owned(), v.to_owned())).to_vec();
    for (name, value) in asked {
        environment.retain(|(known, _)| known != name);
        environment.push((name.clone(), value.clone()));
    }
    environment
}

/// Reads the file that `SRC[:NAME]` names; it stays executable.
pub(super) fn file(text: &String) -> Result<FileEntry> {
    let (source, name) = text.split_once(':').map_or((text.as_str(), None), |(source, name)| (source, Some(name)));
    let source = Path::new(source);
    let own_name = source.file_name().and_then(|name| name.to_str());
    let path = name.or(own_name).with_context(|| format!("{text}: name the file inside with SRC:NAME"))?.to_owned();
    let content = sources::content(source)?;
    let executable = is_executable(source);
    Ok(FileEntry { path, content, executable })
}

fn mount(text: &str) -> Result<Mount, String> {
    let (source, target) = text.split_once(':').unwrap_or((text, text));
    let source = Path::new(source).canonicalize().map_err(|error| format!("{source}: {error}"))?;
    let target = if text.contains(':') { PathBuf::from(target) } else { source.clone() };
    if !target.is_absolute() {
        return Err(format!("{}: the place inside the sandbox is an absolute path", target.display()));
    }
    Ok(Mount { source, target })
}

fn is_executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|metadata| metadata.permissions().mode() & 0o111 != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relative_program_is_in_work() {
        let argv = |program: &str| super::argv(&[program.to_owned()]).remove(0);
        assert_eq!(argv("./a.out"), "/work/a.out");
        assert_eq!(argv("bin/tool"), "/work/bin/tool");
        assert_eq!(argv("ls"), "ls");
        assert_eq!(argv("/bin/ls"), "/bin/ls");
    }

    #[test]
    fn a_variable_takes_the_place_of_the_default() {
        let environment = environment(&[("PATH".to_owned(), "/x".to_owned())]);
        assert_eq!(
            environment.iter().filter(|(name, _)| name == "PATH").collect::<Vec<_>>(),
            [&("PATH".to_owned(), "/x".to_owned())]
        );
    }

    #[test]
    fn a_mount_needs_a_source_and_an_absolute_target() {
        assert_eq!(mount("/").unwrap(), Mount { source: "/".into(), target: "/".into() });
        assert!(mount("/:data").is_err());
        assert!(mount("/no/such/place").is_err());
    }
}
