//! Environment variables for a program, as `--env NAME=VALUE` gives them.

/// A name and its value.
pub(crate) type Variable = (String, String);

/// Reads `NAME=VALUE`; the value may be empty and may have `=` in it.
pub(crate) fn parse(text: &str) -> Result<Variable, String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("write NAME=VALUE".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_may_be_empty_and_have_equals_signs() {
        assert_eq!(parse("A=b=c"), Ok(("A".to_owned(), "b=c".to_owned())));
        assert_eq!(parse("A="), Ok(("A".to_owned(), String::new())));
        assert!(parse("A").is_err() && parse("=b").is_err());
    }
}
