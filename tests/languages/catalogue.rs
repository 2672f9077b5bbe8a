//! The list of languages as a whole.

use std::{fs, path::Path};

use crate::{TESTED, support::registry};

/// What every language shows.
const REQUIRED: [&str; 8] =
    ["hello", "stdin", "arguments", "unicode", "files", "runtime-error", "compile-error", "endless-loop"];

#[test]
fn every_language_has_a_folder_and_a_test() {
    let mut ids: Vec<String> = registry().infos().into_iter().map(|language| language.id).collect();
    ids.sort();
    let mut tested = TESTED.to_vec();
    tested.sort_unstable();
    assert_eq!(ids, tested, "tests/languages/main.rs lists every language");

    let folders = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("languages")).expect("languages/ is there");
    let definitions = folders.flatten().filter(|entry| entry.path().join("language.toml").exists());
    assert_eq!(definitions.count(), ids.len(), "each folder is a language");
}

#[test]
fn the_languages_of_the_original_come_first_under_their_names() {
    let ids: Vec<String> = registry().infos().into_iter().map(|language| language.id).collect();
    assert_eq!(ids[..6], ["python3", "nodejs", "c++", "go", "bash", "rust"]);
}

#[test]
fn every_language_has_the_samples_that_all_have() {
    for (id, samples) in registry().samples() {
        for required in REQUIRED {
            let named: Vec<_> = samples.iter().filter(|sample| sample.name == required).collect();
            let [sample] = named.as_slice() else { panic!("{id} has {} samples `{required}`", named.len()) };
            let expect = &sample.expect;
            match required {
                "hello" => assert_eq!(expect.stdout.as_deref(), Some("Hello, world!\n"), "{id}"),
                "files" => assert!(sample.files.len() > 1, "{id}"),
                "runtime-error" | "compile-error" => {
                    assert!(expect.code != 0 || expect.signal.is_some(), "{id}: `{required}` fails");
                    assert!(!expect.stderr_contains.is_empty(), "{id}: `{required}` says why");
                }
                "endless-loop" => assert_eq!(expect.outcome, "cpu_time_exceeded", "{id}"),
                _ => assert!(expect.stdout.is_some(), "{id}: `{required}` says what comes out"),
            }
        }
    }
}

#[test]
fn every_language_says_how_it_is_called_and_how_it_is_installed() {
    for language in registry().infos() {
        assert!(!language.aliases.is_empty() && !language.extensions.is_empty() && !language.name.is_empty(), "{language:?}");
        for extension in &language.extensions {
            assert_eq!(registry().for_extension(extension).expect("a language").id, language.id);
        }
    }
    assert!(registry().packages().len() >= TESTED.len(), "{:?}", registry().packages());
}
