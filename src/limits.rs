//! Limits as people write and read them: `--limit memory=256MiB`, `5 s`, `64 MiB`.

use codecanvas_engine::EngineConfig;
use codecanvas_protocol::LimitsSpec;

/// What `--limit` takes, for `--help`.
pub(crate) const HELP: &str = "Limits:
  cpu_time, wall_time                         times: 500ms, 2s, 1.5s, 1m
  memory, output, file_size, disk, stack      sizes: 64KiB, 256MiB, 1GiB
  processes, disk_files, open_files           plain numbers";

/// One limit from the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limit {
    name: &'static str,
    value: u64,
}

/// Reads `NAME=VALUE`; the name may have `-` for `_`.
pub(crate) fn parse(text: &str) -> Result<Limit, String> {
    let (name, value) = text.split_once('=').ok_or("write NAME=VALUE, for example memory=256MiB")?;
    let (name, value) = EngineConfig::parse_limit(&name.trim().replace('-', "_"), value)?;
    Ok(Limit { name, value })
}

/// All limits from the command line as one; of two with the same name the last one counts.
pub(crate) fn spec(limits: &[Limit]) -> LimitsSpec {
    let mut spec = LimitsSpec::default();
    for limit in limits {
        spec.set(limit.name, limit.value);
    }
    spec
}

/// A size for people, at most one decimal: `512 MiB`, `1.5 GiB`, `17 B`.
pub(crate) fn bytes(count: u64) -> String {
    let units = [("GiB", 1u64 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)];
    match units.into_iter().find(|(_, size)| count >= *size) {
        Some((unit, size)) => format!("{} {unit}", short_decimal(count as f64 / size as f64)),
        None => format!("{count} B"),
    }
}

/// A time for people: `5 s`, `1.5 s`, `250 ms`.
pub(crate) fn milliseconds(count: u64) -> String {
    match count {
        0..1000 => format!("{count} ms"),
        _ if count.is_multiple_of(100) => format!("{} s", short_decimal(count as f64 / 1000.0)),
        _ => format!("{:.3} s", count as f64 / 1000.0),
    }
}

fn short_decimal(number: f64) -> String {
    let text = format!("{number:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_a_name_and_a_value_with_a_unit() {
        assert_eq!(parse("memory=256MiB"), Ok(Limit { name: "memory_bytes", value: 256 << 20 }));
        assert_eq!(parse("cpu-time=1.5s"), Ok(Limit { name: "cpu_time_ms", value: 1500 }));
        assert_eq!(parse("processes=8"), Ok(Limit { name: "processes", value: 8 }));
    }

    #[test]
    fn a_wrong_limit_is_refused_with_the_way_to_mend_it() {
        assert!(parse("memory").unwrap_err().contains("NAME=VALUE"));
        assert!(parse("memory=256").unwrap_err().contains("with its unit"));
        assert!(parse("memroy=1MiB").unwrap_err().contains("there are cpu_time, wall_time, memory"));
    }

    #[test]
    fn the_last_limit_of_a_name_counts() {
        let limits = ["cpu_time=1s", "memory=1MiB", "cpu_time=2s"].map(|text| parse(text).unwrap());
        assert_eq!(spec(&limits), LimitsSpec { cpu_time_ms: Some(2000), memory_bytes: Some(1 << 20), ..LimitsSpec::default() });
    }

    #[test]
    fn amounts_are_short() {
        assert_eq!([bytes(17), bytes(1536 << 20), bytes(64 << 20)], ["17 B", "1.5 GiB", "64 MiB"]);
        assert_eq!([250, 5000, 1500, 1234].map(milliseconds), ["250 ms", "5 s", "1.5 s", "1.234 s"]);
    }
}
