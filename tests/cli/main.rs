//! The command line: its documentation runs as its test, then what a page cannot show.

mod bench;
mod documents;
mod environment;
mod prepare;
mod responder;
mod server;
mod streams;
mod terminal;
