//! Plans of a language that is interpreted and one that is compiled, both made of `sh`; no program is run.

use std::{collections::BTreeMap, fs, sync::Arc};

use codecanvas_protocol::{Encoding, SourceFile};
use proptest::{collection, option, prelude::*};

use super::*;
use crate::registry::Registry;

const TOY: &str = r#"
id = "toy"
name = "Toy"
extensions = [".toy"]
file = "main.toy"
packages = ["dash"]
[tools]
sh = { commands = ["sh"] }
[version]
argv = ["{sh}", "-c", "echo 1"]
[run]
argv = ["{sh}", "{entrypoint}", "{args}"]
env = { LANG = "C", TOY = "1" }
limits = { processes = 5, memory_bytes = 4294967296 }
[warm]
mode = "pool"
interpreter = "node"
looks_for = ["toy.json"]
"#;

const BUILT: &str = r#"
[compile]
argv = ["{sh}", "{flags}", "{sources}"]
limits = { disk_files = 9 }
"#;

/// The languages `toy` and `built`.
fn languages() -> [Arc<Language>; 2] {
    let directory = tempfile::tempdir().unwrap();
    let built = format!("{}{BUILT}", TOY.replace("\"toy\"", "\"built\"").replace(".toy\"", ".built\""));
    for (id, toml) in [("toy", TOY), ("built", built.as_str())] {
        fs::create_dir(directory.path().join(id)).unwrap();
        fs::write(directory.path().join(id).join("language.toml"), toml).unwrap();
    }
    let registry = Registry::load(Some(directory.path())).unwrap();
    ["toy", "built"].map(|id| registry.get(id).unwrap())
}

fn file(name: &str, content: &str) -> SourceFile {
    SourceFile { name: name.into(), content: content.into(), encoding: Encoding::Utf8 }
}

fn base64(name: &str, content: &str) -> SourceFile {
    SourceFile { encoding: Encoding::Base64, ..file(name, content) }
}

fn source() -> JobSpec {
    JobSpec { language: "toy".into(), source: Some("echo".into()), ..JobSpec::default() }
}

fn files(names: &[&str]) -> JobSpec {
    JobSpec { source: None, files: names.iter().map(|name| file(name, "echo")).collect(), ..source() }
}

fn planned(spec: &JobSpec) -> Plan {
    plan(spec, &languages()[0], &EngineConfig::default()).unwrap()
}

/// Kind, field and message of the mistake in a job.
fn mistake_for(language: usize, spec: &JobSpec) -> (&'static str, String, String) {
    let Invalid { kind, field, message } = plan(spec, &languages()[language], &EngineConfig::default()).unwrap_err();
    (kind, field, message)
}

#[track_caller]
fn assert_mistake(spec: &JobSpec, kind: &str, field: &str, words: &str) {
    let (found_kind, found_field, message) = mistake_for(0, spec);
    assert_eq!((found_kind, found_field.as_str()), (kind, field), "{message}");
    assert!(message.contains(words), "{message}");
}

#[test]
fn a_source_is_one_file_and_one_phase() {
    let plan = planned(&JobSpec { args: vec!["a b".into()], stdin: "in".into(), ..source() });
    assert_eq!(plan.files, [FileEntry { path: "main.toy".into(), content: b"echo".to_vec(), executable: false }]);
    let [run] = plan.phases.as_slice() else { panic!("{:?}", plan.phases) };
    assert_eq!((run.phase, run.stdin.as_slice()), (Phase::Run, b"in".as_slice()));
    assert!(run.argv[0].ends_with("/sh"));
    assert_eq!(run.argv[1..], ["main.toy", "a b"]);
}

#[test]
fn a_compiled_language_has_two_phases_and_the_input_is_for_the_second() {
    let mut spec = files(&["app/one.built", "notes.txt", "two.built"]);
    spec.compile = Some(CompileSpec { args: vec!["-O2".into()], ..CompileSpec::default() });
    spec.env = BTreeMap::from([("A".to_owned(), "1".to_owned())]);
    spec.stdin = "in".into();
    spec.entrypoint = Some("two.built".into());
    let plan = plan(&spec, &languages()[1], &EngineConfig::default()).unwrap();
    let [compile, run] = plan.phases.as_slice() else { panic!("{:?}", plan.phases) };
    assert_eq!((compile.phase, run.phase), (Phase::Compile, Phase::Run));
    assert_eq!(compile.argv[1..], ["-O2", "app/one.built", "two.built"]);
    assert_eq!(run.argv[1..], ["two.built"]);
    assert_eq!((compile.stdin.as_slice(), run.stdin.as_slice()), (b"".as_slice(), b"in".as_slice()));
    let has = |phase: &PhasePlan| phase.env.contains(&("A".to_owned(), "1".to_owned()));
    assert!(!has(compile) && has(run));
    assert_eq!((compile.limits.disk_files, compile.limits.memory_bytes), (9, 1 << 30));
}

#[test]
fn the_clients_environment_comes_before_the_languages() {
    let spec = JobSpec { env: BTreeMap::from([("LANG".to_owned(), "de".to_owned())]), ..source() };
    let env = &planned(&spec).phases[0].env;
    let named: Vec<&str> = env.iter().filter(|(name, _)| name == "LANG").map(|(_, value)| value.as_str()).collect();
    assert_eq!(named, ["de"]);
    assert!(env.contains(&("TOY".to_owned(), "1".to_owned())) && env.iter().any(|(name, _)| name == "PATH"));
}

#[test]
fn limits_are_the_clients_then_the_languages_then_the_defaults_and_never_above_the_ceiling() {
    let mut spec = source();
    spec.limits.wall_time_ms = Some(1500);
    let limits = planned(&spec).phases[0].limits;
    assert_eq!((limits.wall_time.as_millis(), limits.processes, limits.open_files), (1500, 5, 256));
    assert_eq!(limits.memory_bytes, 2 << 30, "the language's own 4 GiB are cut down to the ceiling");
}

#[test]
fn scripts_and_programs_are_executable() {
    let mut spec = files(&["a.toy"]);
    spec.files.push(file("script", "#!/bin/sh\n"));
    spec.files.push(base64("program", "f0VMRg"));
    let executable: Vec<bool> = planned(&spec).files.iter().map(|file| file.executable).collect();
    assert_eq!(executable, [false, true, true]);
}

#[test]
fn language_and_source_are_required_in_the_originals_words() {
    let words = r#""language" and "source" fields are required"#;
    assert_mistake(&JobSpec { language: String::new(), ..source() }, "required", "language", words);
    assert_mistake(&JobSpec { source: None, ..source() }, "required", "source", words);
    assert_mistake(&JobSpec { source: Some(String::new()), ..source() }, "required", "source", words);
    assert_mistake(&JobSpec { source: Some("x".into()), ..files(&["a"]) }, "source-and-files", "source", "not both");
}

#[test]
fn a_file_name_is_a_plain_relative_path() {
    for (name, words) in [
        ("", "is empty"),
        ("/etc/passwd", "is absolute"),
        ("a//b", "empty part"),
        ("a/", "empty part"),
        ("..", "the part `..`"),
        ("a/../b", "the part `..`"),
        ("./a", "the part `.`"),
        ("a\0b", "`a\\0b` has a control character"),
        ("a\nb", "has a control character"),
        ("a\u{85}b", "has a control character"),
        ("a\\b", "backslash"),
        ("-rf", "begins with a dash"),
        (&"x".repeat(101), "a part of 101 bytes; at most 100"),
        (&"x/".repeat(200), "is 400 bytes long; at most 256"),
    ] {
        assert_mistake(&files(&["ok", name]), "invalid-file-name", "files[1].name", words);
    }
    let odd = ["a b.toy", "ünï/c.toy", "...", "..a", "a-b", "x/-y"];
    assert_eq!(planned(&files(&odd)).files.len(), odd.len());
}

#[test]
fn two_files_never_have_one_place() {
    assert_mistake(&files(&["a", "b", "a"]), "duplicate-file", "files[2].name", "files[0] has the name `a`");
    assert_mistake(&files(&["a/b/c", "a/b"]), "duplicate-file", "files[0].name", "`a/b` is a file, files[1]");
    assert_mistake(&files(&["a", "a/b/c"]), "duplicate-file", "files[1].name", "`a` is a file, files[0]");
    planned(&files(&["a/b", "ab", "a/c", "A"]));
}

#[test]
fn files_are_counted_decoded_and_one_of_them_started() {
    let names: Vec<String> = (0..33).map(|number| number.to_string()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    assert_mistake(&files(&names), "too-many-files", "files", "33 files; at most 32");
    let mut spec = files(&["a"]);
    spec.files.push(base64("b", "a b="));
    assert_mistake(&spec, "invalid-base64", "files[1].content", "not base64");
    spec.files[1] = base64("b", "/wA");
    assert_eq!(planned(&spec).files[1].content, [0xff, 0]);
    spec.entrypoint = Some("c".into());
    assert_mistake(&spec, "unknown-entrypoint", "entrypoint", "no file `c`");
    assert_mistake(&JobSpec { entrypoint: Some("a".into()), ..source() }, "unknown-entrypoint", "entrypoint", "leave it out");
    spec.entrypoint = None;
    assert_eq!(planned(&spec).phases[0].argv[1], "a");
}

#[test]
fn arguments_are_bounded() {
    let with = |args: Vec<String>| JobSpec { args, ..source() };
    planned(&with(vec!["x".repeat(4096); 64]));
    assert_mistake(&with(vec![String::new(); 65]), "too-many-arguments", "args", "65 arguments; at most 64");
    assert_mistake(&with(vec!["x".repeat(4097)]), "argument-too-long", "args[0]", "at most 4KiB");
    assert_mistake(&with(vec!["a".into(), "\0".into()]), "invalid-argument", "args[1]", "NUL");
    let mut spec = source();
    spec.compile = Some(CompileSpec { args: vec!["\0".into()], ..CompileSpec::default() });
    let (kind, field, _) = mistake_for(1, &spec);
    assert_eq!((kind, field.as_str()), ("invalid-argument", "compile.args[0]"));
}

#[test]
fn the_environment_is_bounded() {
    let with = |name: &str, value: &str| JobSpec { env: BTreeMap::from([(name.to_owned(), value.to_owned())]), ..source() };
    planned(&with("_LD_PRELOAD2", "any\nthing"));
    for name in ["", "1A", "A-B", "A=B", "Ä", "A\0", "A B", &"A".repeat(5000)] {
        assert_mistake(&with(name, ""), "invalid-variable", "env", "no name of a variable");
    }
    assert_mistake(&with("A", "x\0"), "invalid-variable", "env.A", "NUL");
    assert_mistake(&with("A", &"x".repeat(4097)), "variable-too-long", "env.A", "at most 4KiB");
    let many = (0..65).map(|number| (format!("A{number}"), String::new())).collect();
    assert_mistake(&JobSpec { env: many, ..source() }, "too-many-variables", "env", "at most 64");
}

#[test]
fn standard_input_is_decoded_and_bounded() {
    let with = |stdin: &str, stdin_encoding| JobSpec { stdin: stdin.into(), stdin_encoding, ..source() };
    assert_eq!(planned(&with("/w==", Encoding::Base64)).phases[0].stdin, [0xff]);
    assert_mistake(&with("?", Encoding::Base64), "invalid-base64", "stdin", "not base64");
    let large = "x".repeat((8 << 20) + 1);
    assert_mistake(&with(&large, Encoding::Utf8), "stdin-too-large", "stdin", "8388609 bytes; at most 8MiB");
}

#[test]
fn a_limit_is_more_than_zero_and_at_or_below_its_ceiling() {
    for (name, ceiling) in EngineConfig::default().run.ceilings.entries() {
        let with = |value| {
            let mut spec = source();
            spec.limits.set(name, value);
            spec
        };
        planned(&with(ceiling.unwrap()));
        assert_mistake(&with(0), "limit-zero", &format!("limits.{name}"), "zero");
        assert_mistake(&with(ceiling.unwrap() + 1), "limit-above-ceiling", &format!("limits.{name}"), "ceiling of");
    }
    let mut spec = source();
    spec.limits.memory_bytes = Some(4 << 30);
    let words = "4294967296 (4GiB) is above the ceiling of 2147483648 (2GiB)";
    assert_mistake(&spec, "limit-above-ceiling", "limits.memory_bytes", words);
    let mut compile = CompileSpec::default();
    compile.limits.processes = Some(u64::MAX);
    let (kind, field, _) = mistake_for(1, &JobSpec { compile: Some(compile.clone()), ..source() });
    assert_eq!((kind, field.as_str()), ("limit-above-ceiling", "compile.limits.processes"));
    assert_mistake(&JobSpec { compile: Some(compile), ..source() }, "not-compiled", "compile", "toy is not compiled");
}

#[test]
fn what_is_started_ahead_is_what_a_job_without_wishes_runs() {
    let [toy, _] = languages();
    let run = planned(&source()).phases.pop().unwrap();
    let ahead = toy.warm(&EngineConfig::default().run).unwrap();
    assert_eq!((ahead.argv, ahead.env, run.warm), (run.argv, run.env, true));
    let is_warm = |names: &[&str]| planned(&files(names)).phases[0].warm;
    assert!(is_warm(&["main.toy", "lib/toy.json"]));
    assert!(!is_warm(&["main.toy", "toy.json"]), "the interpreter would have looked at that file");
}

#[test]
fn what_cannot_be_put_into_the_sandbox_is_refused_before() {
    let limited = |name: &str, value, mut spec: JobSpec| {
        spec.limits.set(name, value);
        spec
    };
    let large = JobSpec { source: Some("x".repeat(5000)), ..source() };
    planned(&limited("disk_bytes", 8192, large.clone()));
    assert_mistake(&limited("disk_bytes", 8191, large.clone()), "limit-too-small", "limits.disk_bytes", "need 8KiB");
    assert_mistake(&limited("memory_bytes", 8191, large), "limit-too-small", "limits.memory_bytes", "need 8KiB");
    planned(&limited("disk_files", 5, files(&["a/b/c", "a/d"])));
    let tight = limited("disk_files", 4, files(&["a/b/c", "a/d"]));
    assert_mistake(&tight, "limit-too-small", "limits.disk_files", "need 5; the limit is 4");
    let many = JobSpec { args: vec!["x".repeat(4096); 64], ..source() };
    assert_mistake(&limited("stack_bytes", 1 << 19, many), "limit-too-small", "limits.stack_bytes", "512KiB takes 131072");
    let (_, field, _) = mistake_for(1, &files(&["1", "2", "3", "4", "5", "6", "7", "8", "9"]));
    assert_eq!(field, "compile.limits.disk_files");
}

fn any_spec() -> impl Strategy<Value = JobSpec> {
    let encoding = || prop_oneof![Just(Encoding::Utf8), Just(Encoding::Base64)];
    let name = prop_oneof![any::<String>(), "[a-c./-]{0,6}", "[a-z]{1,3}(/[a-z]{1,3}){0,2}"];
    let file = (name.clone(), any::<String>(), encoding());
    let file = file.prop_map(|(name, content, encoding)| SourceFile { name, content, encoding });
    let limits = collection::vec(option::of(prop_oneof![0..100_u64, any::<u64>()]), LimitsSpec::NAMES.len());
    let limits = limits.prop_map(|values| {
        let mut limits = LimitsSpec::default();
        for (name, value) in LimitsSpec::NAMES.iter().zip(values) {
            value.map(|value| limits.set(name, value));
        }
        limits
    });
    let limits = prop_oneof![Just(LimitsSpec::default()), limits];
    let args = || collection::vec(any::<String>(), 0..4);
    let compile = (args(), limits.clone()).prop_map(|(args, limits)| CompileSpec { args, limits });
    let program = (option::of(any::<String>()), collection::vec(file, 0..5), option::of(name));
    let given = (any::<String>(), encoding(), args(), collection::btree_map(any::<String>(), any::<String>(), 0..3));
    (program, given, option::of(compile), limits).prop_map(|(program, given, compile, limits)| JobSpec {
        language: "toy".into(),
        source: program.0,
        files: program.1,
        entrypoint: program.2,
        stdin: given.0,
        stdin_encoding: given.1,
        args: given.2,
        env: given.3,
        compile,
        limits,
        ..JobSpec::default()
    })
}

#[test]
fn any_job_gives_one_plan_or_one_mistake_and_always_the_same() {
    let (languages, config) = (languages(), EngineConfig::default());
    proptest!(|(spec in any_spec(), language in 0..2_usize)| {
        let first = plan(&spec, &languages[language], &config);
        prop_assert_eq!(&first, &plan(&spec, &languages[language], &config));
        if let Ok(plan) = first {
            prop_assert!(!plan.phases.is_empty() && !plan.files.is_empty());
            for file in &plan.files {
                let is_plain = |part: &str| !matches!(part, "" | "." | "..") && part.len() <= 100;
                prop_assert!(file.path.split('/').all(is_plain) && !file.path.contains(['\0', '\n', '\\']));
            }
            let texts = plan.phases.iter().flat_map(|phase| phase.argv.iter().chain(phase.env.iter().map(|(_, value)| value)));
            prop_assert!(!texts.into_iter().any(|text| text.contains('\0')));
        }
    });
}
