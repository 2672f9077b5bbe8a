//! The command line: its documentation runs as its test, then what a page cannot show.

mod documents;
mod environment;
mod server;
mod streams;
mod terminal;
