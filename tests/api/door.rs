//! Who may ask, and for what: paths, methods, types, names of the server, pages of other sites.

use serde_json::json;

use crate::{
    client::{Answer, request, run_request_with},
    server::{Server, shared},
};

/// Posts a job with these headers.
fn post(server: &Server, headers: &str) -> Answer {
    server.ask(run_request_with(headers, json!({"language": "bash", "source": "echo in"}).to_string()))
}

const JSON: &str = "Content-Type: application/json\r\n";

#[test]
fn an_unknown_path_is_a_404_in_json() {
    assert_answer!(shared().get("/api/v3/run"));
    for path in [
        "/nothing",
        "/api",
        "/api/",
        "/api/v1/run/",
        "/assets/",
        "/../Cargo.toml",
        "/api/v1/languages/python3",
        "/..%2f..%2fetc/passwd",
        "/%00",
    ] {
        shared().get(path).check_problem(404, "not-found");
    }
}

#[test]
fn a_wrong_method_is_a_405_in_json_that_lists_the_right_ones() {
    let answer = shared().get("/api/v1/run");
    assert_answer!(answer);
    assert_eq!(answer.header("allow"), Some("POST"));
    for method in ["PUT", "DELETE", "PATCH", "TRACE", "BREW"] {
        shared().ask(request(method, "/api/v1/languages", "")).check_problem(405, "method-not-allowed");
    }
}

#[test]
fn options_are_told() {
    let answer = shared().ask(request("OPTIONS", "/api/v1/run", ""));
    assert_eq!((answer.status, answer.header("allow"), answer.body.as_str()), (204, Some("POST"), ""));
}

#[test]
fn another_type_than_json_is_a_415() {
    assert_answer!(post(shared(), "Host: localhost\r\nContent-Type: text/plain\r\n"));
    for kind in ["", "Content-Type: application/x-www-form-urlencoded\r\n", "Content-Type: application/jsonp\r\n"] {
        post(shared(), &format!("Host: localhost\r\n{kind}")).check_problem(415, "unsupported-media-type");
    }
}

#[test]
fn json_may_name_its_charset() {
    let answer = post(shared(), "Host: localhost\r\nContent-Type: Application/JSON; charset=utf-8\r\n");
    assert_eq!(answer.json()["stdout"], "in\n");
}

#[test]
fn a_name_that_is_not_the_servers_is_refused() {
    assert_answer!(post(shared(), &format!("Host: evil.example\r\n{JSON}")));
    for host in ["localhost.evil.example", "10.0.0.1", "evil.example:80"] {
        post(shared(), &format!("Host: {host}\r\n{JSON}")).check_problem(403, "host-not-allowed");
    }
    let own_path_for_another_host = "GET http://evil.example/healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
    shared().ask(own_path_for_another_host).check_problem(403, "host-not-allowed");
}

#[test]
fn every_route_checks_the_name() {
    for path in ["/api/v1/languages", "/healthz", "/readyz", "/nothing"] {
        let request = format!("GET {path} HTTP/1.1\r\nHost: evil.example\r\n\r\n");
        shared().ask(request).check_problem(403, "host-not-allowed");
    }
}

#[test]
fn the_servers_own_names_pass() {
    let port = shared().address.port();
    for host in ["localhost".to_owned(), format!("localhost:{port}"), format!("127.0.0.1:{port}"), format!("[::1]:{port}")] {
        assert_eq!(post(shared(), &format!("Host: {host}\r\n{JSON}")).status, 200, "{host}");
    }
}

#[test]
fn a_host_that_is_missing_or_there_twice_is_refused() {
    post(shared(), JSON).check_problem(400, "bad-host");
    post(shared(), &format!("Host: localhost\r\nHost: localhost\r\n{JSON}")).check_problem(400, "bad-host");
    post(shared(), &format!("Host: a b\r\n{JSON}")).check_problem(400, "bad-host");
}

#[test]
fn a_page_of_another_site_is_refused() {
    assert_answer!(post(shared(), &format!("Host: localhost\r\nOrigin: https://evil.example\r\n{JSON}")));
    for origin in ["null", "http://localhost:1", "file://"] {
        post(shared(), &format!("Host: localhost\r\nOrigin: {origin}\r\n{JSON}")).check_problem(403, "origin-not-allowed");
    }
    let image = request("GET", "/api/v1/languages", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n");
    shared().ask(image).check_problem(403, "origin-not-allowed");
}

#[test]
fn a_refused_page_is_not_even_told_that_it_may_read_the_answer() {
    let answer = post(shared(), &format!("Host: localhost\r\nOrigin: https://evil.example\r\n{JSON}"));
    assert_eq!(answer.header("access-control-allow-origin"), None);
    let asked = "Origin: https://evil.example\r\nAccess-Control-Request-Method: POST\r\n";
    let answer = shared().ask(request("OPTIONS", "/api/v1/run", asked));
    assert_eq!((answer.status, answer.header("access-control-allow-origin")), (403, None));
}

#[test]
fn the_servers_own_pages_pass() {
    let own = format!("localhost:{}", shared().address.port());
    assert_eq!(post(shared(), &format!("Host: {own}\r\nOrigin: http://{own}\r\n{JSON}")).status, 200);
}

#[test]
fn names_and_origins_that_the_operator_allows_pass() {
    let server = Server::with(|command| {
        command.args(["--allow-host", "play.example.org", "--allow-origin", "https://web.example.org"]);
    });
    let answer = post(&server, &format!("Host: play.example.org\r\nOrigin: https://web.example.org\r\n{JSON}"));
    assert_eq!(answer.json()["stdout"], "in\n");
    assert_eq!(answer.header("access-control-allow-origin"), Some("https://web.example.org"));
    assert_eq!(answer.header("access-control-allow-credentials"), None);
    post(&server, &format!("Host: evil.example\r\n{JSON}")).check_problem(403, "host-not-allowed");
    let origin = "Host: play.example.org\r\nOrigin: https://web.example.org.evil.example\r\n";
    post(&server, &format!("{origin}{JSON}")).check_problem(403, "origin-not-allowed");
}

#[test]
fn a_browsers_question_for_an_allowed_page_is_answered() {
    let server = Server::with(|command| {
        command.env("CODECANVAS_ALLOW_ORIGIN", "https://web.example.org,https://second.example.org");
    });
    let asked = "Origin: https://second.example.org\r\nAccess-Control-Request-Method: POST\r\n\
        Access-Control-Request-Headers: content-type\r\n";
    let answer = server.ask(request("OPTIONS", "/api/v1/run", asked));
    assert_eq!((answer.status, answer.body.as_str()), (204, ""));
    assert_eq!(answer.header("access-control-allow-origin"), Some("https://second.example.org"));
    assert!(answer.header("access-control-allow-methods").is_some_and(|methods| methods.contains("POST")));
    assert!(answer.header("access-control-allow-headers").is_some_and(|headers| headers.contains("Content-Type")));
}

#[test]
fn what_is_not_http_gets_no_run() {
    let mut stream = shared().connect();
    std::io::Write::write_all(&mut stream, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n").expect("the server reads");
    let mut answer = Vec::new();
    let _ = std::io::Read::read_to_end(&mut stream, &mut answer);
    assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 400"), "{:?}", String::from_utf8_lossy(&answer));
}
