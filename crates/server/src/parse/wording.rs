//! serde's complaints about a field, as refusals in the words of JSON.

use axum::http::StatusCode;

use crate::refusal::Refusal;

/// The refusal for an error at this path.
pub(super) fn refusal(path: &str, error: &serde_json::Error) -> Refusal {
    // serde_path_to_error writes the document itself as a dot.
    let path = if path == "." { "" } else { path };
    let text = error.to_string();
    let complaint = text.rsplit_once(" at line ").map_or(text.as_str(), |(complaint, _)| complaint);
    let at = format!("at line {} column {}", error.line(), error.column());
    let bad = |kind, detail| Refusal::new(StatusCode::BAD_REQUEST, kind, detail);

    if let Some(name) = quoted(complaint, "missing field `") {
        let field = join(path, name);
        return match field.as_str() {
            "language" => super::required("language"),
            _ => bad("missing-field", format!("\"{field}\" is missing {at}")).field(field),
        };
    }
    if let Some(name) = quoted(complaint, "unknown field `") {
        let field = if path.ends_with(name) { path.to_owned() } else { join(path, name) };
        let known = complaint.split_once("`, ").map_or("", |(_, known)| known);
        return bad("unknown-field", format!("there is no field \"{field}\" ({at}); {known}")).field(field);
    }
    if error.is_syntax() {
        // The document is known to be well-formed, so this is a value that cannot be one of a list of words.
        return wrong_type(path, &format!("of the wrong type {at}; see docs/api.md for what it may be"));
    }
    match complaint.strip_prefix("invalid type: ").and_then(|types| types.rsplit_once(", expected ")) {
        Some((found, expected)) => wrong_type(path, &format!("{} where {} is expected {at}", plain(found), plain(expected))),
        None => {
            let detail = format!("\"{path}\" cannot be taken: {complaint} {at}");
            Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid-value", detail).field(path)
        }
    }
}

/// The refusal of a value of the wrong type.
pub(super) fn wrong_type(path: &str, detail: &str) -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, "wrong-type", format!("\"{path}\" is {detail}")).field(path)
}

/// The name in backquotes after `before`.
fn quoted<'t>(text: &'t str, before: &str) -> Option<&'t str> {
    let rest = text.strip_prefix(before)?;
    // A client's own name may hold a backquote, and then no list of known fields is cut off it too early.
    let end = rest.find("`, expected").or_else(|| rest.rfind('`'))?;
    Some(&rest[..end])
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// Rust's word for a type or a value, as JSON calls it.
fn plain(kind: &str) -> String {
    match kind {
        "sequence" | "a sequence" => return "an array".to_owned(),
        "map" | "a map" => return "an object".to_owned(),
        "unit" => return "null".to_owned(),
        "u64" => return "a whole number".to_owned(),
        _ if kind.starts_with("struct ") => return "an object".to_owned(),
        _ => {}
    }
    match kind.split_once(' ') {
        Some(("integer", number)) => format!("the number {}", number.trim_matches('`')),
        Some(("floating", number)) => format!("the number {}", number.trim_start_matches("point ").trim_matches('`')),
        Some(("boolean", value)) => value.trim_matches('`').to_owned(),
        Some(("string", text)) => format!("the string {text}"),
        _ => kind.to_owned(),
    }
}
