//! The playground's page, as the server gives it.

use crate::{client::request, server::shared};

#[test]
fn the_page_is_there_and_may_load_nothing_from_elsewhere() {
    let page = shared().get("/");
    assert_eq!((page.status, page.header("content-type")), (200, Some("text/html; charset=utf-8")));
    let policy = page.header("content-security-policy").expect("a policy");
    assert!(policy.contains("default-src 'none'; script-src 'self';") && policy.contains("connect-src 'self'"), "{policy}");
    assert!(!page.body.contains("//"), "an address of another host, or a comment: {}", page.body);
    assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
}

#[test]
fn what_never_changes_is_kept_and_what_may_is_asked_for_again() {
    let page = shared().get("/");
    let script = page.body.split('"').find(|word| word.contains("assets/") && word.ends_with(".js")).expect("a script");
    let script = shared().get(script.trim_start_matches('.'));
    assert_eq!(script.header("cache-control"), Some("public, max-age=31536000, immutable"));
    let etag = page.header("etag").expect("a tag").to_owned();
    assert_eq!(page.header("cache-control"), Some("no-cache"));
    let again = shared().ask(request("GET", "/", &format!("If-None-Match: {etag}\r\n")));
    assert_eq!((again.status, again.body.as_str()), (304, ""));
}

#[test]
fn the_page_is_read_only() {
    for method in ["POST", "PUT", "DELETE"] {
        assert_eq!(shared().ask(request(method, "/", "Content-Length: 0\r\n")).status, 404, "{method}");
    }
}
