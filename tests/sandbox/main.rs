//! The sandbox's promises on the real kernel: every limit by a program that breaks it, every wall by one that tries it.
//!
//! Runs as root and as an ordinary user; what an ordinary user's host cannot enforce is asked of the launcher, and a test of it
//! says that it did not run.

mod exhausted;
mod faults;
mod hostile;
mod hygiene;
mod isolation;
mod limits;
mod live;
mod runs;
mod standby;
mod support;
mod templates;
mod trees;
