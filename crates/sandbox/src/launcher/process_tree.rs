//! Processor time of a sandbox's processes on a host without a cgroup for it, read from /proc (proc_pid_stat(5)).

use std::{fs, time::Duration};

use rustix::process::Pid;

/// Time used by all processes below `init` that are alive, and by those that their parents have waited for; not init's own.
pub(super) fn cpu_time(init: Pid) -> Duration {
    let init = init.as_raw_nonzero().get();
    let reaped = times(init)[2..].iter().sum::<u64>();
    let ticks = reaped + children(init).into_iter().map(|child| descend(child, 0)).sum::<u64>();
    let per_second = rustix::param::clock_ticks_per_second().max(1);
    Duration::from_micros(ticks * 1_000_000 / per_second)
}

/// Ticks of a process and its descendants. The depth is bounded, since a hostile tree may be as deep as its process limit.
fn descend(pid: i32, depth: u32) -> u64 {
    const DEEPEST: u32 = 512;
    let own = times(pid).iter().sum::<u64>();
    let children = if depth < DEEPEST { children(pid) } else { Vec::new() };
    own + children.into_iter().map(|child| descend(child, depth + 1)).sum::<u64>()
}

/// User and system time in ticks, of a process and of the children it waited for.
fn times(pid: i32) -> [u64; 4] {
    fs::read_to_string(format!("/proc/{pid}/stat")).map_or([0; 4], |stat| parse_times(&stat))
}

/// Fields 14 to 17.
fn parse_times(stat: &str) -> [u64; 4] {
    // The second field is the program's name in brackets, which may hold anything.
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields);
    let mut times = fields.split_whitespace().skip(11).map(|field| field.parse().unwrap_or(0));
    std::array::from_fn(|_| times.next().unwrap_or(0))
}

fn children(pid: i32) -> Vec<i32> {
    let Ok(threads) = fs::read_dir(format!("/proc/{pid}/task")) else { return Vec::new() };
    let lists = threads.flatten().filter_map(|thread| fs::read_to_string(thread.path().join("children")).ok());
    lists.flat_map(|list| list.split_whitespace().filter_map(|pid| pid.parse().ok()).collect::<Vec<_>>()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_programs_name_cannot_forge_its_time() {
        let stat = "7 (evil) R 9 9 9) S 1 7 7 0 -1 4194304 1 2 3 4 10 20 30 40 20 0 1 0";
        assert_eq!(parse_times(stat), [10, 20, 30, 40]);
    }
}
