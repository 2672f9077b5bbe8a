//! Sizes and times as people write them: `256MiB`, `1.5GiB`, `500ms`, `2m`; and limits by name, `memory=256MiB`.
//!
//! Binary and decimal prefixes mean what they say (`KiB` is 1024 bytes, `kB` is 1000); a lone `K`, `M` or `G` is binary, as in
//! systemd and Docker. A bare number is refused wherever its unit
//! would have to be guessed: `memory = 512` has been bytes, kilobytes and megabytes to one program or another.

use codecanvas_protocol::LimitsSpec;

const SIZES: &[(&str, u64)] = &[
    ("B", 1),
    ("KiB", 1 << 10),
    ("MiB", 1 << 20),
    ("GiB", 1 << 30),
    ("TiB", 1 << 40),
    ("kB", 1_000),
    ("MB", 1_000_000),
    ("GB", 1_000_000_000),
    ("TB", 1_000_000_000_000),
    ("K", 1 << 10),
    ("M", 1 << 20),
    ("G", 1 << 30),
];

const TIMES: &[(&str, u64)] = &[("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("min", 60_000)];

/// What a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Bytes, written as a size.
    Bytes,
    /// Milliseconds, written as a time.
    Milliseconds,
    /// Things: processes, files.
    Count,
}

impl Unit {
    /// The unit of the limit of that full name.
    pub(crate) fn of(limit: &str) -> Unit {
        match limit {
            name if name.ends_with("_bytes") => Unit::Bytes,
            name if name.ends_with("_ms") => Unit::Milliseconds,
            _ => Unit::Count,
        }
    }

    /// A value as [`parse_limit`] reads it.
    pub(crate) fn format(self, value: u64) -> String {
        match self {
            Unit::Bytes => format_size(value),
            Unit::Milliseconds => format_time(value),
            Unit::Count => value.to_string(),
        }
    }

    fn parse(self, text: &str) -> Result<u64, String> {
        match self {
            Unit::Bytes => parse_size(text),
            Unit::Milliseconds => parse_time(text),
            Unit::Count => text.trim().parse().map_err(|_| format!("`{text}` is not a whole number")),
        }
    }
}

/// A size in bytes from `256MiB`, `64KiB`, `1.5GiB`, `10MB`, `100B`; case does not matter. A fraction of a byte is dropped.
///
/// # Errors
/// A sentence that says how a size is written.
pub fn parse_size(text: &str) -> Result<u64, String> {
    quantity(text, SIZES)
        .ok_or_else(|| format!("`{text}` is not a size: write a number with its unit, like \"256MiB\" or \"64KiB\""))
}

/// A time in milliseconds from `500ms`, `2s`, `1.5s`, `1m`, `1h`. A fraction of a millisecond is dropped.
///
/// # Errors
/// A sentence that says how a time is written.
pub fn parse_time(text: &str) -> Result<u64, String> {
    quantity(text, TIMES)
        .ok_or_else(|| format!("`{text}` is not a time: write a number with its unit, like \"2s\" or \"500ms\""))
}

/// A size in bytes as [`parse_size`] reads it, in the largest binary unit that is exact: `256MiB`, `1000B`.
pub fn format_size(bytes: u64) -> String {
    format_exactly(bytes, &SIZES[..5])
}

/// A time in milliseconds as [`parse_time`] reads it, in the largest unit that is exact: `2s`, `90s`, `1m`, `1500ms`.
pub fn format_time(milliseconds: u64) -> String {
    format_exactly(milliseconds, &TIMES[..4])
}

/// A limit from its name and its text, as its full name and its value in the unit that this name ends with.
///
/// The name is the full one (`memory_bytes`, `wall_time_ms`) or the short one without the unit (`memory`, `wall_time`); `-` may stand for `_`. Sizes
/// and times are written with their unit; a bare number is enough only where the full name has told it.
///
/// # Errors
/// A sentence: a name that no limit has (with those there are), a missing unit, zero, or more than 30 days.
pub fn parse_limit(name: &str, text: &str) -> Result<(&'static str, u64), String> {
    let written = name.replace('-', "_");
    let is_called = |full: &&&str| **full == written || short_name(full) == written;
    let full = LimitsSpec::NAMES.iter().find(is_called).ok_or_else(|| {
        let names: Vec<&str> = LimitsSpec::NAMES.iter().map(|name| short_name(name)).collect();
        format!("there is no limit `{name}`; there are {}", names.join(", "))
    })?;
    let bare = if written == *full { text.trim().parse().ok() } else { None };
    let value = match bare {
        Some(value) => value,
        None => Unit::of(full).parse(text).map_err(|message| format!("{name}: {message}"))?,
    };
    if value == 0 {
        return Err(format!("{name}: a limit of zero lets nothing run; leave it out to have the default"));
    }
    if Unit::of(full) == Unit::Milliseconds && value > LONGEST_MS {
        return Err(format!("{name}: {TOO_LONG}"));
    }
    Ok((full, value))
}

/// The longest time that a program may be given.
pub(super) const LONGEST_MS: u64 = codecanvas_sandbox::LONGEST_RUN.as_millis() as u64;
/// What is said of a longer one.
pub(super) const TOO_LONG: &str = "no program may run for longer than 30 days";

/// A limit's name without its unit: `memory` for `memory_bytes`.
pub fn short_name(full: &str) -> &str {
    full.strip_suffix("_bytes").or_else(|| full.strip_suffix("_ms")).unwrap_or(full)
}

/// A decimal number and one of these units, in the smallest of them. `None` when it is neither, or too large for a `u64`.
fn quantity(text: &str, units: &[(&str, u64)]) -> Option<u64> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = (&text[..end], text[end..].trim_start());
    let (_, factor) = units.iter().find(|(name, _)| name.eq_ignore_ascii_case(unit))?;
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    if fraction.is_empty() || fraction.len() > 9 {
        return None;
    }
    let scale = 10_u128.pow(u32::try_from(fraction.len()).ok()?);
    let fraction = u128::from(fraction.parse::<u64>().ok()?) * u128::from(*factor) / scale;
    let whole = u128::from(whole.parse::<u64>().ok()?) * u128::from(*factor);
    u64::try_from(whole + fraction).ok()
}

fn format_exactly(value: u64, units: &[(&str, u64)]) -> String {
    let exact = |&&(_, factor): &&(&str, u64)| value != 0 && value.is_multiple_of(factor);
    let (name, factor) = units.iter().rev().find(exact).unwrap_or(&units[0]);
    format!("{}{name}", value / factor)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn sizes_are_read_with_their_units() {
        assert_eq!(parse_size("256MiB"), Ok(256 << 20));
        assert_eq!(parse_size(" 64 kib "), Ok(64 << 10));
        assert_eq!(parse_size("1GB"), Ok(1_000_000_000));
        assert_eq!(parse_size("1.5GiB"), Ok(3 << 29));
        assert_eq!(parse_size("100B"), Ok(100));
        assert_eq!(parse_size("256M"), Ok(256 << 20));
        for text in ["", "256", "MiB", "256Mb/s", "-1MiB", "1..5MiB", "1.MiB", ".5MiB", "1e3MiB", "99999999999TiB", "１MiB"] {
            assert!(parse_size(text).unwrap_err().contains("like \"256MiB\""), "{text}");
        }
    }

    #[test]
    fn times_are_read_with_their_units() {
        assert_eq!(parse_time("2s"), Ok(2000));
        assert_eq!(parse_time("500ms"), Ok(500));
        assert_eq!(parse_time("1.25s"), Ok(1250));
        assert_eq!(parse_time("1m"), Ok(60_000));
        assert_eq!(parse_time("1h"), Ok(3_600_000));
        assert_eq!(parse_time("2min"), Ok(120_000));
        for text in ["", "2", "s", "2 minutes", "-2s", "1.s", "∞s"] {
            assert!(parse_time(text).unwrap_err().contains("like \"2s\""), "{text}");
        }
    }

    #[test]
    fn limits_have_a_full_and_a_short_name() {
        assert_eq!(parse_limit("memory", "256MiB"), Ok(("memory_bytes", 256 << 20)));
        assert_eq!(parse_limit("memory_bytes", "1048576"), Ok(("memory_bytes", 1 << 20)));
        assert_eq!(parse_limit("wall_time", "2s"), Ok(("wall_time_ms", 2000)));
        assert_eq!(parse_limit("wall_time_ms", "2s"), Ok(("wall_time_ms", 2000)));
        assert_eq!(parse_limit("processes", "12"), Ok(("processes", 12)));
        assert_eq!(parse_limit("wall-time", "2s"), Ok(("wall_time_ms", 2000)));
        for full in LimitsSpec::NAMES {
            assert_eq!(parse_limit(full, "7"), Ok((*full, 7)));
            assert_eq!(parse_limit(short_name(full), &Unit::of(full).format(7)), Ok((*full, 7)));
        }
    }

    #[test]
    fn a_limit_without_its_unit_is_refused_with_the_way_to_write_it() {
        assert_eq!(
            parse_limit("memory", "256").unwrap_err(),
            "memory: `256` is not a size: write a number with its unit, like \"256MiB\" or \"64KiB\""
        );
        assert!(parse_limit("cpu_time", "2").unwrap_err().starts_with("cpu_time: `2` is not a time"));
        assert!(parse_limit("processes", "many").unwrap_err().contains("not a whole number"));
        assert!(parse_limit("memory", "0MiB").unwrap_err().contains("zero"));
        assert_eq!(parse_limit("wall_time", "720h"), Ok(("wall_time_ms", LONGEST_MS)));
        assert!(parse_limit("cpu_time", "721h").unwrap_err().contains("longer than 30 days"));
        assert!(parse_limit("ram", "1GiB").unwrap_err().contains("there are cpu_time, wall_time, memory, processes, output,"));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(value: u64) {
            prop_assert_eq!(parse_size(&format_size(value)), Ok(value));
            prop_assert_eq!(parse_time(&format_time(value)), Ok(value));
        }

        #[test]
        fn no_text_is_too_strange(name: String, text: String) {
            let _ = (parse_size(&text), parse_time(&text), parse_limit(&name, &text), parse_limit("memory_bytes", &text));
        }
    }
}
