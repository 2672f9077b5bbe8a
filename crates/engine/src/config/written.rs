//! How sizes, times and limits stand in a configuration file: as text with a unit, never as a bare number.

/// A size in bytes: `"64MiB"`.
pub(super) mod size {
    use serde::{Deserializer, Serializer};

    use super::Text;
    use crate::config::units;

    pub(in crate::config) fn serialize<S: Serializer>(bytes: &u64, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&units::format_size(*bytes))
    }

    pub(in crate::config) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
        Text::read(deserializer, units::parse_size)
    }
}

/// A time: `"30s"`.
pub(super) mod time {
    use std::time::Duration;

    use serde::{Deserializer, Serializer};

    use super::Text;
    use crate::config::units;

    pub(in crate::config) fn serialize<S: Serializer>(time: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&units::format_time(u64::try_from(time.as_millis()).unwrap_or(u64::MAX)))
    }

    pub(in crate::config) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
        Text::read(deserializer, units::parse_time).map(Duration::from_millis)
    }
}

/// A time that a program may take: more than none, and no more than the sandbox gives any.
pub(super) mod time_of_run {
    use std::time::Duration;

    use serde::Deserializer;

    use super::Text;
    pub(in crate::config) use super::time::serialize;
    use crate::config::units;

    pub(in crate::config) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
        let parse = |text: &str| match units::parse_time(text)? {
            0 => Err("a time of zero lets nothing run; leave it out to have the default".to_owned()),
            milliseconds if milliseconds > units::LONGEST_MS => Err(units::TOO_LONG.to_owned()),
            milliseconds => Ok(Duration::from_millis(milliseconds)),
        };
        Text::read(deserializer, parse)
    }
}

/// Limits by their short names, those that are given: `memory = "256MiB"`, `processes = 64`.
pub(super) mod limits {
    use std::fmt;

    use codecanvas_protocol::LimitsSpec;
    use serde::{
        Deserializer, Serialize, Serializer,
        de::{Error, MapAccess, Visitor},
        ser::SerializeMap,
    };

    use super::Text;
    use crate::config::units::{self, Unit, short_name};

    pub(in crate::config) fn serialize<S: Serializer>(limits: &LimitsSpec, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, value) in limits.entries() {
            match (Unit::of(name), value) {
                (_, None) => {}
                (Unit::Count, Some(count)) => entry(&mut map, short_name(name), &count)?,
                (unit, Some(value)) => entry(&mut map, short_name(name), &unit.format(value))?,
            }
        }
        map.end()
    }

    fn entry<M: SerializeMap>(map: &mut M, name: &str, value: &(impl Serialize + ?Sized)) -> Result<(), M::Error> {
        map.serialize_entry(name, value)
    }

    pub(in crate::config) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<LimitsSpec, D::Error> {
        struct Table;
        impl<'de> Visitor<'de> for Table {
            type Value = LimitsSpec;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a table of limits, like { memory = \"256MiB\", processes = 64 }")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<LimitsSpec, M::Error> {
                let mut limits = LimitsSpec::default();
                while let Some(name) = map.next_key::<String>()? {
                    let Text(text) = map.next_value()?;
                    let (full, value) = units::parse_limit(&name, &text).map_err(Error::custom)?;
                    if limits.entries().any(|(name, value)| name == full && value.is_some()) {
                        return Err(Error::custom(format!("the limit `{}` is given twice", short_name(full))));
                    }
                    limits.set(full, value);
                }
                Ok(limits)
            }
        }
        deserializer.deserialize_map(Table)
    }
}

/// A text, or a number taken as its text: so a bare number meets the same rules, and the same message, as everything else.
struct Text(String);

impl Text {
    fn read<'de, D, T>(deserializer: D, parse: impl Fn(&str) -> Result<T, String>) -> Result<T, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        let Text(text) = serde::Deserialize::deserialize(deserializer)?;
        parse(&text).map_err(serde::de::Error::custom)
    }
}

impl<'de> serde::Deserialize<'de> for Text {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Text, D::Error> {
        struct Scalar;
        impl serde::de::Visitor<'_> for Scalar {
            type Value = Text;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a text with a unit, like \"256MiB\" or \"2s\", or a count")
            }

            fn visit_str<E>(self, text: &str) -> Result<Text, E> {
                Ok(Text(text.to_owned()))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Text, E> {
                Ok(Text(number.to_string()))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Text, E> {
                Ok(Text(number.to_string()))
            }

            fn visit_f64<E>(self, number: f64) -> Result<Text, E> {
                Ok(Text(number.to_string()))
            }
        }
        deserializer.deserialize_any(Scalar)
    }
}
