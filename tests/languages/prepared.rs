//! What a compiler is spared by `codecanvas prepare` makes no difference to a program.

use codecanvas_protocol::{CompileSpec, JobSpec, Report};
use serde_json::json;

use crate::support::{available, patient_engine, report};

/// Programs that use most of C++'s standard library; each begins with a line `// == name`.
const CPP: &str = include_str!("prepared/programs.cpp");

/// Compiled headers are used with the flags that they were compiled with, and with no others.
const ANOTHER_FLAG: &str = "-g";

fn told_of(language: &str, source: &str, flags: &[&str]) -> (serde_json::Value, Report) {
    let compile = CompileSpec { args: flags.iter().map(|flag| (*flag).to_owned()).collect(), ..CompileSpec::default() };
    let job = JobSpec { language: language.to_owned(), source: Some(source.to_owned()), ..JobSpec::default() };
    let report = report(patient_engine(), JobSpec { stdin: "1 2 3\n".to_owned(), compile: Some(compile), ..job });
    (json!([report.stdout, report.stderr, report.outcome]), report)
}

#[test]
fn programs_in_cpp_are_the_same_with_headers_that_were_compiled_ahead() {
    if available(patient_engine(), "c++").is_none() {
        return;
    }
    for (name, source) in CPP.split("// == ").skip(1).map(|program| program.split_once('\n').expect("a line")) {
        let ((prepared, report), (plain, _)) = (told_of("c++", source, &[]), told_of("c++", source, &[ANOTHER_FLAG]));
        assert_eq!(prepared, plain, "{name}");
        assert!(report.outcome.is_success() && !report.stdout.is_empty(), "{name}: {report:#?}");
    }
}

/// Unwinds, has threads and their own variables, does sums, looks at itself.
const RUST: &str = r#"
use std::{cell::Cell, panic, thread};
thread_local!(static OWN: Cell<u32> = const { Cell::new(1) });
fn main() {
    let all: u32 = (0..4).map(|n| thread::spawn(move || { OWN.set(n); OWN.get() }).join().unwrap()).sum();
    let caught = panic::catch_unwind(|| { let v: Vec<u32> = vec![]; v[all as usize] });
    println!("{all} {} {:.6} {}", caught.is_err(), (all as f64).sin(), OWN.get());
    let deep = std::backtrace::Backtrace::force_capture().to_string();
    println!("{}", deep.contains("main"));
}
"#;

#[test]
fn programs_in_rust_are_the_same_however_they_are_linked() {
    if available(patient_engine(), "rust").is_none() {
        return;
    }
    // A static program is more than our own linking knows.
    for flags in [&[][..], &["-g"], &["-Ccodegen-units=1"], &["-Ctarget-feature=+crt-static"], &["-Clink-arg=-Wl,-v"]] {
        let plain = [flags, &["-Clinker=cc"]].concat();
        let ((prepared, report), (plain, _)) = (told_of("rust", RUST, flags), told_of("rust", RUST, &plain));
        assert_eq!(prepared, plain, "{flags:?}");
        assert_eq!(report.stdout, "6 true -0.279415 1\ntrue\n", "{flags:?}: {report:#?}");
    }
    let missing = "extern \"C\" { fn is_nowhere(); }\nfn main() { unsafe { is_nowhere() } }";
    let (_, report) = told_of("rust", missing, &[]);
    let said = report.stderr;
    assert!(said.contains("undefined") && said.contains("is_nowhere"), "{said}");
}
