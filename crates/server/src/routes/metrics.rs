//! `GET /metrics`: counters and gauges for Prometheus.

use std::fmt::Error;

use axum::{
    body::Body,
    extract::State,
    http::{HeaderValue, StatusCode, header::CONTENT_TYPE},
    response::Response,
};
use codecanvas_engine::Metrics;
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge},
    registry::Registry,
};

use crate::{Runner, refusal::Refusal, router::App};

const OPEN_METRICS: HeaderValue = HeaderValue::from_static("application/openmetrics-text; version=1.0.0; charset=utf-8");

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Of {
    language: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Started {
    language: String,
    start: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Compiled {
    language: String,
    cache: &'static str,
}

/// What has become of jobs, and how many there are.
#[utoipa::path(
    get,
    path = "/metrics",
    tag = "health",
    responses((status = 200, body = String, content_type = "application/openmetrics-text"))
)]
pub(crate) async fn metrics<R: Runner>(State(app): State<App<R>>) -> Result<Response, Refusal> {
    let text = text(&app.runner.metrics())
        .map_err(|error| Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", error.to_string()))?;
    let mut response = Response::new(Body::from(text));
    response.headers_mut().insert(CONTENT_TYPE, OPEN_METRICS);
    Ok(response)
}

fn text(metrics: &Metrics) -> Result<String, Error> {
    let (started, compiled, fell_back) =
        (Family::<Started, Counter>::default(), Family::<Compiled, Counter>::default(), Family::<Of, Counter>::default());
    for (language, count) in &metrics.counts {
        for (start, number) in [("warm", count.warm), ("cold", count.cold)] {
            started.get_or_create(&Started { language: language.clone(), start }).inc_by(number);
        }
        for (cache, number) in [("hit", count.cached), ("miss", count.compiled)] {
            compiled.get_or_create(&Compiled { language: language.clone(), cache }).inc_by(number);
        }
        fell_back.get_or_create(&Of { language: language.clone() }).inc_by(count.fell_back);
    }
    let gauge = |number: u32| {
        let gauge: Gauge = Gauge::default();
        gauge.set(number.into());
        gauge
    };
    let mut registry = Registry::with_prefix("codecanvas");
    registry.register("runs", "Programs that ran, by how they were started", started);
    registry.register("compilations", "Compile phases, by whether the cache knew them", compiled);
    registry.register("warm_start_failures", "Programs that could not be started warm and were executed", fell_back);
    registry.register("jobs_running", "Jobs that run now", gauge(metrics.running));
    registry.register("jobs_waiting", "Jobs that wait for a runner now", gauge(metrics.waiting));
    let mut text = String::new();
    encode(&mut text, &registry)?;
    Ok(text)
}
