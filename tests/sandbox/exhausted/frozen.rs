//! A process that does not die, whatever is done: the kernel holds on to it.

use std::path::Path;

use codecanvas_sandbox::{Launcher, Setup};
use rustix::process::{Signal, kill_process};

use super::{Group, parent_of, pid, works_again};
use crate::{
    hygiene::descendant,
    support::{end_in_time, executable, field, is_root, shell, wait_until},
};

fn start() -> Launcher {
    Launcher::start(&Setup { executable: Some(executable()), slots: 2, ..Setup::default() }).expect("the launcher starts")
}

fn user_of(process: u32) -> String {
    field(process, "Uid").expect("it lives").split_whitespace().next().expect("a number").to_owned()
}

#[test]
fn what_one_launcher_cannot_be_rid_of_keeps_no_other_from_working() {
    let Some(group) = Group::make("freezer", "what_one_launcher_cannot_be_rid_of_keeps_no_other_from_working") else { return };
    let launcher = start();
    works_again(&launcher, "its start");
    let alive = launcher.pid();
    let lost = std::thread::spawn({
        let launcher = launcher.clone();
        move || end_in_time(&launcher, shell("exec sleep 1000"), "its launcher is killed")
    });
    let sleeping = || descendant(alive, "sleep");
    wait_until("the program runs", || sleeping().is_some());
    let frozen = sleeping().expect("it runs");
    let user = user_of(frozen);
    group.take(&[frozen]);
    group.set("freezer.state", "FROZEN");
    wait_until("it is frozen", || group.read("freezer.state").trim() == "FROZEN");

    let keeper = parent_of(alive);
    kill_process(pid(alive), Signal::KILL).unwrap();
    assert!(lost.join().unwrap().expect_err("its launcher is gone").is_launcher_gone());
    for round in 0..3 {
        works_again(&launcher, &format!("the launcher, round {round}"));
        let ran = end_in_time(&launcher, shell("id -u"), "another program").unwrap();
        assert!(!is_root() || ran.success().trim() != user, "its user is nobody's until it is gone");
    }
    assert!(Path::new(&format!("/proc/{frozen}")).exists(), "it was not held on to");
    assert_eq!(parent_of(launcher.pid()), keeper);

    group.set("freezer.state", "THAWED");
    wait_until("it is gone", || !Path::new(&format!("/proc/{frozen}")).exists());
    drop(launcher);
    // The next one removes what this one could not.
    works_again(&start(), "all that");
}
