//! `GET /api/v1/languages`: what can be run here.

use axum::{extract::State, http::StatusCode, response::Response};
use codecanvas_protocol::LanguageInfo;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{Runner, answer, router::App};

/// The answer. `languages` is the original's field; `details` is added.
#[derive(Serialize, ToSchema)]
struct Languages<'a> {
    /// The ids of the languages that can be run here.
    languages: Vec<&'a str>,
    /// Every language, also those whose toolchain is missing.
    details: &'a [LanguageInfo],
}

/// Lists the languages.
#[utoipa::path(get, path = "/api/v1/languages", tag = "codecanvas", responses((status = 200, body = Languages)))]
pub(crate) async fn list<R: Runner>(State(app): State<App<R>>) -> Response {
    let details = app.runner.languages();
    let available = details.iter().filter(|language| language.available);
    let languages = available.map(|language| language.id.as_str()).collect();
    answer::json(StatusCode::OK, &Languages { languages, details: &details })
}
