//! A cgroup around the launcher under test, so that it alone runs short.

use std::{
    fmt::Display,
    fs, io,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};

/// A group of the test's own at the root of its hierarchy. It is removed when what was put there has ended.
pub(super) struct Group {
    folder: PathBuf,
}

impl Group {
    /// A group with this controller; says that the test did not run where this user can have none.
    pub(super) fn make(controller: &str, test: &str) -> Option<Group> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("codecanvas-exhausted-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let mounts = fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
        for line in mounts.lines() {
            let Some((left, right)) = line.split_once(" - cgroup") else { continue };
            let is_v2 = right.starts_with('2');
            let has_it = right.rsplit(' ').next().is_some_and(|options| options.split(',').any(|name| name == controller));
            if !is_v2 && !has_it {
                continue;
            }
            let group = Group { folder: Path::new(left.split(' ').nth(4).expect("a mount point")).join(&name) };
            if fs::create_dir(&group.folder).is_err() {
                continue;
            }
            let file = match (controller, is_v2) {
                ("memory", false) => "memory.limit_in_bytes",
                ("memory", true) => "memory.max",
                // On v2 whoever is frozen can be killed.
                ("freezer", _) => "freezer.state",
                _ => "pids.max",
            };
            // Removed again where the hierarchy has it not.
            if group.folder.join(file).exists() {
                return Some(group);
            }
        }
        eprintln!("NOT RUN: {test}: this user can make no cgroup with {controller}");
        None
    }

    pub(super) fn is_v2(&self) -> bool {
        self.folder.join("cgroup.controllers").exists()
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Moves processes here, but for those that have ended meanwhile. What they fork is here, too.
    pub(super) fn take(&self, processes: &[u32]) {
        for pid in processes {
            let taken = fs::write(self.folder.join("cgroup.procs"), pid.to_string());
            assert!(taken.is_ok() || !Path::new("/proc").join(pid.to_string()).exists(), "{pid}: {taken:?}");
        }
    }

    pub(super) fn set(&self, file: &str, value: impl Display) {
        fs::write(self.folder.join(file), value.to_string()).unwrap_or_else(|error| panic!("{file}: {error}"));
    }

    pub(super) fn read(&self, file: &str) -> String {
        fs::read_to_string(self.folder.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
    }

    pub(super) fn limit_memory(&self, bytes: u64) {
        self.set(if self.is_v2() { "memory.max" } else { "memory.limit_in_bytes" }, bytes);
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        // Where the launcher has ended just now the kernel may need a moment.
        for _ in 0..500 {
            match fs::remove_dir(&self.folder) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {}
                _ => return,
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        eprintln!("{} is left behind", self.folder.display());
    }
}
