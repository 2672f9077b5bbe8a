//! docs/cli.md, and the pages beside this file, tried line by line.

use std::{fs, path::PathBuf};

use crate::environment::{host_bounds_memory, path, variables};

/// The commands that a page may show; others would be skipped without a word.
const KNOWN: [&str; 2] = ["codecanvas", "cat"];

#[test]
fn the_documentation_is_true() {
    try_page("docs/cli.md");
}

#[test]
fn errors_are_one_clear_line() {
    try_page("tests/cli/errors.trycmd");
}

#[test]
fn limits_and_ends_are_explained() {
    try_page("tests/cli/limits.trycmd");
}

#[test]
fn every_language_runs_by_its_extension() {
    try_page("tests/cli/extensions.trycmd");
}

#[test]
fn exec_is_a_sandbox_for_any_command() {
    try_page("tests/cli/exec.trycmd");
}

#[test]
fn help_and_completions_are_there() {
    try_page("tests/cli/help.trycmd");
}

#[test]
fn too_much_memory_has_a_code_of_its_own() {
    if host_bounds_memory("too_much_memory_has_a_code_of_its_own") {
        try_page("tests/cli/memory.trycmd");
    }
}

#[test]
fn no_command_of_a_page_is_skipped() {
    let mut pages = vec![path("docs/cli.md")];
    let beside = fs::read_dir(path("tests/cli")).expect("this folder").flatten().map(|entry| entry.path());
    pages.extend(beside.filter(|page| page.extension().is_some_and(|extension| extension == "trycmd")));
    assert!(pages.len() > 1);
    for page in pages {
        for program in programs(&page) {
            assert!(KNOWN.contains(&program.as_str()), "{}: `{program}` would be skipped", page.display());
        }
    }
}

/// The first word of every command of a page, behind its variables.
fn programs(page: &PathBuf) -> Vec<String> {
    let text = fs::read_to_string(page).expect("the page is there");
    let commands = text.lines().filter_map(|line| line.strip_prefix("$ "));
    let program = |command: &str| command.split_whitespace().find(|word| !word.contains('=')).unwrap_or_default().to_owned();
    let programs: Vec<String> = commands.map(program).collect();
    assert!(!programs.is_empty(), "{} shows no command", page.display());
    programs
}

fn try_page(page: &str) {
    let cases = trycmd::TestCases::new();
    cases.register_bin("codecanvas", PathBuf::from(env!("CARGO_BIN_EXE_codecanvas")));
    cases.register_bin("cat", PathBuf::from("/bin/cat"));
    for (name, value) in variables() {
        cases.env(name, value);
    }
    cases.case(path(page)).run();
}
