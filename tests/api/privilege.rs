//! A server started as root gives root away: what talks to the network can do nothing that the launcher is for.

use std::{fs, process::Command};

use crate::{
    processes::{field, of},
    server::{Server, needs_root, shared},
};

/// Every thread of the server, by the fields of its status.
fn threads(server: &Server) -> Vec<String> {
    let threads = fs::read_dir(of(server.pid(), "task")).expect("the server runs").flatten();
    threads.filter_map(|thread| fs::read_to_string(thread.path().join("status")).ok()).collect()
}

fn value<'s>(status: &'s str, name: &str) -> &'s str {
    status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).expect("a field").trim()
}

#[test]
fn the_network_facing_process_is_not_root_and_can_become_nothing() {
    if needs_root("the_network_facing_process_is_not_root_and_can_become_nothing", "there is no privilege to give away") {
        return;
    }
    let threads = threads(shared());
    assert!(threads.len() > 1, "{threads:?}");
    for status in threads {
        for ids in ["Uid", "Gid"] {
            assert!(value(&status, ids).split_whitespace().all(|id| id != "0"), "{status}");
        }
        assert_eq!(value(&status, "Groups"), "");
        for set in ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"] {
            assert_eq!(value(&status, set), "0000000000000000", "{set}");
        }
        assert_eq!(value(&status, "NoNewPrivs"), "1");
    }
}

#[test]
fn an_ordinary_users_server_can_become_nothing_either() {
    for status in threads(shared()) {
        assert_eq!((value(&status, "NoNewPrivs"), value(&status, "CapEff")), ("1", "0000000000000000"));
    }
}

#[test]
fn the_server_cannot_read_what_only_root_may() {
    if needs_root("the_server_cannot_read_what_only_root_may", "an ordinary user cannot become the server's user") {
        return;
    }
    let id = |name| field(shared().pid(), name).expect("it runs").split_whitespace().nth(1).expect("effective").to_owned();
    let as_server = |command: &[&str]| {
        let ids = [format!("--reuid={}", id("Uid")), format!("--regid={}", id("Gid"))];
        let mut setpriv = Command::new("setpriv");
        setpriv.args(ids).args(["--clear-groups", "--no-new-privs", "--bounding-set=-all", "--"]).args(command);
        setpriv.output().expect("setpriv is part of util-linux").status.success()
    };
    assert!(as_server(&["cat", "/etc/passwd"]), "this way of asking does not work");
    assert!(!as_server(&["cat", "/etc/shadow"]));
    // Nor what another user keeps to itself.
    let secret = tempfile::NamedTempFile::new().expect("a file of mode 0600");
    rustix::fs::chown(secret.path(), Some(rustix::fs::Uid::from_raw(4321)), None).expect("root may");
    assert!(!as_server(&["cat", &secret.path().display().to_string()]));
    // Nor may it touch the two processes that keep privilege.
    for process in [shared().launcher(), shared().keeper()] {
        let pid = process.to_string();
        assert!(!as_server(&["kill", "-0", &pid]));
        assert!(!as_server(&["cat", &format!("/proc/{pid}/environ")]));
        assert!(!as_server(&["timeout", "10", "strace", "-o", "/dev/null", "-p", &pid]));
        assert_eq!(field(process, "TracerPid").as_deref(), Some("0"));
    }
}

#[test]
fn the_user_to_become_can_be_chosen() {
    if needs_root("the_user_to_become_can_be_chosen", "only root can become another user") {
        return;
    }
    let server = Server::with(|command| {
        command.args(["--user", "4321"]);
    });
    assert_eq!(field(server.pid(), "Uid").as_deref(), Some("4321\t4321\t4321\t4321"));
    assert_eq!(field(server.pid(), "Gid").as_deref(), Some("4321\t4321\t4321\t4321"));
}

#[test]
fn the_launcher_has_one_thread_and_nothing_of_the_network() {
    let launcher = shared().launcher();
    assert_eq!(field(launcher, "Threads").as_deref(), Some("1"));
    let links = |pid: u32| -> Vec<String> {
        let entries = fs::read_dir(of(pid, "fd")).expect("a tester may look").flatten();
        entries.filter_map(|entry| fs::read_link(entry.path()).ok()).map(|link| link.display().to_string()).collect()
    };
    let (ours, theirs) = (links(shared().pid()), links(launcher));
    let shared_sockets: Vec<_> = theirs.iter().filter(|link| link.starts_with("socket:") && ours.contains(link)).collect();
    assert!(shared_sockets.is_empty(), "{shared_sockets:?}");
}
