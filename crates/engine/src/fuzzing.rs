//! What fuzz targets and property tests call: bytes in, a panic where a promise does not hold. No part of the library's interface.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    os::fd::OwnedFd,
    path::{Component, Path},
    sync::{Arc, OnceLock},
};

use codecanvas_protocol::{JobSpec, Limits, LimitsSpec, Phase};
use codecanvas_sandbox::{Command, FileEntry, fuzzing as sandbox};

use crate::{
    Controls, EngineConfig, Invalid, Registry,
    definition::{Definition, Naming},
    plan::{self, PhasePlan, Plan},
    registry::Language,
    toolchain,
};

/// A job that a client has sent: whatever it asks for, its plan, if there is one, keeps to its working directory and to the ceilings.
///
/// # Panics
/// When it does not.
pub fn job(spec: &JobSpec) {
    static REGISTRY: OnceLock<Registry> = OnceLock::new();
    let registry = REGISTRY.get_or_init(|| Registry::load(None).expect("the built-in languages are right"));
    if let Some(language) = registry.get(&spec.language) {
        plans(spec, &language, &EngineConfig::default());
    }
    let _ = registry.resolve(&spec.language);
}

/// The text of a `language.toml`. One that is taken makes commands that a sandbox takes.
///
/// # Panics
/// When it does not.
pub fn language(toml: &[u8]) {
    let program = b"#!/bin/toy\n".to_vec();
    let folder = ["samples/hello.toy", "samples/files/main.toy", "samples/files/lib/words.toy", "check.toy"];
    let mut folder: Vec<_> = folder.map(|path| (path.to_owned(), program.clone())).into();
    folder.push(("language.toml".to_owned(), toml.to_vec()));
    let Ok(definition) = Definition::read("languages/toy", &folder) else { return };
    assert!(!definition.id.is_empty() && !definition.id.contains(char::is_whitespace));
    for sample in &definition.samples {
        assert!(sample.files.iter().any(|(path, _)| *path == sample.entrypoint));
    }
    let (Naming::Fixed(file) | Naming::JavaPublicClass(file)) = &definition.naming;
    assert_plain(file);

    let id = definition.id.clone();
    let language = Arc::new(Language::locate(definition, &toolchain::Host::of_nothing()));
    let spec = JobSpec { language: id, source: Some("public class Main {}".into()), ..JobSpec::default() };
    // Such a small job is refused for nothing but limits, or words, that leave it no room.
    for refusal in plans(&spec, &language, &EngineConfig::default()) {
        assert_eq!(refusal.kind, "limit-too-small", "{}", refusal.message);
    }
}

/// A name of a program's file. One that is taken is a plain path below the working directory.
///
/// # Panics
/// When it is not.
pub fn file_name(name: &[u8]) {
    let Ok(name) = std::str::from_utf8(name) else { return };
    if plan::check_name(name, "files[0].name", &EngineConfig::default().request).is_ok() {
        assert_plain(name);
        assert!(!name.starts_with('-') && !name.contains(char::is_control));
    }
}

/// What a client holds of a live program, with nothing behind it; and where its input comes out.
///
/// # Errors
/// When there are no descriptors left.
pub fn controls() -> io::Result<(Controls, OwnedFd)> {
    let (input, signaller, program) = sandbox::controls()?;
    Ok((Controls { input, signaller, first: Vec::new() }, program))
}

/// A configuration that was read from a file: written out it is the same, and what a server may do with it cannot fail.
///
/// # Panics
/// When it can.
pub fn config(config: &EngineConfig) {
    let written = toml::to_string(config).expect("a configuration can be written");
    assert_eq!(toml::from_str::<EngineConfig>(&written).as_ref(), Ok(config), "{written}");
    assert!(config.runner_count() > 0);
    let _ = config.ceilings();
    for phase in [&config.run, &config.compile, &config.for_interactive().run] {
        let limits = phase.decide(LimitsSpec::default(), LimitsSpec::default(), config.output_ceiling);
        assert_within(&limits, &phase.ceilings);
        let command = Command { argv: vec!["true".into()], limits, ..Command::default() };
        assert_eq!(sandbox::check(&command), Ok(()), "{limits:?}");
    }
}

/// Makes the plans of a job and looks at what they ask of a sandbox; gives the refusals.
fn plans(spec: &JobSpec, language: &Language, config: &EngineConfig) -> Vec<Invalid> {
    let still = JobSpec { tty: None, shell: false, ..spec.clone() };
    let plain = (plan::plan(&still, language, config), config.clone());
    let live = (plan::plan_live(spec, language, config), config.for_interactive());
    assert_eq!(plain.0, plan::plan(&still, language, config), "a plan is pure");
    let mut refusals = Vec::new();
    for (plan, config) in [plain, live] {
        match plan {
            Ok(plan) => assert_harmless(&plan, language, &config),
            Err(refusal) => {
                assert!(!refusal.message.is_empty() && !refusal.field.is_empty());
                assert!(refusal.kind.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-' || byte.is_ascii_digit()));
                refusals.push(refusal);
            }
        }
    }
    refusals
}

fn assert_harmless(plan: &Plan, language: &Language, config: &EngineConfig) {
    let paths: BTreeSet<&str> = plan.files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(paths.len(), plan.files.len(), "two files of one name");
    paths.iter().for_each(|path| assert_plain(path));
    assert_eq!(plan.mounts, language.mounts());
    assert!(!plan.phases.is_empty());
    for phase in &plan.phases {
        let limits = if phase.phase == Phase::Compile { &config.compile } else { &config.run };
        assert_within(&phase.limits, &limits.ceilings);
        let names: BTreeMap<_, _> = phase.env.iter().cloned().collect();
        assert_eq!(names.len(), phase.env.len(), "a variable is there twice");
        assert_eq!(sandbox::check(&command(plan.files.clone(), phase)), Ok(()));
    }
}

fn command(files: Vec<FileEntry>, phase: &PhasePlan) -> Command {
    let PhasePlan { argv, env, limits, stdin, live, .. } = phase.clone();
    Command { argv, env, files, stdin, live, limits, ..Command::default() }
}

/// A path that leads nowhere but below the folder where it begins, and is written in the one way there is.
fn assert_plain(path: &str) {
    let parts = Path::new(path).components();
    assert!(parts.clone().next().is_some() && parts.clone().all(|part| matches!(part, Component::Normal(_))), "{path:?}");
    assert_eq!(parts.collect::<std::path::PathBuf>().to_str(), Some(path));
    assert!(!path.contains('\0'), "{path:?}");
}

fn assert_within(limits: &Limits, ceilings: &LimitsSpec) {
    let milliseconds = |time: std::time::Duration| u64::try_from(time.as_millis()).expect("it came from as many");
    let decided = LimitsSpec {
        cpu_time_ms: Some(milliseconds(limits.cpu_time)),
        wall_time_ms: Some(milliseconds(limits.wall_time)),
        memory_bytes: Some(limits.memory_bytes),
        processes: Some(limits.processes),
        output_bytes: Some(limits.output_bytes),
        file_size_bytes: Some(limits.file_size_bytes),
        disk_bytes: Some(limits.disk_bytes),
        disk_files: Some(limits.disk_files),
        stack_bytes: Some(limits.stack_bytes),
        open_files: Some(limits.open_files),
    };
    for ((name, value), (_, ceiling)) in decided.entries().zip(ceilings.entries()) {
        assert!(value > Some(0) && value <= ceiling, "{name}: {value:?} under {ceiling:?}");
    }
    assert!(limits.output_ceiling_bytes >= limits.output_bytes);
}
