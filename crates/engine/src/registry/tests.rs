//! The built-in languages, and how they are found by name.

use std::{collections::BTreeSet, fs};

use super::*;

fn built_in() -> Registry {
    Registry::load(None).unwrap()
}

/// With every toolchain there is answering that it is of this version.
fn probed(version: &str) -> Registry {
    let registry = built_in();
    for language in registry.languages() {
        registry.set_version(language.id(), Ok(version.to_owned()));
    }
    registry
}

fn refusal(registry: &Registry, asked: &str) -> (&'static str, String) {
    let invalid = registry.resolve(asked).unwrap_err();
    assert_eq!(invalid.field, "language");
    (invalid.kind, invalid.message)
}

#[test]
fn thirteen_languages_in_the_originals_order() {
    let ids: Vec<String> = built_in().infos().into_iter().map(|info| info.id).collect();
    let expected = ["python3", "nodejs", "c++", "go", "bash", "rust", "c", "java", "lua", "perl", "php", "ruby", "typescript"];
    assert_eq!(ids, expected);
}

#[test]
fn every_language_has_packages_and_the_samples_that_all_have() {
    for language in built_in().languages() {
        assert!(language.packages().count() > 0, "{}", language.id());
        let names: BTreeSet<&str> = language.samples().iter().map(|sample| sample.name.as_str()).collect();
        for name in ["hello", "stdin", "runtime-error", "endless-loop", "compile-error", "files", "unicode", "arguments"] {
            assert!(names.contains(name), "{} has no sample `{name}`", language.id());
        }
        assert_eq!(names.len(), language.samples().len(), "{} has two samples of one name", language.id());
    }
}

#[test]
fn people_find_languages_by_the_words_they_type() {
    let registry = built_in();
    for (word, id) in [
        ("py", "python3"),
        ("Python", "python3"),
        ("js", "nodejs"),
        ("javascript", "nodejs"),
        ("node", "nodejs"),
        ("ts", "typescript"),
        ("cpp", "c++"),
        ("C++", "c++"),
        ("g++", "c++"),
        ("gcc", "c"),
        ("golang", "go"),
        ("rs", "rust"),
        ("sh", "bash"),
        ("rb", "ruby"),
        ("pl", "perl"),
        ("python@3.11", "python3"),
        ("python3.11", "python3"),
        ("node20", "nodejs"),
        ("php8.2", "php"),
    ] {
        assert_eq!(registry.get(word).map(|language| language.id().to_owned()).as_deref(), Some(id), "{word}");
    }
    assert_eq!(registry.for_extension(".PY").unwrap().id, "python3");
    assert_eq!(registry.for_extension(".h"), None);
}

#[test]
fn an_unknown_language_is_answered_with_the_nearest() {
    let registry = built_in();
    let message = |asked| refusal(&registry, asked).1;
    assert_eq!(refusal(&registry, "pyton").0, "unknown-language");
    assert_eq!(message("pyton"), "invalid language: [pyton] not currently supported; did you mean python3?");
    assert!(message("typscript").contains("did you mean typescript"));
    assert_eq!(message("brainfuck"), "invalid language: [brainfuck] not currently supported");
    assert_eq!(message(""), "invalid language: [] not currently supported");
    assert!(!message(&"py".repeat(1000)).contains("did you mean"));
}

#[test]
fn a_version_has_to_be_the_one_there_is() {
    let registry = probed("3.11.2");
    for asked in ["python3", "python@3", "python@3.11", "python3.11", "PYTHON3.11.2"] {
        assert_eq!(registry.resolve(asked).map(|language| language.id().to_owned()), Ok("python3".to_owned()), "{asked}");
    }
    let (kind, message) = refusal(&registry, "python@3.1");
    assert_eq!(
        (kind, message.as_str()),
        ("language-unavailable", "language python3 is not available here in version 3.1; there is 3.11.2")
    );
    assert_eq!(refusal(&registry, "pyton@3").0, "unknown-language");
    assert_eq!(refusal(&registry, "c++17").0, "unknown-language");
}

#[test]
fn a_missing_toolchain_says_why_and_how_to_install_it() {
    let nowhere = definitions_of_python();
    let registry = Registry::of(nowhere, &Host::current()).unwrap();
    let (kind, message) = refusal(&registry, "python");
    assert_eq!(kind, "language-unavailable");
    assert_eq!(
        message,
        "language python3 is not available here: `no-such-command` was not found on this machine; to install it: \
         sudo apt-get install -y python3"
    );
    let info = &registry.infos()[0];
    assert_eq!((info.available, info.install.as_deref()), (false, Some("sudo apt-get install -y python3")));
    assert!(registry.mounts().is_empty());
    assert_eq!(registry.packages(), ["python3"]);
}

fn definitions_of_python() -> Vec<Definition> {
    let folder = files::built_in().into_iter().find(|folder| folder.place.ends_with("/python3")).unwrap();
    let mut python = Definition::read(&folder.place, &folder.files).unwrap();
    let tool = python.tools.get_mut("python3").unwrap();
    (tool.commands, tool.look) = (vec!["no-such-command".to_owned()], Vec::new());
    vec![python]
}

#[test]
fn an_unanswered_or_broken_toolchain_is_unavailable() {
    let registry = built_in();
    assert!(refusal(&registry, "bash").1.contains("has not been tried yet"));
    registry.set_version("bash", Err("`bash --version` ended by SIGSEGV".to_owned()));
    assert!(refusal(&registry, "bash").1.contains("ended by SIGSEGV"));
    registry.set_version("bash", Ok("5.2.15".to_owned()));
    assert_eq!(registry.resolve("bash").unwrap().version().as_deref(), Some("5.2.15"));
}

#[test]
fn a_directory_adds_and_replaces_languages() {
    let directory = tempfile::tempdir().unwrap();
    let toml = "id = \"ID\"\nname = \"Mine\"\nextensions = [\".mine\"]\nfile = \"main.mine\"\npackages = [\"mine\"]\n\
                tools.sh.commands = [\"sh\"]\nversion.argv = [\"{sh}\"]\nrun.argv = [\"{sh}\", \"{entrypoint}\"]\n";
    for id in ["bash", "mine"] {
        fs::create_dir(directory.path().join(id)).unwrap();
        fs::write(
            directory.path().join(id).join("language.toml"),
            toml.replace("ID", id).replace(".mine", &format!(".{id}-mine")),
        )
        .unwrap();
    }
    let registry = Registry::load(Some(directory.path())).unwrap();
    assert_eq!(registry.infos().len(), 14);
    assert_eq!(registry.for_extension(".bash-mine").unwrap().name, "Mine");
    assert_eq!(registry.for_extension(".sh"), None);

    fs::write(directory.path().join("mine/language.toml"), toml.replace("ID", "mine").replace(".mine", ".py")).unwrap();
    let error = Registry::load(Some(directory.path())).unwrap_err().to_string();
    assert_eq!(error, "languages: mine: `.py` means python3 already");
    assert!(Registry::load(Some(Path::new("/nonexistent"))).unwrap_err().to_string().contains("/nonexistent: cannot be read"));
}

#[test]
fn a_job_names_its_sources_and_its_class() {
    let registry = built_in();
    let files: [(&str, &[u8]); 4] = [("lib/a.cpp", b""), ("lib/a.hpp", b""), ("main", b"int main() {}"), ("data.txt", b"")];
    let job = registry.get("cpp").unwrap().substitutions(files, "main", &["-O3".to_owned()], &["x".to_owned()]);
    assert_eq!(job.sources, ["lib/a.cpp", "main"]);
    assert_eq!((job.class.as_str(), job.flags.len(), job.args.len()), ("", 1, 1));

    let java = registry.get("java").unwrap();
    let source = "package app;\npublic class Start { public static void main(String[] args) {} }";
    assert_eq!(java.source_name(source), "Start.java");
    let job = java.substitutions([("app/Start.java", source.as_bytes())], "app/Start.java", &[], &[]);
    assert_eq!(job.class, "app.Start");
}

#[test]
fn the_environment_is_built_from_nothing() {
    let bash = built_in().get("bash").unwrap();
    let env = bash.environment(bash.run());
    assert_eq!(env.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["HOME", "LANG", "PATH"]);
    assert!(env[2].1.ends_with("/usr/local/bin:/usr/bin:/bin"), "{}", env[2].1);
}
