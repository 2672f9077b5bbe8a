//! The OpenAPI document: made from the handlers and the protocol's own types.

use codecanvas_protocol::{JobSpec, Numbered, Problem, Say};
use utoipa::OpenApi;

use crate::routes::{health, interactive, languages, limits, metrics, run};

/// What no single handler says.
#[derive(OpenApi)]
#[openapi(
    paths(
        languages::list,
        limits::limits,
        run::run,
        interactive::interactive,
        health::alive,
        health::ready,
        metrics::metrics,
    ),
    info(title = "codecanvas", description = "Runs untrusted programs in a kernel sandbox.", license(name = "MIT OR Apache-2.0")),
    components(schemas(JobSpec, Numbered, Problem, Say)),
    tags((name = "codecanvas", description = "For clients"), (name = "health", description = "For whoever watches over the process"))
)]
pub(crate) struct Document;
