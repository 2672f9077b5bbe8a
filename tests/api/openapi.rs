//! The API's own description.

use crate::server::shared;

/// Where the description is kept for readers and for the page's types.
const KEPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/openapi.json");

#[test]
fn the_description_is_the_kept_one() {
    let served: serde_json::Value = shared().get("/api/openapi.json").json();
    let text = serde_json::to_string_pretty(&served).unwrap() + "\n";
    if std::env::var_os("UPDATE_OPENAPI").is_some() {
        std::fs::write(KEPT, &text).unwrap();
    }
    let kept = std::fs::read_to_string(KEPT).unwrap_or_default();
    assert!(
        kept == text,
        "docs/openapi.json is not what the server says; UPDATE_OPENAPI=1 cargo test --test api openapi writes it anew"
    );
}

#[test]
fn every_route_is_described() {
    let served = shared().get("/api/openapi.json").json();
    let paths: Vec<&String> = served["paths"].as_object().unwrap().keys().collect();
    assert_eq!(
        paths,
        ["/api/v1/interactive", "/api/v1/languages", "/api/v1/limits", "/api/v1/run", "/healthz", "/metrics", "/readyz"]
    );
    let schemas = served["components"]["schemas"].as_object().unwrap();
    for name in ["JobSpec", "Report", "Numbered", "Event", "Say", "Problem", "Ceilings", "LanguageInfo"] {
        assert!(schemas.contains_key(name), "{name} is not described");
    }
}

#[test]
fn the_description_can_be_browsed() {
    let page = shared().get("/api/docs/");
    assert_eq!(page.status, 200);
    assert!(page.body.contains("Swagger UI"));
}
