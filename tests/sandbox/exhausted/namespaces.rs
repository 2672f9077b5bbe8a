//! A kernel that gives no more namespaces: in a user namespace of the test's own, where such limits can be set.

use std::{path::Path, process::Command as Process};

use codecanvas_sandbox::{Launcher, Setup};

use super::{is_told, parent_of, works_again};
use crate::{
    hygiene::Holdings,
    support::{compile, executable, run_in_time},
};

/// Enters a user namespace and becomes the launcher there; or, given a process, a limit and a value, sets the limit where that is.
const ENTER: &str = r#"
#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
static int put(const char *path, const char *text) {
    int fd = open(path, O_WRONLY);
    return fd < 0 || write(fd, text, strlen(text)) < 0 || close(fd);
}
int main(int argc, char **argv) {
    char text[64];
    int uid = getuid(), gid = getgid();
    if (argc == 4) {
        sprintf(text, "/proc/%s/ns/user", argv[1]);
        if (setns(open(text, O_RDONLY), CLONE_NEWUSER)) return 1;
        return put(argv[2], argv[3]);
    }
    if (unshare(CLONE_NEWUSER)) return 2;
    if (put("/proc/self/setgroups", "deny")) return 3;
    sprintf(text, "%d %d 1", uid, uid);
    if (put("/proc/self/uid_map", text)) return 4;
    sprintf(text, "%d %d 1", gid, gid);
    if (put("/proc/self/gid_map", text)) return 5;
    execv(PROGRAM, argv);
    return 6;
}
"#;

/// Sets a limit of the user namespace that a process is in; whether that was possible.
fn limit(enter: &Path, process: u32, kind: &str, value: &str) -> bool {
    let file = format!("/proc/sys/user/max_{kind}_namespaces");
    Process::new(enter).args([&process.to_string(), &file, value]).status().expect("it was just compiled").success()
}

#[test]
fn no_namespace_can_be_made() {
    let folder = tempfile::tempdir().unwrap();
    let enter = folder.path().join("enter");
    compile(ENTER, &[&format!("-DPROGRAM=\"{}\"", executable().display())], &enter);
    let Some(launcher) = start(&enter) else { return };
    works_again(&launcher, "its start");
    let alive = launcher.pid();
    let (keeper, before) = (parent_of(alive), Holdings::of(alive));
    for kind in ["user", "pid", "net", "ipc", "uts", "cgroup", "mnt"] {
        if !limit(&enter, keeper, kind, "0") {
            eprintln!("NOT RUN: no_namespace_can_be_made: this user may set no limit in its own user namespace");
            return;
        }
        // A program's cgroup namespace is the last of them; there is none without a cgroup.
        let told = is_told(run_in_time(&launcher, kind), libc::ENOSPC, kind);
        assert!(told || kind == "cgroup", "no {kind} namespace can be made, and yet it was");
        assert!(limit(&enter, keeper, kind, "1000"), "{kind}");
        works_again(&launcher, kind);
        assert_eq!(launcher.pid(), alive, "{kind}: the launcher has died of it");
    }
    before.wait_for_no_more(alive, "all that");
}

fn start(executable: &Path) -> Option<Launcher> {
    let started = Launcher::start(&Setup { executable: Some(executable.to_owned()), slots: 2, ..Setup::default() });
    started.inspect_err(|error| eprintln!("NOT RUN: no_namespace_can_be_made: a user namespace in another: {error}")).ok()
}
