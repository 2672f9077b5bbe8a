//! Our own interface.

use codecanvas_protocol::LanguageInfo;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Answer, Api, Kind, Missing, Request, Runtime, ask};
use crate::bench::{
    programs::Language,
    server::{Connection, Reply},
};

struct Codecanvas {
    version: String,
    languages: Vec<LanguageInfo>,
}

pub(super) fn find(connection: &Connection) -> Result<Box<dyn Api>, Missing> {
    let path = "/api/v1/languages";
    let answer = ask(connection, path)?;
    let languages: Vec<LanguageInfo> = match serde_json::from_value(answer["details"].clone()) {
        Ok(languages) => languages,
        Err(_) => return Err(Missing::Other(format!("GET {path} has no `details`"))),
    };
    let document = ask(connection, "/api/openapi.json").unwrap_or_default();
    let version = document["info"]["version"].as_str().unwrap_or("of unknown version");
    Ok(Box::new(Codecanvas { version: format!("codecanvas {version}"), languages }))
}

/// The part of an answer that counts. What else there is is not looked at.
#[derive(Deserialize)]
struct Report {
    stdout: String,
    #[serde(default)]
    stderr: String,
    error: String,
    #[serde(default)]
    phases: Vec<Phase>,
}

#[derive(Deserialize)]
struct Phase {
    #[serde(default)]
    cached: bool,
}

impl Api for Codecanvas {
    fn kind(&self) -> Kind {
        Kind::Codecanvas
    }

    fn version(&self) -> &str {
        &self.version
    }

    fn find(&self, language: &Language) -> Option<Runtime> {
        let found = self.languages.iter().find(|info| info.id == language.id && info.available)?;
        Some(Runtime { id: found.id.clone(), version: found.version.clone().unwrap_or_default() })
    }

    fn request(&self, runtime: &Runtime, source: &str) -> Request {
        let body = json!({ "language": runtime.id, "source": source });
        Request { path: "/api/v1/run".to_owned(), body: body.to_string().into_bytes() }
    }

    fn read(&self, reply: &Reply) -> Result<Answer, String> {
        if reply.status != 200 {
            return Err(reply.refusal());
        }
        let report: Report =
            serde_json::from_slice(&reply.body).map_err(|error| format!("the answer is no report: {error}"))?;
        if !report.error.is_empty() {
            let said: Value = report.stderr.chars().take(200).collect::<String>().into();
            return Err(format!("{}; on stderr: {said}", report.error));
        }
        let cached = report.phases.iter().any(|phase| phase.cached);
        Ok(Answer::Ran { stdout: report.stdout.into_bytes(), cached })
    }
}
