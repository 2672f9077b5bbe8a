//! Five hundred requests at once: every one is answered rightly, and nothing is left behind.

use std::{collections::BTreeSet, io::Write, thread};

use rustix::process::Signal;
use serde_json::{Value, json};

use crate::{
    client::{Answer, run_request},
    holdings::{Holdings, files_of_sandboxes, is_sandboxed},
    processes::{Nap, cgroups},
    server::{Server, is_root, wait_until},
};

const CLIENTS: usize = 50;
const REQUESTS_OF_EACH: usize = 10;
/// As CONFIG says.
const RUNNERS: usize = 8;
const CONFIG: &str = "[engine]\nrunners = 8\nqueue = 500\nqueue_wait = \"10m\"\n";

/// A program that prints its own number and leaves all it can behind it.
fn job(number: usize, nap: &Nap) -> Value {
    let residue = format!("echo {number} | tee /tmp/f /dev/shm/f f > /dev/null; setsid {} & ", nap.command());
    match number % 25 {
        0 => json!({"language": "python3", "source": format!("import os\nprint({number}, os.getuid())")}),
        1 => json!({"language": "c", "source": format!(
            "#include <stdio.h>\n#include <unistd.h>\nint main(void) {{ printf(\"%d %d\\n\", {number}, (int)getuid()); return 0; }}")}),
        _ => json!({"language": "bash", "source": format!("{residue}echo {number} $UID")}),
    }
}

/// Asks all its requests at once, each on a connection of its own; gives the user ids that its programs had.
fn client(server: &Server, client: usize, nap: &Nap) -> Vec<u32> {
    let numbers: Vec<usize> = (0..REQUESTS_OF_EACH).map(|request| client * REQUESTS_OF_EACH + request).collect();
    let connections: Vec<_> = numbers
        .iter()
        .map(|number| {
            let mut stream = server.connect();
            stream.set_read_timeout(None).expect("for ever");
            stream.write_all(&run_request(job(*number, nap).to_string())).expect("the server reads");
            stream
        })
        .collect();
    let answers = connections.iter().map(Answer::read);
    numbers.iter().zip(answers).map(|(number, answer)| uid(*number, &answer)).collect()
}

fn uid(number: usize, answer: &Answer) -> u32 {
    assert_eq!(answer.status, 200, "{number}: {answer:?}");
    let report = answer.json();
    assert_eq!((&report["error"], &report["stderr"]), (&json!(""), &json!("")), "{number}: {report}");
    let stdout = report["stdout"].as_str().expect("text").trim_end();
    let (printed, uid) = stdout.split_once(' ').expect("two numbers");
    assert_eq!(printed, number.to_string(), "{report}");
    uid.parse().expect("a number")
}

#[test]
fn five_hundred_concurrent_requests_are_answered_rightly_and_leave_nothing_behind() {
    let mut server = Server::configured(CONFIG, |_| {});
    let nap = Nap::new();
    uid(1, &server.post(&job(1, &nap)));
    let before = Holdings::of(&server);

    let mut uids: Vec<u32> = thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|number| {
                scope.spawn({
                    let (server, nap) = (&server, &nap);
                    move || client(server, number, nap)
                })
            })
            .collect();
        clients.into_iter().flat_map(|client| client.join().expect("a client without a complaint")).collect()
    });

    assert_eq!(uids.len(), CLIENTS * REQUESTS_OF_EACH);
    uids.sort_unstable();
    uids.dedup();
    before.wait_for_no_more(&server, RUNNERS);
    assert!(!nap.is_running(), "{:?}", nap.sleepers());
    assert!(!server.descendants().into_iter().any(is_sandboxed));
    assert_eq!(files_of_sandboxes(), Vec::<String>::new());
    if is_root() {
        // Sandboxes that wait for a program have one each, and there are two more of them than runners.
        wait_until("no group of these programs is left", || groups_of(&uids).len() <= RUNNERS + 2);
    }
    assert_eq!(server.get("/readyz").status, 200);
    server.signal(Signal::TERM);
    assert_eq!(server.end().code(), Some(0), "{}", server.log());
    assert_eq!(groups_of(&uids), BTreeSet::new());
}

/// Names of groups that begin with the number of a place that these users had. The places are this server's as long as it lives.
fn groups_of(uids: &[u32]) -> BTreeSet<String> {
    let names = cgroups().into_iter().filter_map(|(path, _)| Some(path.file_name()?.to_str()?.to_owned()));
    let place = |name: &str| name.split('.').next().and_then(|number| number.parse::<u32>().ok());
    names.filter(|name| place(name).is_some_and(|place| uids.contains(&(60_600 + place)))).collect()
}

#[test]
fn runs_that_are_killed_or_given_up_leave_nothing_behind() {
    let server = Server::with(|command| {
        command.args(["--runners", "2"]);
    });
    let nap = Nap::new();
    server.run(&json!({"language": "bash", "source": "true"}));
    let before = Holdings::of(&server);
    for round in 0..10 {
        let given_up = server.send(&nap.job());
        wait_until("it runs", || nap.is_running());
        for job in [
            json!({"language": "bash", "source": format!("{} & {}", nap.command(), nap.command()), "limits": {"wall_time_ms": 50}}),
            json!({"language": "bash", "source": "while :; do :; done", "limits": {"cpu_time_ms": 50}}),
            json!({"language": "python3", "source": "import os\nwhile True: os.fork()", "limits": {"processes": 20, "cpu_time_ms": 200}}),
            json!({"language": "c", "source": "no program"}),
            json!({"language": "c", "source": "int main(void) { for (;;) ; }", "limits": {"wall_time_ms": 50}}),
        ] {
            assert_ne!(server.run(&job)["error"], "", "round {round}: {job}");
        }
        drop(given_up);
        wait_until("it is gone", || !nap.is_running());
    }
    before.wait_for_no_more(&server, 2);
    assert!(!server.descendants().into_iter().any(is_sandboxed));
}
