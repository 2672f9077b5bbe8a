//! A container whose memory runs out: what programs may have is less than what each is promised.

use std::{fs, io::Write, os::unix::process::CommandExt, process::Command as Process};

use super::group::Group;
use crate::support::{executable, is_root, wait_until};

/// Becomes what a container engine makes of a group: the root of the tree of groups, as far as one can see. Then the program is started.
const ENTER: &str = r#"
echo $$ >"$GROUP/cgroup.procs"
exec unshare --mount --cgroup --propagation private sh -ec '
    umount --lazy "$MOUNT"
    if [ -n "$CONTROLLER" ]; then mount -t cgroup -o "$CONTROLLER" cgroup "$MOUNT"; else mount -t cgroup2 cgroup2 "$MOUNT"; fi
    exec "$@"' sh "$@"
"#;

#[test]
fn a_program_within_its_limit_is_not_blamed_for_a_container_without_memory() {
    let test = "a_program_within_its_limit_is_not_blamed_for_a_container_without_memory";
    if !is_root() {
        eprintln!("NOT RUN: {test}: only root can make such a container");
        return;
    }
    let run = |bytes: u64, limit: &str| {
        // A group for each: where a launcher was, groups are below, and on cgroup v2 no process may join them from above any more.
        let group = Group::make("memory", test)?;
        group.limit_memory(300 << 20);
        let mut program = tempfile::Builder::new().suffix(".py").tempfile().expect("a temporary file");
        write!(program, "print(len(b'x' * {bytes}))").expect("a temporary file can be written");
        let folder = group.folder();
        let output = Process::new("sh")
            .args(["-ec", ENTER, "sh"])
            .arg(executable())
            .args(["run", "--limit", limit])
            .arg(program.path())
            .env("GROUP", folder)
            .env("MOUNT", folder.parent().expect("a mount point"))
            .env("CONTROLLER", if group.is_v2() { "" } else { "memory" })
            .process_group(0)
            .output()
            .expect("sh is there");
        wait_until("nothing is left in the group", || {
            let below = fs::read_dir(folder).expect("the group is there").flatten();
            below.filter(|entry| entry.path().is_dir()).all(|entry| fs::remove_dir(entry.path()).is_ok())
        });
        Some(output)
    };
    let Some(fine) = run(1 << 20, "memory=1GiB") else { return };
    assert_eq!(String::from_utf8_lossy(&fine.stdout), "1048576\n", "{}", String::from_utf8_lossy(&fine.stderr));

    let starved = run(600 << 20, "memory=1GiB").expect("as before");
    let told = String::from_utf8_lossy(&starved.stderr);
    assert!(told.contains("this machine ran out of memory"), "{:?}: {told}", starved.status);
    // Its own limit is its own matter, in a container as elsewhere.
    let greedy = run(600 << 20, "memory=64MiB").expect("as before");
    let told = String::from_utf8_lossy(&greedy.stderr);
    assert!(told.contains("memory") && !told.contains("machine"), "{:?}: {told}", greedy.status);
    assert_eq!(greedy.status.code(), Some(137));
}
