//! What is run: a few programs in each language, which are in this program, and what each must print.

use std::{
    borrow::Cow,
    sync::{
        LazyLock,
        atomic::{AtomicU64, Ordering},
    },
    time::{SystemTime, UNIX_EPOCH},
};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use rust_embed::RustEmbed;
use serde::Serialize;

#[derive(RustEmbed)]
#[folder = "src/bench/programs/"]
struct Files;

/// A language that there are programs in.
#[derive(Debug)]
pub(super) struct Language {
    /// As our own servers call it.
    pub(super) id: &'static str,
    extension: &'static str,
    /// What begins a comment of one line.
    comment: &'static str,
    /// Whether a run compiles it first.
    pub(super) compiled: bool,
    /// What other servers call it, in lower case, without its version.
    pub(super) names: &'static [&'static str],
}

const fn language(
    id: &'static str,
    extension: &'static str,
    comment: &'static str,
    compiled: bool,
    names: &'static [&'static str],
) -> Language {
    Language { id, extension, comment, compiled, names }
}

/// All of them; what is most often asked for comes first.
pub(super) static LANGUAGES: [Language; 13] = [
    language("python3", "py", "#", false, &["python3", "python", "py"]),
    language("nodejs", "js", "//", false, &["nodejs", "javascript", "node-javascript", "js"]),
    language("bash", "sh", "#", false, &["bash"]),
    language("c", "c", "//", true, &["c"]),
    language("c++", "cpp", "//", true, &["c++", "cpp"]),
    language("java", "java", "//", true, &["java"]),
    language("go", "go", "//", true, &["go", "golang"]),
    language("rust", "rs", "//", true, &["rust"]),
    language("typescript", "ts", "//", true, &["typescript"]),
    language("ruby", "rb", "#", false, &["ruby"]),
    language("perl", "pl", "#", false, &["perl"]),
    language("php", "php", "//", false, &["php"]),
    language("lua", "lua", "--", false, &["lua"]),
];

/// What a program does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(super) enum Workload {
    /// Prints one line.
    Hello,
    /// Computes for a moment: 100,000 steps of a random number generator.
    Compute,
    /// Prints 1 MiB.
    Output,
    /// A program that was never seen before, so that no cache has it: only of languages that are compiled.
    Compile,
}

impl Workload {
    pub(super) const ALL: [Workload; 4] = [Workload::Hello, Workload::Compute, Workload::Output, Workload::Compile];

    pub(super) fn name(self) -> &'static str {
        match self {
            Workload::Hello => "hello",
            Workload::Compute => "compute",
            Workload::Output => "output",
            Workload::Compile => "compile",
        }
    }
}

/// One program.
#[derive(Debug, Clone)]
pub(super) struct Program {
    pub(super) language: &'static Language,
    pub(super) workload: Workload,
    source: String,
    pub(super) expected: Vec<u8>,
}

impl Program {
    /// The program, unless there is none of that kind in this language.
    pub(super) fn find(language: &'static Language, workload: Workload) -> Option<Program> {
        if workload == Workload::Compile && !language.compiled {
            return None;
        }
        let name = format!("{}/{}.{}", language.id, workload.name(), language.extension);
        let source = String::from_utf8(Files::get(&name)?.data.into_owned()).expect("programs are text");
        Some(Program { language, workload, source, expected: expected(workload) })
    }

    /// What is sent next: the same text each time, but for a workload that no cache may have.
    pub(super) fn next(&self) -> Cow<'_, str> {
        if self.workload == Workload::Compile { Cow::Owned(self.fresh()) } else { Cow::Borrowed(&self.source) }
    }

    /// The same text each time, of whatever workload.
    pub(super) fn again(&self) -> &str {
        &self.source
    }

    /// The program as no server has seen it: with a comment that it never had before.
    pub(super) fn fresh(&self) -> String {
        static START: LazyLock<u128> =
            LazyLock::new(|| SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos()));
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        format!("{}{} {}-{count}\n", self.source, self.language.comment, *START)
    }

    /// Why this is not what it must print, if it is not.
    pub(super) fn differs(&self, stdout: &[u8]) -> Option<String> {
        if stdout == self.expected {
            return None;
        }
        let shown = String::from_utf8_lossy(&stdout[..stdout.len().min(60)]);
        Some(if stdout.len() > 60 || self.expected.len() > 60 {
            let at = stdout.iter().zip(&self.expected).take_while(|(is, wanted)| is == wanted).count();
            format!("wrong output: {} bytes, {} wanted; it differs at byte {at}", stdout.len(), self.expected.len())
        } else {
            format!("wrong output: {shown:?}, {:?} wanted", String::from_utf8_lossy(&self.expected))
        })
    }
}

fn expected(workload: Workload) -> Vec<u8> {
    if workload == Workload::Output {
        // 16,384 lines of 64 bytes.
        let line = format!("{}\n", &"0123456789abcdef".repeat(4)[..63]);
        return line.repeat(16_384).into_bytes();
    }
    let name = format!("{}.out", workload.name());
    Files::get(&name).expect("every workload says what it prints").data.into_owned()
}

/// The languages of these names, in their order.
pub(super) fn languages(names: &[String]) -> Result<Vec<&'static Language>> {
    let find = |name: &String| {
        let lower = name.to_lowercase();
        LANGUAGES.iter().find(|language| language.id == lower || language.names.contains(&lower.as_str()))
    };
    let known = || LANGUAGES.iter().map(|language| language.id).collect::<Vec<_>>().join(", ");
    let mut found: Vec<&'static Language> = Vec::new();
    for name in names {
        let language = find(name).with_context(|| format!("there are no programs in {name}; there are some in {}", known()))?;
        if !found.iter().any(|other| other.id == language.id) {
            found.push(language);
        }
    }
    if found.is_empty() {
        bail!("name a language; there are programs in {}", known());
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_its_programs() {
        for language in &LANGUAGES {
            for workload in Workload::ALL {
                let wanted = language.compiled || workload != Workload::Compile;
                assert_eq!(Program::find(language, workload).is_some(), wanted, "{} {}", language.id, workload.name());
            }
        }
    }

    #[test]
    fn only_what_must_be_compiled_is_new_each_time() {
        let c = languages(&["c".to_owned()]).unwrap()[0];
        let (hello, compile) = (Program::find(c, Workload::Hello).unwrap(), Program::find(c, Workload::Compile).unwrap());
        assert_eq!(hello.next(), hello.next());
        assert_ne!(compile.next(), compile.next());
    }

    #[test]
    fn a_wrong_output_is_told() {
        let program = |workload| Program::find(&LANGUAGES[0], workload).unwrap();
        assert_eq!(program(Workload::Hello).differs(b"Hello, world!\n"), None);
        assert_eq!(program(Workload::Hello).differs(b"no").unwrap(), "wrong output: \"no\", \"Hello, world!\\n\" wanted");
        let cut = expected(Workload::Output)[..1000].to_vec();
        let told = program(Workload::Output).differs(&cut).unwrap();
        assert_eq!(told, "wrong output: 1000 bytes, 1048576 wanted; it differs at byte 1000");
    }

    #[test]
    fn a_language_goes_by_any_of_its_names_and_once() {
        let names = ["python", "py", "C++"].map(str::to_owned);
        let found: Vec<_> = languages(&names).unwrap().iter().map(|language| language.id).collect();
        assert_eq!(found, ["python3", "c++"]);
        assert!(languages(&["cobol".to_owned()]).unwrap_err().to_string().contains("there are some in python3"));
    }
}
