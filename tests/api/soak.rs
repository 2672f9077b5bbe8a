//! A server under full load for a long time: good and hostile programs, clients that go away, a launcher that is killed again and
//! again. At the end nothing is left behind, and nothing has grown. `make soak` does it for an hour.

use std::{
    fs,
    io::Read,
    sync::{
        Mutex, RwLock,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use codecanvas_sandbox::groups_left_over;
use rustix::process::{Signal, kill_process};
use serde_json::{Value, json};

use crate::{
    client::Answer,
    holdings::{Holdings, files_of_sandboxes},
    processes::of,
    server::{Server, is_root, pid, wait_until},
};

/// Programs, and the kinds of end that each may have; a host without cgroups ends some of them otherwise.
fn programs() -> Vec<(Value, &'static [&'static str])> {
    let job = |language: &str, source: &str, limits: Value| json!({"language": language, "source": source, "limits": limits});
    let memory = json!({"memory_bytes": 32 << 20, "processes": 16, "wall_time_ms": 60_000});
    vec![
        (job("bash", "echo good", json!({})), &["exited"]),
        (job("python3", "print(sum(range(100000)))", json!({})), &["exited"]),
        (job("c", "#include <stdio.h>\nint main(void) { puts(\"good\"); }", json!({})), &["exited"]),
        (job("bash", "exit 3", json!({})), &["exited"]),
        (job("bash", "kill -SEGV $$", json!({})), &["signaled"]),
        (job("bash", "while :; do :; done", json!({"cpu_time_ms": 100, "wall_time_ms": 60_000})), &["cpu_time_exceeded"]),
        (job("bash", "trap '' TERM INT; sleep 100 & sleep 100", json!({"wall_time_ms": 150})), &["wall_time_exceeded"]),
        (job("python3", "x = []\nwhile True: x.append(bytearray(1 << 20))", memory.clone()), &["memory_exceeded", "exited"]),
        (
            job("bash", "f() { f | f & }; f; wait", json!({"processes": 12, "wall_time_ms": 500})),
            &["processes_exceeded", "wall_time_exceeded", "exited"],
        ),
        (
            job("bash", "yes", json!({"output_bytes": 1000, "wall_time_ms": 60_000, "cpu_time_ms": 30_000})),
            &["output_exceeded"],
        ),
        (job("bash", "for i in $(seq 300); do echo x > f$i; done", json!({"disk_files": 50})), &["disk_exceeded", "exited"]),
        (
            job(
                "python3",
                "import os\nfor i in range(30):\n  if os.fork() == 0: os.setsid(); os.fork(); os.pause() if hasattr(os, 'pause') else __import__('signal').pause()",
                json!({"processes": 20}),
            ),
            &["exited", "processes_exceeded"],
        ),
    ]
}

/// What is measured while nothing runs.
#[derive(Debug)]
struct Sample {
    memory: u64,
    /// The server's own; those of a launcher depend on how many sandboxes it has made ahead.
    descriptors: usize,
    /// The time of a program that does nothing: the best of several rounds' medians.
    set_up: Duration,
}

impl Sample {
    fn of(server: &Server) -> Sample {
        let round = || {
            let mut times: Vec<Duration> = (0..15)
                .map(|_| {
                    let start = Instant::now();
                    server.stdout(&json!({"language": "bash", "source": ":"}));
                    start.elapsed()
                })
                .collect();
            times.sort_unstable();
            times[times.len() / 2]
        };
        // The runs of clients that have just hung up are being ended at first.
        let descriptors = || fs::read_dir(of(server.pid(), "fd")).expect("a tester may look at its server").count();
        let rounds: Vec<(Duration, usize)> = (0..5).map(|_| (round(), descriptors())).collect();
        let set_up = rounds.iter().map(|(time, _)| *time).min().expect("some rounds");
        let descriptors = rounds.iter().map(|(_, count)| *count).min().expect("some rounds");
        Sample { memory: server.resident(), descriptors, set_up }
    }
}

fn duration() -> Duration {
    let seconds = std::env::var("CODECANVAS_SOAK_SECONDS").ok().and_then(|text| text.parse().ok());
    Duration::from_secs(seconds.unwrap_or(90))
}

#[test]
fn nothing_grows_and_nothing_is_left_behind_under_a_load_of_all_kinds() {
    let mut server = Server::with(|command| {
        command.args(["--runners", "4"]);
    });
    for (job, _) in programs() {
        server.run(&job);
    }
    let before = Holdings::of(&server);
    let (end, load) = (Instant::now() + duration(), Load::new());
    let mut samples = Vec::new();
    std::thread::scope(|scope| {
        for client in 0..6 {
            scope.spawn({
                let (server, load) = (&server, &load);
                move || load.run(server, client)
            });
        }
        let period = (duration() / 12).clamp(Duration::from_secs(3), Duration::from_secs(60));
        let mut round = 0;
        while Instant::now() < end {
            std::thread::sleep(period);
            round += 1;
            if round % 3 == 0 {
                // All stand still, to be measured.
                let _pause = load.pause.write().expect("nobody panicked");
                samples.push(Sample::of(&server));
            } else {
                kill_process(pid(server.launcher()), Signal::KILL).expect("a tester may");
            }
        }
        load.is_over.store(true, Ordering::Relaxed);
    });
    load.check(&server);
    samples.push(Sample::of(&server));
    eprintln!(
        "{} answers, {} lost with their launcher, {} clients gone; {samples:#?}",
        load.answers(),
        load.lost(),
        load.gone()
    );

    let (first, last) = (&samples[0], &samples[samples.len() - 1]);
    assert!(last.memory as f64 <= first.memory as f64 * 1.05 + 1e6, "memory has grown: {samples:#?}");
    assert!(last.descriptors <= first.descriptors + 2, "descriptors have grown: {samples:#?}");
    // Long runs are for quiet machines; here a round may be disturbed by what else runs.
    let most = if duration() > Duration::from_secs(600) { 1.05 } else { 3.0 };
    let best = samples.iter().skip(1).map(|sample| sample.set_up).min().expect("two samples");
    assert!(best.as_secs_f64() <= first.set_up.as_secs_f64() * most, "the way to a program has become longer: {samples:#?}");

    before.wait_for_no_more(&server, 8);
    server.signal(Signal::TERM);
    assert_eq!(server.end().code(), Some(0), "{}", server.log());
    wait_until("no cgroup is left over", || groups_left_over().is_empty());
    assert_eq!((server.files(), files_of_sandboxes()), (vec![], vec![]));
}

/// The clients, and what they met.
struct Load {
    /// Held for reading by each client while it has a request under way.
    pause: RwLock<()>,
    is_over: AtomicBool,
    counts: [AtomicUsize; 3],
    amiss: Mutex<Vec<String>>,
}

impl Load {
    fn new() -> Load {
        Load { pause: RwLock::new(()), is_over: AtomicBool::new(false), counts: Default::default(), amiss: Mutex::default() }
    }

    /// One client's work. Every client takes the programs in another order; each seventh goes away before its answer.
    fn run(&self, server: &Server, client: usize) {
        let programs = programs();
        let mut turn = client * 5;
        while !self.is_over.load(Ordering::Relaxed) {
            let _under_way = self.pause.read().expect("nobody panicked");
            turn += 1;
            let (job, ends) = &programs[turn * 7 % programs.len()];
            let mut stream = server.send(job);
            if turn.is_multiple_of(7) {
                std::thread::sleep(Duration::from_millis(turn as u64 % 40));
                let _ = stream.set_read_timeout(Some(Duration::from_millis(1)));
                let _ = stream.read(&mut [0; 64]);
                self.counts[2].fetch_add(1, Ordering::Relaxed);
                continue;
            }
            match Answer::try_read(&stream) {
                Ok(answer) if answer.status == 200 => {
                    self.counts[0].fetch_add(1, Ordering::Relaxed);
                    let kind = answer.json()["outcome"]["kind"].as_str().unwrap_or_default().to_owned();
                    if !ends.contains(&kind.as_str()) {
                        self.complain(format!("{job} ended as {kind}, not {ends:?}: {}", answer.body));
                    }
                }
                Ok(answer) if answer.status == 503 && answer.body.contains("#lost") => {
                    self.counts[1].fetch_add(1, Ordering::Relaxed);
                }
                other => self.complain(format!("{job}: {other:?}")),
            }
        }
    }

    fn complain(&self, what: String) {
        self.amiss.lock().expect("nobody panicked").push(what);
    }

    fn check(&self, server: &Server) {
        let amiss = self.amiss.lock().expect("nobody panicked");
        let log = server.log();
        let errors: Vec<&str> = log.lines().filter(|line| line.contains("ERROR") || line.contains("launcher:")).collect();
        assert!(amiss.is_empty(), "{} amiss, among them {:#?}; {errors:#?}", amiss.len(), &amiss[..amiss.len().min(5)]);
        assert!(self.answers() > 20 && self.lost() > 0 && self.gone() > 3 || !is_root(), "{:?}", self.counts);
    }

    fn answers(&self) -> usize {
        self.counts[0].load(Ordering::Relaxed)
    }

    fn lost(&self) -> usize {
        self.counts[1].load(Ordering::Relaxed)
    }

    fn gone(&self) -> usize {
        self.counts[2].load(Ordering::Relaxed)
    }
}
