//! `GET /healthz` and `GET /readyz`: for load balancers and process supervisors.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{extract::State, http::StatusCode, response::Response};
use codecanvas_protocol::Problem;
use serde::Serialize;
use tokio::sync::Mutex;
use tracing::warn;
use utoipa::ToSchema;

use crate::{Runner, answer, refusal::Refusal, router::App, routes::run::chain};

/// How long an answer to `/readyz` is good for: asking costs a sandbox, and anyone may ask.
const FRESH: Duration = Duration::from_secs(1);

/// The last check. The lock is held during a check, so that many askers cause one.
#[derive(Clone, Default)]
pub(crate) struct Readiness(Arc<Mutex<Option<Check>>>);

/// When it was made and what came out, with the reason when a run would not work.
struct Check {
    at: Instant,
    result: Result<(), String>,
}

#[derive(Serialize, ToSchema)]
struct Health {
    status: &'static str,
}

/// 200 while the process answers at all.
#[utoipa::path(get, path = "/healthz", tag = "health", responses((status = 200, body = Health)))]
pub(crate) async fn alive() -> Response {
    answer::json(StatusCode::OK, &Health { status: "ok" })
}

/// 200 when a run would work now, else 503 with the reason.
#[utoipa::path(get, path = "/readyz", tag = "health", responses((status = 200, body = Health), (status = 503, body = Problem)))]
pub(crate) async fn ready<R: Runner>(State(app): State<App<R>>) -> Result<Response, Refusal> {
    // A task of its own: clients that ask and hang up must not each start a check that is then thrown away.
    let check = tokio::spawn(check(app.runner, app.readiness));
    match check.await {
        Ok(Ok(())) => Ok(answer::json(StatusCode::OK, &Health { status: "ready" })),
        Ok(Err(reason)) => Err(not_ready(reason)),
        Err(_) => Err(not_ready("the check itself failed".to_owned())),
    }
}

async fn check<R: Runner>(runner: R, Readiness(last): Readiness) -> Result<(), String> {
    let mut last = last.lock().await;
    if let Some(Check { at, result }) = &*last
        && at.elapsed() < FRESH
    {
        return result.clone();
    }
    let result = runner.ready().await.map_err(|error| {
        warn!(error = chain(&error), "not ready");
        error.to_string()
    });
    *last = Some(Check { at: Instant::now(), result: result.clone() });
    result
}

fn not_ready(reason: String) -> Refusal {
    Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "not-ready", reason)
}
