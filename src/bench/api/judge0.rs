//! The interface of Judge0: a submission that is waited for, or asked after where waiting is not allowed.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Answer, Api, Kind, Missing, Request, Runtime, ask, numbers};
use crate::bench::{
    programs::Language,
    server::{Connection, Reply},
};

/// Between two questions whether a submission is done.
pub(super) const PAUSE: Duration = Duration::from_millis(20);

struct Judge0 {
    version: String,
    languages: Vec<Entry>,
    /// Whether the server lets a request wait for its result. It is taken to, until it says no.
    waits: AtomicBool,
}

#[derive(Deserialize)]
struct Entry {
    id: u32,
    /// `Python (3.8.1)`, `C (GCC 9.2.0)` …
    name: String,
}

pub(super) fn find(connection: &Connection) -> Result<Box<dyn Api>, Missing> {
    let answer = ask(connection, "/languages")?;
    let not = |_| Missing::Other("GET /languages is no list of languages with ids".to_owned());
    let languages = serde_json::from_value(answer).map_err(not)?;
    let about = ask(connection, "/about").unwrap_or_default();
    let version = format!("Judge0 {}", about["version"].as_str().unwrap_or("of unknown version"));
    // A server that does not tell its settings is asked to wait, and says then if it does not.
    let waits = ask(connection, "/config_info").unwrap_or_default()["enable_wait_result"].as_bool().unwrap_or(true);
    Ok(Box::new(Judge0 { version, languages, waits: AtomicBool::new(waits) }))
}

#[derive(Deserialize)]
struct Submission {
    token: Option<String>,
    status: Option<Status>,
    stdout: Option<String>,
    stderr: Option<String>,
    compile_output: Option<String>,
    message: Option<String>,
}

#[derive(Deserialize)]
struct Status {
    id: u32,
    description: String,
}

const FIELDS: &str = "base64_encoded=true&fields=token,status,stdout,stderr,compile_output,message";
/// Statuses of the interface.
const PROCESSING: u32 = 2;
const ACCEPTED: u32 = 3;

impl Api for Judge0 {
    fn kind(&self) -> Kind {
        Kind::Judge0
    }

    fn version(&self) -> &str {
        &self.version
    }

    /// Of several compilers for C the one that our own servers have comes first, then the newest.
    fn find(&self, language: &Language) -> Option<Runtime> {
        let of = |entry: &&Entry| {
            let name = entry.name.split(" (").next().unwrap_or_default().to_lowercase();
            language.names.contains(&name.as_str())
        };
        let rank = |entry: &&Entry| (!entry.name.contains("Clang"), numbers(version(&entry.name)), entry.id);
        let found = self.languages.iter().filter(of).max_by_key(rank)?;
        Some(Runtime { id: found.id.to_string(), version: version(&found.name).to_owned() })
    }

    fn request(&self, runtime: &Runtime, source: &str) -> Request {
        let id: u32 = runtime.id.parse().expect("ids of Judge0 are numbers");
        let body = json!({ "language_id": id, "source_code": STANDARD.encode(source) });
        let wait = self.waits.load(Ordering::Relaxed);
        Request { path: format!("/submissions?{FIELDS}&wait={wait}"), body: body.to_string().into_bytes() }
    }

    fn read(&self, reply: &Reply) -> Result<Answer, String> {
        if !(200..300).contains(&reply.status) {
            if reply.body.windows(16).any(|words| words == b"wait not allowed") {
                self.waits.store(false, Ordering::Relaxed);
            }
            return Err(refusal(reply));
        }
        let answer: Submission =
            serde_json::from_slice(&reply.body).map_err(|error| format!("the answer is not Judge0's: {error}"))?;
        let done = answer.status.as_ref().filter(|status| status.id > PROCESSING);
        match (done, &answer.token) {
            (None, Some(token)) => Ok(Answer::Later(format!("/submissions/{token}?{FIELDS}"))),
            (None, None) => Err("the answer has neither a status nor a token".to_owned()),
            (Some(status), _) if status.id == ACCEPTED => {
                Ok(Answer::Ran { stdout: decode(answer.stdout.as_deref()), cached: false })
            }
            (Some(status), _) => Err(answer.why(status)),
        }
    }
}

impl Submission {
    fn why(&self, status: &Status) -> String {
        let texts = [&self.message, &self.compile_output, &self.stderr];
        let said = texts.into_iter().map(|text| decode(text.as_deref())).find(|text| !text.is_empty());
        let said = said.map(|text| String::from_utf8_lossy(&text[..text.len().min(200)]).trim().to_owned());
        let hint =
            if status.id == 8 { " (max_file_size bounds its output, 1024 KB unless its operator raises it)" } else { "" };
        let said = said.map_or_else(String::new, |said| format!(": {said:?}"));
        format!("{}{said}{hint}", status.description)
    }
}

/// What is wrong with a submission is a list of words for each field.
fn refusal(reply: &Reply) -> String {
    let told: Option<Value> = serde_json::from_slice(&reply.body).ok();
    match told.filter(|_| reply.status == 422) {
        Some(fields) => format!("status 422: {fields}"),
        None => reply.refusal(),
    }
}

/// Judge0 breaks its base64 into lines.
fn decode(text: Option<&str>) -> Vec<u8> {
    let text: String = text.unwrap_or_default().split_whitespace().collect();
    STANDARD.decode(text).unwrap_or_default()
}

fn version(name: &str) -> &str {
    name.split_once(" (").map_or("", |(_, version)| version.trim_end_matches(')'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::programs::languages;

    fn judge0() -> Judge0 {
        let languages = r#"[{"id":48,"name":"C (GCC 7.4.0)"},{"id":50,"name":"C (GCC 9.2.0)"},{"id":110,"name":"C (Clang 19.1.7)"},
            {"id":70,"name":"Python (2.7.17)"},{"id":71,"name":"Python (3.8.1)"},{"id":54,"name":"C++ (GCC 9.2.0)"},
            {"id":63,"name":"JavaScript (Node.js 12.14.0)"},{"id":96,"name":"JavaFX (JDK 17.0.6)"}]"#;
        let languages = serde_json::from_str(languages).unwrap();
        Judge0 { version: String::new(), languages, waits: AtomicBool::new(true) }
    }

    fn read(judge0: &Judge0, status: u16, body: &str) -> Result<Answer, String> {
        judge0.read(&Reply { status, content_type: String::new(), body: body.into(), took: Duration::ZERO })
    }

    #[test]
    fn languages_are_found_by_name_and_the_newest_is_taken() {
        for (name, id) in [("c", "50"), ("python3", "71"), ("c++", "54"), ("nodejs", "63")] {
            let found = judge0().find(languages(&[name.to_owned()]).unwrap()[0]);
            assert_eq!(found.map(|runtime| runtime.id).as_deref(), Some(id), "{name}");
        }
        assert_eq!(judge0().find(languages(&["java".to_owned()]).unwrap()[0]), None);
    }

    #[test]
    fn a_result_is_read_and_base64_may_have_lines() {
        let body = r#"{"stdout":"SGVsbG8s\nIHdvcmxkIQo=\n","token":"t","status":{"id":3,"description":"Accepted"}}"#;
        let ran = Answer::Ran { stdout: b"Hello, world!\n".to_vec(), cached: false };
        assert_eq!(read(&judge0(), 201, body), Ok(ran));
        let body = r#"{"compile_output":"bm8K\n","token":"t","status":{"id":6,"description":"Compilation Error"}}"#;
        assert_eq!(read(&judge0(), 201, body).unwrap_err(), "Compilation Error: \"no\"");
    }

    #[test]
    fn where_waiting_is_not_allowed_results_are_asked_after() {
        let judge0 = judge0();
        let runtime = Runtime { id: "71".to_owned(), version: String::new() };
        assert!(judge0.request(&runtime, "").path.ends_with("wait=true"));
        assert_eq!(read(&judge0, 400, r#"{"error":"wait not allowed"}"#).unwrap_err(), "status 400: wait not allowed");
        assert!(judge0.request(&runtime, "").path.ends_with("wait=false"));
        let later = read(&judge0, 201, r#"{"token":"d85cd024"}"#);
        assert_eq!(later, Ok(Answer::Later(format!("/submissions/d85cd024?{FIELDS}"))));
        let queued = r#"{"token":"d85cd024","status":{"id":1,"description":"In Queue"}}"#;
        assert!(matches!(read(&judge0, 200, queued), Ok(Answer::Later(_))));
    }
}
