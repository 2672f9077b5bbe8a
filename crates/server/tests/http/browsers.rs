//! What a web page can and cannot do to a server on the machine of whoever looks at the page.

use codecanvas_server::ServerConfig;

use crate::server::{Server, get, run_request};

const JOB: &str = r#"{"source":"x","language":"python3"}"#;
const PREFLIGHT: &str = "Access-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: content-type\r\n";

fn open_to(origin: &str) -> Server {
    Server::with(ServerConfig { allow_origin: vec![origin.to_owned()], ..ServerConfig::default() })
}

#[test]
fn a_page_of_another_site_runs_nothing() {
    let server = Server::start();
    let answer = server.ask(run_request(JOB, "Origin: https://evil.example\r\n"));
    answer.check_problem(403, "origin-not-allowed");
    assert_eq!(answer.header("access-control-allow-origin"), None);
    assert!(answer.body.contains("--allow-origin https://evil.example,"), "{answer:?}");
    assert_eq!(server.started(), 0);
}

#[test]
fn a_rebound_name_reaches_nothing() {
    let server = Server::start();
    let request = run_request(JOB, "Origin: http://evil.example\r\n").replace("Host: localhost", "Host: evil.example");
    server.ask(request).check_problem(403, "host-not-allowed");
    let link = get("/api/v1/languages", "").replace("Host: localhost", "Host: evil.example");
    server.ask(link).check_problem(403, "host-not-allowed");
    assert_eq!(server.started(), 0);
}

#[test]
fn a_preflight_of_another_site_is_refused() {
    let request = get("/api/v1/run", &format!("Origin: https://evil.example\r\n{PREFLIGHT}")).replace("GET", "OPTIONS");
    let answer = Server::start().ask(request);
    answer.check_problem(403, "origin-not-allowed");
    assert_eq!(answer.header("access-control-allow-methods"), None);
}

#[test]
fn a_page_of_an_allowed_origin_may_ask_and_read() {
    let server = open_to("https://play.example.org");
    let origin = "Origin: https://play.example.org\r\n";

    let asked = format!("{origin}{PREFLIGHT}Access-Control-Request-Private-Network: true\r\n");
    let preflight = server.ask(get("/api/v1/run", &asked).replace("GET", "OPTIONS"));
    assert_eq!(preflight.status, 204);
    assert_eq!(preflight.header("access-control-allow-origin"), Some("https://play.example.org"));
    assert!(preflight.header("access-control-allow-methods").unwrap().contains("post"));
    assert!(preflight.header("access-control-allow-headers").unwrap().contains("content-type"));
    assert_eq!(preflight.header("access-control-allow-private-network"), Some("true"));

    let answer = server.ask(run_request(JOB, origin));
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("access-control-allow-origin"), Some("https://play.example.org"));
    assert_eq!(answer.header("access-control-allow-credentials"), None);
    assert_eq!(answer.header("vary"), Some("origin"));
}

#[test]
fn a_page_of_an_allowed_origin_can_read_why_it_is_refused() {
    let answer = open_to("https://play.example.org").ask(run_request("{", "Origin: https://play.example.org\r\n"));
    answer.check_problem(400, "invalid-json");
    assert_eq!(answer.header("access-control-allow-origin"), Some("https://play.example.org"));
}

#[test]
fn a_star_opens_the_server_to_every_page() {
    let answer = open_to("*").ask(run_request(JOB, "Origin: https://any.example\r\n"));
    assert_eq!((answer.status, answer.header("access-control-allow-origin")), (200, Some("https://any.example")));
}

#[test]
fn the_servers_own_page_needs_no_permission() {
    let answer = Server::start().ask(run_request(JOB, "Origin: http://localhost\r\nSec-Fetch-Site: same-origin\r\n"));
    assert_eq!((answer.status, answer.header("access-control-allow-origin")), (200, None));
}
