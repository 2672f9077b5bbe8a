//! How sizes and times stand in the configuration file: as text with a unit, never as a bare number.

/// A size in bytes: `"1MiB"`.
pub(super) mod size {
    use codecanvas_engine::units;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(in crate::config) fn serialize<S: Serializer>(bytes: &usize, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&units::format_size(*bytes as u64))
    }

    pub(in crate::config) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<usize, D::Error> {
        let bytes = units::parse_size(&String::deserialize(deserializer)?).map_err(D::Error::custom)?;
        usize::try_from(bytes).map_err(D::Error::custom)
    }
}

/// A time: `"10s"`.
pub(super) mod time {
    use std::time::Duration;

    use codecanvas_engine::units;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(in crate::config) fn serialize<S: Serializer>(time: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&units::format_time(u64::try_from(time.as_millis()).unwrap_or(u64::MAX)))
    }

    pub(in crate::config) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
        let milliseconds = units::parse_time(&String::deserialize(deserializer)?).map_err(D::Error::custom)?;
        Ok(Duration::from_millis(milliseconds))
    }
}
