//! The escape suite, promise by promise: what `codecanvas attack` does on this host. The programs are in `programs/`, see README.md.

#![forbid(unsafe_code)]

use std::{collections::BTreeSet, ffi::OsStr, path::Path, process::Command};

use serde_json::Value;

/// A test for each promise; its name is that of the promise's folder.
macro_rules! promises {
    ($($promise:ident),* $(,)?) => {
        $(#[test]
        fn $promise() {
            contained(stringify!($promise));
        })*

        const TESTED: &[&str] = &[$(stringify!($promise)),*];
    };
}

promises! {
    artifacts,
    bombs,
    calls,
    capabilities,
    compilers,
    descriptors,
    files,
    kept,
    namespaces,
    network,
    proc,
    processes,
    residue,
    server,
    time,
    verdicts,
}

/// Each program is executed for itself, and each compiler runs.
const COLD: &str = "[engine]\nwarm = false\ncache_bytes = \"0B\"\n";

/// With interpreters that are kept ready and results of compilers that are known, and without.
#[track_caller]
fn contained(promise: &str) {
    let cold = std::env::temp_dir().join(format!("cold-{promise}-{}.toml", std::process::id()));
    std::fs::write(&cold, COLD).expect("written");
    attack(promise, None);
    attack(promise, Some(&cold));
    let _ = std::fs::remove_file(cold);
}

#[track_caller]
fn attack(promise: &str, config: Option<&Path>) {
    let mut attack = Command::new(env!("CARGO_BIN_EXE_codecanvas"));
    attack.args(["attack", "--json", "--jobs", "1", promise]).env_remove("CODECANVAS_URL").env_remove("CODECANVAS_CONFIG");
    attack.args(config.iter().flat_map(|config| [OsStr::new("--config"), config.as_os_str()]));
    let output = attack.output().expect("the program starts");
    let said = String::from_utf8_lossy(&output.stderr);
    let findings: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("no findings: {said}"));
    let verdicts = findings["verdicts"].as_array().expect("a list");
    for verdict in verdicts.iter().filter(|verdict| verdict["not_run"] == true) {
        eprintln!("NOT RUN: {promise}/{}: {}", verdict["attack"], verdict["finding"]);
    }
    let escaped: Vec<&Value> = verdicts.iter().filter(|verdict| verdict["contained"] != true).collect();
    assert!(escaped.is_empty(), "{} of {} were not contained: {escaped:#?}\n{said}", escaped.len(), verdicts.len());
    assert_eq!(findings["host"], serde_json::json!([]), "what is left behind; {said}");
    assert!(output.status.success() && !verdicts.is_empty(), "{said}");
}

#[test]
fn every_promise_has_a_test() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/escape/programs");
    let names = std::fs::read_dir(folder).expect("the programs are there").flatten();
    let promised: BTreeSet<String> = names.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    assert_eq!(promised, TESTED.iter().map(|name| (*name).to_owned()).collect());
}
