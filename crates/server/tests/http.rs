//! The HTTP layer on a real port: what it answers, what it refuses, and what it does with clients that misbehave.
//!
//! Runs of real programs over HTTP are tested with the whole program; here a job only waits, so that a test can see whether it
//! was dropped.

#[path = "http/answers.rs"]
mod answers;
#[path = "http/bodies.rs"]
mod bodies;
#[path = "http/browsers.rs"]
mod browsers;
#[path = "http/hang_up.rs"]
mod hang_up;
#[path = "http/protocol.rs"]
mod protocol;
#[path = "http/server.rs"]
mod server;
#[path = "http/shutdown.rs"]
mod shutdown;
#[path = "http/slow.rs"]
mod slow;
