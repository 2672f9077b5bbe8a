//! A walk over a JSON document that builds nothing: is it one object, well-formed, not too deep, no name twice?

use std::{collections::HashSet, fmt};

use axum::http::StatusCode;
use serde::{
    Deserializer,
    de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor},
};

use crate::refusal::Refusal;

/// The deepest nesting. A job needs four levels; a parser's stack is not the client's to fill.
const DEPTH_MAX: usize = 16;

/// Checks the document and returns the path of the first list in it that is none of these.
pub(super) fn check(text: &str, lists: &[&str]) -> Result<Option<String>, Refusal> {
    if !text.trim_ascii_start().starts_with(['{', '[']) && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok() {
        return Err(not_an_object());
    }
    let mut found = Found { lists, other_list: None, is_list: false, fault: None };
    let mut deserializer = serde_json::Deserializer::from_str(text);
    Walk { found: &mut found, place: Place::Top, depth: 0 }
        .deserialize(&mut deserializer)
        .and_then(|()| deserializer.end())
        .map_err(|error| refusal(&found, &error))?;
    if found.is_list {
        return Err(not_an_object());
    }
    Ok(found.other_list)
}

/// What the walk met. A path is as long as the client likes: of all those in a document, one is written out at most.
struct Found<'l> {
    /// Paths of lists that are as they should be.
    lists: &'l [&'l str],
    /// The first other one.
    other_list: Option<String>,
    /// Whether the document itself is a list.
    is_list: bool,
    fault: Option<Fault>,
}

/// A fault that is not one of syntax, and where it is.
enum Fault {
    TooDeep(String),
    Twice(String),
}

fn refusal(found: &Found<'_>, error: &serde_json::Error) -> Refusal {
    let at = format!("at line {} column {}", error.line(), error.column());
    let bad = |kind, detail| Refusal::new(StatusCode::BAD_REQUEST, kind, detail);
    match &found.fault {
        Some(Fault::TooDeep(path)) => {
            bad("json-too-deep", format!("the JSON is nested deeper than {DEPTH_MAX} levels {at}")).field(path)
        }
        Some(Fault::Twice(path)) => {
            bad("duplicate-field", format!("\"{path}\" is given twice, the second time {at}")).field(path)
        }
        // The beginning is the original's text.
        None => bad("invalid-json", format!("failed to parse request body: {error}")),
    }
}

fn not_an_object() -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, "wrong-type", "the body must be one JSON object: {\"language\": …, \"source\": …}")
}

/// Where in the document the walk is: a chain on the stack, written out only when somebody asks.
#[derive(Clone, Copy)]
enum Place<'p> {
    Top,
    Name(&'p Place<'p>, &'p str),
    Index(&'p Place<'p>, usize),
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Top => Ok(()),
            Place::Name(Place::Top, name) => f.write_str(name),
            Place::Name(parent, name) => write!(f, "{parent}.{name}"),
            Place::Index(parent, index) => write!(f, "{parent}[{index}]"),
        }
    }
}

impl Place<'_> {
    /// Whether this is its path; compared as far as it is the same, and not written out.
    fn is(&self, path: &str) -> bool {
        let mut rest = Rest(path);
        fmt::write(&mut rest, format_args!("{self}")).is_ok() && rest.0.is_empty()
    }
}

/// What is left of a path when the beginning of another one was the same.
struct Rest<'p>(&'p str);

impl fmt::Write for Rest<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 = self.0.strip_prefix(text).ok_or(fmt::Error)?;
        Ok(())
    }
}

/// One value of the document, and everything in it.
struct Walk<'w, 'l> {
    found: &'w mut Found<'l>,
    place: Place<'w>,
    depth: usize,
}

impl Walk<'_, '_> {
    /// Refuses the value when it is too deep.
    fn enter<E: Error>(&mut self) -> Result<usize, E> {
        if self.depth == DEPTH_MAX {
            return Err(self.fail(Fault::TooDeep(self.place.to_string())));
        }
        Ok(self.depth + 1)
    }

    fn fail<E: Error>(&mut self, fault: Fault) -> E {
        self.found.fault = Some(fault);
        E::custom("refused")
    }
}

impl<'de> DeserializeSeed<'de> for Walk<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        let depth = self.enter()?;
        let mut names = HashSet::new();
        while let Some(name) = map.next_key::<String>()? {
            let place = Place::Name(&self.place, &name);
            if names.contains(&name) {
                let path = place.to_string();
                return Err(self.fail(Fault::Twice(path)));
            }
            map.next_value_seed(Walk { found: self.found, place, depth })?;
            names.insert(name);
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<(), A::Error> {
        let depth = self.enter()?;
        self.found.is_list |= matches!(self.place, Place::Top);
        if self.found.other_list.is_none() && !self.found.lists.iter().any(|list| self.place.is(list)) {
            self.found.other_list = Some(self.place.to_string());
        }
        let mut index = 0;
        while let Some(()) =
            seq.next_element_seed(Walk { found: self.found, place: Place::Index(&self.place, index), depth })?
        {
            index += 1;
        }
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}
