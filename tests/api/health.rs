//! What watches over the process, and the id by which a request is found in the log.

use serde_json::json;

use crate::{
    client::{request, run_request_with},
    processes::Nap,
    server::{Server, pid, shared, wait_until},
};

#[test]
fn a_server_that_answers_is_healthy() {
    let answer = shared().get("/healthz");
    assert_eq!((answer.status, answer.json()), (200, json!({"status": "ok"})));
}

#[test]
fn a_server_that_can_run_programs_is_ready() {
    let answer = shared().get("/readyz");
    assert_eq!((answer.status, answer.json()), (200, json!({"status": "ready"})));
}

#[test]
fn what_became_of_jobs_is_counted() {
    let server = Server::start();
    let c = json!({"language": "c", "source": "int main(void) { return 3; }"});
    for job in [&c, &c, &json!({"language": "bash", "source": "true"})] {
        server.run(job);
    }
    let answer = server.get("/metrics");
    assert!(answer.header("content-type").is_some_and(|kind| kind.starts_with("application/openmetrics-text")));
    for line in [
        r#"codecanvas_runs_total{language="c",start="cold"} 2"#,
        r#"codecanvas_runs_total{language="bash",start="cold"} 1"#,
        r#"codecanvas_compilations_total{language="c",cache="miss"} 1"#,
        r#"codecanvas_compilations_total{language="c",cache="hit"} 1"#,
        r#"codecanvas_warm_start_failures_total{language="c"} 0"#,
        "codecanvas_jobs_running 0",
    ] {
        assert!(answer.body.lines().any(|own| own == line), "{line}: {}", answer.body);
    }
    let nap = Nap::new();
    let gone = server.send(&nap.job());
    wait_until("it runs", || nap.is_running());
    drop(gone);
    let line = r#"codecanvas_runs_total{language="bash",start="cold"} 2"#;
    wait_until("what nobody waits for any more is counted", || server.get("/metrics").body.lines().any(|own| own == line));
}

#[test]
fn a_server_whose_runners_are_all_busy_is_ready() {
    let server = Server::with(|command| {
        command.args(["--runners", "1", "--queue", "0"]);
    });
    let nap = Nap::new();
    let _busy = server.send(&nap.job());
    wait_until("it runs", || nap.is_running());
    assert_eq!(server.get("/readyz").status, 200);
}

#[test]
fn a_server_that_lost_its_launcher_for_good_is_healthy_but_not_ready() {
    let server = Server::start();
    // Without its keeper no other launcher follows.
    let family = [server.keeper(), server.launcher()];
    for process in family {
        rustix::process::kill_process(pid(process), rustix::process::Signal::KILL).expect("we may kill it");
    }
    wait_until("it notices", || server.get("/readyz").status == 503);
    server.get("/readyz").check_problem(503, "not-ready");
    assert_eq!(server.get("/healthz").status, 200);
    let answer = server.post(&json!({"language": "bash", "source": "echo 1"}));
    answer.check_problem(500, "internal-error");
    let id = answer.header("x-request-id").expect("an id");
    let log = server.log();
    assert!(log.lines().any(|line| line.contains("ERROR") && line.contains(id)), "the log has no reason for {id}: {log}");
}

#[test]
fn every_answer_has_an_id_of_its_own() {
    let job = json!({"language": "bash", "source": "true"});
    let answers = [shared().post(&job), shared().post(&job), shared().get("/nothing"), shared().get("/healthz")];
    let mut ids: Vec<&str> = answers.iter().map(|answer| answer.header("x-request-id").expect("an id")).collect();
    assert!(ids.iter().all(|id| id.len() == 36), "{ids:?}");
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), answers.len());
}

#[test]
fn a_clients_own_id_is_kept_and_logged() {
    let server = Server::start();
    let headers = "Host: localhost\r\nContent-Type: application/json\r\nX-Request-Id: trace-17.b\r\n";
    let answer = server.ask(run_request_with(headers, json!({"language": "bash", "source": "true"}).to_string()));
    assert_eq!((answer.status, answer.header("x-request-id")), (200, Some("trace-17.b")));
    wait_until("it is logged", || server.log().contains("trace-17.b"));
    let answer = server.ask(request("GET", "/healthz", "X-Request-Id: forged\" status=200\r\n"));
    assert_eq!(answer.header("x-request-id").map(str::len), Some(36));
}

#[test]
fn programs_and_their_words_are_not_logged() {
    let server = Server::start();
    let word = "a-word-of-the-client-5d2";
    let job = json!({"language": "bash", "source": format!("echo {word}; exit 1"), "stdin": word, "args": [word]});
    assert_eq!(server.run(&job)["stdout"], format!("{word}\n"));
    assert!(!server.log().contains(word), "{}", server.log());
}

#[test]
fn every_answer_has_the_protective_headers() {
    let job = json!({"language": "bash", "source": "true"});
    for answer in [shared().get("/healthz"), shared().get("/nothing"), shared().post(&job), shared().post_text("{")] {
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{answer:?}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{answer:?}");
        assert_eq!(answer.header("content-type"), Some("application/json"), "{answer:?}");
    }
}

#[test]
fn as_many_programs_run_at_once_as_num_runners_says() {
    let many = std::thread::available_parallelism().map_or(1, usize::from) + 2;
    let server = Server::with(|command| {
        command.env("NUM_RUNNERS", many.to_string()).args(["--queue", "0"]);
    });
    let naps: Vec<Nap> = (0..many).map(|_| Nap::new()).collect();
    let _busy: Vec<_> = naps.iter().map(|nap| server.send(&nap.job())).collect();
    wait_until("all run at once", || naps.iter().all(Nap::is_running));
    server.post(&json!({"language": "bash", "source": "true"})).check_problem(503, "busy");
}

#[test]
fn our_own_name_for_the_number_of_runners_comes_before_num_runners() {
    let server = Server::with(|command| {
        command.env("NUM_RUNNERS", "9").env("CODECANVAS_RUNNERS", "1").env("CODECANVAS_QUEUE", "0");
    });
    let nap = Nap::new();
    let _busy = server.send(&nap.job());
    wait_until("it runs", || nap.is_running());
    server.post(&json!({"language": "bash", "source": "true"})).check_problem(503, "busy");
}
