//! Commands that ask for what no program may have: mounts, files and limits that the library would not send.

use std::time::Duration;

use codecanvas_protocol::Limits;
use codecanvas_sandbox::{Command, FileEntry, Mount, Step};

use super::client::{Answer, Hostile, run};
use crate::support::{command, file, limited, shell};

#[track_caller]
fn assert_refused(answer: &Answer, step: Step, what: impl std::fmt::Debug) {
    assert!(matches!(answer, Answer::Failed(error) if error.step == step), "{what:?}: {answer:?}");
}

fn mount(source: &str, target: &str) -> Mount {
    Mount { source: source.into(), target: target.into() }
}

#[test]
fn only_mounts_of_the_menu_are_mounted_and_only_where_it_says() {
    let shown = tempfile::tempdir().unwrap();
    std::fs::write(shown.path().join("inside"), "shown").unwrap();
    let source = shown.path().to_str().unwrap();
    let mut hostile = Hostile::with_menu(vec![mount(source, "/opt/shown")]);
    let ask = |mounts: Vec<Mount>| Command {
        mounts,
        ..shell("cat /opt/shown/inside; (echo harm >/opt/shown/harm) 2>/dev/null; true")
    };
    let canary = hostile.canary().to_owned();
    let up = format!("{source}/..");
    let under = format!("{source}/inside");
    for refused in [
        mount(&canary, "/opt/canary"),
        mount(&canary, "/opt/shown"),
        mount(source, "/opt/elsewhere"),
        mount(source, "/"),
        mount(source, "/usr"),
        mount(source, "/work"),
        mount(source, "/opt/shown/.."),
        mount(source, "/opt/../opt/shown"),
        mount(source, "opt/shown"),
        mount(source, "/opt/shown\0"),
        mount(source, ""),
        mount(&up, "/opt/shown"),
        mount(&under, "/opt/shown"),
        mount("/", "/opt/shown"),
        mount("/etc", "/etc"),
        mount("/root", "/root"),
        mount("/proc", "/proc"),
        mount("../../../..", "/opt/shown"),
        mount("", ""),
        mount(&"/x".repeat(1 << 20), "/opt/shown"),
    ] {
        let (answer, _) = hostile.run(&ask(vec![mount(source, "/opt/shown"), refused.clone()]));
        assert_refused(&answer, Step::PrepareProfile, refused.target);
    }
    hostile.assert_unharmed("mounts that are not on the menu");
    let (answer, stdout) = hostile.run(&ask(vec![mount(source, "/opt/shown"); 1000]));
    assert!(matches!(answer, Answer::Finished) && stdout == "shown", "{answer:?} {stdout}");
    let names: Vec<_> = std::fs::read_dir(shown.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["inside"]);
}

#[test]
fn every_set_of_mounts_leaves_no_more_than_one_of_the_kept_roots() {
    let folders: Vec<_> = (0..7).map(|_| tempfile::tempdir().unwrap()).collect();
    let menu: Vec<Mount> = (folders.iter().enumerate())
        .map(|(index, folder)| mount(folder.path().to_str().unwrap(), &format!("/opt/{index}")))
        .collect();
    let hostile = Hostile::with_menu(menu.clone());
    for set in 0..100_u32 {
        let chosen = menu.iter().enumerate().filter(|(index, _)| set >> index & 1 == 1);
        let mounts = chosen.map(|(_, mount)| mount.clone()).collect();
        let (answer, stdout) = hostile.run(&Command { mounts, ..shell("ls /opt 2>/dev/null | wc -l") });
        assert!(matches!(answer, Answer::Finished), "{set}: {answer:?}");
        assert_eq!(stdout.trim(), set.count_ones().to_string());
    }
    match hostile.entries_of_root("roots") {
        Some(roots) => assert!(roots <= 64, "{roots} roots"),
        None => eprintln!("NOT RUN: whether a launcher's old roots are gone: this user may not look into it"),
    }
}

#[test]
fn no_file_is_written_outside_the_working_directory() {
    let mut hostile = Hostile::start();
    let canary = hostile.canary().to_owned();
    let through = format!("../..{canary}/harm");
    let absolute = format!("{canary}/harm");
    for path in [
        &through,
        &absolute,
        "../../etc/harm",
        "/etc/harm",
        "a/../../harm",
        "..",
        ".",
        "",
        "/",
        "a/",
        "/a",
        "a//b",
        "./a",
        "a/.",
        "a\0b",
        "a/..",
        "../a\0",
        "//",
        "a/../a",
    ] {
        let files = vec![file("fine", b"", false), file(path, b"harm", true)];
        let (answer, _) = hostile.run(&Command { files, ..shell("true") });
        assert_refused(&answer, Step::CheckCommand, path);
    }
    hostile.assert_unharmed("paths that lead out");
    // Strange, but names of files all the same; or none that the kernel takes.
    let long = "x".repeat(5000);
    let deep = "d/".repeat(3000) + "x";
    for path in ["a\nb", "\u{202e}", "...", "-rf", "~", "$(harm)", "*", "proc", "dev/null", &long, &deep] {
        let files = vec![file(path, b"harm", true)];
        let (answer, _) = hostile.run(&Command { files, ..shell("true") });
        assert!(matches!(&answer, Answer::Finished) || path.len() > 4096, "{answer:?}");
        assert!(!matches!(&answer, Answer::Closed), "{answer:?}");
    }
    let twice = vec![file("a", b"1", false), file("a", b"2", false)];
    assert_refused(&hostile.run(&Command { files: twice, ..shell("true") }).0, Step::WriteFiles, "twice");
    let below = vec![file("a", b"1", false), file("a/b", b"2", false)];
    assert_refused(&hostile.run(&Command { files: below, ..shell("true") }).0, Step::WriteFiles, "below a file");
    hostile.assert_unharmed("strange names");
}

#[test]
fn no_file_is_written_through_what_an_earlier_program_left() {
    let mut hostile = Hostile::start();
    let canary = hostile.canary().to_owned();
    let sandbox = hostile.open();
    let leave = format!(
        "ln -s {canary} out; ln -s /tmp tmp; ln -s ../.. up; ln -s {canary}/file file; ln -s /proc/self/root root; mkfifo fifo; \
         ln -s {canary}/new new; ln -s /proc/self/fd fd; echo first > kept; mkdir d; ln -s ../up d/up"
    );
    let (answer, _) = run(&sandbox, &Command { keep_workspace: true, ..shell(&leave) });
    assert!(matches!(answer, Answer::Finished), "{answer:?}");
    for path in [
        "out/harm",
        "tmp/harm",
        "up/harm",
        "file",
        "new",
        "root/tmp/harm",
        "fifo",
        "fifo/harm",
        "kept",
        "fd/0",
        "d/up/harm",
        "out",
    ] {
        let files = vec![file(path, b"harm", true)];
        let (answer, _) = run(&sandbox, &Command { files, keep_workspace: true, ..shell("true") });
        assert_refused(&answer, Step::WriteFiles, path);
    }
    let (_, stdout) = run(&sandbox, &Command { keep_workspace: true, ..shell("cat kept; ls /tmp") });
    assert_eq!(stdout, "first\n");
    drop(sandbox);
    hostile.assert_unharmed("links of an earlier program");
}

#[test]
fn ten_thousand_files_and_more_are_written_or_refused() {
    let mut hostile = Hostile::start();
    let files = |count| (0..count).map(|index| file(&format!("folder/{index}"), b"x", false)).collect::<Vec<FileEntry>>();
    let many = Command { files: files(10_000), ..shell("ls folder | wc -l") };
    assert_refused(&hostile.run(&many).0, Step::WriteFiles, "more files than disk_files");
    let many = limited(many, |limits| limits.disk_files = 20_000);
    assert!(matches!(hostile.run(&many).0, Answer::Finished));
    for refused in [
        // A few bytes each on the way, many more in memory.
        Command { files: vec![FileEntry::default(); 1_000_000], ..shell("true") },
        Command { argv: vec![String::new(); 1_000_000], ..shell("true") },
        Command { env: vec![Default::default(); 1_000_000], ..shell("true") },
        Command { argv: vec!["x".repeat(30 << 20)], ..Command::default() },
        Command { argv: vec!["/bin/true".into(), "x".repeat(30 << 20)], ..Command::default() },
        Command { files: vec![file(&"\u{1}/..".repeat(7 << 20), b"", false)], ..shell("true") },
    ] {
        let answer = hostile.run(&refused).0;
        assert!(!matches!(answer, Answer::Finished), "{answer:?}");
    }
    hostile.assert_unharmed("many of everything");
}

#[test]
fn a_command_without_a_program_or_with_impossible_words_is_refused() {
    let mut hostile = Hostile::start();
    let env = |name: &str, value: &str| Command { env: vec![(name.into(), value.into())], ..command(&["/bin/true"]) };
    for refused in [
        command(&[]),
        command(&[""]),
        command(&["/bin/true\0"]),
        command(&["/bin/true", "a\0b"]),
        env("A\0B", "x"),
        env("A", "x\0y"),
        env("", "x"),
        env("A=B", "x"),
        env("PATH", "/bin\0"),
    ] {
        assert_refused(&hostile.run(&refused).0, Step::CheckCommand, &refused.argv);
    }
    for strange in [env("PATH", ""), env("PATH", &":".repeat(10_000)), env("A", "=")] {
        assert!(matches!(hostile.run(&strange).0, Answer::Finished), "{:?}", strange.env);
    }
    hostile.assert_unharmed("impossible words");
}

#[test]
fn a_limit_of_nothing_or_of_everything_is_refused_or_harmless() {
    let mut hostile = Hostile::start();
    type Set = fn(&mut Limits, u64);
    let set: [(&str, Set); 11] = [
        ("cpu_time", |limits, value| limits.cpu_time = Duration::from_secs(value)),
        ("wall_time", |limits, value| limits.wall_time = Duration::from_secs(value)),
        ("memory_bytes", |limits, value| limits.memory_bytes = value),
        ("processes", |limits, value| limits.processes = value),
        ("output_bytes", |limits, value| limits.output_bytes = value),
        ("output_ceiling_bytes", |limits, value| limits.output_ceiling_bytes = value),
        ("file_size_bytes", |limits, value| limits.file_size_bytes = value),
        ("disk_bytes", |limits, value| limits.disk_bytes = value),
        ("disk_files", |limits, value| limits.disk_files = value),
        ("stack_bytes", |limits, value| limits.stack_bytes = value),
        ("open_files", |limits, value| limits.open_files = value),
    ];
    for value in [0, 1, i64::MAX as u64, u64::MAX - 1, u64::MAX] {
        for (name, set) in set {
            for keep_workspace in [false, true] {
                let command = Command { keep_workspace, ..limited(shell("echo ran"), |limits| set(limits, value)) };
                let (answer, stdout) = hostile.run(&command);
                assert!(!matches!(answer, Answer::Closed), "{name} = {value}");
                let must_be_refused = name.ends_with("_time") && value != 1;
                let is_refused = matches!(&answer, Answer::Failed(error) if error.step == Step::CheckCommand);
                assert!(!must_be_refused || is_refused, "{name} = {value}: {answer:?}");
                // More than anybody needs is enough for this.
                let has_room = must_be_refused || value <= 1;
                assert!(has_room || stdout == "ran\n", "{name} = {value}: {answer:?} {stdout:?}");
            }
            hostile.assert_unharmed(&format!("{name} = {value}"));
        }
    }
}
