//! One file per resource.

pub(crate) mod fallback;
pub(crate) mod health;
pub(crate) mod languages;
pub(crate) mod run;
