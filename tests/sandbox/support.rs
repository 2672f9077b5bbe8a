//! What the tests of the sandbox share: one launcher, and short ways to run something in it.

use std::{
    path::{Path, PathBuf},
    process::Command as Process,
    sync::{OnceLock, mpsc},
    time::{Duration, Instant},
};

use codecanvas_protocol::{Limits, Outcome};
use codecanvas_sandbox::{Command, Error, Exit, FileEntry, Launcher, Setup, Stream, is_id_of_sandbox};

/// What a run gave.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) exit: Exit,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    /// The output of a program that must have succeeded.
    #[track_caller]
    pub(crate) fn success(self) -> String {
        assert!(self.exit.outcome.is_success(), "{self:?}");
        self.stdout
    }
}

/// The program whose launcher is tested.
pub(crate) fn executable() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_codecanvas"))
}

pub(crate) fn start_launcher() -> Launcher {
    Launcher::start(&Setup { executable: Some(executable()), slots: 8, ..Setup::default() }).expect("the launcher starts")
}

/// One launcher for all tests of this program.
pub(crate) fn launcher() -> &'static Launcher {
    static LAUNCHER: OnceLock<Launcher> = OnceLock::new();
    LAUNCHER.get_or_init(start_launcher)
}

/// Whether this host enforces what a word stands for; else says that the test did not run.
pub(crate) fn host_lacks(word: &str, test: &str) -> bool {
    let lacks = launcher().weaker().iter().find(|sentence| sentence.contains(word));
    if let Some(sentence) = lacks {
        eprintln!("NOT RUN: {test}: {sentence}");
    }
    lacks.is_some()
}

/// A command of the shell.
pub(crate) fn shell(script: &str) -> Command {
    command(&["/bin/sh", "-c", script])
}

/// A Python program, by Debian's own interpreter.
pub(crate) fn python(program: &str) -> Command {
    command(&["/usr/bin/python3", "-c", program])
}

pub(crate) fn command(argv: &[&str]) -> Command {
    Command {
        argv: argv.iter().map(|argument| (*argument).to_owned()).collect(),
        env: vec![("PATH".to_owned(), "/usr/bin:/bin".to_owned())],
        // A test that is not about time has plenty: the machine may be slow, or emulated.
        limits: Limits { cpu_time: Duration::from_secs(120), wall_time: Duration::from_secs(600), ..Limits::default() },
        ..Command::default()
    }
}

/// The same command under other limits.
pub(crate) fn limited(mut command: Command, change: impl FnOnce(&mut Limits)) -> Command {
    change(&mut command.limits);
    command
}

/// A C program, compiled by the host's compiler, as a command.
pub(crate) fn c(source: &str) -> Command {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let program = folder.path().join("p");
    compile(source, &["-lpthread"], &program);
    let mut command = command(&["./p"]);
    command.files = vec![file("p", &std::fs::read(&program).expect("the program was made"), true)];
    command
}

/// Compiles a C program on the host.
pub(crate) fn compile(source: &str, flags: &[&str], program: &Path) {
    let code = program.with_extension("c");
    std::fs::write(&code, source).expect("the source is written");
    let compiled = Process::new("gcc").args(["-O0", "-w", "-o"]).arg(program).arg(&code).args(flags).output();
    let compiled = compiled.expect("gcc is installed (make test installs it)");
    assert!(compiled.status.success(), "{}", String::from_utf8_lossy(&compiled.stderr));
}

pub(crate) fn file(path: &str, content: &[u8], executable: bool) -> FileEntry {
    FileEntry { path: path.to_owned(), content: content.to_vec(), executable }
}

#[track_caller]
pub(crate) fn run(command: &Command) -> Ran {
    try_run(command).expect("the sandbox works")
}

pub(crate) fn try_run(command: &Command) -> Result<Ran, Error> {
    // Tests run side by side; the launcher has few places, so each waits for one.
    static TURN: OnceLock<std::sync::Mutex<()>> = OnceLock::new();
    let _turn = TURN.get_or_init(Default::default).lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    run_with(launcher(), command)
}

pub(crate) fn run_with(launcher: &Launcher, command: &Command) -> Result<Ran, Error> {
    let mut sandbox = launcher.sandbox()?;
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let exit = sandbox.spawn(command)?.wait(&mut |stream, piece| match stream {
        Stream::Stdout => stdout.extend_from_slice(piece),
        Stream::Stderr => stderr.extend_from_slice(piece),
    })?;
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Ok(Ran { exit, stdout: text(stdout), stderr: text(stderr) })
}

#[track_caller]
pub(crate) fn kind(outcome: &Outcome) -> String {
    serde_json::to_value(outcome).expect("an outcome is JSON")["kind"].as_str().expect("a kind").to_owned()
}

/// Whether this test is run by root.
pub(crate) fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// Ids of processes whose user id is one of a sandbox's.
pub(crate) fn sandboxed_processes() -> Vec<i32> {
    let entries = std::fs::read_dir("/proc").expect("/proc is there");
    let pids = entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    pids.filter(|pid: &i32| {
        let status = std::fs::read_to_string(Path::new("/proc").join(pid.to_string()).join("status")).unwrap_or_default();
        let uid = status.lines().find_map(|line| line.strip_prefix("Uid:")?.split_whitespace().next()?.parse::<u32>().ok());
        uid.is_some_and(is_id_of_sandbox)
    })
    .collect()
}

/// How long anything may take before it counts as hanging.
const PATIENCE: Duration = Duration::from_secs(60);

/// A field of /proc/PID/status.
pub(crate) fn field(pid: u32, name: &str) -> Option<String> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    status.lines().find_map(|line| Some(line.strip_prefix(name)?.strip_prefix(':')?.trim().to_owned()))
}

#[track_caller]
pub(crate) fn wait_until(what: &str, mut condition: impl FnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !condition() {
        assert!(Instant::now() < deadline, "not in {PATIENCE:?}: {what}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// A run of a program that says `fine`, which must come to an end, whichever.
pub(crate) fn run_in_time(launcher: &Launcher, when: &str) -> Result<Ran, Error> {
    end_in_time(launcher, command(&["/bin/echo", "fine"]), when)
}

/// A run that must come to an end, whichever.
pub(crate) fn end_in_time(launcher: &Launcher, command: Command, when: &str) -> Result<Ran, Error> {
    let (send, receive) = mpsc::channel();
    let launcher = launcher.clone();
    std::thread::spawn(move || {
        let _ = send.send(run_with(&launcher, &command));
    });
    receive.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("it does not end: {when}"))
}
