//! What a server understands: our own interface, Piston's or Judge0's. Each is one file that says how to ask and how to read.

mod codecanvas;
mod judge0;
mod piston;

use anyhow::{Result, bail};
use clap::ValueEnum;
use serde::Serialize;

use super::{
    programs::{Language, Program},
    server::{Connection, Reply, Server},
};

/// The interfaces that are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    /// `POST /api/v1/run`
    Codecanvas,
    /// `POST /api/v2/execute`
    Piston,
    /// `POST /submissions`
    Judge0,
}

/// A language of a server's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Runtime {
    /// What a request names it by.
    pub(super) id: String,
    pub(super) version: String,
}

/// A request that has a program run.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) path: String,
    pub(super) body: Vec<u8>,
}

/// What came of it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// It ran, and ended as a program should.
    Ran {
        stdout: Vec<u8>,
        /// Whether the server says that it did not compile it again.
        cached: bool,
    },
    /// It is not done yet: ask there.
    Later(String),
}

/// One of the interfaces, at one server.
pub(super) trait Api: Send + Sync {
    fn kind(&self) -> Kind;
    /// What the server calls itself, with its version.
    fn version(&self) -> &str;
    /// The server's newest version of a language.
    fn find(&self, language: &Language) -> Option<Runtime>;
    fn request(&self, runtime: &Runtime, source: &str) -> Request;
    /// Reads an answer; the error says in one line why the program did not run as it should.
    fn read(&self, reply: &Reply) -> Result<Answer, String>;
}

/// A server that was asked what it understands.
pub(super) struct Target {
    pub(super) server: Server,
    pub(super) api: Box<dyn Api>,
}

impl Target {
    /// Asks the server what it understands, unless that is told.
    pub(super) fn find(server: &Server, kind: Option<Kind>, token: Option<&str>) -> Result<Target> {
        let kinds = kind.map_or_else(|| vec![Kind::Codecanvas, Kind::Piston, Kind::Judge0], |kind| vec![kind]);
        let mut tried = Vec::new();
        for kind in kinds {
            let server = match token {
                Some(token) => kind.with_token(server, token)?,
                None => server.clone(),
            };
            let connection = server.connect();
            let found = match kind {
                Kind::Codecanvas => codecanvas::find(&connection),
                Kind::Piston => piston::find(&connection),
                Kind::Judge0 => judge0::find(&connection),
            };
            match found {
                Ok(api) => return Ok(Target { server, api }),
                Err(Missing::Other(why)) => tried.push(why),
                Err(Missing::Unreachable(why)) => bail!(why),
            }
        }
        let url = &server.url;
        bail!(
            "{url} answers, but not like a server that is known here: {} (is it the right address? --api names what it is)",
            { tried.join("; ") }
        )
    }

    /// Runs a program and tells how long its answer took; checking it is not part of that.
    pub(super) fn run(
        &self,
        connection: &Connection,
        runtime: &Runtime,
        program: &Program,
        source: &str,
    ) -> Result<Ran, String> {
        let request = self.api.request(runtime, source);
        let mut reply = connection.post(&request.path, &request.body)?;
        let mut took = reply.took;
        loop {
            match self.api.read(&reply)? {
                Answer::Ran { stdout, cached } => match program.differs(&stdout) {
                    Some(why) => return Err(why),
                    None => return Ok(Ran { took, cached }),
                },
                Answer::Later(path) => {
                    std::thread::sleep(judge0::PAUSE);
                    reply = connection.get(&path)?;
                    took += judge0::PAUSE + reply.took;
                }
            }
        }
    }
}

/// A run that gave what it should.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ran {
    pub(super) took: std::time::Duration,
    pub(super) cached: bool,
}

/// Why a server does not have an interface.
enum Missing {
    /// It does not answer at all.
    Unreachable(String),
    /// It answers with something else.
    Other(String),
}

impl Kind {
    /// The server, which gets a key as it wants it.
    fn with_token(self, server: &Server, token: &str) -> Result<Server> {
        match self {
            Kind::Codecanvas => server.with_header("authorization", &format!("Bearer {token}")),
            Kind::Piston => server.with_header("authorization", token),
            Kind::Judge0 => server.with_header("x-auth-token", token),
        }
    }
}

/// The answer to a question that only servers with this interface answer, as JSON.
fn ask(connection: &Connection, path: &str) -> Result<serde_json::Value, Missing> {
    let reply = connection.get(path).map_err(Missing::Unreachable)?;
    let status = reply.status;
    match reply.json() {
        Some(json) => Ok(json),
        None if matches!(status, 401 | 403 | 429) => Err(Missing::Other(format!("GET {path}: {}", reply.refusal()))),
        None => Err(Missing::Other(format!("GET {path} gives {status}, {}", reply.content_type))),
    }
}

/// The numbers of a version, to compare them: `3.10.0-alpha.7` is before `3.10.0`.
fn numbers(version: &str) -> Vec<u32> {
    let release = version.split(['-', '+']).next().unwrap_or(version);
    let mut numbers: Vec<u32> = release.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect();
    numbers.resize(6.max(numbers.len()), 0);
    numbers.push(u32::from(release == version));
    numbers
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn versions_are_compared_by_their_numbers() {
        for (older, newer) in [("3.9.4", "3.10.0"), ("3.10.0-alpha.7", "3.10.0"), ("GCC 7.4.0", "GCC 9.2.0"), ("5", "5.1")] {
            assert!(numbers(older) < numbers(newer), "{older} {newer}");
        }
    }
}
