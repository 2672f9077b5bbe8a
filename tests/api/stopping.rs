//! The end of a server: what runs may finish, nothing is left behind, and what was left is swept by the next one.

use std::net::TcpStream;

use rustix::process::{Signal, kill_process};
use serde_json::json;

use crate::{
    client::Answer,
    holdings::files_of_sandboxes,
    processes::{Nap, cgroups, cgroups_of},
    server::{Server, is_root, needs_root, pid, shared, wait_until},
};

/// Processes of a server, which it must not leave behind.
struct Family(Vec<u32>);

impl Family {
    fn of(server: &Server) -> Family {
        Family(server.descendants())
    }

    #[track_caller]
    fn wait_until_gone(&self) {
        wait_until("every process of the server is gone", || !self.0.iter().any(|pid| is_alive(*pid)));
    }
}

/// Whether a process runs; one that has ended and is not waited for does not.
fn is_alive(pid: u32) -> bool {
    crate::processes::field(pid, "State").is_some_and(|state| !state.starts_with('Z'))
}

/// A job that says so, then ends by itself when its time to finish has come: after the server was told to stop.
fn short(nap: &Nap) -> serde_json::Value {
    let source = format!("{} & sleep 5; echo finished", nap.command());
    json!({"language": "bash", "source": source, "limits": {"wall_time_ms": 120_000}})
}

fn wait_until_closed(server: &Server) {
    wait_until("the port is closed", || TcpStream::connect(server.address).is_err());
}

#[test]
fn what_runs_may_finish_and_nothing_is_left_behind() {
    let mut server = Server::start();
    let nap = Nap::new();
    let running = server.send(&short(&nap));
    wait_until("it runs", || nap.is_running());
    let groups = cgroups_of(nap.sleepers()[0]);
    assert_eq!(groups.is_empty(), !is_root(), "{groups:?}");
    let family = Family::of(&server);

    server.signal(Signal::TERM);
    wait_until_closed(&server);
    let answer = Answer::read(&running);
    assert_eq!((answer.status, &answer.json()["stdout"]), (200, &json!("finished\n")), "{answer:?}");

    assert_eq!(server.end().code(), Some(0), "{}", server.log());
    family.wait_until_gone();
    assert!(!nap.is_running());
    assert!(groups.is_disjoint(&cgroups()));
    assert_eq!((server.files(), files_of_sandboxes()), (vec![], vec![]));
}

#[test]
fn what_does_not_finish_in_time_is_killed() {
    let mut server = Server::configured("[server]\nshutdown_grace = \"300ms\"", |_| {});
    let nap = Nap::new();
    let running = server.send(&nap.job());
    wait_until("it runs", || nap.is_running());
    let (family, groups) = (Family::of(&server), cgroups_of(nap.sleepers()[0]));

    server.signal(Signal::TERM);
    assert_eq!(server.end().code(), Some(0), "{}", server.log());
    family.wait_until_gone();
    assert!(!nap.is_running());
    assert!(groups.is_disjoint(&cgroups()));
    assert!(Answer::try_read(&running).is_err(), "there is nothing to answer");
}

#[test]
fn who_waits_in_the_queue_is_told_that_the_server_stops() {
    let mut server = Server::with(|command| {
        command.args(["--runners", "1"]);
    });
    let nap = Nap::new();
    let running = server.send(&nap.job());
    wait_until("it runs", || nap.is_running());
    let waiting = server.send(&json!({"language": "bash", "source": "echo never"}));
    // A request is known once the server has said so in its log, or in an answer: ask one more question on the way.
    assert_eq!(server.get("/healthz").status, 200);
    std::thread::sleep(std::time::Duration::from_millis(300));
    server.signal(Signal::TERM);
    Answer::read(&waiting).check_problem(503, "shutting-down");
    drop(running);
    assert_eq!(server.end().code(), Some(0), "{}", server.log());
}

#[test]
fn an_idle_connection_does_not_hold_a_server_up() {
    let mut server = Server::start();
    let _silent = server.connect();
    let mut idle = server.connect();
    std::io::Write::write_all(&mut idle, crate::client::request("GET", "/healthz", "").as_bytes()).expect("the server reads");
    assert_eq!(Answer::read(&idle).status, 200);
    server.signal(Signal::INT);
    assert_eq!(server.end().code(), Some(0), "{}", server.log());
}

#[test]
fn a_second_signal_does_not_wait() {
    let mut server = Server::start();
    let nap = Nap::new();
    let _running = server.send(&nap.job());
    wait_until("it runs", || nap.is_running());
    let family = Family::of(&server);
    server.signal(Signal::TERM);
    wait_until_closed(&server);
    server.signal(Signal::TERM);
    assert_eq!(server.end().code(), Some(143));
    family.wait_until_gone();
}

#[test]
fn a_killed_server_takes_every_program_along() {
    let mut server = Server::start();
    let naps = [Nap::new(), Nap::new()];
    let _running = server.send(&naps[0].job_after(&format!("setsid {} &", naps[1].command())));
    wait_until("it runs", || naps.iter().all(Nap::is_running));
    let (family, groups) = (Family::of(&server), cgroups_of(naps[0].sleepers()[0]));

    server.signal(Signal::KILL);
    assert_eq!(server.end().code(), None);
    family.wait_until_gone();
    assert!(!naps.iter().any(Nap::is_running));
    wait_until("its groups are gone", || groups.is_disjoint(&cgroups()));
}

#[test]
fn what_a_killed_launcher_left_is_swept_by_the_next_start() {
    let test = "what_a_killed_launcher_left_is_swept_by_the_next_start";
    if needs_root(test, "without a cgroup there is nothing to sweep") {
        return;
    }
    let mut server = Server::start();
    let nap = Nap::new();
    let _running = server.send(&nap.job());
    wait_until("it runs", || nap.is_running());
    let (family, groups) = (Family::of(&server), cgroups_of(nap.sleepers()[0]));
    assert!(!groups.is_empty());

    kill_process(pid(server.launcher()), Signal::KILL).expect("root may");
    server.signal(Signal::KILL);
    server.end();
    family.wait_until_gone();
    assert!(!nap.is_running());

    // Another test's server may have swept already; after the start of one of ours it is certain.
    let next = Server::start();
    assert!(groups.is_disjoint(&cgroups()));
    assert_eq!(next.stdout(&json!({"language": "bash", "source": "echo fine"})), "fine\n");
}

#[test]
fn a_killed_launcher_is_followed_by_another_and_the_queue_goes_on() {
    let server = Server::with(|command| {
        command.args(["--runners", "1"]);
    });
    let nap = Nap::new();
    let running = server.send(&nap.job());
    wait_until("it runs", || nap.is_running());
    let queued = server.send(&json!({"language": "bash", "source": "echo from the queue"}));
    wait_until("the other one waits", || server.get("/healthz").status == 200);

    // The server has given root away by now; it could start no launcher itself.
    kill_process(pid(server.launcher()), Signal::KILL).expect("a tester may");
    let lost = Answer::read(&running);
    lost.check_problem(503, "lost");
    assert!(lost.body.contains("was killed") && lost.header("retry-after").is_some(), "{lost:?}");
    assert_eq!(Answer::read(&queued).json()["stdout"], "from the queue\n");
    assert!(!nap.is_running());
    assert_eq!(server.get("/readyz").status, 200);
}

#[test]
fn two_servers_live_side_by_side() {
    let (first, second) = (Server::start(), Server::start());
    let nap = Nap::new();
    let _running = first.send(&nap.job());
    wait_until("it runs", || nap.is_running());
    drop(second);
    let third = Server::start();
    assert_eq!(third.stdout(&json!({"language": "bash", "source": "echo fine"})), "fine\n");
    assert!(nap.is_running(), "the start of another server swept what is not its own");
}

#[test]
fn a_taken_port_is_told_in_one_line() {
    let address = shared().address.to_string();
    let mut command = std::process::Command::new(crate::server::program());
    let output = command.args(["serve", "--listen", &address]).output().expect("it starts");
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{words}");
    assert!(words.contains(&address) && words.contains("taken") && words.lines().count() == 1, "{words}");
}
