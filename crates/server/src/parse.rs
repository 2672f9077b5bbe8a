//! From the bytes of a body to a job, or to a refusal that names the field.
//!
//! Two passes. `shape` walks the document as JSON: syntax, depth, duplicate names. Then serde reads it as a [`JobSpec`].

mod shape;
mod wording;

use axum::http::StatusCode;
use codecanvas_protocol::{JobSpec, Say};
use serde::de::DeserializeOwned;

use crate::refusal::Refusal;

/// Fields that are lists. serde takes a list for any struct, its fields in order; nobody means that, so it is refused.
const LISTS: &[&str] = &["args", "compile.args", "files"];

/// Reads a job.
pub(crate) fn job(body: &[u8]) -> Result<JobSpec, Refusal> {
    let text = str::from_utf8(body).map_err(|error| {
        let detail = format!("the body is not valid UTF-8 from byte {} on", error.valid_up_to());
        Refusal::new(StatusCode::BAD_REQUEST, "invalid-utf8", detail)
    })?;
    if text.trim_ascii().is_empty() {
        return Err(required(""));
    }
    let other_list = shape::check(text, LISTS)?;
    let spec = typed::<JobSpec>(text)?;
    if let Some(path) = other_list {
        return Err(wording::wrong_type(&path, "an array where an object is expected"));
    }
    Ok(spec)
}

/// Reads what a client says to a program.
pub(crate) fn said(message: &[u8]) -> Result<Say, Refusal> {
    let text = String::from_utf8_lossy(message);
    shape::check(&text, &[])?;
    typed(&text)
}

fn typed<T: DeserializeOwned>(text: &str) -> Result<T, Refusal> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let mut track = serde_path_to_error::Track::new();
    let tracking = serde_path_to_error::Deserializer::new(&mut deserializer, &mut track);
    T::deserialize(tracking).map_err(|error| wording::refusal(&track.path().to_string(), &error))
}

/// The original's only check, with its words. That a language or a program is there but empty is for the engine to find.
fn required(field: &str) -> Refusal {
    let detail = "\"language\" and \"source\" fields are required";
    Refusal::new(StatusCode::BAD_REQUEST, "required", detail).field(field)
}

#[cfg(test)]
mod tests;
