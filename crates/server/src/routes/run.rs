//! `POST /api/v1/run`: a program in, its result out.

use std::error::Error;

use axum::{
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header::RETRY_AFTER},
    response::Response,
};
use codecanvas_engine::{Invalid, RunError};
use codecanvas_protocol::{JobSpec, Numbered, Problem, Report};
use tracing::{error, warn};

use crate::{
    Runner, answer, body, parse,
    refusal::Refusal,
    router::App,
    routes::{
        fallback::internal,
        watch::{Format, watch},
    },
};

/// Mistakes of the engine's kind that the original answered with 400; every other one is a 422.
const ORIGINAL_400: &[&str] = &["required", "unknown-language", "language-unavailable"];

#[utoipa::path(
    post,
    path = "/api/v1/run",
    tag = "codecanvas",
    description = "Runs one program. With `Accept: text/event-stream` or `application/x-ndjson` the answer is its events as they happen.",
    request_body = JobSpec,
    responses(
        (status = 200, description = "The program ran, whatever came of it", content(
            (Report = "application/json"),
            (Numbered = "text/event-stream"),
            (Numbered = "application/x-ndjson"),
        )),
        (status = 400, description = "The request cannot be understood, or the language is not there", body = Problem),
        (status = 413, description = "The body is too large", body = Problem),
        (status = 415, description = "The body is not JSON", body = Problem),
        (status = 422, description = "The job cannot be run as it was asked for", body = Problem),
        (status = 503, description = "Every place is taken; Retry-After says when to come back", body = Problem),
    )
)]
/// Runs one program and answers with its report. When the client goes away this future is dropped, and the run with it.
pub(crate) async fn run<R: Runner>(State(app): State<App<R>>, request: Request) -> Result<Response, Refusal> {
    let format = Format::asked(request.headers());
    let bytes = body::read(request, &app.config).await?;
    let spec = parse::job(&bytes)?;
    drop(bytes);
    if let Some(format) = format {
        return watch(app.runner, spec, format).await;
    }
    let report = app.runner.run(spec).await.map_err(refusal)?;
    Ok(answer::json(StatusCode::OK, &report))
}

/// What the client is told when there is no report.
pub(crate) fn refusal(error: RunError) -> Refusal {
    match error {
        RunError::Invalid(invalid) => refusal_of_job(invalid),
        RunError::Busy { retry_after } => {
            let seconds = retry_after.as_secs().max(1);
            Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "busy", error.to_string())
                .header(RETRY_AFTER, HeaderValue::from(seconds))
        }
        RunError::Lost => {
            warn!("a run was lost: the launcher of the sandboxes was killed");
            Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "lost", error.to_string()).header(RETRY_AFTER, HeaderValue::from(1))
        }
        RunError::OutOfMemory => {
            warn!("a run was lost: this machine, or the container that this server is in, ran out of memory");
            Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "out-of-memory", error.to_string())
                .header(RETRY_AFTER, HeaderValue::from(1))
        }
        RunError::ShuttingDown => Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "shutting-down", error.to_string()).closing(),
        RunError::Sandbox(_) => {
            error!(error = chain(&error), "a run failed");
            internal()
        }
    }
}

fn refusal_of_job(invalid: Invalid) -> Refusal {
    let status = match ORIGINAL_400.contains(&invalid.kind) {
        true => StatusCode::BAD_REQUEST,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Refusal::new(status, invalid.kind, invalid.message).field(invalid.field)
}

/// An error and everything behind it, for the log: `outer: inner: innermost`.
pub(crate) fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        text += &format!(": {error}");
        source = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use axum::response::IntoResponse;

    use super::*;

    fn invalid(kind: &'static str) -> RunError {
        RunError::Invalid(Invalid { kind, field: "language".to_owned(), message: "no".to_owned() })
    }

    #[test]
    fn what_the_original_answered_with_400_stays_400() {
        assert_eq!(refusal(invalid("unknown-language")).problem().status, 400);
        assert_eq!(refusal(invalid("limit-above-ceiling")).problem().status, 422);
        assert_eq!(refusal(invalid("limit-above-ceiling")).problem().field.as_deref(), Some("language"));
    }

    #[test]
    fn overload_says_when_to_come_back() {
        let response = refusal(RunError::Busy { retry_after: Duration::from_millis(10) }).into_response();
        assert_eq!(response.status(), 503);
        assert_eq!(response.headers()[RETRY_AFTER], "1");
    }
}
