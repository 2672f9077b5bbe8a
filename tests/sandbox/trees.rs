//! Working directories that are kept for later sandboxes: what programs see of them, and what they cannot do to them.

use codecanvas_protocol::Outcome;
use codecanvas_sandbox::{Command, Kept, Launcher, Sandbox, Setup, Stream, TreeKey};

use crate::support::{executable, launcher, shell};

const ROOM: u64 = 16 << 20;

fn keeping(tree_bytes: u64) -> Launcher {
    let setup = Setup { executable: Some(executable()), slots: 4, tree_bytes, ..Setup::default() };
    Launcher::start(&setup).expect("the launcher starts")
}

fn key(number: u8) -> TreeKey {
    TreeKey([number; 32])
}

#[track_caller]
fn run(sandbox: &mut Sandbox, command: &Command) -> String {
    let mut out = String::new();
    let exit = sandbox.spawn(command).unwrap().wait(&mut |_: Stream, piece| out.push_str(&String::from_utf8_lossy(piece)));
    assert_eq!(exit.unwrap().outcome, Outcome::Exited { code: 0 }, "{out}");
    out
}

/// Leaves what a script makes under a key.
#[track_caller]
fn keep(launcher: &Launcher, key: TreeKey, script: &str) -> Kept {
    let mut sandbox = launcher.sandbox().unwrap();
    run(&mut sandbox, &Command { keep_workspace: true, ..shell(script) });
    sandbox.keep(key).unwrap()
}

#[track_caller]
fn over(launcher: &Launcher, key: TreeKey, script: &str) -> String {
    run(&mut launcher.sandbox().unwrap(), &Command { base: Some(key), ..shell(script) })
}

fn is_gone(launcher: &Launcher, key: TreeKey) -> bool {
    let mut sandbox = launcher.sandbox().unwrap();
    let ended = sandbox.spawn(&Command { base: Some(key), ..shell("true") }).unwrap().wait(&mut |_, _| {});
    ended.is_err_and(|error| error.is_base_gone())
}

#[track_caller]
fn assert_kept(kept: Kept) -> u64 {
    match kept {
        Kept::Yes { bytes } => bytes,
        other => panic!("{other:?}"),
    }
}

/// Makes what compilers make, and a few things that they do not.
const MAKE: &str = "umask 022; echo 'int main;' > main.c; cp /bin/true a.out; echo '#!/bin/sh\necho sibling' > s; chmod 755 s; \
                    echo x > private; chmod 600 private; ln -s main.c link; mkfifo pipe";

/// Does what programs do with what they find, and tells what became of it.
const USE: &str = "id -u > /tmp/me; stat -c '%A %s %n' * | sort; for f in *; do test $(stat -c %u $f) = $(cat /tmp/me) || echo $f: not mine; done
    stat -c '%A' .; cat main.c link private; ./a.out && ./s
    echo beside > new; echo more >> main.c; cat main.c; echo over > a.out; chmod 700 s; rm private; ln main.c hard
    echo again >> hard; cat main.c; stat -c %h main.c; mv s moved; ./moved; ln -s moved l2; rm link; mkdir d; mv d e; touch e/f; mv new e
    rm -r e; rm -f pipe; : > main.c; stat -c '%A %s %n' *; rm *; ls -A; echo again > main.c; cat main.c; cp /bin/true a.out; ./a.out; df . > /tmp/df";

#[test]
fn a_program_finds_what_was_kept_as_if_it_had_just_been_made() {
    if !can_keep("a_program_finds_what_was_kept_as_if_it_had_just_been_made") {
        return;
    }
    let launcher = keeping(ROOM);
    let mut sandbox = launcher.sandbox().unwrap();
    run(&mut sandbox, &Command { keep_workspace: true, ..shell(MAKE) });
    let plain = run(&mut sandbox, &shell(USE));
    assert!(plain.contains("sibling") && plain.ends_with("again\n"), "{plain}");
    assert_kept(keep(&launcher, key(1), MAKE));
    for _ in 0..3 {
        // Two at a time, so that they are of different users.
        let mut other = launcher.sandbox().unwrap();
        let runs = other.spawn(&shell("sleep 1000")).unwrap();
        assert_eq!(over(&launcher, key(1), USE), plain);
        runs.killer().kill();
    }
}

#[test]
fn the_sandbox_that_kept_it_goes_on_with_it_too() {
    if !can_keep("the_sandbox_that_kept_it_goes_on_with_it_too") {
        return;
    }
    let launcher = keeping(ROOM);
    let mut sandbox = launcher.sandbox().unwrap();
    run(&mut sandbox, &Command { keep_workspace: true, ..shell("echo made > made") });
    assert_kept(sandbox.keep(key(1)).unwrap());
    assert_eq!(run(&mut sandbox, &Command { base: Some(key(1)), ..shell("cat made") }), "made\n");
    assert_eq!(run(&mut sandbox, &shell("ls")), "");
}

/// What a compiler leaves in folders, or links to; where the kernel cannot show that as it was, it is not kept.
#[test]
fn folders_can_be_renamed_and_hard_links_hold_together_or_it_is_not_kept() {
    if !can_keep("folders_can_be_renamed_and_hard_links_hold_together_or_it_is_not_kept") {
        return;
    }
    let launcher = keeping(ROOM);
    let make = "mkdir -p d/deep; echo 1 > d/deep/f; echo 1 > a; ln a b";
    let change = "echo 2 >> b; cat a; perl -e 'rename(\"d\", \"e\") or die $!'; cat e/deep/f; ls; rm -r e; mkdir d; ls d";
    match keep(&launcher, key(1), make) {
        Kept::Yes { .. } => assert_eq!(over(&launcher, key(1), change), "1\n2\n1\na\nb\ne\n"),
        Kept::No => assert!(launcher.weaker().iter().any(|sentence| sentence.contains("not started as root"))),
        Kept::NoRoom { .. } => panic!("there is room"),
    }
    let kept = keep(&launcher, key(2), "echo 1 > a; ln a b");
    assert!(kept == Kept::No || over(&launcher, key(2), "echo 2 >> b; cat a") == "1\n2\n");
}

#[test]
fn what_is_kept_nobody_changes() {
    if !can_keep("what_is_kept_nobody_changes") {
        return;
    }
    let launcher = keeping(ROOM);
    assert_kept(keep(&launcher, key(1), MAKE));
    let look = "stat -c '%A %s %Y %n' * | sort; cat main.c s private; ls -A; md5sum a.out";
    let before = over(&launcher, key(1), look);
    for attempt in [
        "rm -rf * .??*",
        "rm pipe; for f in *; do echo spoilt > $f; done 2>/dev/null; chmod 777 * .",
        "mv a.out b; mv main.c a.out; ln b c; touch -d @1 *",
        "python3 -c 'import mmap; f = open(\"main.c\", \"r+b\"); m = mmap.mmap(f.fileno(), 0); m[0:3] = b\"bad\"; m.flush()'",
        "python3 -c 'import os; f = os.open(\"main.c\", os.O_RDONLY); g = os.open(f\"/proc/self/fd/{f}\", os.O_RDWR); os.write(g, b\"bad\")'",
        "setfattr -n user.x -v y main.c; chmod 000 *; mount -o remount,rw /work; umount /work; true",
        "cd /work/..; ls /work/lower /work/upper /trees 2>/dev/null && exit 1; true",
        "truncate -s 0 *; dd if=/dev/zero of=a.out bs=1k count=100 2>/dev/null; true",
    ] {
        over(&launcher, key(1), attempt);
        assert_eq!(over(&launcher, key(1), look), before, "{attempt}");
    }
}

#[test]
fn a_program_that_failed_or_was_not_to_leave_anything_leaves_nothing() {
    if !can_keep("a_program_that_failed_or_was_not_to_leave_anything_leaves_nothing") {
        return;
    }
    let launcher = keeping(ROOM);
    let kept_after = |command: &Command| {
        let mut sandbox = launcher.sandbox().unwrap();
        sandbox.spawn(command).unwrap().wait(&mut |_, _| {}).unwrap();
        sandbox.keep(key(1)).unwrap()
    };
    let left = |script: &str| Command { keep_workspace: true, ..shell(script) };
    for command in [left("exit 1"), left("kill -9 $$"), shell("true")] {
        assert_eq!(kept_after(&command), Kept::No, "{command:?}");
    }
    assert_eq!(launcher.sandbox().unwrap().keep(key(1)).unwrap(), Kept::No);
    assert!(is_gone(&launcher, key(1)));
    // What the last one left is asked for, not what one before it did.
    let mut sandbox = launcher.sandbox().unwrap();
    run(&mut sandbox, &left("echo > good"));
    sandbox.spawn(&left("exit 3")).unwrap().wait(&mut |_, _| {}).unwrap();
    assert_eq!(sandbox.keep(key(1)).unwrap(), Kept::No);
}

#[test]
fn a_compiler_that_lives_on_writes_nothing_after_the_end() {
    if !can_keep("a_compiler_that_lives_on_writes_nothing_after_the_end") {
        return;
    }
    let launcher = keeping(ROOM);
    let late = "echo good > f; (setsid sh -c 'exec 3>>f; while :; do echo bad >&3; echo worse > g; done' &) ; sleep 0.1";
    if assert_kept(keep(&launcher, key(1), late)) > 0 {
        let first = over(&launcher, key(1), "md5sum f g");
        std::thread::sleep(std::time::Duration::from_millis(100));
        assert_eq!(over(&launcher, key(1), "md5sum f g"), first);
    }
}

#[test]
fn what_has_a_key_stays() {
    if !can_keep("what_has_a_key_stays") {
        return;
    }
    let launcher = keeping(ROOM);
    let first = assert_kept(keep(&launcher, key(1), "echo first > f"));
    assert_eq!(assert_kept(keep(&launcher, key(1), "echo second > f; echo > g")), first);
    assert_eq!(over(&launcher, key(1), "cat f; ls"), "first\nf\n");
}

#[test]
fn no_more_is_kept_than_there_is_room_for() {
    if !can_keep("no_more_is_kept_than_there_is_room_for") {
        return;
    }
    let launcher = keeping(2500 << 10);
    assert_eq!(keep(&launcher, key(9), "head -c 640K /dev/zero > f"), Kept::No, "it is more than a quarter");
    let large = "head -c 600K /dev/zero > f";
    let bytes = assert_kept(keep(&launcher, key(1), large));
    assert!((600 << 10..620 << 10).contains(&bytes), "{bytes}");
    for number in 10..13 {
        assert_kept(keep(&launcher, key(number), large));
    }
    let mut sandbox = launcher.sandbox().unwrap();
    run(&mut sandbox, &Command { keep_workspace: true, ..shell(large) });
    assert_eq!(sandbox.keep(key(2)).unwrap(), Kept::NoRoom { bytes });
    // A program that has it as its base does not lose it.
    let mut other = launcher.sandbox().unwrap();
    let reads = other.spawn(&Command { base: Some(key(1)), ..shell("sleep 0.3; wc -c < f") }).unwrap();
    // When this has run, the other one has begun.
    over(&launcher, key(1), "true");
    sandbox.forget(key(1)).unwrap();
    assert_eq!(sandbox.keep(key(2)).unwrap(), Kept::Yes { bytes });
    let mut out = Vec::new();
    reads.wait(&mut |_, piece| out.extend_from_slice(piece)).unwrap();
    assert_eq!(out, b"614400\n");
    assert!(is_gone(&launcher, key(1)));
    assert_eq!(over(&launcher, key(2), "wc -c < f"), "614400\n");
}

#[test]
fn what_is_not_kept_is_as_it_was() {
    if !can_keep("what_is_not_kept_is_as_it_was") {
        return;
    }
    let mut sandbox = launcher().sandbox().unwrap();
    run(&mut sandbox, &Command { keep_workspace: true, ..shell("echo 1 > f") });
    assert_eq!(sandbox.keep(key(1)).unwrap(), Kept::No);
    assert_eq!(run(&mut sandbox, &shell("echo 2 >> f; cat f")), "1\n2\n");
}

#[test]
fn a_command_with_a_base_has_no_other_working_directory() {
    if !can_keep("a_command_with_a_base_has_no_other_working_directory") {
        return;
    }
    let launcher = keeping(ROOM);
    assert_kept(keep(&launcher, key(1), "echo 1 > f"));
    let mut sandbox = launcher.sandbox().unwrap();
    let both = Command { base: Some(key(1)), keep_workspace: true, ..shell("true") };
    let error = sandbox.spawn(&both).unwrap().wait(&mut |_, _| {}).unwrap_err();
    assert!(error.to_string().contains("cannot be left"), "{error}");
    run(&mut sandbox, &Command { keep_workspace: true, ..shell("true") });
    let error = sandbox.spawn(&Command { base: Some(key(1)), ..shell("true") }).unwrap().wait(&mut |_, _| {}).unwrap_err();
    assert!(error.to_string().contains("working directory already"), "{error}");
}

#[test]
fn the_limits_of_the_disk_hold_over_a_base() {
    if !can_keep("the_limits_of_the_disk_hold_over_a_base") {
        return;
    }
    let launcher = keeping(ROOM);
    assert_kept(keep(&launcher, key(1), "echo 1 > f"));
    let mut command = Command {
        base: Some(key(1)),
        ..shell(
            "head -c 3M /dev/zero > g 2> /dev/null; stat -c %s g; rm g; (i=0; while : > x$i; do i=$((i+1)); done 2>/dev/null); ls | wc -l",
        )
    };
    command.limits.disk_bytes = 1 << 20;
    command.limits.disk_files = 20;
    let out = run(&mut launcher.sandbox().unwrap(), &command);
    let lines: Vec<&str> = out.lines().filter(|line| line.bytes().all(|byte| byte.is_ascii_digit())).collect();
    assert!(lines == ["1048576", "20"] || lines == ["1048576", "21"], "{out}");
}

/// Whether this kernel shows one user's tmpfs as another's, as root's sandboxes need it (Linux 6.3); else says that the test did not run.
fn can_keep(test: &str) -> bool {
    let release = std::fs::read_to_string("/proc/sys/kernel/osrelease").expect("a release");
    let mut numbers = release.split('.').map(|number| number.parse().unwrap_or(0));
    let version: (u32, u32) = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    let can = !crate::support::is_root() || version >= (6, 3);
    if !can {
        eprintln!("NOT RUN: trees::{test}: Linux {} cannot map ids of a tmpfs", release.trim());
    }
    can
}
