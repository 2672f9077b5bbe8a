//! One client of one way: runs a subject once and checks what it said.

use std::{
    io::Read,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};
use codecanvas_sandbox::Stream;

use crate::{
    client::{Answer, Client},
    measure::Way,
    place::Place,
    subject::Subject,
};

/// A client, with its connection if its way has one.
pub(crate) struct Worker<'a> {
    place: &'a Place,
    subject: &'a Subject,
    way: Way,
    client: Option<Client>,
}

impl<'a> Worker<'a> {
    /// Gets ready; this is not measured.
    pub(crate) fn new(place: &'a Place, subject: &'a Subject, way: Way) -> Worker<'a> {
        let client = (way == Way::Http).then(|| Client::connect(place.server.address).ok()).flatten();
        Worker { place, subject, way, client }
    }

    /// Runs the subject once and tells how long it took. Checking the output is not part of it.
    pub(crate) fn run(&mut self) -> Result<Duration> {
        let started = Instant::now();
        let (took, stdout, error) = match self.way {
            Way::Bare => {
                let stdout = bare(self.place, self.subject)?;
                (started.elapsed(), stdout, String::new())
            }
            Way::Library => {
                let (stdout, error) = sandboxed(self.place, self.subject)?;
                (started.elapsed(), stdout, error)
            }
            Way::Http => {
                let body = self.ask()?;
                let took = started.elapsed();
                let answer = Answer::parse(&body)?;
                (took, answer.stdout.into_bytes(), answer.error)
            }
        };
        ensure!(error.is_empty() && stdout == self.subject.stdout.as_bytes(), "wrong: {error:?}, {:?}", lossy(&stdout));
        Ok(took)
    }

    /// A broken connection is an error once; the next run gets a new one.
    fn ask(&mut self) -> Result<Vec<u8>> {
        let mut client = match self.client.take() {
            Some(client) => client,
            None => Client::connect(self.place.server.address)?,
        };
        let body = client.ask(&self.subject.request)?;
        self.client = Some(client);
        Ok(body)
    }
}

/// fork, exec, read and wait, as cheap as the standard library has it.
fn bare(place: &Place, subject: &Subject) -> Result<Vec<u8>> {
    let mut stdout = Vec::new();
    for argv in &subject.bare {
        let mut command = Command::new(&argv[0]);
        command.args(&argv[1..]).env_clear().envs(subject.env.iter().map(|(name, value)| (name, value)));
        command.current_dir(place.folder.path()).stdin(Stdio::null()).stderr(Stdio::null()).stdout(Stdio::piped());
        let mut child = command.spawn()?;
        child.stdout.take().expect("it is a pipe").read_to_end(&mut stdout)?;
        let status = child.wait()?;
        ensure!(status.success(), "{} ended with {status}", argv[0]);
    }
    Ok(stdout)
}

/// One sandbox for the run, as the engine has it, and every command in it.
fn sandboxed(place: &Place, subject: &Subject) -> Result<(Vec<u8>, String)> {
    let (mut stdout, mut error) = (Vec::new(), String::new());
    let mut sandbox = place.launcher.sandbox()?;
    for command in &subject.sandboxed {
        let exit = sandbox.spawn(command)?.wait(&mut |stream, piece| match stream {
            Stream::Stdout => stdout.extend_from_slice(piece),
            Stream::Stderr => error.push_str(&lossy(piece)),
        })?;
        ensure!(exit.outcome.is_success(), "{:?}, {error}", exit.outcome);
    }
    Ok((stdout, error))
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
