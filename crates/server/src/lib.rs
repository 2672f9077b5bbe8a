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
mod envelope;
mod guard;
mod parse;
mod refusal;
mod router;
mod routes;
mod runner;
mod serve;

pub use config::ServerConfig;
pub use runner::Runner;
pub use serve::serve;
