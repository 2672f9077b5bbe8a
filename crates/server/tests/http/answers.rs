//! Routes that exist, routes that do not, and the headers of every answer.

use std::{sync::atomic::Ordering, thread};

use crate::server::{Server, get, run_request};

#[test]
fn languages_are_listed_as_the_original_did() {
    let answer = Server::start().ask(get("/api/v1/languages", ""));
    let json = answer.json();
    assert_eq!(answer.status, 200);
    assert_eq!(json["languages"], serde_json::json!(["python3"]));
    assert_eq!(json["details"][1]["id"], "rust");
    assert_eq!(json["details"][1]["available"], false);
}

#[test]
fn the_originals_request_is_answered() {
    let answer = Server::start().post(r#"{"source":"x","language":"python3"}"#);
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json()["error"], "");
    assert!(answer.body.starts_with(r#"{"stdout":"","stderr":"","error":"""#), "{}", answer.body);
}

#[test]
fn health_and_readiness_are_told() {
    let server = Server::start();
    assert_eq!(server.ask(get("/healthz", "")).body, "{\"status\":\"ok\"}\n");
    assert_eq!(server.ask(get("/readyz", "")).body, "{\"status\":\"ready\"}\n");
}

#[test]
fn many_who_ask_for_readiness_cause_one_check() {
    let server = Server::start();
    thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| assert_eq!(server.ask(get("/readyz", "")).status, 200));
        }
    });
    assert_eq!(server.counts.checks.load(Ordering::SeqCst), 1);
}

#[test]
fn every_answer_has_the_protective_headers_and_an_id() {
    let server = Server::start();
    for request in
        [get("/healthz", ""), get("/nothing", ""), run_request("{", ""), get("/healthz", "Origin: https://a.example\r\n")]
    {
        let answer = server.ask(request);
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{answer:?}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{answer:?}");
        assert_eq!(answer.header("x-request-id").unwrap().len(), 36, "{answer:?}");
        answer.json();
    }
    assert_eq!(server.ask(get("/healthz", "X-Request-Id: mine-1\r\n")).header("x-request-id"), Some("mine-1"));
}

#[test]
fn head_is_get_without_a_body() {
    let server = Server::start();
    let mut stream = server.connect();
    let head = get("/api/v1/languages", "").replace("GET", "HEAD");
    std::io::Write::write_all(&mut stream, (head + &get("/healthz", "")).as_bytes()).unwrap();
    let mut bytes = String::new();
    let mut buffer = [0; 4096];
    while !bytes.contains("\"ok\"") {
        let count = std::io::Read::read(&mut stream, &mut buffer).unwrap();
        bytes.push_str(str::from_utf8(&buffer[..count]).unwrap());
    }
    // Had the first answer a body, it would stand between the two heads.
    assert!(!bytes.contains("python3"), "{bytes}");
    assert!(bytes.starts_with("HTTP/1.1 200"), "{bytes}");
}

#[test]
fn an_unknown_path_is_a_problem() {
    let server = Server::start();
    for path in ["/nothing", "/assets/../index.html", "/api/v1/run/", "/api/v2/run", "/%00", "/api/v1/languages/../run"] {
        server.ask(get(path, "")).check_problem(404, "not-found");
    }
}

#[test]
fn a_wrong_method_is_a_problem_that_lists_the_right_ones() {
    let server = Server::start();
    let answer = server.ask(get("/api/v1/run", ""));
    answer.check_problem(405, "method-not-allowed");
    assert_eq!(answer.header("allow"), Some("post"));
    let answer = server.ask(get("/api/v1/languages", "").replace("GET", "DELETE"));
    answer.check_problem(405, "method-not-allowed");
    assert_eq!(answer.header("allow"), Some("get,head"));
}

#[test]
fn options_says_what_is_possible() {
    let answer = Server::start().ask(get("/api/v1/run", "").replace("GET", "OPTIONS"));
    assert_eq!((answer.status, answer.header("allow"), answer.body.as_str()), (204, Some("post"), ""));
}

#[test]
fn overload_is_a_503_with_retry_after() {
    let answer = Server::start().post(r#"{"source":"busy","language":"python3"}"#);
    answer.check_problem(503, "busy");
    assert_eq!(answer.header("retry-after"), Some("2"));
}

#[test]
fn a_stopping_engine_is_a_503_that_closes() {
    let answer = Server::start().post(r#"{"source":"stopping","language":"python3"}"#);
    answer.check_problem(503, "shutting-down");
    assert_eq!(answer.header("connection"), Some("close"));
}

#[test]
fn a_panic_is_a_500_without_its_words_and_the_server_lives() {
    let server = Server::start();
    let answer = server.post(r#"{"source":"panic","language":"python3"}"#);
    answer.check_problem(500, "internal-error");
    assert!(!answer.body.contains("shadow"), "{answer:?}");
    assert_eq!(server.ask(get("/healthz", "")).status, 200);
}
