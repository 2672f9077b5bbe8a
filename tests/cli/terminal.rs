//! `run -i` and `shell` on a terminal: a real one, at whose other side the test sits.

use std::{
    fs::File,
    io::{Read, Write},
    os::fd::OwnedFd,
    path::Path,
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, channel},
    time::{Duration, Instant},
};

use rustix::{
    pty::{OpenptFlags, grantpt, ioctl_tiocgptpeer, openpt, unlockpt},
    termios::{Winsize, tcgetattr, tcsetwinsize},
};

use crate::server::Server;

/// Our program on a terminal.
struct Session {
    keyboard: File,
    terminal: OwnedFd,
    child: Child,
    screen: Receiver<Vec<u8>>,
    seen: String,
    before: String,
}

impl Session {
    fn start(arguments: &[&str]) -> Session {
        let flags = OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC;
        let ours = openpt(flags).expect("a terminal");
        grantpt(&ours).and_then(|()| unlockpt(&ours)).expect("it is ours");
        let terminal = ioctl_tiocgptpeer(&ours, flags).expect("its other side");
        tcsetwinsize(&ours, size(30, 100)).expect("it has a size");
        let stdio = || Stdio::from(terminal.try_clone().expect("a descriptor"));
        // The terminal becomes the program's own, so that it is told of a new size.
        let child = Command::new("setsid")
            .args(["--ctty", "--wait", env!("CARGO_BIN_EXE_codecanvas")])
            .args(arguments)
            .stdin(stdio())
            .stdout(stdio())
            .stderr(stdio())
            .spawn()
            .expect("it starts");
        let keyboard = File::from(ours);
        let mut reader = keyboard.try_clone().expect("a descriptor");
        let (send, screen) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                if send.send(buffer[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        let before = settings(&terminal);
        Session { keyboard, terminal, child, screen, seen: String::new(), before }
    }

    /// Waits until the screen has this; what came before it is forgotten.
    #[track_caller]
    fn await_output(&mut self, what: &str) {
        let deadline = Instant::now() + Duration::from_secs(60);
        while !self.seen.contains(what) {
            let Ok(piece) = self.screen.recv_timeout(deadline.saturating_duration_since(Instant::now())) else {
                panic!("no {what:?}, but {:?}", self.seen)
            };
            self.seen += &String::from_utf8_lossy(&piece);
        }
        let at = self.seen.find(what).unwrap() + what.len();
        self.seen.drain(..at);
    }

    fn type_in(&mut self, text: &str) {
        self.keyboard.write_all(text.as_bytes()).expect("somebody reads");
    }

    /// The exit code; by then the terminal has to be as it was.
    #[track_caller]
    fn end(mut self) -> i32 {
        let status = self.child.wait().expect("it ends");
        assert_eq!(settings(&self.terminal), self.before, "the terminal was not given back");
        status.code().expect("setsid passes it on")
    }
}

fn size(rows: u16, cols: u16) -> Winsize {
    Winsize { ws_row: rows, ws_col: cols, ws_xpixel: 0, ws_ypixel: 0 }
}

fn settings(terminal: &OwnedFd) -> String {
    format!("{:?}", tcgetattr(terminal).expect("it is a terminal"))
}

fn program(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("a file");
    path.to_str().expect("text").to_owned()
}

#[test]
fn a_prompt_has_our_terminal_and_its_size() {
    let mut session = Session::start(&["shell", "python3"]);
    session.await_output(">>> ");
    session.type_in("import os; print(*os.get_terminal_size())\n");
    session.await_output("\n100 30");
    // Before the next prompt the end of input would be the kernel's to take, and be lost when the prompt takes over the keys.
    session.await_output(">>> ");
    session.type_in("\x04");
    assert_eq!(session.end(), 0);
}

#[test]
fn a_prompt_on_a_server_is_told_of_a_new_size() {
    let server = Server::start();
    let mut session = Session::start(&["shell", "bash", "--url", &server.url]);
    session.await_output("$ ");
    session.type_in("stty size\n");
    session.await_output("30 100");
    tcsetwinsize(&session.keyboard, size(40, 120)).expect("it has a size");
    session.type_in("for i in $(seq 100); do stty size; sleep 0.1; done\n");
    session.await_output("40 120");
    session.type_in("\x03");
    session.type_in("exit 7\n");
    assert_eq!(session.end(), 7);
}

#[test]
fn keys_are_the_programs_and_control_c_ends_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = program(folder.path(), "ask.py", "print('Hi', input('Name? '))\nwhile True: pass\n");
    let mut session = Session::start(&["run", "-i", &path]);
    session.await_output("Name? ");
    session.type_in("Ada\n");
    session.await_output("Hi Ada");
    session.type_in("\x03");
    session.await_output("KeyboardInterrupt");
    assert_eq!(session.end(), 130);
}

#[test]
fn the_terminal_is_given_back_after_a_program_that_was_killed_raw() {
    let folder = tempfile::tempdir().unwrap();
    let path = program(folder.path(), "kill.sh", "stty raw -echo; kill -9 $$\n");
    let session = Session::start(&["run", "-i", &path]);
    assert_eq!(session.end(), 137);
}

#[test]
fn a_pipe_is_passed_on_while_the_program_runs() {
    let folder = tempfile::tempdir().unwrap();
    let path = program(folder.path(), "echo.py", "import sys\nfor line in sys.stdin: print('got', line.strip(), flush=True)\n");
    let mut child = Command::new(env!("CARGO_BIN_EXE_codecanvas"))
        .args(["run", "-i", &path])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = child.stdout.take().unwrap();
    for line in ["one", "two"] {
        writeln!(stdin, "{line}").unwrap();
        let mut answer = vec![0; format!("got {line}\n").len()];
        stdout.read_exact(&mut answer).unwrap();
        assert_eq!(String::from_utf8(answer).unwrap(), format!("got {line}\n"));
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}
