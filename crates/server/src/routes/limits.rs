//! `GET /api/v1/limits`: what a program may use here.

use axum::{extract::State, http::StatusCode, response::Response};
use codecanvas_protocol::Ceilings;

use crate::{Runner, answer, router::App};

/// Tells defaults and ceilings.
#[utoipa::path(get, path = "/api/v1/limits", tag = "codecanvas", responses((status = 200, body = Ceilings)))]
pub(crate) async fn limits<R: Runner>(State(app): State<App<R>>) -> Response {
    let ceilings = Ceilings { max_body_bytes: app.config.max_body as u64, ..app.runner.ceilings() };
    answer::json(StatusCode::OK, &ceilings)
}
