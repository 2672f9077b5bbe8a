//! Execution over a cell that plays a script instead of running programs.

use std::{
    sync::{Arc, Mutex, mpsc},
    thread,
};

use codecanvas_protocol::{Encoding, Limits};
use codecanvas_sandbox::{FileEntry, Kept, TreeKey};
use tokio::sync::oneshot;

use super::*;
use crate::{
    cache::{Cache, Keeper},
    plan::PhasePlan,
};

/// What the cell plays for one command.
enum Act {
    /// Writes these and ends so.
    End(&'static [(Stream, &'static [u8])], Outcome),
    /// Runs until it is killed, having told that it has started.
    RunUntilKilled(oneshot::Sender<()>),
    Fail(RunError),
    Panic,
}

/// Keeps the commands it was given; tells when it is destroyed.
struct Stage {
    acts: Vec<Act>,
    given: Arc<Mutex<Vec<Command>>>,
    log: Log,
}

type Log = Arc<Mutex<Vec<&'static str>>>;

impl Drop for Stage {
    fn drop(&mut self) {
        self.log.lock().unwrap().push("sandbox destroyed");
    }
}

/// Tells when it is let go, as a permit frees its slot.
struct Hold(Log);

impl Drop for Hold {
    fn drop(&mut self) {
        self.0.lock().unwrap().push("slot freed");
    }
}

impl Keeper for Stage {
    fn launcher(&self) -> u32 {
        1
    }

    fn keep(&mut self, _key: TreeKey) -> Kept {
        Kept::Yes { bytes: 1 }
    }

    fn forget(&mut self, _key: TreeKey) {}
}

impl Cell for Stage {
    fn run(
        &mut self,
        command: &Command,
        cancel: &Cancel,
        _on_live: Option<OnLive>,
        sink: &mut dyn FnMut(Stream, &[u8]),
    ) -> Result<Exit, RunError> {
        self.given.lock().unwrap().push(command.clone());
        let exit = |outcome| Exit { outcome, usage: Usage::default(), warm: false, stdout_bytes: 0, stderr_bytes: 0 };
        match self.acts.remove(0) {
            Act::End(output, outcome) => {
                output.iter().for_each(|(stream, piece)| sink(*stream, piece));
                Ok(exit(outcome))
            }
            Act::RunUntilKilled(started) => {
                let (kill, killed) = mpsc::channel();
                cancel.arm(move || kill.send(()).unwrap());
                started.send(()).unwrap();
                killed.recv_timeout(Duration::from_secs(10)).expect("it is killed");
                thread::sleep(Duration::from_millis(20));
                self.log.lock().unwrap().push("run ended");
                cancel.disarm();
                Ok(exit(Outcome::Cancelled))
            }
            Act::Fail(error) => Err(error),
            Act::Panic => panic!("part of the test"),
        }
    }
}

fn phase(phase: Phase) -> PhasePlan {
    let limits = Limits { output_bytes: 5, ..Limits::default() };
    PhasePlan { phase, argv: vec![format!("{phase:?}")], env: Vec::new(), limits, stdin: Vec::new(), live: None, warm: false }
}

fn plan(phases: &[Phase]) -> Plan {
    let files = vec![FileEntry { path: "a".into(), content: Vec::new(), executable: false }];
    Plan { language: "toy".into(), files, phases: phases.iter().copied().map(phase).collect(), mounts: Vec::new() }
}

const BOTH: &[Phase] = &[Phase::Compile, Phase::Run];
const OK: Outcome = Outcome::Exited { code: 0 };

fn nobody() -> Audience {
    watched(Box::new(|_| {}))
}

fn watched(watcher: Watcher) -> Audience {
    Audience { watcher, on_live: None, tally: Arc::default() }
}

/// Plays these acts; what comes back are the result and the commands that were given.
async fn play(phases: &[Phase], acts: Vec<Act>) -> (Result<Vec<Finished>, RunError>, Vec<Command>) {
    let (log, given) = (Log::default(), Arc::new(Mutex::new(Vec::new())));
    let stage = Stage { acts, given: Arc::clone(&given), log: Arc::clone(&log) };
    let result = on_own_thread(plan(phases), Turn::Alone, Hold(Arc::clone(&log)), nobody(), || Ok(stage)).await;
    assert_eq!(*log.lock().unwrap(), ["sandbox destroyed", "slot freed"]);
    let given = given.lock().unwrap().clone();
    (result, given)
}

async fn reported(phases: &[Phase], acts: Vec<Act>) -> codecanvas_protocol::Report {
    let toolchain = Toolchain { language: "toy".into(), version: "1".into(), weaker: vec!["w".into()] };
    report(play(phases, acts).await.0.unwrap(), toolchain).unwrap()
}

#[tokio::test]
async fn the_run_finds_what_the_compiler_left() {
    let (result, given) = play(BOTH, vec![Act::End(&[], OK), Act::End(&[], OK)]).await;
    assert_eq!(result.unwrap().len(), 2);
    let seen: Vec<_> = given.iter().map(|command| (command.files.len(), command.keep_workspace)).collect();
    assert_eq!(seen, [(1, true), (0, false)]);
    let (_, given) = play(&[Phase::Run], vec![Act::End(&[], OK)]).await;
    assert!(!given[0].keep_workspace && given[0].files.len() == 1);
}

#[tokio::test]
async fn the_report_is_of_the_run_with_the_compilers_words_beside_it() {
    let compile = Act::End(&[(Stream::Stderr, b"warn")], OK);
    let run = Act::End(
        &[(Stream::Stdout, b"hel"), (Stream::Stderr, b"\xff"), (Stream::Stdout, b"lo world")],
        Outcome::Exited { code: 3 },
    );
    let report = reported(BOTH, vec![compile, run]).await;
    assert_eq!((report.stdout.as_str(), report.stderr.as_str(), report.error.as_str()), ("hello", "/w==", "exit status 3"));
    assert_eq!((report.truncated, report.output.stdout.bytes, report.output.stderr.encoding), (true, 11, Encoding::Base64));
    assert_eq!((report.language.as_str(), report.version.as_str(), report.weaker.len()), ("toy", "1", 1));
    assert_eq!((report.phases.len(), report.phases[0].stderr.as_str(), report.phases[1].stdout.as_str()), (2, "warn", ""));
}

#[tokio::test]
async fn a_failed_compile_is_the_report_and_nothing_runs() {
    const OUTPUT: &[(Stream, &[u8])] = &[(Stream::Stdout, b"out"), (Stream::Stderr, b"err")];
    let report = reported(BOTH, vec![Act::End(OUTPUT, Outcome::Exited { code: 1 })]).await;
    assert_eq!((report.stdout.as_str(), report.stderr.as_str(), report.error.as_str()), ("", "err", "exit status 1"));
    assert_eq!((report.phases.len(), report.phases[0].stdout.as_str()), (1, "out"));
    assert_eq!(report.output.stdout.bytes, 0);
    // Some compilers complain on stdout.
    let report = reported(BOTH, vec![Act::End(&OUTPUT[..1], Outcome::signaled(11))]).await;
    assert_eq!((report.stdout.as_str(), report.stderr.as_str(), report.error.as_str()), ("", "out", "exit status 139"));
}

#[tokio::test]
async fn the_watcher_is_told_of_everything_as_it_comes() {
    let acts = vec![Act::End(&[(Stream::Stderr, b"c")], OK), Act::End(&[(Stream::Stdout, b"more than five")], OK)];
    let (seen, log) = (Arc::new(Mutex::new(Vec::new())), Log::default());
    let stage = Stage { acts, given: Arc::default(), log };
    let notes = Arc::clone(&seen);
    let watcher: Watcher = Box::new(move |moment| {
        notes.lock().unwrap().push(match moment {
            Moment::Started { phase, output_bytes, .. } => format!("{phase:?} with room for {output_bytes}"),
            Moment::Output(phase, stream, piece) => format!("{phase:?} {stream:?} {}", String::from_utf8_lossy(piece)),
            Moment::Ended(phase, outcome, _) => format!("{phase:?} {:?}", outcome.error_text()),
        });
    });
    on_own_thread(plan(BOTH), Turn::Alone, (), watched(watcher), || Ok(stage)).await.unwrap();
    let expected = [
        "Compile with room for 5",
        "Compile Stderr c",
        "Compile \"\"",
        "Run with room for 5",
        "Run Stdout more than five",
        "Run \"\"",
    ];
    assert_eq!(*seen.lock().unwrap(), expected);
}

/// The launcher is gone since it was looked whether it is there, and with it what it kept.
#[test]
fn what_was_compiled_before_is_compiled_again_without_a_word_when_it_is_gone() {
    let (cache, key) = (Cache::new(1 << 20), TreeKey([1; 32]));
    let told = Arc::new(Mutex::new(Vec::new()));
    let play = |turn, acts| {
        let given = Arc::new(Mutex::new(Vec::new()));
        let mut stage = Stage { acts, given: Arc::clone(&given), log: Log::default() };
        let notes = Arc::clone(&told);
        let mut audience = watched(Box::new(move |moment| match moment {
            Moment::Output(phase, _, piece) => {
                notes.lock().unwrap().push(format!("{phase:?} {}", String::from_utf8_lossy(piece)));
            }
            Moment::Started { .. } | Moment::Ended(..) => {}
        }));
        let finished = run_phases(&mut stage, plan(BOTH), turn, &Cancel::default(), &mut audience).unwrap();
        let given = given.lock().unwrap();
        let seen: Vec<_> = given.iter().map(|command: &Command| (command.files.len(), command.base.is_some())).collect();
        (finished.iter().map(|phase| phase.cached).collect::<Vec<_>>(), seen, std::mem::take(&mut *told.lock().unwrap()))
    };
    let compile = || Act::End(&[(Stream::Stderr, b"warn")], OK);
    let run = || Act::End(&[(Stream::Stdout, b"out")], OK);
    let words = ["Compile warn", "Run out"].map(str::to_owned).to_vec();
    let first = cache.turn_at_once(key).unwrap();
    assert_eq!(play(first, vec![compile(), run()]), (vec![false, false], vec![(1, false), (0, true)], words.clone()));
    let known = cache.look(key, 1).unwrap();
    assert_eq!(play(known, vec![run()]), (vec![true, false], vec![(0, true)], words.clone()));
    let gone = codecanvas_sandbox::Error { step: Step::FindTree, errno: 0, detail: String::new() };
    let acts = vec![Act::Fail(RunError::Sandbox(gone)), compile(), run()];
    let known = cache.look(key, 1).unwrap();
    assert_eq!(play(known, acts), (vec![true, false], vec![(0, true), (1, false), (0, true)], words));
    assert!(matches!(cache.look(key, 1), Some(Turn::Known(_))), "it is known again");
}

#[tokio::test]
async fn a_client_that_goes_away_has_its_run_killed_and_its_slot_freed_after_it() {
    let (started, has_started) = oneshot::channel();
    let (log, given) = (Log::default(), Arc::new(Mutex::new(Vec::new())));
    let acts = vec![Act::RunUntilKilled(started), Act::End(&[], OK)];
    let stage = Stage { acts, given: Arc::clone(&given), log: Arc::clone(&log) };
    let job = tokio::spawn(on_own_thread(plan(BOTH), Turn::Alone, Hold(Arc::clone(&log)), nobody(), || Ok(stage)));
    has_started.await.unwrap();
    job.abort();
    assert!(job.await.unwrap_err().is_cancelled());
    while log.lock().unwrap().len() < 3 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    assert_eq!(*log.lock().unwrap(), ["run ended", "sandbox destroyed", "slot freed"]);
    assert_eq!(given.lock().unwrap().len(), 1, "the second phase was never started");
}

#[test]
fn nothing_is_started_for_a_client_that_has_gone_between_the_phases() {
    let cancel = Cancel::default();
    let guard = Mutex::new(Some(cancel.on_drop()));
    // The client goes away while the compiler's last words are read: the killer is not armed any more, or not yet.
    let mut audience = watched(Box::new(move |moment| {
        if matches!(moment, Moment::Output(..)) {
            drop(guard.lock().unwrap().take());
        }
    }));
    let given = Arc::new(Mutex::new(Vec::new()));
    let mut stage =
        Stage { acts: vec![Act::End(&[(Stream::Stdout, b"x")], OK)], given: Arc::clone(&given), log: Log::default() };
    let finished = run_phases(&mut stage, plan(BOTH), Turn::Alone, &cancel, &mut audience).unwrap();
    assert_eq!(finished.iter().map(|phase| phase.outcome.clone()).collect::<Vec<_>>(), [OK, Outcome::Cancelled]);
    assert_eq!(given.lock().unwrap().len(), 1);
}

#[test]
fn a_program_that_starts_just_as_its_client_goes_away_is_killed_at_once() {
    let cancel = Cancel::default();
    drop(cancel.on_drop());
    let (kill, killed) = mpsc::channel();
    cancel.arm(move || kill.send(()).unwrap());
    assert_eq!(killed.try_recv(), Ok(()));
}

#[test]
fn a_program_that_has_ended_is_not_killed() {
    let cancel = Cancel::default();
    let (kill, killed) = mpsc::channel();
    cancel.arm(move || kill.send(()).unwrap());
    cancel.disarm();
    drop(cancel.on_drop());
    assert!(killed.try_recv().is_err());
}

#[tokio::test]
async fn a_panic_is_an_error_and_frees_the_slot() {
    let (result, _) = play(&[Phase::Run], vec![Act::Panic]).await;
    let RunError::Sandbox(error) = result.unwrap_err() else { panic!("it is our fault") };
    assert_eq!(error.to_string(), "failed to watch the program: the thread that watched it panicked");
}

#[tokio::test]
async fn a_program_that_is_not_there_is_our_fault_and_named() {
    let missing = codecanvas_sandbox::Error { step: Step::Execute, errno: 2, detail: String::new() };
    let (result, _) = play(&[Phase::Run], vec![Act::Fail(RunError::Sandbox(missing))]).await;
    let RunError::Sandbox(error) = result.unwrap_err() else { panic!("it is our fault") };
    assert!(error.to_string().contains("Run of toy is not in the sandbox"), "{error}");
}
