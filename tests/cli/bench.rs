//! `codecanvas bench`: against our own server, and against answers as Piston and Judge0 give them.

use std::{
    fs,
    process::{Child, Stdio},
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use crate::{
    environment::{Ended, codecanvas, ended},
    responder::{Answer, Responder},
    server::Server,
};

/// `Hello, world!` in base64, with the line breaks that Judge0 makes.
const HELLO_IN_BASE64: &str = "SGVsbG8sIHdvcmxkIQo=\\n";

/// One run of Python's hello by one client.
fn bench(url: &str, more: &[&str]) -> Ended {
    let usual = ["bench", "--url", url, "-l", "python3", "-w", "hello", "-c", "1", "-n", "2"];
    let mut command = codecanvas(&usual);
    ended(command.args(more))
}

#[test]
fn our_own_server_is_measured_and_every_number_is_written() {
    let (server, folder) = (Server::start(), tempfile::tempdir().unwrap());
    let file = |name: &str| folder.path().join(name).display().to_string();
    let [json, svg, table] = ["new/bench.json", "bench.svg", "table.txt"].map(file);
    let mut command = codecanvas(&["bench", "-u", &server.url, "-l", "python,c", "-w", "hello,output,compile", "-c", "1,2"]);
    let ran = ended(command.args(["-n", "4", "--rate", "80%", "--json", &json, "--svg", &svg, "--table", &table]));
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{ran:?}");
    assert_eq!(fs::read_to_string(table).unwrap(), ran.stdout);

    let results: Value = serde_json::from_str(&fs::read_to_string(json).unwrap()).unwrap();
    assert_eq!((&results["server"]["api"], &results["server"]["started_here"]), (&"codecanvas".into(), &false.into()));
    assert!(results["host"]["cores"].as_u64() > Some(0) && results["interrupted"] == false, "{results:#}");
    let rows = results["rows"].as_array().unwrap();
    // Python has no compile; each load once for 1 and 2 clients, and once at a rate.
    assert_eq!(rows.len(), 5 * 3, "{results:#}");
    for row in rows {
        assert_eq!((&row["runs"], &row["errors"]), (&4.into(), &0.into()), "{row:#}");
        let ms = |name: &str| row[name].as_f64().expect("a number");
        assert!(0.0 < ms("p50_ms") && ms("p50_ms") <= ms("p90_ms") && ms("p90_ms") <= ms("p99_ms"), "{row:#}");
        assert!(ms("runs_per_second") > 0.0 && row["clients"].is_null() != row["rate"].is_null(), "{row:#}");
    }
    let chart = fs::read_to_string(svg).unwrap();
    assert!(chart.starts_with("<svg ") && chart.ends_with("</svg>\n") && chart.contains(">compile</text>"), "{chart}");
}

#[test]
fn every_program_prints_what_it_must() {
    // The second run is by a user who cannot reach every toolchain of this machine.
    if std::env::var_os("CODECANVAS_TEST_AS_ORDINARY_USER").is_some() {
        eprintln!("NOT RUN: every program of the bench: only by root");
        return;
    }
    let ran = ended(&mut codecanvas(&["bench", "-c", "1", "-n", "1"]));
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{ran:?}");
    // Three programs in each of 13 languages, and one more in each of the six that are compiled.
    let rows = ran.stdout.lines().skip_while(|line| !line.starts_with("LANGUAGE")).skip(1).count();
    assert_eq!(rows, 13 * 3 + 6, "a toolchain is missing (`make languages`): {}", ran.stdout);
}

#[test]
fn without_an_address_a_server_is_started_and_ended() {
    let ran = ended(&mut codecanvas(&["bench", "-l", "bash", "-w", "compute", "-c", "1", "-s", "0.2"]));
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{ran:?}");
    let url = ran.stdout.split_whitespace().find(|word| word.starts_with("http://")).expect("an address");
    assert!(ran.stdout.contains("(started here for this)") && ran.stdout.contains("bash      compute"), "{ran:?}");
    assert!(bench(url, &[]).stderr.contains("connection refused"), "it still listens at {url}");
}

#[test]
fn the_aims_are_measured_beside_the_bare_command() {
    let json = tempfile::NamedTempFile::new().unwrap();
    let mut command = codecanvas(&["bench", "--aims", "-l", "bash", "-w", "hello", "-c", "1", "-s", "0.1", "--soak", "40"]);
    let ran = ended(command.arg("--json").arg(json.path()));
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{ran:?}");
    let results: Value = serde_json::from_reader(json).unwrap();
    let aims = results["aims"].as_array().unwrap();
    let bash = aims.iter().find(|aim| aim["what"] == "Bash hello").expect("the aim of its language");
    assert!(bash["held"].is_boolean() && bash["errors"] == 0, "{bash:#}");
    assert!(bash["http_ms"].as_f64() > Some(0.0) && bash["bare_ms"].as_f64() > Some(0.0), "{bash:#}");
    assert!(bash["bare"][0].as_str().is_some_and(|command| command.starts_with("bash -c ")), "{bash:#}");
    assert!(!aims.iter().any(|aim| aim["what"].as_str().is_some_and(|what| what.contains("Java"))), "{aims:#?}");
    // 40 runs prove nothing about 100,000, and that is said.
    let memory = aims.iter().find(|aim| aim["what"] == "Memory over 100000 runs").expect("the aim of the soak");
    assert!(
        memory["held"].is_null() && memory["note"].as_str().is_some_and(|note| note.contains("--soak 100000")),
        "{memory:#}"
    );
    let soak = &results["soak"];
    assert_eq!((&soak["runs"], soak["parts"].as_array().map(Vec::len)), (&40.into(), Some(10)), "{soak:#}");
    let part = &soak["parts"][9];
    assert!(["memory_bytes", "descriptors"].iter().all(|name| part[*name].as_u64() > Some(0)), "{part:#}");
}

#[test]
fn a_piston_is_known_by_its_runtimes_and_its_newest_version_is_asked() {
    let server = Responder::start(|request| match request.path.as_str() {
        "/" => Answer::json(200, r#"{"message":"Piston v3.1.1"}"#),
        "/api/v2/runtimes" => Answer::json(200, RUNTIMES),
        "/api/v2/execute" => {
            let asked: Value = serde_json::from_str(&request.body).unwrap();
            assert_eq!((&asked["language"], &asked["version"]), (&"python".into(), &"3.12.0".into()));
            Answer::json(200, &piston("Hello, world!\\n", "0", "null", "null"))
        }
        _ => Answer::json(404, r#"{"message":"Not Found"}"#),
    });
    let ran = bench(&server.url, &[]);
    assert!(ran.code == Some(0) && ran.stdout.starts_with("Piston v3.1.1 at http://"), "{ran:?}");
}

#[test]
fn a_pistons_limit_on_output_is_an_error_that_says_whose_it_is() {
    let server = Responder::start(|request| match request.path.as_str() {
        "/api/v2/runtimes" => Answer::json(200, RUNTIMES),
        _ => Answer::json(200, &piston("", "null", r#""OL""#, r#""stdout length exceeded""#)),
    });
    let ran = bench(&server.url, &["--api", "piston"]);
    assert!(ran.code == Some(1) && ran.stdout.contains("stdout length exceeded (PISTON_OUTPUT_MAX_SIZE"), "{ran:?}");
}

#[test]
fn a_judge0_is_waited_for_and_gets_its_key() {
    let server = Responder::start(|request| match request.path.as_str() {
        _ if request.header("x-auth-token") != Some("secret") => Answer::text(401, "text/html", ""),
        "/languages" => Answer::json(200, LANGUAGES),
        "/about" => Answer::json(200, r#"{"version":"1.13.1"}"#),
        path if path.starts_with("/submissions?") && path.contains("wait=true") => {
            let asked: Value = serde_json::from_str(&request.body).unwrap();
            assert_eq!(asked["language_id"], 71);
            let done = r#""token":"t","message":null,"status":{"id":3,"description":"Accepted"}"#;
            Answer::json(201, &format!(r#"{{"stdout":"{HELLO_IN_BASE64}",{done}}}"#))
        }
        _ => Answer::text(404, "text/html", ""),
    });
    let ran = bench(&server.url, &["--token", "secret"]);
    assert!(ran.code == Some(0) && ran.stdout.starts_with("Judge0 1.13.1 at "), "{ran:?}");
    let header = ["--header", "X-Auth-Token: secret"];
    assert_eq!(bench(&server.url, &header).code, Some(0));
    let refused = bench(&server.url, &[]);
    assert!(refused.code == Some(2) && refused.stderr.contains("401 (it wants a key: --token"), "{refused:?}");
}

#[test]
fn a_judge0_that_lets_nobody_wait_is_asked_until_it_is_done() {
    let polls = AtomicUsize::new(0);
    let server = Responder::start(move |request| match request.path.as_str() {
        "/languages" => Answer::json(200, LANGUAGES),
        path if path.contains("wait=true") => Answer::json(400, r#"{"error":"wait not allowed"}"#),
        path if path.starts_with("/submissions?") => Answer::json(201, r#"{"token":"d85cd024"}"#),
        path if path.starts_with("/submissions/d85cd024?") => {
            // In the queue every second time.
            let done = polls.fetch_add(1, Ordering::Relaxed) % 2 == 1;
            let queued = r#"{"stdout":null,"status":{"id":1,"description":"In Queue"},"token":"d85cd024"}"#;
            let accepted = r#""status":{"id":3,"description":"Accepted"},"token":"d85cd024""#;
            Answer::json(200, &if done { format!(r#"{{"stdout":"{HELLO_IN_BASE64}",{accepted}}}"#) } else { queued.to_owned() })
        }
        _ => Answer::text(404, "text/html", ""),
    });
    let ran = bench(&server.url, &[]);
    assert!(ran.code == Some(0) && ran.stdout.contains("python3   hello"), "{ran:?}");
}

#[test]
fn a_wrong_output_counts_as_an_error_and_is_shown() {
    let server = Responder::start(|request| match request.path.as_str() {
        "/api/v2/runtimes" => Answer::json(200, RUNTIMES),
        _ => Answer::json(200, &piston("Hello!\\n", "0", "null", "null")),
    });
    let ran = bench(&server.url, &["--api", "piston"]);
    assert!(ran.code == Some(1) && ran.stdout.contains(r#"wrong output: "Hello!\n", "Hello, world!\n" wanted"#), "{ran:?}");
}

#[test]
fn a_server_that_answers_with_a_page_is_not_guessed_at() {
    let server = Responder::start(|_| Answer::text(200, "text/html", "<!doctype html><p>Welcome</p>"));
    let ran = bench(&server.url, &[]);
    assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.lines().count()), (Some(2), "", 1), "{ran:?}");
    assert!(ran.stderr.contains("GET /languages gives 200, text/html") && ran.stderr.contains("--api names"), "{ran:?}");
}

#[test]
fn a_server_that_is_asked_too_often_is_told_so_and_not_stormed() {
    let server = Responder::start(|request| match request.path.as_str() {
        "/api/v2/runtimes" => Answer::json(200, RUNTIMES),
        _ => Answer::json(429, r#"{"message":"Requests limited to 1 per 200ms"}"#),
    });
    let usual = ["bench", "-u", &server.url, "--api", "piston", "-l", "python3", "-w", "hello", "-n", "1000"];
    let ran = ended(&mut codecanvas(&usual));
    let told = "status 429: Requests limited to 1 per 200ms (it bounds how often it may be asked";
    assert!(ran.code == Some(1) && ran.stdout.contains(told), "{ran:?}");
    // It was not asked a thousand times.
    assert!(server.asked() < 20, "{} requests", server.asked());
}

#[test]
fn a_fixed_rate_is_kept_whatever_is_answered() {
    let server = Responder::start(|request| match request.path.as_str() {
        "/api/v2/runtimes" => Answer::json(200, RUNTIMES),
        _ => {
            std::thread::sleep(Duration::from_millis(100));
            Answer::json(200, &piston("Hello, world!\\n", "0", "null", "null"))
        }
    });
    let json = tempfile::NamedTempFile::new().unwrap();
    let usual =
        ["bench", "-u", &server.url, "--api", "piston", "-l", "python3", "-w", "hello", "-c", "1", "-s", "1", "--rate", "40"];
    let ran = ended(codecanvas(&usual).arg("--json").arg(json.path()));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let results: Value = serde_json::from_reader(json).unwrap();
    let (one, fixed) = (&results["rows"][0], &results["rows"][1]);
    // One client that waits for each answer sends ten in a second.
    assert!(one["runs"].as_u64() <= Some(10) && one["p50_ms"].as_f64() >= Some(100.0), "{one:#}");
    assert_eq!((&fixed["rate"], &fixed["runs"], &fixed["clients"]), (&40.0.into(), &40.into(), &Value::Null), "{fixed:#}");
    assert!(fixed["p50_ms"].as_f64() >= Some(100.0), "{fixed:#}");
}

#[test]
fn a_load_whose_last_answers_would_come_after_minutes_is_not_tried() {
    let server = Responder::start(|request| match request.path.as_str() {
        "/api/v2/runtimes" => Answer::json(200, RUNTIMES),
        _ => {
            std::thread::sleep(Duration::from_millis(1100));
            Answer::json(200, &piston("Hello, world!\\n", "0", "null", "null"))
        }
    });
    let usual = ["bench", "-u", &server.url, "--api", "piston", "-l", "python3", "-w", "hello", "-c", "1,64", "-s", "0.1"];
    let ran = ended(&mut codecanvas(&usual));
    assert!(
        ran.code == Some(0) && ran.stdout.contains("64 clients: not measured: one run for each client would take"),
        "{ran:?}"
    );
    assert!(server.asked() < 5, "{} requests", server.asked());
}

#[test]
fn control_c_ends_it_early_with_what_there_is() {
    let server = Responder::start(|request| match request.path.as_str() {
        "/api/v2/runtimes" => Answer::json(200, RUNTIMES),
        _ => Answer::json(200, &piston("Hello, world!\\n", "0", "null", "null")),
    });
    let usual = ["bench", "--url", &server.url, "--api", "piston", "-l", "python3", "-w", "hello", "-c", "1", "-s", "600"];
    let child = codecanvas(&usual).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    let deadline = Instant::now() + Duration::from_secs(60);
    while server.asked() < 50 {
        assert!(Instant::now() < deadline, "it asks nothing");
        std::thread::sleep(Duration::from_millis(10));
    }
    interrupt(&child);
    let output = child.wait_with_output().expect("it ends");
    let stdout = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(130), "{stdout}");
    assert!(stdout.contains("python3   hello") && stdout.contains("Ended before everything was measured."), "{stdout}");
}

#[test]
fn control_c_takes_the_server_along_that_was_started_for_this() {
    let usual = ["bench", "-l", "bash", "-w", "hello", "-c", "4", "-s", "600"];
    let child = codecanvas(&usual).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    let children = || fs::read_to_string(format!("/proc/{0}/task/{0}/children", child.id())).unwrap_or_default();
    let deadline = Instant::now() + Duration::from_secs(60);
    while children().is_empty() {
        assert!(Instant::now() < deadline, "it starts no server");
        std::thread::sleep(Duration::from_millis(10));
    }
    std::thread::sleep(Duration::from_secs(4));
    let server = format!("/proc/{}", children().trim());
    interrupt(&child);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(130), "{output:?}");
    assert!(!fs::exists(&server).unwrap(), "{server} is still there");
}

fn interrupt(child: &Child) {
    kill_process(Pid::from_child(child), Signal::INT).expect("it is there");
}

const RUNTIMES: &str = r#"[{"language":"python","version":"3.9.4","aliases":["py","python3"]},
    {"language":"python","version":"3.12.0","aliases":["py","python3"]},
    {"language":"c","version":"10.2.0","aliases":["gcc"],"runtime":"gcc"}]"#;

const LANGUAGES: &str =
    r#"[{"id":50,"name":"C (GCC 9.2.0)"},{"id":70,"name":"Python (2.7.17)"},{"id":71,"name":"Python (3.8.1)"}]"#;

/// An answer of Piston's.
fn piston(stdout: &str, code: &str, status: &str, message: &str) -> String {
    let signal = if code == "null" { r#""SIGKILL""# } else { "null" };
    format!(
        r#"{{"run":{{"signal":{signal},"stdout":"{stdout}","stderr":"","code":{code},"output":"{stdout}","memory":9000000,
            "message":{message},"status":{status},"cpu_time":20,"wall_time":30}},"language":"python","version":"3.12.0"}}"#
    )
}
