//! The client's handles of one sandbox and of the program in it.

use std::{
    fs::File,
    io,
    os::fd::{AsFd, BorrowedFd, OwnedFd},
    sync::Arc,
};

use codecanvas_protocol::{Limits, Outcome, Usage};
use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    pipe::{PipeFlags, pipe_with},
};
use serde::{Deserialize, Serialize};

use crate::{
    Command, Error, Input, Stream, TreeKey,
    error::{At, Step},
    launcher::{Link, is_hang_up},
    message::{KillCause, Reply, Request},
    outcome::too_much_output,
    wire,
};

/// How much is read from a pipe at a time: what a pipe holds by default.
const PIECE: usize = 64 << 10;

/// How long output may take to end when the program has.
const AFTER_REPLY: Timespec = Timespec { tv_sec: 30, tv_nsec: 0 };

/// A sandbox: a working directory and a user id of its own. Programs run in it one after the other; dropping it kills what
/// runs and destroys it.
#[derive(Debug)]
pub struct Sandbox {
    socket: Arc<OwnedFd>,
    link: Link,
    runs: u32,
}

/// A program started in a sandbox.
#[derive(Debug)]
pub struct Child {
    socket: Arc<OwnedFd>,
    link: Link,
    run: u32,
    stdout: Option<File>,
    stderr: Option<File>,
    limits: Limits,
}

/// Signals a live program, from any thread. Dropping it does nothing.
#[derive(Debug, Clone)]
pub struct Signaller {
    socket: Arc<OwnedFd>,
    run: u32,
}

/// Ends a program from another thread. Dropping it does nothing.
#[derive(Debug, Clone)]
pub struct Killer {
    socket: Arc<OwnedFd>,
    run: u32,
}

/// How a program ended and what it used; nothing of it is left.
#[derive(Debug, Clone, PartialEq)]
pub struct Exit {
    /// How it ended.
    pub outcome: Outcome,
    /// What its whole process tree used.
    pub usage: Usage,
    /// Whether it was started by an interpreter that was kept ready.
    pub warm: bool,
    /// Bytes written to stdout.
    pub stdout_bytes: u64,
    /// Bytes written to stderr.
    pub stderr_bytes: u64,
}

/// Whether a working directory is kept for other sandboxes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kept {
    /// It is, and takes so many bytes of [`crate::Setup::tree_bytes`]. The sandbox has lost it: its next program begins with an empty
    /// one, or with this as its base.
    Yes {
        /// How many.
        bytes: u64,
    },
    /// There is no room for so many bytes; the sandbox still has it.
    NoRoom {
        /// How many it has.
        bytes: u64,
    },
    /// It cannot be kept: the last program did not succeed or was not to leave it, this launcher or this kernel keeps none, it is none of
    /// a kind that is kept, or something can still write to it. If there is one, the sandbox still has it.
    No,
}

impl Sandbox {
    pub(crate) fn new(socket: OwnedFd, link: Link) -> Sandbox {
        Sandbox { socket: Arc::new(socket), link, runs: 0 }
    }

    /// Starts a program. Wait for it before starting the next one; the next one sees the `/work` that this one left if this
    /// one's command says `keep_workspace`, and nothing else of it.
    ///
    /// # Errors
    /// When the launcher is gone. That the program could not be started is told by [`Child::wait`].
    pub fn spawn(&mut self, command: &Command) -> Result<Child, Error> {
        let stdin = standard_input(&command.stdin).at(Step::TalkToLauncher)?;
        self.spawn_on_pipes(command, stdin.as_fd())
    }

    /// Starts a program that is fed while it runs: over a pipe, or on a terminal as `command.live` says. On a terminal all that it
    /// writes is its stdout.
    ///
    /// # Errors
    /// When the launcher is gone.
    pub fn spawn_live(&mut self, command: &Command) -> Result<(Child, Input), Error> {
        let live = command.live.unwrap_or_default();
        let command = Command { live: Some(live), ..command.clone() };
        match live.terminal {
            Some(_) => self.spawn_on_terminal(&command),
            None => {
                let (stdin, feed) = pipe_with(PipeFlags::CLOEXEC).at(Step::TalkToLauncher)?;
                let child = self.spawn_on_pipes(&command, stdin.as_fd())?;
                Ok((child, Input::new(feed, false).at(Step::TalkToLauncher)?))
            }
        }
    }

    fn spawn_on_pipes(&mut self, command: &Command, stdin: BorrowedFd<'_>) -> Result<Child, Error> {
        let (stdout, stdout_in) = pipe_with(PipeFlags::CLOEXEC).at(Step::TalkToLauncher)?;
        let (stderr, stderr_in) = pipe_with(PipeFlags::CLOEXEC).at(Step::TalkToLauncher)?;
        let mut child = self.order(command, [stdin, stdout_in.as_fd(), stderr_in.as_fd()])?;
        (child.stdout, child.stderr) = (Some(stdout.into()), Some(stderr.into()));
        Ok(child)
    }

    /// Init makes the terminal and sends our side of it before the program starts.
    fn spawn_on_terminal(&mut self, command: &Command) -> Result<(Child, Input), Error> {
        let (ours, theirs) = wire::pair().at(Step::TalkToLauncher)?;
        let null = File::open("/dev/null").at(Step::TalkToLauncher)?;
        let mut child = self.order(command, [theirs.as_fd(), null.as_fd(), null.as_fd()])?;
        drop(theirs);
        let terminal = match wire::receive::<()>(ours.as_fd()).at(Step::OpenTerminal)? {
            Some(((), fds)) => fds.into_iter().next(),
            None => None,
        };
        // Without one the program was not started, and waiting for it tells why. A pipe that nobody reads takes its place.
        let Some(terminal) = terminal else {
            let (_, nobody_reads) = pipe_with(PipeFlags::CLOEXEC).at(Step::OpenTerminal)?;
            return Ok((child, Input::new(nobody_reads, false).at(Step::OpenTerminal)?));
        };
        child.stdout = Some(terminal.try_clone().at(Step::OpenTerminal)?.into());
        Ok((child, Input::new(terminal, true).at(Step::OpenTerminal)?))
    }

    /// Keeps the working directory that the last program left: as it is now and for ever, for commands with this key as their base. Only
    /// what a program with `keep_workspace` has left that ended with 0 is kept, and never in the place of something that has this key.
    ///
    /// # Errors
    /// When the launcher is gone.
    pub fn keep(&mut self, key: TreeKey) -> Result<Kept, Error> {
        self.tell(&Request::Keep { key })?;
        match answer(&self.socket).at(Step::MakeWorkspace)? {
            Some(Reply::Kept(kept)) => Ok(kept),
            Some(Reply::Failed(error)) => Err(error),
            Some(Reply::Finished(_)) => Err(Error::refused(Step::MakeWorkspace, "an answer to something else")),
            None if self.link.is_gone() => Err(Error::launcher_gone(Step::MakeWorkspace)),
            None => Err(closed(Step::MakeWorkspace)),
        }
    }

    /// Lets go of what is kept under this key. Programs that have it as their base go on with it.
    ///
    /// # Errors
    /// When the launcher is gone, and so is all that it kept.
    pub fn forget(&mut self, key: TreeKey) -> Result<(), Error> {
        self.tell(&Request::Forget { key })
    }

    /// Which launcher this sandbox belongs to: no other knows what it keeps.
    pub fn launcher(&self) -> u32 {
        self.link.pid()
    }

    fn tell(&self, request: &Request) -> Result<(), Error> {
        match wire::send(self.socket.as_fd(), request, &[]) {
            Err(error) if is_hang_up(&error) && self.link.is_gone() => Err(Error::launcher_gone(Step::TalkToLauncher)),
            sent => sent.at(Step::TalkToLauncher),
        }
    }

    fn order(&mut self, command: &Command, stdio: [BorrowedFd<'_>; 3]) -> Result<Child, Error> {
        let request = Request::Run(Box::new(command.clone()));
        match wire::send(self.socket.as_fd(), &request, &stdio) {
            Err(error) if is_hang_up(&error) => {
                self.explain_closing()?;
                self.socket = Arc::new(self.link.open_next()?);
                wire::send(self.socket.as_fd(), &request, &stdio).at(Step::TalkToLauncher)?;
            }
            sent => sent.at(Step::TalkToLauncher)?,
        }
        self.runs += 1;
        let socket = Arc::clone(&self.socket);
        let (link, limits) = (self.link.clone(), command.limits);
        Ok(Child { socket, link, run: self.runs, stdout: None, stderr: None, limits })
    }

    /// Why the launcher has closed this sandbox; no error when it is gone and nothing has run here yet: then another launcher's
    /// sandbox is as good.
    fn explain_closing(&self) -> Result<(), Error> {
        match answer(&self.socket).at(Step::TalkToLauncher)? {
            Some(Reply::Failed(error)) => Err(error),
            _ if !self.link.is_gone() => Err(closed(Step::TalkToLauncher)),
            _ if self.runs > 0 => Err(Error::launcher_gone(Step::TalkToLauncher)),
            _ => Ok(()),
        }
    }
}

/// The launcher's next answer on a sandbox's socket; `None` when it has closed that.
fn answer(socket: &OwnedFd) -> io::Result<Option<Reply>> {
    let mut received = wire::receive(socket.as_fd());
    if received.as_ref().is_err_and(is_hang_up) {
        // It was closed with an order of ours unread. What it said before that comes now.
        received = wire::receive(socket.as_fd());
    }
    match received {
        Err(error) if is_hang_up(&error) => Ok(None),
        received => Ok(received?.map(|(reply, _)| reply)),
    }
}

fn closed(step: Step) -> Error {
    Error::refused(step, "the launcher has closed the sandbox without a word")
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // Not just closed: a killer that is still around shares the socket.
        let _ = rustix::net::shutdown(&self.socket, rustix::net::Shutdown::Both);
    }
}

impl Child {
    /// A handle that ends the program from elsewhere.
    pub fn killer(&self) -> Killer {
        Killer { socket: Arc::clone(&self.socket), run: self.run }
    }

    /// A handle that signals the program from elsewhere; only live programs are signalled.
    pub fn signaller(&self) -> Signaller {
        Signaller::new(Arc::clone(&self.socket), self.run)
    }

    /// Waits for the end. Gives every piece of output to `sink` as it comes, and ends the program when one stream passes its
    /// ceiling.
    ///
    /// # Errors
    /// When the program could not be started or watched; the error names the step.
    pub fn wait(mut self, sink: &mut dyn FnMut(Stream, &[u8])) -> Result<Exit, Error> {
        let mut buffer = vec![0; PIECE];
        let mut open = [self.stdout.is_some(), self.stderr.is_some()];
        let mut written = [0u64; 2];
        let mut reply = None;
        // Whether nobody has the terminal open on the other side: for good when the program has ended, else perhaps for a moment.
        let mut hung_up = false;
        while reply.is_none() || open[0] || open[1] {
            let ready = self.ready([open[0] && !hung_up, open[1]], reply.is_none(), hung_up).at(Step::Watch)?;
            // What has it open was killed, and the kernel holds on to it.
            if reply.is_some() && !hung_up && ready == [false; 3] {
                break;
            }
            let ready = [ready[0] || hung_up, ready[1], ready[2]];
            hung_up = false;
            for (index, stream) in [Stream::Stdout, Stream::Stderr].into_iter().enumerate() {
                if open[index] && ready[index] {
                    let pipe = if index == 0 { &mut self.stdout } else { &mut self.stderr };
                    let count = match read_some(pipe.as_mut().expect("it is open"), &mut buffer).at(Step::Watch)? {
                        Read::Some(count) => count,
                        Read::Nothing => continue,
                        Read::HungUp if reply.is_none() => {
                            hung_up = true;
                            continue;
                        }
                        Read::HungUp => 0,
                    };
                    open[index] = count > 0;
                    self.account(&mut written[index], count);
                    if count > 0 {
                        sink(stream, &buffer[..count]);
                    }
                }
            }
            if ready[2] && reply.is_none() {
                reply = Some(self.reply()?);
            }
        }
        let (outcome, usage, warm) = reply.expect("the loop ends with a reply");
        let outcome = match outcome {
            // It may end before it is killed for what it has written.
            Outcome::Exited { .. } | Outcome::Signaled { .. } => {
                let too_much = written.into_iter().find(|written| *written > self.limits.output_ceiling_bytes);
                too_much.map_or(outcome, |written| too_much_output(&self.limits, written))
            }
            other => other,
        };
        Ok(Exit { outcome, usage, warm, stdout_bytes: written[0], stderr_bytes: written[1] })
    }

    /// Waits until stdout, stderr or the launcher has something.
    fn ready(&self, open: [bool; 2], awaited: bool, soon: bool) -> io::Result<[bool; 3]> {
        let wanted = |wanted| if wanted { PollFlags::IN } else { PollFlags::empty() };
        // Of a pipe that has ended poll would always say so: a stand-in takes its place, of which nothing is asked.
        let socket = self.socket.as_fd();
        let [stdout, stderr] = [&self.stdout, &self.stderr].map(|pipe| pipe.as_ref().map_or(socket, AsFd::as_fd));
        let mut fds = [
            PollFd::from_borrowed_fd(if open[0] { stdout } else { socket }, wanted(open[0])),
            PollFd::from_borrowed_fd(if open[1] { stderr } else { socket }, wanted(open[1])),
            PollFd::from_borrowed_fd(socket, wanted(awaited)),
        ];
        let patience = match (soon, awaited) {
            (true, _) => Some(Timespec { tv_sec: 0, tv_nsec: 20_000_000 }),
            (false, true) => None,
            (false, false) => Some(AFTER_REPLY),
        };
        rustix::io::retry_on_intr(|| poll(&mut fds, patience.as_ref()))?;
        let ready = |index: usize| !fds[index].revents().is_empty();
        Ok([open[0] && ready(0), open[1] && ready(1), ready(2)])
    }

    fn account(&self, written: &mut u64, count: usize) {
        let (before, ceiling) = (*written, self.limits.output_ceiling_bytes);
        *written += count as u64;
        if before <= ceiling && *written > ceiling {
            self.killer().end(KillCause::Output { written: *written });
        }
    }

    fn reply(&self) -> Result<(Outcome, Usage, bool), Error> {
        match answer(&self.socket).at(Step::Watch)? {
            Some(Reply::Finished(facts)) => facts
                .judge(&self.limits)
                .map(|(outcome, usage)| (outcome, usage, facts.warm))
                .ok_or_else(|| Error::refused(Step::Watch, "the sandbox's init was killed from outside")),
            Some(Reply::Failed(error)) => Err(error),
            Some(Reply::Kept(_)) => Err(Error::refused(Step::Watch, "an answer to something else")),
            None if self.link.is_gone() => Err(Error::launcher_gone(Step::Watch)),
            None => Err(closed(Step::Watch)),
        }
    }
}

impl Signaller {
    pub(crate) fn new(socket: Arc<OwnedFd>, run: u32) -> Signaller {
        Signaller { socket, run }
    }

    /// Signals the program and its process group, if it still runs.
    pub fn signal(&self, signal: i32) {
        let _ = wire::send(self.socket.as_fd(), &Request::Signal { run: self.run, signal }, &[]);
    }
}

impl Killer {
    /// Ends the program and everything it started, with [`Outcome::Cancelled`]. Does nothing when it has ended.
    pub fn kill(&self) {
        self.end(KillCause::Cancelled);
    }

    fn end(&self, cause: KillCause) {
        // A launcher that is gone has taken the program with it: nothing is left to be done.
        let _ = wire::send(self.socket.as_fd(), &Request::Kill { run: self.run, cause }, &[]);
    }
}

/// What a read gave.
enum Read {
    /// So many bytes; 0 at the end.
    Some(usize),
    /// There is nothing after all.
    Nothing,
    /// A terminal that nobody has open on the other side.
    HungUp,
}

fn read_some(file: &mut File, buffer: &mut [u8]) -> io::Result<Read> {
    match io::Read::read(file, buffer) {
        Ok(count) => Ok(Read::Some(count)),
        Err(error) if error.raw_os_error() == Some(libc::EIO) => Ok(Read::HungUp),
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(Read::Nothing),
        Err(error) => Err(error),
    }
}

/// A descriptor from which the program reads exactly this: no pump and no pipe that could block.
fn standard_input(content: &[u8]) -> io::Result<File> {
    if content.is_empty() { File::open("/dev/null") } else { wire::sealed_file("stdin", content) }
}
