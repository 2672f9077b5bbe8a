//! A job that was refused, in one line: what is wrong, and with which part of the request.

/// A job that was not taken because it is wrong itself.
#[derive(Debug)]
pub(crate) struct Refusal(String);

impl Refusal {
    pub(crate) fn new(field: Option<&str>, message: &str) -> Refusal {
        Refusal(line(field, message))
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Refusal {}

/// The message, with the field before it unless the message speaks of it already.
pub(crate) fn line(field: Option<&str>, message: &str) -> String {
    match field {
        Some(field) if !field.is_empty() && !message.contains(last_part(field)) => format!("{field}: {message}"),
        _ => message.to_owned(),
    }
}

fn last_part(field: &str) -> &str {
    field.rsplit('.').next().unwrap_or(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_field_is_named_once() {
        assert_eq!(line(Some("language"), "invalid language: [x] …"), "invalid language: [x] …");
        assert_eq!(line(Some("limits.cpu_time_ms"), "9h is too much"), "limits.cpu_time_ms: 9h is too much");
        assert_eq!(line(None, "busy"), "busy");
    }
}
