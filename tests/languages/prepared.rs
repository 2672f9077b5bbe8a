//! What a compiler is spared by `codecanvas prepare` makes no difference to a program.

use codecanvas_protocol::{CompileSpec, JobSpec, Report};
use serde_json::json;

use crate::support::{available, patient_engine, report};

/// Programs that use most of C++'s standard library; each begins with a line `// == name`.
const CPP: &str = include_str!("prepared/programs.cpp");

/// Compiled headers are used with the flags that they were compiled with, and with no others.
const ANOTHER_FLAG: &str = "-g";

#[test]
fn programs_in_cpp_are_the_same_with_headers_that_were_compiled_ahead() {
    let engine = patient_engine();
    if available(engine, "c++").is_none() {
        return;
    }
    for (name, source) in CPP.split("// == ").skip(1).map(|program| program.split_once('\n').expect("a line")) {
        let with = |flags: &[&str]| {
            let compile = CompileSpec { args: flags.iter().map(|flag| (*flag).to_owned()).collect(), ..CompileSpec::default() };
            let job = JobSpec { language: "c++".to_owned(), source: Some(source.to_owned()), ..JobSpec::default() };
            report(engine, JobSpec { stdin: "1 2 3\n".to_owned(), compile: Some(compile), ..job })
        };
        let (prepared, plain) = (with(&[]), with(&[ANOTHER_FLAG]));
        let told = |report: &Report| json!([report.stdout, report.stderr, report.outcome]);
        assert_eq!(told(&prepared), told(&plain), "{name}");
        assert!(prepared.outcome.is_success() && !prepared.stdout.is_empty(), "{name}: {prepared:#?}");
    }
}
