//! The HTTP face of codecanvas: requests in, reports and problems out.
//!
//! ```text
//! serve ─ accepts ─→ connection ─ hyper ─→ router
//!                    (timeouts,             └ envelope   request id, headers, problem → JSON, log line
//!                     hang-up)                 └ guard   Host and Origin
//!                                                 └ routes   run, languages, health
//! ```
//!
//! Nothing here knows how a program is run; that is behind [`Runner`].

#![forbid(unsafe_code)]

mod answer;
mod body;
mod config;
mod connection;
mod descriptors;
mod envelope;
#[doc(hidden)]
pub mod fuzzing;
mod guard;
mod live;
mod openapi;
mod parse;
mod refusal;
mod router;
mod routes;
mod runner;
mod serve;
mod signal;

/// The OpenAPI document of the API, as `/api/openapi.json` has it.
pub fn openapi() -> String {
    let document = <openapi::Document as utoipa::OpenApi>::openapi();
    document.to_pretty_json().expect("a document serializes") + "\n"
}

/// Whether the playground's page was put into this program when it was built.
pub fn has_page() -> bool {
    routes::page::is_here()
}

pub use config::ServerConfig;
pub use runner::Runner;
pub use serve::serve;
