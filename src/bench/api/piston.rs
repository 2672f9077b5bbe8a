//! The interface of Piston, version 2.

use serde::Deserialize;
use serde_json::json;

use super::{Answer, Api, Kind, Missing, Request, Runtime, ask, numbers};
use crate::bench::{
    programs::Language,
    server::{Connection, Reply},
};

struct Piston {
    /// What stands before `/execute`.
    base: &'static str,
    version: String,
    runtimes: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    language: String,
    version: String,
    #[serde(default)]
    aliases: Vec<String>,
}

/// Where the interface may be: as the program has it, as the public server has it, or where the address leads already.
const BASES: [&str; 3] = ["/api/v2", "/api/v2/piston", ""];

pub(super) fn find(connection: &Connection) -> Result<Box<dyn Api>, Missing> {
    let mut first = None;
    for base in BASES {
        let path = format!("{base}/runtimes");
        let found = ask(connection, &path).and_then(|answer| {
            serde_json::from_value(answer).map_err(|_| Missing::Other(format!("GET {path} is no list of runtimes")))
        });
        match found {
            Ok(runtimes) => return Ok(Box::new(Piston { base, version: version(connection), runtimes })),
            Err(Missing::Unreachable(why)) => return Err(Missing::Unreachable(why)),
            Err(missing) => first = first.or(Some(missing)),
        }
    }
    Err(first.expect("there are several places"))
}

/// The original says it at its root.
fn version(connection: &Connection) -> String {
    let root = ask(connection, "/").unwrap_or_default();
    root["message"].as_str().unwrap_or("Piston of unknown version").to_owned()
}

#[derive(Deserialize)]
struct Executed {
    compile: Option<Stage>,
    run: Stage,
}

#[derive(Deserialize)]
struct Stage {
    stdout: String,
    #[serde(default)]
    stderr: String,
    code: Option<i64>,
    signal: Option<String>,
    #[serde(default)]
    status: Option<String>,
    #[serde(default)]
    message: Option<String>,
}

impl Api for Piston {
    fn kind(&self) -> Kind {
        Kind::Piston
    }

    fn version(&self) -> &str {
        &self.version
    }

    /// Several packages may have a language: a name that comes first here is sought first.
    fn find(&self, language: &Language) -> Option<Runtime> {
        let called = |entry: &&Entry, name: &str| entry.language == name || entry.aliases.iter().any(|alias| alias == name);
        let newest = |name: &&str| {
            let entries = self.runtimes.iter().filter(|entry| called(entry, name));
            entries.max_by_key(|entry| numbers(&entry.version))
        };
        let found = language.names.iter().find_map(newest)?;
        Some(Runtime { id: found.language.clone(), version: found.version.clone() })
    }

    fn request(&self, runtime: &Runtime, source: &str) -> Request {
        let body = json!({
            "language": runtime.id,
            "version": runtime.version,
            "files": [{ "content": source }],
        });
        Request { path: format!("{}/execute", self.base), body: body.to_string().into_bytes() }
    }

    fn read(&self, reply: &Reply) -> Result<Answer, String> {
        if reply.status != 200 {
            return Err(reply.refusal());
        }
        let answer: Executed =
            serde_json::from_slice(&reply.body).map_err(|error| format!("the answer is not Piston's: {error}"))?;
        if let Some(compile) = answer.compile.filter(Stage::failed) {
            return Err(format!("compiling failed: {}", compile.why()));
        }
        if answer.run.failed() {
            return Err(answer.run.why());
        }
        Ok(Answer::Ran { stdout: answer.run.stdout.into_bytes(), cached: false })
    }
}

impl Stage {
    fn failed(&self) -> bool {
        self.code != Some(0) || self.signal.is_some() || self.status.is_some()
    }

    fn why(&self) -> String {
        let message = self.message.clone().unwrap_or_else(|| match (&self.signal, self.code) {
            (Some(signal), _) => signal.clone(),
            (None, Some(code)) => format!("exit code {code}"),
            (None, None) => "no exit code".to_owned(),
        });
        let stderr: String = self.stderr.chars().take(200).collect();
        let hint = match self.status.as_deref() {
            Some("OL" | "EL") => " (PISTON_OUTPUT_MAX_SIZE is 1024 unless its operator raises it)",
            Some("TO") => " (PISTON_RUN_TIMEOUT and PISTON_COMPILE_TIMEOUT are its operator's)",
            _ => "",
        };
        let stderr = if stderr.is_empty() { String::new() } else { format!("; on stderr: {stderr:?}") };
        format!("{message}{hint}{stderr}")
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::bench::programs::languages;

    fn piston(runtimes: &str) -> Piston {
        let runtimes = serde_json::from_str(runtimes).unwrap();
        Piston { base: "/api/v2", version: String::new(), runtimes }
    }

    fn read(status: u16, body: &str) -> Result<Answer, String> {
        let reply = Reply { status, content_type: String::new(), body: body.into(), took: Duration::ZERO };
        piston("[]").read(&reply)
    }

    #[test]
    fn the_newest_runtime_is_taken_and_node_before_deno() {
        let piston = piston(
            r#"[{"language":"python","version":"3.9.4","aliases":["py","python3"]},
                {"language":"python","version":"3.10.0","aliases":["py","python3"]},
                {"language":"python2","version":"2.7.18","aliases":["py2"]},
                {"language":"javascript","version":"18.15.0","aliases":["node-js","js"],"runtime":"node"},
                {"language":"c++","version":"10.2.0","aliases":["cpp","g++"],"runtime":"gcc"}]"#,
        );
        for (name, id, version) in
            [("python3", "python", "3.10.0"), ("nodejs", "javascript", "18.15.0"), ("c++", "c++", "10.2.0")]
        {
            let language = languages(&[name.to_owned()]).unwrap()[0];
            assert_eq!(piston.find(language), Some(Runtime { id: id.to_owned(), version: version.to_owned() }));
        }
        assert_eq!(piston.find(languages(&["go".to_owned()]).unwrap()[0]), None);
    }

    #[test]
    fn what_ran_and_what_did_not_are_told_apart() {
        let stage = |rest: &str| format!(r#"{{"run":{{"signal":null,"stdout":"1\n","stderr":"","output":"1\n",{rest}}}}}"#);
        let ran = read(200, &stage(r#""code":0,"memory":1000,"message":null,"status":null,"cpu_time":1,"wall_time":2"#));
        assert_eq!(ran, Ok(Answer::Ran { stdout: b"1\n".to_vec(), cached: false }));
        let long = read(200, &stage(r#""code":null,"status":"OL","message":"stdout length exceeded""#)).unwrap_err();
        assert!(long.starts_with("stdout length exceeded (PISTON_OUTPUT_MAX_SIZE"), "{long}");
        assert_eq!(read(400, r#"{"message":"x-1 runtime is unknown"}"#).unwrap_err(), "status 400: x-1 runtime is unknown");
        assert!(read(429, r#"{"message":"Requests limited"}"#).unwrap_err().contains("how often"));
    }
}
