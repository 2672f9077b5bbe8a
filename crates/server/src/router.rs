//! The table of contents: every route, and the layers around all of them.

use std::sync::Arc;

use axum::{
    Router, middleware,
    routing::{get, post},
};
use tower_http::catch_panic::CatchPanicLayer;
use utoipa::OpenApi;
use utoipa_swagger_ui::SwaggerUi;

use crate::{
    Runner, ServerConfig, envelope,
    guard::{self, Rules},
    openapi::Document,
    routes::{fallback, health, interactive, languages, limits, metrics, page, run},
    signal::Signal,
};

/// What the handlers share.
#[derive(Clone)]
pub(crate) struct App<R> {
    /// What runs the jobs.
    pub(crate) runner: R,
    /// How clients are treated.
    pub(crate) config: Arc<ServerConfig>,
    /// The last answer to "are you ready".
    pub(crate) readiness: health::Readiness,
    /// Tells when what is open for long has to end.
    pub(crate) stopping: Signal,
}

/// The whole HTTP surface. A request passes the layers from the last to the first.
pub(crate) fn router<R: Runner>(runner: R, config: Arc<ServerConfig>, rules: Rules, stopping: Signal) -> Router {
    Router::new()
        // For clients
        .route("/api/v1/languages", get(languages::list::<R>))
        .route("/api/v1/limits", get(limits::limits::<R>))
        .route("/api/v1/run", post(run::run::<R>))
        .route("/api/v1/interactive", get(interactive::interactive::<R>))
        // For whoever watches over the process
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready::<R>))
        .route("/metrics", get(metrics::metrics::<R>))
        // For people
        .merge(SwaggerUi::new("/api/docs").url("/api/openapi.json", Document::openapi()))
        .method_not_allowed_fallback(fallback::method_not_allowed)
        .fallback(page::file)
        .with_state(App { runner, config, readiness: health::Readiness::default(), stopping })
        .layer(CatchPanicLayer::custom(fallback::panicked))
        .layer(middleware::from_fn_with_state(Arc::new(rules), guard::guard))
        .layer(middleware::from_fn(envelope::envelope))
}
