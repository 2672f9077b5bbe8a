//! Every sample program of every language, through the real engine, with the outcome that its definition names.
//!
//! One test per language. A toolchain that is missing is a failure; only where scripts/ordinary_user.sh runs these tests once
//! more may one be out of reach, in root's home for example, and then its test says that it did not run.

mod catalogue;
mod documented;
mod prepared;
mod support;

use codecanvas_protocol::Phase;

use crate::support::{check, job, patient_engine, report};

/// One test per language, and the list of them.
macro_rules! languages {
    ($($test:ident: $id:literal,)*) => {
        /// The ids that have a test.
        const TESTED: &[&str] = &[$($id),*];

        $(#[test]
        fn $test() {
            every_sample_gives_what_its_definition_says($id);
        })*
    };
}

languages! {
    bash: "bash",
    c: "c",
    cpp: "c++",
    go: "go",
    java: "java",
    lua: "lua",
    nodejs: "nodejs",
    perl: "perl",
    php: "php",
    python3: "python3",
    ruby: "ruby",
    rust: "rust",
    typescript: "typescript",
}

fn every_sample_gives_what_its_definition_says(id: &str) {
    let engine = patient_engine();
    let Some(language) = support::available(engine, id) else { return };
    let version = language.version.as_deref().expect("a language that is available has a version");
    assert!(version.starts_with(|c: char| c.is_ascii_digit()), "version `{version}`");

    // Each sample asks for the language by another of its names, in turn.
    let names: Vec<&String> = std::iter::once(&language.id).chain(&language.aliases).collect();
    let samples = support::samples(&language);
    let rounds = samples.len().max(names.len());
    for (sample, name) in samples.iter().copied().cycle().zip(names.into_iter().cycle()).take(rounds) {
        let report = report(engine, job(&language, name, sample));
        check(sample, &report).unwrap_or_else(|wrong| panic!("{id}, sample `{}`: {wrong}\n{report:#?}", sample.name));
        assert_eq!((report.language.as_str(), report.version.as_str()), (id, version), "asked for as {name}");
        assert_eq!(report.phases[0].phase == Phase::Compile, language.compiled, "{id}, sample `{}`", sample.name);
    }
}
