//! The bare client: its sockets, its packets, and the look at what it has done.

use std::{
    fs::{self, File},
    io::{IoSlice, IoSliceMut, Read, Write},
    mem::MaybeUninit,
    os::{
        fd::{AsFd, BorrowedFd, OwnedFd},
        unix::{fs::PermissionsExt, process::CommandExt},
    },
    path::PathBuf,
    process::{Child, Command as Process, Stdio},
    time::{Duration, Instant},
};

use codecanvas_sandbox::{Command, Error, Mount, Step, TreeKey, Warm};
use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    fs::{MemfdFlags, SealFlags, fcntl_add_seals, memfd_create},
    io::Errno,
    net::{
        AddressFamily, RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, SendAncillaryBuffer, SendAncillaryMessage,
        SendFlags, SocketFlags, SocketType, recvmsg, sendmsg, socketpair,
    },
    pipe::{PipeFlags, pipe_with},
};
use serde::Serialize;
use tempfile::TempDir;

use crate::{
    hygiene::Holdings,
    support::{executable, shell},
};

/// How long the launcher may take for anything: more than it ever needs.
const PATIENCE: Duration = Duration::from_secs(120);

/// What it is asked on a sandbox's socket.
#[derive(Debug, Serialize)]
pub(super) enum Request {
    Run(Box<Command>),
    Kill { run: u32, cause: KillCause },
    Signal { run: u32, signal: i32 },
    Keep { key: TreeKey },
    Forget { key: TreeKey },
}

#[derive(Debug, Serialize)]
pub(super) enum KillCause {
    Cancelled,
    Output { written: u64 },
}

#[derive(Serialize)]
struct Greeting {
    mounts: Vec<Mount>,
    warm: Vec<Warm>,
    slots: u32,
    spares: u32,
    tree_bytes: u64,
}

/// What a sandbox's socket gave.
#[derive(Debug)]
pub(super) enum Answer {
    /// The program ran.
    Finished,
    /// It could not be run.
    Failed(Error),
    /// Whether its working directory is kept.
    Kept(bool),
    /// The launcher has closed the sandbox.
    Closed,
}

/// A launcher and its hostile client.
pub(super) struct Hostile {
    keeper: OwnedFd,
    process: Child,
    pub(super) control: OwnedFd,
    pid: u32,
    /// Everyone may write here; nobody does.
    canary: TempDir,
    before: Holdings,
}

impl Hostile {
    /// Starts a launcher with an empty menu.
    pub(super) fn start() -> Hostile {
        Hostile::with_menu(Vec::new())
    }

    pub(super) fn with_menu(mounts: Vec<Mount>) -> Hostile {
        let (keeper, theirs) = pair();
        let mut program = Process::new(executable());
        program.arg0("codecanvas-launcher").env_clear().current_dir("/").stdin(theirs).stdout(Stdio::null());
        let process = program.spawn().expect("the launcher is started");
        drop(program);
        send(&keeper, &message(&Greeting { mounts, warm: Vec::new(), slots: 4, spares: 0, tree_bytes: 8 << 20 }), &[]);
        let (welcome, mut fds) = receive(&keeper).expect("a welcome");
        assert_eq!(welcome[..2], [0, 0], "the launcher cannot work here: {}", String::from_utf8_lossy(&welcome));
        let canary = tempfile::tempdir().expect("a temporary folder");
        fs::set_permissions(canary.path(), fs::Permissions::from_mode(0o777)).expect("it is ours");
        let file = canary.path().join("file");
        fs::write(&file, "as it was").expect("it is ours");
        fs::set_permissions(file, fs::Permissions::from_mode(0o666)).expect("it is ours");
        let mut hostile = Hostile { keeper, control: fds.remove(0), pid: 0, canary, before: Holdings::default(), process };
        hostile.pid = only_child_of(hostile.process.id());
        hostile.assert_works();
        hostile.before = hostile.at_rest();
        hostile
    }

    /// What the launcher holds when only its builder is left.
    fn at_rest(&self) -> Holdings {
        loop {
            let before = Holdings::of(self.pid);
            std::thread::sleep(Duration::from_millis(20));
            if before.children == 1 && before == Holdings::of(self.pid) {
                return before;
            }
        }
    }

    /// A folder of the host that everyone may write to, as text.
    pub(super) fn canary(&self) -> &str {
        self.canary.path().to_str().expect("a plain path")
    }

    /// A file in it, opened for reading and writing.
    pub(super) fn canary_file(&self) -> OwnedFd {
        File::options().read(true).write(true).open(self.canary.path().join("file")).expect("it is ours").into()
    }

    /// Opens a sandbox.
    pub(super) fn open(&self) -> OwnedFd {
        let (ours, theirs) = pair();
        send(&self.control, &message(&()), &[theirs.as_fd()]);
        ours
    }

    /// Runs a command in a new sandbox, and gives what it wrote.
    pub(super) fn run(&self, command: &Command) -> (Answer, String) {
        run(&self.open(), command)
    }

    /// That nothing came of all that was tried: see the module.
    #[track_caller]
    pub(super) fn assert_unharmed(&mut self, what: &str) {
        assert!(self.process.try_wait().expect("it is our child").is_none(), "{what}: the keeper has ended");
        assert!(!is_readable(&self.keeper, Duration::ZERO), "{what}: the launcher was started anew");
        self.assert_works();
        let names: Vec<_> = fs::read_dir(self.canary.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(names, ["file"], "{what}: the host was written to");
        assert_eq!(
            fs::read_to_string(self.canary.path().join("file")).unwrap(),
            "as it was",
            "{what}: the host was written to"
        );
        let deadline = Instant::now() + PATIENCE;
        loop {
            let after = Holdings::of(self.pid);
            if after == self.before {
                return;
            }
            assert!(Instant::now() < deadline, "{what}: {:?} before, {after:?} after", self.before);
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    #[track_caller]
    fn assert_works(&self) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            match self.run(&shell("echo fine")) {
                // What was just let go of still has its place until it is dead.
                (Answer::Failed(error), _) if error.step == Step::TakeSlot && Instant::now() < deadline => {}
                (answer, stdout) => {
                    assert!(matches!(answer, Answer::Finished) && stdout == "fine\n", "{answer:?} {stdout:?}");
                    return;
                }
            }
        }
    }

    /// How many entries a folder of the launcher's own root has, where this user may look.
    pub(super) fn entries_of_root(&self, folder: &str) -> Option<usize> {
        Some(fs::read_dir(PathBuf::from(format!("/proc/{}/root", self.pid)).join(folder)).ok()?.count())
    }
}

impl Drop for Hostile {
    fn drop(&mut self) {
        let _ = rustix::net::shutdown(&self.control, rustix::net::Shutdown::Both);
        let _ = rustix::net::shutdown(&self.keeper, rustix::net::Shutdown::Both);
        let _ = self.process.wait();
    }
}

fn only_child_of(keeper: u32) -> u32 {
    let children = fs::read_to_string(format!("/proc/{keeper}/task/{keeper}/children")).expect("it lives");
    children.trim().parse().expect("the launcher is its only child")
}

/// Runs a command in this sandbox with ordinary standard streams, and gives what it wrote.
pub(super) fn run(sandbox: &OwnedFd, command: &Command) -> (Answer, String) {
    let (stdout, stdout_in) = pipe_with(PipeFlags::CLOEXEC).expect("a pipe");
    let null = null();
    let fds = [null.as_fd(), stdout_in.as_fd(), null.as_fd()];
    let request = Request::Run(Box::new(command.clone()));
    match message(&request) {
        packet if packet.len() <= 64 << 10 => send(sandbox, &packet, &fds),
        _ => send(sandbox, &[1], &[&[large_message(&request).as_fd()], &fds[..]].concat()),
    }
    drop(stdout_in);
    let mut written = String::new();
    let _ = File::from(stdout).read_to_string(&mut written);
    (answer(sandbox), written)
}

/// The next answer on a sandbox's socket.
pub(super) fn answer(sandbox: &OwnedFd) -> Answer {
    match receive(sandbox) {
        None => Answer::Closed,
        Some((packet, _)) => match packet[..] {
            [0, 0, ..] => Answer::Finished,
            [0, 2, 0, ..] => Answer::Kept(true),
            [0, 2, ..] => Answer::Kept(false),
            [0, 1, ref error @ ..] => Answer::Failed(postcard::from_bytes(error).expect("an error")),
            _ => panic!("no answer of the protocol: {packet:?}"),
        },
    }
}

/// A small message as a packet.
pub(super) fn message(message: &impl Serialize) -> Vec<u8> {
    postcard::to_extend(message, vec![0]).expect("it is written to memory")
}

/// The same in a sealed memory file, for a packet that is only `[1]`.
pub(super) fn large_message(message: &impl Serialize) -> OwnedFd {
    sealed(&postcard::to_extend(message, Vec::new()).expect("it is written to memory"))
}

pub(super) fn sealed(content: &[u8]) -> OwnedFd {
    let mut file = File::from(memory_file());
    file.write_all(content).expect("there is memory");
    fcntl_add_seals(&file, SealFlags::SEAL | SealFlags::SHRINK | SealFlags::GROW | SealFlags::WRITE).expect("it is ours");
    rustix::fs::seek(&file, rustix::fs::SeekFrom::Start(0)).expect("it is a file");
    file.into()
}

pub(super) fn memory_file() -> OwnedFd {
    memfd_create("hostile", MemfdFlags::CLOEXEC | MemfdFlags::ALLOW_SEALING).expect("a memory file")
}

pub(super) fn null() -> OwnedFd {
    File::options().read(true).write(true).open("/dev/null").expect("it is there").into()
}

pub(super) fn pair() -> (OwnedFd, OwnedFd) {
    socketpair(AddressFamily::UNIX, SocketType::SEQPACKET, SocketFlags::CLOEXEC, None).expect("two sockets")
}

/// Sends a packet as it is; the launcher may have hung up.
pub(super) fn send(socket: &OwnedFd, packet: &[u8], fds: &[BorrowedFd<'_>]) {
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(253))];
    let mut control = SendAncillaryBuffer::new(&mut space);
    assert!(fds.is_empty() || control.push(SendAncillaryMessage::ScmRights(fds)));
    let deadline = Instant::now() + PATIENCE;
    // An ordinary user may have no more descriptors on their way than it may have open (unix(7), ETOOMANYREFS): where the launcher is
    // slow to read, those before this one have to arrive first.
    while sendmsg(socket, &[IoSlice::new(packet)], &mut control, SendFlags::NOSIGNAL) == Err(Errno::TOOMANYREFS) {
        assert!(Instant::now() < deadline, "the launcher takes no descriptor");
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// Receives a packet; `None` when the launcher has hung up.
pub(super) fn receive(socket: &OwnedFd) -> Option<(Vec<u8>, Vec<OwnedFd>)> {
    assert!(is_readable(socket, PATIENCE), "the launcher does not answer");
    let mut packet = vec![0; 64 << 10];
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(5))];
    let mut control = RecvAncillaryBuffer::new(&mut space);
    let received = recvmsg(socket, &mut [IoSliceMut::new(&mut packet)], &mut control, RecvFlags::CMSG_CLOEXEC).ok()?;
    let rights = control.drain().filter_map(|message| match message {
        RecvAncillaryMessage::ScmRights(rights) => Some(rights.collect::<Vec<_>>()),
        _ => None,
    });
    let fds = rights.flatten().collect();
    packet.truncate(received.bytes);
    (!packet.is_empty()).then_some((packet, fds))
}

fn is_readable(socket: &OwnedFd, patience: Duration) -> bool {
    let timeout = Timespec { tv_sec: patience.as_secs() as i64, tv_nsec: patience.subsec_nanos().into() };
    let mut fds = [PollFd::new(socket, PollFlags::IN)];
    rustix::io::retry_on_intr(|| poll(&mut fds, Some(&timeout))).expect("it can be waited for") > 0
}
