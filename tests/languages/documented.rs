//! docs/languages.md adds a language step by step: that language works, and no key of a definition is missing from the page.

use std::{fs, path::Path};

use codecanvas_engine::{Engine, EngineConfig, Registry};
use tempfile::TempDir;

use crate::support::{available, check, job, report};

#[test]
fn the_language_of_the_page_works() {
    let directory = page().written();
    let config = EngineConfig { languages_dir: Some(directory.path().to_owned()), ..EngineConfig::default() };
    let launcher = env!("CARGO_BIN_EXE_codecanvas").into();
    let engine = Engine::start_with(&config, Some(launcher)).expect("the page's definition is right");
    let Some(awk) = available(&engine, "awk") else { return };
    let registry = Registry::load(Some(directory.path())).expect("the page's definition is right");
    let (_, samples) = registry.samples().into_iter().find(|(id, _)| *id == "awk").expect("the page's language");
    assert!(!samples.is_empty());
    for sample in samples {
        let report = report(&engine, job(&awk, "mawk", sample));
        check(sample, &report).unwrap_or_else(|wrong| panic!("sample `{}`: {wrong}\n{report:#?}", sample.name));
    }
}

#[test]
fn the_page_names_every_key() {
    let page = page();
    for table in ["id = ", "[tools]\nawk = { ", "[version]\n", "[run]\n", "[[sample]]\n", "expect = { "] {
        for key in keys(&page, table) {
            assert!(page.text.contains(&format!("`{key}`")), "docs/languages.md does not explain `{key}`");
        }
    }
}

/// The keys that a table may have, as the refusal of another one lists them.
fn keys(page: &Page, table: &str) -> Vec<String> {
    let unknown = if table.ends_with("{ ") { "no-such-key = 1, " } else { "no-such-key = 1\n" };
    let with_unknown = match table {
        "id = " => format!("{unknown}id = "),
        _ => format!("{table}{unknown}"),
    };
    let wrong = Page { definition: page.definition.replacen(table, &with_unknown, 1), ..page.clone() };
    assert_ne!(wrong.definition, page.definition, "the page's definition has {table:?}");
    let refusal = Registry::load(Some(wrong.written().path())).expect_err("an unknown key is refused").to_string();
    let (_, expected) = refusal.split_once("expected ").unwrap_or_else(|| panic!("{refusal}"));
    let names: Vec<String> = expected.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    assert!(names.len() > 1, "{refusal}");
    names
}

/// The page, and the folder that its steps make.
#[derive(Clone)]
struct Page {
    text: String,
    definition: String,
    /// Name and content.
    samples: Vec<(String, String)>,
}

impl Page {
    /// A directory with the language in it.
    fn written(&self) -> TempDir {
        let directory = tempfile::tempdir().expect("a temporary folder");
        let write = |path: &str, content: &str| {
            let path = directory.path().join("awk").join(path);
            fs::create_dir_all(path.parent().expect("a folder"))
                .and_then(|()| fs::write(path, content))
                .expect("it is written");
        };
        write("language.toml", &self.definition);
        self.samples.iter().for_each(|(name, content)| write(name, content));
        directory
    }
}

/// Every file of the page's language is a block of code under a line with its name: "`samples/hello.awk`:".
fn page() -> Page {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/languages.md");
    let text = fs::read_to_string(path).expect("the page is there");
    let mut samples = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some(name) = line.strip_prefix('`').and_then(|line| line.strip_suffix("`:")) else { continue };
        let block = lines.by_ref().skip_while(|line| !line.starts_with("```")).skip(1);
        let code: String = block.take_while(|line| !line.starts_with("```")).map(|line| format!("{line}\n")).collect();
        samples.push((name.to_owned(), code));
    }
    let (name, definition) = samples.remove(0);
    assert_eq!(name, "language.toml");
    Page { text, definition, samples }
}
