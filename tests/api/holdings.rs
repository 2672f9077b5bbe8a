//! What a server holds on its host: counted before and after, to see that nothing is left behind.

use std::fs;

use codecanvas_sandbox::{SERVER_ID, is_id_of_sandbox};

use crate::{
    processes::{field, of},
    server::{Server, wait_until},
};

/// Counted by kind.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Holdings {
    processes: usize,
    server_descriptors: usize,
    launcher_descriptors: usize,
    launcher_mounts: usize,
    files: Vec<String>,
}

/// What the launcher has open for a sandbox that waits: its process, its ledger, the way of orders, three groups and a notice.
const DESCRIPTORS_OF_SPARE: usize = 7;

/// What was compiled is kept on purpose, in mounts below this folder.
const TREE: &str = " /trees/";

/// A map from one user of sandboxes to another, made once for each two: how such a descriptor's target begins.
const MAP: &str = "user:[";

impl Holdings {
    pub(crate) fn of(server: &Server) -> Holdings {
        let launcher = server.launcher();
        let mounts = fs::read_to_string(of(launcher, "mounts")).expect("it has mounts");
        let descriptors = |pid| {
            let all = fs::read_dir(of(pid, "fd")).expect("a tester may look at its server").flatten();
            let targets = all.filter_map(|entry| fs::read_link(entry.path()).ok());
            targets.filter(|target| !target.to_string_lossy().starts_with(MAP)).count()
        };
        Holdings {
            processes: server.descendants().len(),
            server_descriptors: descriptors(server.pid()),
            launcher_descriptors: descriptors(launcher),
            launcher_mounts: mounts.lines().filter(|line| !line.contains(TREE)).count(),
            files: server.files(),
        }
    }

    /// Waits until the server holds no more than this: the last connection is closed a moment after its answer was read. Of its
    /// sandboxes that wait for a program there may have been none when it was counted, and so many now.
    #[track_caller]
    pub(crate) fn wait_for_no_more(&self, server: &Server, spares: usize) {
        let mut now = Holdings::of(server);
        wait_until(&format!("{self:?} as before"), || {
            now = Holdings::of(server);
            now.processes <= self.processes + spares
                && now.server_descriptors <= self.server_descriptors
                && now.launcher_descriptors <= self.launcher_descriptors + spares * DESCRIPTORS_OF_SPARE
                && now.launcher_mounts <= self.launcher_mounts
        });
        assert_eq!(now.files, self.files);
    }
}

/// Files in the host's shared folders that belong to a sandbox's user or to a server that was root.
pub(crate) fn files_of_sandboxes() -> Vec<String> {
    use std::os::unix::fs::MetadataExt;
    let folders = ["/tmp", "/var/tmp", "/dev/shm", "/run"];
    let entries = folders.iter().flat_map(|folder| fs::read_dir(folder).into_iter().flatten().flatten());
    let of_sandbox =
        |entry: &fs::DirEntry| entry.metadata().is_ok_and(|it| it.uid() == SERVER_ID || is_id_of_sandbox(it.uid()));
    entries.filter(of_sandbox).map(|entry| entry.path().display().to_string()).collect()
}

/// Whether a process belongs to a sandbox's user.
pub(crate) fn is_sandboxed(pid: u32) -> bool {
    let uid = field(pid, "Uid").and_then(|ids| ids.split_whitespace().next()?.parse::<u32>().ok());
    uid.is_some_and(is_id_of_sandbox)
}
