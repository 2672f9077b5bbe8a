//! Which hierarchies this host has mounted, with which controllers, and where a folder of ours can be.

use std::{
    fs, io,
    os::fd::{AsFd, OwnedFd},
    path::{Path, PathBuf},
};

use rustix::{
    fs::{Mode, OFlags, mkdirat, openat},
    io::Errno,
};

use super::{Hierarchy, Tree, read, write};

/// What we use of cgroups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Controller {
    /// Memory limit and peak.
    Memory,
    /// Number of processes and threads.
    Pids,
    /// Processor time.
    Cpu,
}

/// The version of a hierarchy's interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Version {
    /// A hierarchy per controller.
    V1,
    /// The unified hierarchy.
    V2,
}

/// The name of our folder in each hierarchy.
const FOLDER: &str = "codecanvas";
/// On v2 a group with limited children may have no process of its own: those that were there move here.
const NEIGHBOURS: &str = "codecanvas-host";

/// A mounted hierarchy, as in /proc/self/mountinfo.
#[derive(Debug, PartialEq, Eq)]
struct Mounted {
    version: Version,
    mount_point: PathBuf,
    /// Super options of v1: its controllers.
    options: Vec<String>,
}

/// Opens what this host has and lets us use; controllers that cannot be had are left out.
pub(crate) fn open() -> Tree {
    let mounted = fs::read_to_string("/proc/self/mountinfo").map(|text| parse_mountinfo(&text)).unwrap_or_default();
    let own = fs::read_to_string("/proc/self/cgroup").unwrap_or_default();
    let mut wanted = vec![Controller::Memory, Controller::Pids, Controller::Cpu];
    let mut tree = Tree::default();
    for hierarchy in &mounted {
        let opened = match hierarchy.version {
            Version::V1 => open_v1(hierarchy, &wanted),
            Version::V2 => open_v2(hierarchy, &own, &wanted),
        };
        if let Some(opened) = opened {
            wanted.retain(|controller| !opened.controllers.contains(controller));
            tree.hierarchies.push(opened);
        }
    }
    tree
}

fn open_v1(mounted: &Mounted, wanted: &[Controller]) -> Option<Hierarchy> {
    let name = |controller: &Controller| match controller {
        Controller::Memory => "memory",
        Controller::Pids => "pids",
        Controller::Cpu => "cpuacct",
    };
    let controllers: Vec<_> =
        wanted.iter().copied().filter(|wanted| mounted.options.iter().any(|option| option == name(wanted))).collect();
    if controllers.is_empty() {
        return None;
    }
    let base = open_folder(&mounted.mount_point).ok()?;
    Some(Hierarchy { version: Version::V1, controllers, base })
}

/// Our folder lies in our own group where a service manager says that it is ours (it alone may write elsewhere, and what it allows
/// the service shall bound the runs too); else at the root of the hierarchy where we may write there (root on a host or in a
/// container); else in our own group again (a subtree that was delegated by hand, or below a user's service manager).
fn open_v2(mounted: &Mounted, own: &str, wanted: &[Controller]) -> Option<Hierarchy> {
    let own = own.lines().find_map(|line| line.strip_prefix("0::/")).map(before_neighbours)?;
    let root = mounted.mount_point.clone();
    let own = root.join(own);
    let places = if is_delegated(&own) { [own, root] } else { [root, own] };
    places.into_iter().find_map(|place| open_v2_at(&place, wanted).ok()).filter(|hierarchy| !hierarchy.controllers.is_empty())
}

/// The group that we or another launcher moved us out of, which has our folder.
fn before_neighbours(own: &str) -> &str {
    let mut start = 0;
    for name in own.split('/') {
        if name == NEIGHBOURS {
            return own[..start].trim_end_matches('/');
        }
        start += name.len() + 1;
    }
    own
}

/// Whether systemd handed this group to its service (Delegate=, see "Control Group APIs and Delegation").
fn is_delegated(group: &Path) -> bool {
    ["trusted.delegate", "user.delegate"].into_iter().any(|name| {
        let mut value = [0; 1];
        rustix::fs::getxattr(group, name, &mut value[..]).is_ok_and(|_| value == *b"1")
    })
}

fn open_v2_at(place: &Path, wanted: &[Controller]) -> io::Result<Hierarchy> {
    let parent = open_directory(place)?;
    enable(&parent, wanted)?;
    let base = open_folder(place)?;
    enable(&base, wanted)?;
    let enabled = read(base.as_fd(), "cgroup.subtree_control")?;
    let controllers: Vec<_> = wanted
        .iter()
        .copied()
        // Processor time is counted in every group, enabled or not.
        .filter(|wanted| *wanted == Controller::Cpu || enabled.split_whitespace().any(|name| name == v2_name(*wanted)))
        .collect();
    Ok(Hierarchy { version: Version::V2, controllers, base })
}

fn v2_name(controller: Controller) -> &'static str {
    match controller {
        Controller::Memory => "memory",
        Controller::Pids => "pids",
        Controller::Cpu => "cpu",
    }
}

/// Hands the wanted controllers that a group has to its children.
fn enable(group: &OwnedFd, wanted: &[Controller]) -> io::Result<()> {
    let available = read(group.as_fd(), "cgroup.controllers")?;
    let enabled = read(group.as_fd(), "cgroup.subtree_control")?;
    let has = |list: &str, name| list.split_whitespace().any(|word| word == name);
    for name in wanted.iter().map(|controller| v2_name(*controller)) {
        if !has(&available, name) || has(&enabled, name) {
            continue;
        }
        let line = format!("+{name}");
        let result = write(group.as_fd(), "cgroup.subtree_control", &line);
        if result.as_ref().is_err_and(|error| error.raw_os_error() == Some(libc::EBUSY)) {
            move_neighbours(group)?;
            write(group.as_fd(), "cgroup.subtree_control", &line)?;
        } else {
            result?;
        }
    }
    Ok(())
}

/// Moves a group's own processes (us and whoever shares our service or container) into a child of it.
fn move_neighbours(group: &OwnedFd) -> io::Result<()> {
    make(group, NEIGHBOURS)?;
    let child = openat(group, NEIGHBOURS, OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())?;
    for pid in read(group.as_fd(), "cgroup.procs")?.lines() {
        match write(child.as_fd(), "cgroup.procs", pid) {
            // It ended meanwhile.
            Err(error) if error.raw_os_error() == Some(libc::ESRCH) => {}
            other => other?,
        }
    }
    Ok(())
}

fn open_folder(place: &Path) -> io::Result<OwnedFd> {
    let parent = open_directory(place)?;
    make(&parent, FOLDER)?;
    let folder = openat(&parent, FOLDER, OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())?;
    // A folder of another user's can be opened but not used.
    rustix::fs::accessat(&folder, ".", rustix::fs::Access::WRITE_OK, rustix::fs::AtFlags::empty())?;
    Ok(folder)
}

fn open_directory(path: &Path) -> io::Result<OwnedFd> {
    Ok(rustix::fs::open(path, OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())?)
}

fn make(parent: &OwnedFd, name: &str) -> io::Result<()> {
    match mkdirat(parent, name, Mode::from_raw_mode(0o755)) {
        Ok(()) | Err(Errno::EXIST) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// The cgroup mounts of proc_pid_mountinfo(5) text.
fn parse_mountinfo(text: &str) -> Vec<Mounted> {
    text.lines()
        .filter_map(|line| {
            let (left, right) = line.split_once(" - ")?;
            let mut right = right.split(' ');
            let version = match right.next()? {
                "cgroup" => Version::V1,
                "cgroup2" => Version::V2,
                _ => return None,
            };
            let options = right.nth(1)?.split(',').map(str::to_owned).collect();
            Some(Mounted { version, mount_point: PathBuf::from(left.split(' ').nth(4)?), options })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_launcher_among_the_neighbours_of_another_uses_the_same_folder() {
        assert_eq!(before_neighbours("a/b"), "a/b");
        assert_eq!(before_neighbours("a/codecanvas-host"), "a");
        assert_eq!(before_neighbours("codecanvas-host"), "");
        assert_eq!(before_neighbours("a/codecanvas-host/codecanvas-host"), "a");
        assert_eq!(before_neighbours(""), "");
    }

    #[test]
    fn hierarchies_are_found_in_mountinfo() {
        let text = "\
29 23 0:25 / /sys/fs/cgroup ro,nosuid shared:8 - tmpfs tmpfs ro,mode=755
30 29 0:26 / /sys/fs/cgroup/unified rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate
33 29 0:29 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct
34 29 0:30 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
";
        let found = parse_mountinfo(text);
        assert_eq!(found.len(), 3);
        assert_eq!(found[0].version, Version::V2);
        assert_eq!(found[1].options, ["rw", "cpu", "cpuacct"]);
        assert_eq!(found[2].mount_point, PathBuf::from("/sys/fs/cgroup/memory"));
    }
}
