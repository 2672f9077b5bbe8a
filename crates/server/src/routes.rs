//! One file per resource.

pub(crate) mod fallback;
pub(crate) mod health;
pub(crate) mod interactive;
pub(crate) mod languages;
pub(crate) mod limits;
pub(crate) mod metrics;
pub(crate) mod page;
pub(crate) mod run;
pub(crate) mod watch;
