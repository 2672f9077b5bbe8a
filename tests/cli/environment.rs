//! The program under test, in an environment that the user's own settings do not reach.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// A folder of this repository.
pub(crate) fn path(below: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(below)
}

/// What the program finds in its environment, beside the user's PATH. The configuration gives the clock all the time there may
/// be: other programs may keep this machine busy.
pub(crate) fn variables() -> Vec<(&'static str, String)> {
    vec![
        ("CODECANVAS_CONFIG", path("tests/cli/patient.toml").display().to_string()),
        ("CODECANVAS_URL", String::new()),
        ("CODECANVAS_LOG", String::new()),
        ("RUST_LOG", String::new()),
        ("COLUMNS", "100".to_owned()),
    ]
}

/// The program with these arguments, in the folder of the documentation's examples, with nothing to read.
pub(crate) fn codecanvas(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_codecanvas"));
    command.args(args).envs(variables()).current_dir(path("docs/cli.in")).stdin(Stdio::null());
    command
}

/// What a command that has ended gave.
#[derive(Debug, PartialEq)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Runs a command to its end.
pub(crate) fn ended(command: &mut Command) -> Ended {
    let output = command.output().expect("the program starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ended { code: output.status.code(), stdout: text(&output.stdout), stderr: text(&output.stderr) }
}

/// Whether this host bounds memory by a cgroup; else says that the test did not run.
pub(crate) fn host_bounds_memory(test: &str) -> bool {
    let doctor = ended(&mut codecanvas(&["doctor", "--json"]));
    let findings: serde_json::Value = serde_json::from_str(&doctor.stdout).expect("doctor prints JSON");
    let mechanisms = findings["mechanisms"].as_array().expect("mechanisms");
    let memory = mechanisms.iter().find(|mechanism| mechanism["name"] == "memory limit").expect("the memory limit");
    if memory["status"] != "full" {
        eprintln!("NOT RUN: {test}: {}", memory["detail"]);
    }
    memory["status"] == "full"
}
