//! Programs that are fed while they run: over a pipe, on a terminal, by signals.

use std::{
    sync::mpsc::{Receiver, channel},
    thread::{JoinHandle, spawn},
    time::{Duration, Instant},
};

use codecanvas_protocol::{Outcome, WindowSize};
use codecanvas_sandbox::{Command, Exit, Input, Live, Sandbox, Signaller};

use crate::support::{launcher, python, shell};

/// A live program, its output so far, and the thread that waits for it.
struct Running {
    input: Input,
    signaller: Signaller,
    output: Receiver<Vec<u8>>,
    seen: String,
    end: JoinHandle<(Exit, Sandbox)>,
}

fn start(command: Command, terminal: Option<WindowSize>) -> Running {
    let command = Command { live: Some(Live { terminal }), ..command };
    let mut sandbox = launcher().sandbox().unwrap();
    let (child, input) = sandbox.spawn_live(&command).unwrap();
    let (send, output) = channel();
    let signaller = child.signaller();
    let end = spawn(move || {
        let exit = child.wait(&mut |_, piece| send.send(piece.to_vec()).unwrap()).unwrap();
        (exit, sandbox)
    });
    Running { input, signaller, output, seen: String::new(), end }
}

fn on_terminal(command: Command) -> Running {
    start(command, Some(WindowSize { rows: 24, cols: 80 }))
}

impl Running {
    /// Waits until the output has this; what came before it is forgotten.
    #[track_caller]
    fn await_output(&mut self, what: &str) {
        let deadline = Instant::now() + Duration::from_secs(60);
        while !self.seen.contains(what) {
            let left = deadline.saturating_duration_since(Instant::now());
            let Ok(piece) = self.output.recv_timeout(left) else { panic!("no {what:?}, but {:?}", self.seen) };
            self.seen += &String::from_utf8_lossy(&piece);
        }
        let at = self.seen.find(what).unwrap() + what.len();
        self.seen.drain(..at);
    }

    fn type_in(&self, text: &str) {
        assert_eq!(self.input.write(text.as_bytes()).unwrap(), text.len());
    }

    fn end(self) -> Outcome {
        self.end.join().unwrap().0.outcome
    }
}

#[test]
fn what_is_written_is_read_at_once_and_its_end_is_the_end() {
    let mut running = start(shell("while read line; do echo got $line; done; echo over"), None);
    running.type_in("one\n");
    running.await_output("got one\n");
    running.type_in("two\n");
    running.await_output("got two\n");
    running.input.end().unwrap();
    running.await_output("over\n");
    assert!(running.end().is_success());
}

#[test]
fn a_signal_reaches_the_program_and_its_children() {
    let mut running = start(shell("trap 'echo caught; exit 3' TERM; echo ready; sleep 1000 & wait"), None);
    running.await_output("ready");
    running.signaller.signal(15);
    running.await_output("caught");
    assert_eq!(running.end(), Outcome::Exited { code: 3 });

    let mut running = start(shell("echo ready; exec sleep 1000"), None);
    running.await_output("ready");
    running.signaller.signal(9);
    assert_eq!(running.end(), Outcome::signaled(9));
}

#[test]
fn a_signal_that_comes_before_the_program_is_not_lost() {
    let running = start(shell("exec sleep 1000"), None);
    running.signaller.signal(15);
    assert_eq!(running.end(), Outcome::signaled(15));
}

#[test]
fn a_terminal_is_one() {
    let mut running = on_terminal(python(
        "import os, sys\nprint([os.isatty(n) for n in range(3)], os.ttyname(0), os.get_terminal_size())\nopen('/dev/tty', 'w').write('by name\\n')",
    ));
    running.await_output("[True, True, True] /dev/pts/0 os.terminal_size(columns=80, lines=24)\r\n");
    running.await_output("by name\r\n");
    assert!(running.end().is_success());
}

#[test]
fn a_program_learns_of_a_new_size() {
    let mut running = on_terminal(shell("stty size; trap 'stty size; exit 0' WINCH; echo ready; while :; do sleep 0.05; done"));
    running.await_output("24 80");
    running.await_output("ready");
    running.input.resize(WindowSize { rows: 50, cols: 132 }).unwrap();
    running.await_output("50 132");
    assert!(running.end().is_success());
}

#[test]
fn control_characters_do_what_they_do_on_a_terminal() {
    let mut running = on_terminal(python("print('ready')\nwhile True: pass"));
    running.await_output("ready");
    running.type_in("\x03");
    running.await_output("KeyboardInterrupt");
    assert!(matches!(running.end(), Outcome::Signaled { signal: 2, .. } | Outcome::Exited { code: 130 }));

    let mut running = on_terminal(shell("cat; echo over"));
    running.type_in("line\n");
    running.await_output("line\r\nline\r\n");
    running.type_in("\x04");
    running.await_output("over");
    assert!(running.end().is_success());
}

#[test]
fn the_end_of_input_reaches_a_program_on_a_terminal() {
    let mut running = on_terminal(shell("cat; echo over"));
    running.input.end().unwrap();
    running.await_output("over");
    assert!(running.end().is_success());
}

#[test]
fn a_terminal_cannot_be_typed_into_by_its_program() {
    let program = "import fcntl, termios\ntry: fcntl.ioctl(0, termios.TIOCSTI, b'x')\nexcept OSError as error: print('refused', error.errno)";
    let mut running = on_terminal(python(program));
    running.await_output("refused 1");
    assert!(running.end().is_success());
}

#[test]
fn terminals_are_bounded_and_none_is_there_without_being_asked_for() {
    let program = "import os\nn = 0\ntry:\n    while True: os.openpty(); n += 1\nexcept OSError as error: print('had', n, type(error).__name__)";
    let mut running = on_terminal(python(program));
    running.await_output("had 15 OSError");
    assert!(running.end().is_success());

    let mut running = start(python(program), None);
    running.await_output("had 0 ");
    assert!(running.end().is_success());
    let mut running = start(shell("ls /dev/pts | wc -l; (: </dev/tty) 2>/dev/null || echo no terminal"), None);
    running.await_output("0\nno terminal");
    assert!(running.end().is_success());
}

#[test]
fn a_client_that_lets_go_of_a_terminal_ends_nothing_but_its_own() {
    let mut sandbox = launcher().sandbox().unwrap();
    let live = Some(Live { terminal: Some(WindowSize::default()) });
    let (child, input) = sandbox.spawn_live(&Command { live, ..shell("sleep 1000") }).unwrap();
    drop((child, input, sandbox));
    let mut running = start(shell("echo fine"), None);
    running.await_output("fine");
    assert!(running.end().is_success());
}

#[test]
fn a_program_on_a_terminal_that_is_not_there_is_an_error_that_says_so() {
    let mut sandbox = launcher().sandbox().unwrap();
    let live = Some(Live { terminal: Some(WindowSize::default()) });
    let command = Command { live, argv: vec!["/no/such/program".into()], ..shell("") };
    let (child, _input) = sandbox.spawn_live(&command).unwrap();
    assert!(child.wait(&mut |_, _| {}).unwrap_err().is_not_found());
}
