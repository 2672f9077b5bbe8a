//! The client's limits against the ceilings, and the program's files against the limits.

use codecanvas_protocol::LimitsSpec;
use codecanvas_sandbox::FileEntry;

use super::{PhasePlan, files, invalid, limits_field};
use crate::{
    Invalid,
    config::units::{Unit, format_size},
};

/// What a tmpfs gives a file at least, and in steps of.
const PAGE: u64 = 4096;

/// That every wish is more than zero and at or below its ceiling. `field` is where the wishes stand: `limits`.
pub(super) fn check(field: &str, wishes: &LimitsSpec, ceilings: &LimitsSpec) -> Result<(), Invalid> {
    for ((name, wish), (_, ceiling)) in wishes.entries().zip(ceilings.entries()) {
        let Some(wish) = wish else { continue };
        if wish == 0 {
            let message = "a limit of zero lets nothing run; leave it out to have the default";
            return Err(invalid("limit-zero", format!("{field}.{name}"), message));
        }
        if let Some(ceiling) = ceiling.filter(|ceiling| wish > *ceiling) {
            let message = format!("{} is above the ceiling of {}; ask for less", both(name, wish), both(name, ceiling));
            return Err(invalid("limit-above-ceiling", format!("{field}.{name}"), message));
        }
    }
    Ok(())
}

/// A value as the client writes it and as people read it: `2147483648 (2GiB)`.
fn both(limit: &str, value: u64) -> String {
    match Unit::of(limit) {
        Unit::Count => value.to_string(),
        unit => format!("{value} ({})", unit.format(value)),
    }
}

/// That the program's files fit into the first phase's working directory and memory: one that does not fit could not even be put
/// there, which would look like a failure of ours.
pub(super) fn check_room(files: &[FileEntry], first: &PhasePlan) -> Result<(), Invalid> {
    let bytes: u64 = files.iter().map(|file| (file.content.len() as u64).next_multiple_of(PAGE)).sum();
    // The working directory itself is one as well.
    let entries = files::count(files) + 1;
    let limits = &first.limits;
    let too_small = |name: &str, needed: String, allowed: String| {
        let message = format!("the program's files need {needed}; the limit is {allowed}");
        Err(invalid("limit-too-small", format!("{}.{name}", limits_field(first.phase)), message))
    };
    if bytes > limits.disk_bytes {
        return too_small("disk_bytes", format_size(bytes), format_size(limits.disk_bytes));
    }
    if bytes > limits.memory_bytes {
        return too_small("memory_bytes", format_size(bytes), format_size(limits.memory_bytes));
    }
    if entries > limits.disk_files {
        return too_small("disk_files", entries.to_string(), limits.disk_files.to_string());
    }
    Ok(())
}
