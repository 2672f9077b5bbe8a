//! `codecanvas run`: one program from files, here or on a server.

mod show;

use std::{path::PathBuf, process::ExitCode};

use anyhow::{Result, anyhow, bail};
use codecanvas_protocol::{CompileSpec, Encoding, JobSpec, LanguageInfo, SourceFile};

use crate::{
    client::Client,
    environment::{self, Variable},
    exit_code, interactive,
    limits::{self, Limit},
    local::Local,
    sources, stdin,
};

pub(crate) use show::Show;

/// Run a program in the sandbox.
///
/// The program's stdout, stderr and exit code become our own.
#[derive(Debug, clap::Args)]
#[command(after_help = format!("{}\n\n{}", limits::HELP, exit_code::HELP))]
pub(crate) struct Args {
    /// The program's files; the first one is started.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The language (default: by the first file's extension; `codecanvas langs` lists all).
    #[arg(short, long, value_name = "LANG")]
    lang: Option<String>,
    /// What the program reads: a file, or - for our own standard input (default: what is piped to us, nothing at a terminal).
    #[arg(long, value_name = "FILE")]
    stdin: Option<PathBuf>,
    /// A limit of the run, such as cpu_time=2s or memory=256MiB.
    #[arg(long = "limit", value_name = "NAME=VALUE", value_parser = limits::parse)]
    limits: Vec<Limit>,
    /// A limit of compiling.
    #[arg(long = "compile-limit", value_name = "NAME=VALUE", value_parser = limits::parse)]
    compile_limits: Vec<Limit>,
    /// A flag for the compiler, such as -O2.
    #[arg(long = "compile-arg", value_name = "ARG", allow_hyphen_values = true)]
    compile_args: Vec<String>,
    /// An environment variable for the program.
    #[arg(long, value_name = "NAME=VALUE", value_parser = environment::parse)]
    env: Vec<Variable>,
    /// Talk to the program while it runs: keys go to it as they are typed, on a terminal of its own when we are on one.
    #[arg(short, long, conflicts_with_all = ["json", "stdin"])]
    interactive: bool,
    /// Have the program compiled anew by a server that has compiled the same before.
    #[arg(long)]
    no_cache: bool,
    /// Print the whole report as JSON in place of the program's output.
    #[arg(long)]
    json: bool,
    /// A server that runs the program (default: this machine runs it, no server needed).
    #[arg(short, long, env = "CODECANVAS_URL", hide_env_values = true, value_name = "URL")]
    url: Option<String>,
    /// The configuration file, for runs on this machine.
    #[arg(long, env = "CODECANVAS_CONFIG", hide_env_values = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The program's arguments.
    #[arg(last = true)]
    args: Vec<String>,
}

pub(crate) fn main(mut args: Args) -> Result<ExitCode> {
    let files = sources::read(&args.files)?;
    match args.url.take().filter(|url| !url.is_empty()) {
        Some(url) => on_server(&args, files, &url),
        None => here(&args, files),
    }
}

fn here(args: &Args, files: Vec<SourceFile>) -> Result<ExitCode> {
    let local = Local::start(args.config.as_deref())?;
    let language = language(args, || Ok(local.languages()))?;
    let spec = job(args, files, language)?;
    if args.interactive {
        return interactive::here(local, spec);
    }
    let show = Show::new(args.json);
    let report = local.run(spec, show.watcher())?;
    show.end(&report)
}

fn on_server(args: &Args, files: Vec<SourceFile>, url: &str) -> Result<ExitCode> {
    let client = Client::new(url)?;
    let language = language(args, || client.languages())?;
    let spec = job(args, files, language)?;
    if args.interactive {
        return interactive::on_server(url, spec);
    }
    let report = client.run(&spec)?;
    Show::new(args.json).end(&report)
}

/// The language that was asked for, else the one of the first file's extension.
fn language(args: &Args, all: impl FnOnce() -> Result<Vec<LanguageInfo>>) -> Result<String> {
    if let Some(lang) = &args.lang {
        return Ok(lang.clone());
    }
    let path = &args.files[0];
    let advice = "name it with -l (`codecanvas langs` lists all)";
    let extension = sources::extension(path).ok_or_else(|| anyhow!("{}: of which language? {advice}", path.display()))?;
    let all = all()?;
    let known = |language: &&LanguageInfo| language.extensions.iter().any(|known| known.eq_ignore_ascii_case(&extension));
    match all.iter().find(known) {
        Some(language) => Ok(language.id.clone()),
        None => bail!("{}: no language has the extension {extension}; {advice}", path.display()),
    }
}

fn job(args: &Args, mut files: Vec<SourceFile>, language: String) -> Result<JobSpec> {
    // With -l the file may be called anything; as bare source it gets the name that its language wants.
    let is_bare = args.lang.is_some() && files.len() == 1 && files[0].encoding == Encoding::Utf8;
    let source = if is_bare { files.pop().map(|file| file.content) } else { None };
    let compile = CompileSpec { args: args.compile_args.clone(), limits: limits::spec(&args.compile_limits) };
    // What a person types, or a pipe has, is passed on while the program runs.
    let stdin = if args.interactive { Vec::new() } else { stdin::read(args.stdin.as_ref())? };
    let (stdin, stdin_encoding) = stdin::encode(stdin);
    Ok(JobSpec {
        language,
        source,
        files,
        entrypoint: None,
        stdin,
        stdin_encoding,
        args: args.args.clone(),
        env: args.env.iter().cloned().collect(),
        compile: (compile != CompileSpec::default()).then_some(compile),
        limits: limits::spec(&args.limits),
        tty: if args.interactive { interactive::size() } else { None },
        cache: !args.no_cache,
        ..JobSpec::default()
    })
}
