//! A server process on a free port: started, found by what it prints, ended with the test.

use std::{
    fs,
    io::{BufRead, BufReader, PipeWriter},
    net::SocketAddr,
    process::{Child, ChildStdout, Command, ExitStatus, Stdio},
    sync::{OnceLock, mpsc},
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

/// How long anything may take before it counts as never happening: this machine may be busy with something else.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// A running server, in a folder of its own. Dropping it kills it.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    process: Child,
    folder: TempDir,
    guardian: Guardian,
}

impl Server {
    /// A server with defaults.
    pub(crate) fn start() -> Server {
        Server::with(|_| {})
    }

    /// A server with flags and environment of the test's choice.
    pub(crate) fn with(change: impl FnOnce(&mut Command)) -> Server {
        Server::by(Command::new(program()), change)
    }

    /// A server with a configuration file.
    pub(crate) fn configured(config: &str, change: impl FnOnce(&mut Command)) -> Server {
        let file = tempfile::NamedTempFile::new().expect("a temporary file");
        fs::write(file.path(), config).expect("the configuration is written");
        Server::with(|command| {
            command.arg("--config").arg(file.path());
            change(command);
        })
    }

    /// A server that another command starts, given the server's own arguments.
    pub(crate) fn by(mut command: Command, change: impl FnOnce(&mut Command)) -> Server {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let [here, temporary] = ["here", "temporary"].map(|name| folder.path().join(name));
        fs::create_dir(&here).and_then(|()| fs::create_dir(&temporary)).expect("two folders");
        let log = fs::File::create(folder.path().join("log")).expect("a log file");

        command.args(["serve", "--listen", "127.0.0.1:0"]).current_dir(here).env("TMPDIR", temporary);
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("CODECANVAS_") || name == "NUM_RUNNERS" || name == "RUST_LOG" {
                command.env_remove(name);
            }
        }
        change(&mut command);
        let mut process = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log).spawn().expect("the server starts");
        let guardian = Guardian::of(process.id());
        let stdout = process.stdout.take().expect("its output is a pipe");
        let Some(address) = address(stdout) else {
            let _ = process.kill();
            panic!("no address was printed: {}", fs::read_to_string(folder.path().join("log")).unwrap_or_default());
        };
        Server { address, process, folder, guardian }
    }

    /// The server's process id.
    pub(crate) fn pid(&self) -> u32 {
        self.process.id()
    }

    /// What it has logged so far.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).expect("the log is there")
    }

    /// Names of files in the folder it was started in, and in its folder for temporary files.
    pub(crate) fn files(&self) -> Vec<String> {
        let folders = ["here", "temporary"].map(|name| fs::read_dir(self.folder.path().join(name)).expect("it is there"));
        folders.into_iter().flatten().flatten().map(|entry| entry.path().display().to_string()).collect()
    }

    /// Sends the server process a signal.
    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(pid(self.pid()), signal).expect("the server is there");
    }

    /// Waits until the server process has ended.
    #[track_caller]
    pub(crate) fn end(&mut self) -> ExitStatus {
        let mut status = None;
        wait_until("the server has ended", || {
            status = self.process.try_wait().expect("it is our child");
            status.is_some()
        });
        status.expect("it was waited for")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.guardian.dismiss();
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A process that kills the server when the test program ends, however it ends: the shared server is never dropped.
struct Guardian {
    process: Child,
    _alive: PipeWriter,
}

impl Guardian {
    fn of(server: u32) -> Guardian {
        let (theirs, ours) = std::io::pipe().expect("a pipe");
        let mut command = Command::new("/bin/sh");
        command.args(["-c", "read _; kill -9 \"$0\"", &server.to_string()]).stdin(theirs);
        Guardian { process: command.stderr(Stdio::null()).spawn().expect("a shell"), _alive: ours }
    }

    fn dismiss(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The server of all tests that need nothing of their own.
pub(crate) fn shared() -> &'static Server {
    static SHARED: OnceLock<Server> = OnceLock::new();
    SHARED.get_or_init(Server::start)
}

/// The program that is tested.
pub(crate) fn program() -> &'static str {
    env!("CARGO_BIN_EXE_codecanvas")
}

/// The address in the line that says that the server listens. What it prints after that is read and dropped.
fn address(stdout: ChildStdout) -> Option<SocketAddr> {
    let (send, receive) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            if let Some(address) = line.strip_prefix("Listening on http://") {
                let _ = send.send(address.parse().ok());
            }
        }
    });
    receive.recv_timeout(PATIENCE).ok().flatten()
}

/// Waits until a condition holds.
#[track_caller]
pub(crate) fn wait_until(what: &str, mut condition: impl FnMut() -> bool) {
    let start = Instant::now();
    while !condition() {
        assert!(start.elapsed() < PATIENCE, "not within {PATIENCE:?}: {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Whether this test is run by root.
pub(crate) fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// Whether root is missing; says then that the test did not run.
pub(crate) fn needs_root(test: &str, why: &str) -> bool {
    if !is_root() {
        eprintln!("NOT RUN: {test}: {why}");
    }
    !is_root()
}

pub(crate) fn pid(raw: u32) -> Pid {
    Pid::from_raw(raw.cast_signed()).expect("no process has the id 0")
}
