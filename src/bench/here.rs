//! A server of this machine: this program started once more, as `codecanvas serve` on a free port, for as long as is measured.

use std::{
    io::{BufRead, BufReader},
    os::unix::process::CommandExt,
    path::Path,
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::Duration,
};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process};

use super::interrupt::Interrupt;

/// A running server. Dropping it ends it, and waits until its sandboxes are gone.
pub(super) struct Here {
    process: Child,
    pub(super) url: String,
}

impl Here {
    /// Starts it; without a file of settings it has its defaults.
    pub(super) fn start(config: Option<&Path>, interrupt: &Interrupt) -> Result<Here> {
        let program = std::env::current_exe().context("cannot find this program's own file")?;
        let mut command = Command::new(program);
        command.args(["serve", "--listen", "127.0.0.1:0"]);
        if let Some(config) = config.filter(|config| !config.as_os_str().is_empty()) {
            command.arg("--config").arg(config);
        }
        // A group of its own: Ctrl-C is for us, who end the server when its last run is done.
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).process_group(0);
        let mut process = command.spawn().context("cannot start a server")?;
        interrupt.takes_along(process.id());
        let said = Arc::new(Mutex::new(String::new()));
        let errors = BufReader::new(process.stderr.take().expect("it is a pipe"));
        let reader = {
            let said = said.clone();
            thread::spawn(move || {
                for line in errors.lines().map_while(Result::ok) {
                    let mut said = said.lock().unwrap_or_else(PoisonError::into_inner);
                    said.push_str(line.strip_prefix("codecanvas: ").unwrap_or(&line));
                    said.push('\n');
                }
            })
        };
        let mut lines = BufReader::new(process.stdout.take().expect("it is a pipe")).lines().map_while(Result::ok);
        let Some(url) = lines.find_map(|line| line.strip_prefix("Listening on ").map(str::to_owned)) else {
            let _ = process.kill();
            let _ = process.wait();
            let _ = reader.join();
            let said = said.lock().unwrap_or_else(PoisonError::into_inner);
            bail!("no server starts here: {}", said.lines().last().unwrap_or("it says nothing"));
        };
        // Nobody needs what it prints after that, but it must not find its pipe full.
        thread::spawn(move || lines.for_each(drop));
        Ok(Here { process, url })
    }

    pub(super) fn pid(&self) -> u32 {
        self.process.id()
    }

    /// Ends it; when there is no time, what still runs is not waited for.
    pub(super) fn end(self, at_once: bool) {
        if at_once {
            // The second signal says so, but only if it does not come together with the first.
            let _ = kill_process(Pid::from_child(&self.process), Signal::TERM);
            thread::sleep(Duration::from_millis(200));
        }
        drop(self);
    }
}

impl Drop for Here {
    fn drop(&mut self) {
        let _ = kill_process(Pid::from_child(&self.process), Signal::TERM);
        let _ = self.process.wait();
    }
}
