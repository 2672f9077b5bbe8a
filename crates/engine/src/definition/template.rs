//! A command line with gaps: read once from a definition, filled for each job.
//!
//! There is no shell anywhere: each element of the list is one argument, or, for `{sources}`, `{flags}` and `{args}`,
//! as many as there are. A gap's content is never looked at again, so a file named `{args}` is only a file.

use std::collections::BTreeMap;

use codecanvas_protocol::LimitsSpec;

/// How one phase is started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PhaseTemplate {
    /// The command line.
    pub(crate) argv: Vec<Word>,
    /// Environment variables of this phase, added to those that every program has.
    pub(crate) env: Vec<(String, String)>,
    /// Limits that differ from the server's defaults.
    pub(crate) limits: LimitsSpec,
    /// What stands before the client's flags where this optional tool is there.
    pub(crate) with: Vec<(String, Vec<Word>)>,
    /// Files of the language's own that are put beside the program's: path below the working directory, content.
    pub(crate) files: Vec<(String, Vec<u8>)>,
}

/// One element of a command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Word {
    /// One argument, put together from its parts.
    One(Vec<Part>),
    /// An argument for each of the list.
    Many(List),
}

/// A part of one argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    /// Text as it stands.
    Text(String),
    /// The path of one of the definition's tools; replaced by text when the toolchain is located.
    Tool(String),
    /// What differs from job to job.
    Gap(Gap),
}

/// A gap for one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gap {
    /// `{entrypoint}`: the file to start, `app/main.py`.
    Entrypoint,
    /// `{stem}`: the same without its extension, `app/main`.
    Stem,
    /// `{directory}`: the folder of that file, `app`, or `.`.
    Directory,
    /// `{class}`: the class to start, `app.Main`.
    Class,
    /// `{memory_bytes}`: the phase's memory limit, for runtimes that have to be told.
    MemoryBytes,
}

/// A gap for any number of arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum List {
    /// `{sources}`: every file of the program that has one of the language's extensions.
    Sources,
    /// `{flags}`: the compiler flags that the client asked for.
    Flags,
    /// `{args}`: the program's arguments.
    Args,
}

/// What one job puts into the gaps.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Substitutions {
    /// The file to start, relative to the working directory.
    pub(crate) entrypoint: String,
    /// Every file that the compiler is given, relative to the working directory.
    pub(crate) sources: Vec<String>,
    /// Compiler flags that the client asked for.
    pub(crate) flags: Vec<String>,
    /// The program's arguments.
    pub(crate) args: Vec<String>,
    /// The class to start, with its package; empty for languages without.
    pub(crate) class: String,
}

/// The command line of `template` for one job that may use `memory_bytes` of memory.
pub(crate) fn command_line(template: &PhaseTemplate, job: &Substitutions, memory_bytes: u64) -> Vec<String> {
    let mut argv = Vec::new();
    for word in &template.argv {
        match word {
            Word::One(parts) => argv.push(parts.iter().map(|part| fill(part, job, memory_bytes)).collect()),
            Word::Many(List::Sources) => argv.extend(job.sources.iter().map(|name| as_argument(name))),
            Word::Many(List::Flags) => argv.extend_from_slice(&job.flags),
            Word::Many(List::Args) => argv.extend_from_slice(&job.args),
        }
    }
    argv
}

fn fill(part: &Part, job: &Substitutions, memory_bytes: u64) -> String {
    match part {
        Part::Text(text) => text.clone(),
        // A template whose toolchain was not located is never started; its own spelling is the clearest trace.
        Part::Tool(name) => format!("{{{name}}}"),
        Part::Gap(Gap::Entrypoint) => as_argument(&job.entrypoint),
        Part::Gap(Gap::Stem) => {
            let name = as_argument(&job.entrypoint);
            let start_of_file = name.rfind('/').map_or(0, |slash| slash + 1);
            match name[start_of_file..].rfind('.') {
                Some(dot) if dot > 0 => name[..start_of_file + dot].to_owned(),
                _ => name,
            }
        }
        Part::Gap(Gap::Directory) => match job.entrypoint.rsplit_once('/') {
            Some((directory, _)) => directory.to_owned(),
            None => ".".to_owned(),
        },
        Part::Gap(Gap::Class) => job.class.clone(),
        Part::Gap(Gap::MemoryBytes) => memory_bytes.to_string(),
    }
}

/// A file name that no tool takes for an option (`-o.c`) or for a list of options (`@flags.c`).
fn as_argument(name: &str) -> String {
    if name.starts_with(['-', '@']) { format!("./{name}") } else { name.to_owned() }
}

impl Word {
    /// Reads one element of a definition's list; `tools` are the names it may use beside the gaps.
    ///
    /// # Errors
    /// A sentence that names the placeholder that nobody knows, or the brace without a partner.
    pub(crate) fn parse(text: &str, tools: &[&str]) -> Result<Word, String> {
        match text {
            "{sources}" => return Ok(Word::Many(List::Sources)),
            "{flags}" => return Ok(Word::Many(List::Flags)),
            "{args}" => return Ok(Word::Many(List::Args)),
            _ => {}
        }
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            if open > 0 {
                parts.push(Part::Text(rest[..open].to_owned()));
            }
            let close = rest[open..].find('}').ok_or_else(|| format!("`{text}` has a `{{` without a `}}`"))? + open;
            parts.push(Self::parse_gap(&rest[open + 1..close], tools)?);
            rest = &rest[close + 1..];
        }
        if !rest.is_empty() || parts.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        Ok(Word::One(parts))
    }

    fn parse_gap(name: &str, tools: &[&str]) -> Result<Part, String> {
        Ok(match name {
            "entrypoint" => Part::Gap(Gap::Entrypoint),
            "stem" => Part::Gap(Gap::Stem),
            "directory" => Part::Gap(Gap::Directory),
            "class" => Part::Gap(Gap::Class),
            "memory_bytes" => Part::Gap(Gap::MemoryBytes),
            "sources" | "flags" | "args" => return Err(format!("`{{{name}}}` has to stand alone in its element")),
            tool if tools.contains(&tool) => Part::Tool(tool.to_owned()),
            unknown => {
                return Err(format!(
                    "unknown placeholder `{{{unknown}}}`; there are {{entrypoint}}, {{stem}}, {{directory}}, {{class}}, \
                     {{memory_bytes}}, {{sources}}, {{flags}}, {{args}} and the tools {}",
                    tools.iter().map(|tool| format!("{{{tool}}}")).collect::<Vec<_>>().join(", ")
                ));
            }
        })
    }
}

impl PhaseTemplate {
    /// Puts these before the client's own flags.
    pub(crate) fn add_flags(&mut self, flags: impl IntoIterator<Item = Word>) {
        let place = self.argv.iter().position(|word| *word == Word::Many(List::Flags)).unwrap_or(self.argv.len());
        self.argv.splice(place..place, flags);
    }

    /// The same with the tools' paths in it, and with what the optional ones among them are for.
    pub(crate) fn with_tools(&self, paths: &BTreeMap<String, String>) -> PhaseTemplate {
        let mut all = PhaseTemplate { with: Vec::new(), ..self.clone() };
        for (_, flags) in self.with.iter().filter(|(tool, _)| paths.contains_key(tool)) {
            all.add_flags(flags.iter().cloned());
        }
        let located = |part: &Part| match part {
            Part::Tool(name) => paths.get(name).map_or_else(|| part.clone(), |path| Part::Text(path.clone())),
            other => other.clone(),
        };
        let word = |word: &Word| match word {
            Word::One(parts) => Word::One(parts.iter().map(located).collect()),
            Word::Many(list) => Word::Many(*list),
        };
        PhaseTemplate { argv: all.argv.iter().map(word).collect(), ..all }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(argv: &[&str], job: &Substitutions) -> Vec<String> {
        let argv = argv.iter().map(|word| Word::parse(word, &["cc"]).unwrap()).collect();
        let template =
            PhaseTemplate { argv, env: Vec::new(), limits: LimitsSpec::default(), with: Vec::new(), files: Vec::new() };
        let paths = BTreeMap::from([("cc".to_owned(), "/usr/bin/cc".to_owned())]);
        command_line(&template.with_tools(&paths), job, 512)
    }

    fn job() -> Substitutions {
        Substitutions {
            entrypoint: "app/main.c".into(),
            sources: vec!["app/main.c".into(), "-o.c".into()],
            flags: vec!["-Wall".into(), "{args}".into()],
            args: vec!["a b".into(), String::new()],
            class: "app.Main".into(),
        }
    }

    #[test]
    fn a_list_becomes_as_many_arguments_as_it_has() {
        assert_eq!(
            filled(&["{cc}", "-o", "a.out", "{flags}", "{sources}"], &job()),
            ["/usr/bin/cc", "-o", "a.out", "-Wall", "{args}", "app/main.c", "./-o.c"]
        );
        assert_eq!(filled(&["./a.out", "{args}"], &job()), ["./a.out", "a b", ""]);
        assert_eq!(filled(&["./a.out", "{args}"], &Substitutions::default()), ["./a.out"]);
    }

    #[test]
    fn gaps_inside_one_argument() {
        assert_eq!(
            filled(&["linker={cc}", "{stem}.js", "./{directory}", "{class}", "-m{memory_bytes}", ""], &job()),
            ["linker=/usr/bin/cc", "app/main.js", "./app", "app.Main", "-m512", ""]
        );
        let flat = Substitutions { entrypoint: ".x/.rc".into(), ..job() };
        assert_eq!(filled(&["{stem}"], &flat), [".x/.rc"]);
        let flat = Substitutions { entrypoint: "main.c".into(), ..job() };
        assert_eq!(filled(&["./{directory}"], &flat), ["./."]);
    }

    #[test]
    fn flags_for_an_optional_tool_stand_before_those_of_the_client() {
        let words = |words: &[&str]| words.iter().map(|word| Word::parse(word, &["cc", "mold"]).unwrap()).collect::<Vec<_>>();
        let mut template = PhaseTemplate {
            argv: words(&["cc", "{flags}", "{sources}"]),
            env: Vec::new(),
            limits: LimitsSpec::default(),
            with: vec![("mold".to_owned(), words(&["-fuse-ld={mold}"]))],
            files: Vec::new(),
        };
        template.add_flags(words(&["-g"]));
        let line = |paths: &[(&str, &str)]| {
            let paths = paths.iter().map(|(name, path)| ((*name).to_owned(), (*path).to_owned())).collect();
            command_line(&template.with_tools(&paths), &Substitutions { flags: vec!["-O3".into()], ..Default::default() }, 0)
        };
        assert_eq!(line(&[]), ["cc", "-g", "-O3"]);
        assert_eq!(line(&[("mold", "/usr/bin/mold")]), ["cc", "-g", "-fuse-ld=/usr/bin/mold", "-O3"]);
    }

    #[test]
    fn unknown_placeholders_are_refused() {
        assert!(Word::parse("{pyhton3}", &["python3"]).unwrap_err().contains("unknown placeholder `{pyhton3}`"));
        assert!(Word::parse("-o{args}", &[]).unwrap_err().contains("stand alone"));
        assert!(Word::parse("a{b", &[]).unwrap_err().contains("without"));
    }
}
