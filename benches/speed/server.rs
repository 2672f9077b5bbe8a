//! A real server process on a free port, as `codecanvas serve` starts it, with one language more: programs that are sent compiled.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
};

use anyhow::{Context, Result, bail, ensure};
use rustix::process::{Pid, Signal, kill_process};

use crate::{
    client::{Answer, Client, request},
    process::{self, Cpu},
};

/// The id of the language for compiled programs.
pub(crate) const COMPILED: &str = "compiled";

/// The server starts what it is sent: no compiler and no interpreter is measured with it.
const DEFINITION: &str = r#"
id = "compiled"
name = "A compiled program"
extensions = [".elf"]
file = "hello"
packages = ["gcc"]
tools.gcc.commands = ["gcc"]
version.argv = ["{gcc}", "-dumpfullversion"]
run.argv = ["./hello"]
"#;

/// A running server. Dropping it kills it.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    process: Child,
    launcher: u32,
    log: PathBuf,
}

impl Server {
    /// Starts it; its files are put into `folder`.
    pub(crate) fn start(folder: &Path) -> Result<Server> {
        let (config, log) = (folder.join("codecanvas.toml"), folder.join("server.log"));
        let languages = folder.join("languages");
        fs::create_dir_all(languages.join(COMPILED))?;
        fs::write(languages.join(COMPILED).join("language.toml"), DEFINITION)?;
        fs::write(&config, format!("[engine]\nlanguages_dir = {:?}\n", languages))?;

        let mut command = Command::new(env!("CARGO_BIN_EXE_codecanvas"));
        command.args(["serve", "--listen", "127.0.0.1:0", "--config"]).arg(&config);
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("CODECANVAS_") || name == "NUM_RUNNERS" || name == "RUST_LOG" {
                command.env_remove(name);
            }
        }
        let mut process = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(File::create(&log)?).spawn()?;
        let Some(address) = address(&mut process) else {
            let _ = process.kill();
            let _ = process.wait();
            bail!("the server did not start: {}", fs::read_to_string(&log).unwrap_or_default());
        };
        let launcher = process::children(process.id()).first().copied().context("the server has no launcher")?;
        Ok(Server { address, process, launcher, log })
    }

    /// Runs a source and gives its output.
    pub(crate) fn run(&self, language: &str, source: &str) -> Result<String> {
        let job = serde_json::json!({"language": language, "source": source});
        let answer = Answer::parse(&Client::connect(self.address)?.ask(&request(&job))?)?;
        ensure!(answer.error.is_empty(), "{language} does not work: {answer:?}");
        Ok(answer.stdout.trim_end().to_owned())
    }

    /// Processor time of the server, its launcher and all that they ran.
    pub(crate) fn cpu(&self) -> Result<Cpu> {
        Cpu::so_far(self.process.id(), Some(self.launcher))
    }

    /// Memory of the server and its launcher, in bytes.
    pub(crate) fn memory(&self) -> u64 {
        process::memory(self.process.id()) + process::memory(self.launcher)
    }

    /// Ends it as an operator does; gives the end of its log.
    pub(crate) fn stop(mut self) -> Result<String> {
        kill_process(Pid::from_child(&self.process), Signal::TERM)?;
        let status = self.process.wait()?;
        ensure!(status.success(), "the server ended with {status}");
        let log = fs::read_to_string(&self.log)?;
        let lines: Vec<&str> = log.lines().collect();
        Ok(lines[lines.len().saturating_sub(20)..].join("\n"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Does nothing to one that has been waited for.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The address in the line that says that it listens. What it prints after that is read and dropped.
fn address(process: &mut Child) -> Option<SocketAddr> {
    let mut lines = BufReader::new(process.stdout.take()?).lines().map_while(Result::ok);
    let address = lines.find_map(|line| line.strip_prefix("Listening on http://").map(str::to_owned))?;
    thread::spawn(move || lines.for_each(drop));
    address.parse().ok()
}
