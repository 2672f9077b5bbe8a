//! The promises of the HTTP interface: the real program as a server process on a free port, asked over real connections.
//!
//! Runs as root and as an ordinary user; a test that cannot run on a host says so and why.

#[macro_use]
mod client;

mod cache;
mod door;
mod exhausted;
mod health;
mod holdings;
mod hostile;
mod interactive;
mod limits;
mod live;
mod openapi;
mod original;
mod outcomes;
mod overload;
mod page;
mod privilege;
mod processes;
mod refusals;
mod requests;
mod secrets;
mod server;
mod sizes;
mod soak;
mod stopping;
mod storm;
mod unavailable;
