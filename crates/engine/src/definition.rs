//! A language as `languages/<id>/language.toml` describes it: read, checked, and not yet looked for on this host.

mod java;
mod prepare;
mod sample;
mod template;
mod warm;

use std::collections::BTreeMap;

use codecanvas_protocol::LimitsSpec;
use serde::Deserialize;

use self::template::{Gap, Part, Word};
use crate::{RequestCaps, StartError, config::with_stack_for};

pub(crate) use prepare::PrepareDefinition;
pub use sample::{Expect, Sample};
pub(crate) use template::{PhaseTemplate, Substitutions, command_line};
pub(crate) use warm::WarmDefinition;
pub use warm::WarmMode;

/// One language, whatever the host.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Definition {
    /// The id: `python3`.
    pub(crate) id: String,
    /// The name for people: `Python`.
    pub(crate) name: String,
    /// Other words for the same language, lower case.
    pub(crate) aliases: Vec<String>,
    /// Ends of file names, with the dot: `.py`.
    pub(crate) extensions: Vec<String>,
    /// How the file of a single source is named.
    pub(crate) naming: Naming,
    /// The Debian packages that have the toolchain.
    pub(crate) packages: Vec<String>,
    /// What the toolchain needs of the host outside its own folder and `/usr`: absolute paths, `*` for any part of the last name.
    pub(crate) bind: Vec<String>,
    /// The commands that make up the toolchain, by the names that the templates use.
    pub(crate) tools: BTreeMap<String, ToolDefinition>,
    /// How the toolchain is asked for its version.
    pub(crate) version: VersionDefinition,
    /// How the program is compiled, for languages that are.
    pub(crate) compile: Option<PhaseTemplate>,
    /// How the program is started.
    pub(crate) run: PhaseTemplate,
    /// How its own prompt is started, for languages that have one.
    pub(crate) shell: Option<PhaseTemplate>,
    /// What its compiler is spared by work that is done once.
    pub(crate) prepare: Option<PrepareDefinition>,
    /// How its programs are started without waiting for its interpreter.
    pub(crate) warm: Option<WarmDefinition>,
    /// Programs that show it and test it.
    pub(crate) samples: Vec<Sample>,
}

/// How the file of a single source is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Naming {
    /// Always so.
    Fixed(String),
    /// After the public class in it, else so.
    JavaPublicClass(String),
}

/// One command of a toolchain, and where it may be.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ToolDefinition {
    /// Names of the command, the preferred one first.
    pub(crate) commands: Vec<String>,
    /// Where to look when PATH has none of them: a version manager (`rustup`, `pyenv` …), or a folder, which may begin with `~`
    /// or a variable (`$JAVA_HOME/bin`) and have a `*` for any one name (`/opt/*/bin`).
    #[serde(default)]
    pub(crate) look: Vec<String>,
    /// Another tool of the same language in whose folder this one is: never a mixture of two toolchains.
    #[serde(default)]
    pub(crate) beside: Option<String>,
    /// The Debian package that has it, when the language works without it.
    #[serde(default)]
    pub(crate) optional: Option<String>,
}

/// How the toolchain is asked for its version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct VersionDefinition {
    /// The command to run and its limits.
    pub(crate) template: PhaseTemplate,
    /// The words in front of the version in what it prints; empty when the version comes first.
    pub(crate) after: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDefinition {
    id: String,
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    extensions: Vec<String>,
    file: String,
    file_from: Option<FileFrom>,
    packages: Vec<String>,
    #[serde(default)]
    bind: Vec<String>,
    tools: BTreeMap<String, ToolDefinition>,
    version: RawVersion,
    #[serde(default)]
    env: BTreeMap<String, String>,
    compile: Option<RawPhase>,
    run: RawPhase,
    shell: Option<RawPhase>,
    prepare: Option<prepare::RawPrepare>,
    warm: Option<WarmDefinition>,
    #[serde(default, rename = "sample")]
    samples: Vec<sample::RawSample>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum FileFrom {
    JavaPublicClass,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawVersion {
    argv: Vec<String>,
    #[serde(default)]
    after: String,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPhase {
    argv: Vec<String>,
    #[serde(default)]
    env: BTreeMap<String, String>,
    #[serde(default)]
    limits: LimitsSpec,
    /// Files in the language's folder that are put into `.codecanvas/` of the working directory.
    #[serde(default)]
    files: Vec<String>,
    /// By an optional tool: what stands before the client's flags where that is there.
    #[serde(default)]
    with: BTreeMap<String, Vec<String>>,
}

impl Definition {
    /// Reads a definition. `folder` has every file of the language's folder (path below it, content) and must have `language.toml`;
    /// `place` names the folder in errors.
    ///
    /// # Errors
    /// [`StartError::Definition`] names the file and the field, or the line when it is not TOML.
    pub(crate) fn read(place: &str, folder: &[(String, Vec<u8>)]) -> Result<Definition, StartError> {
        Self::parse(folder).map_err(|message| StartError::Definition { file: format!("{place}/language.toml"), message })
    }

    fn parse(folder: &[(String, Vec<u8>)]) -> Result<Definition, String> {
        let (_, toml) = folder.iter().find(|(path, _)| path == "language.toml").ok_or("the file is missing")?;
        let text = std::str::from_utf8(toml).map_err(|_| "the file is not UTF-8")?;
        let raw: RawDefinition = with_stack_for(text, || toml::from_str(text).map_err(|error| error.to_string()))??;
        check(&raw)?;

        let tools: Vec<&str> = raw.tools.keys().map(String::as_str).collect();
        let phase =
            |field: &str, phase: RawPhase| phase.read(&raw.env, &tools, folder).map_err(|message| format!("{field}.{message}"));
        let version = RawPhase { argv: raw.version.argv, ..RawPhase::default() };
        let version = VersionDefinition { template: phase("version", version)?, after: raw.version.after };
        let compile = raw.compile.map(|compile| phase("compile", compile)).transpose()?;
        let run = phase("run", raw.run)?;
        let shell = raw.shell.map(|shell| phase("shell", shell)).transpose()?;
        let prepare = raw.prepare.map(|prepare| prepare.read(&raw.env, &tools, folder)).transpose();
        let prepare = prepare.map_err(|message| format!("prepare.{message}"))?;
        if prepare.is_some() && compile.is_none() {
            return Err("prepare: nothing is compiled that could make use of it".to_owned());
        }
        if raw.tools.contains_key("prepared") {
            return Err("tools.prepared: this name means the folder of [prepare]".to_owned());
        }
        let naming = match raw.file_from {
            None => Naming::Fixed(raw.file),
            Some(FileFrom::JavaPublicClass) => Naming::JavaPublicClass(raw.file),
        };
        let mut samples = Vec::new();
        for sample in raw.samples {
            let name = sample.name.clone();
            let sample = sample.load(folder, |source| naming.file_name(source));
            samples.push(sample.map_err(|message| format!("sample `{name}`: {message}"))?);
        }
        Ok(Definition {
            id: raw.id,
            name: raw.name,
            aliases: raw.aliases,
            extensions: raw.extensions,
            naming,
            packages: raw.packages,
            bind: raw.bind,
            tools: raw.tools,
            version,
            compile,
            run,
            shell,
            prepare,
            warm: raw.warm,
            samples,
        })
    }
}

impl Naming {
    /// The name under which a single source is stored.
    pub(crate) fn file_name(&self, source: &str) -> String {
        match self {
            Naming::Fixed(name) => name.clone(),
            Naming::JavaPublicClass(otherwise) => java::file_name(source).unwrap_or_else(|| otherwise.clone()),
        }
    }

    /// What `{class}` stands for when `file` with this content is started; empty for languages that start files.
    pub(crate) fn class(&self, file: &str, content: &[u8]) -> String {
        match self {
            Naming::Fixed(_) => String::new(),
            Naming::JavaPublicClass(_) => java::main_class(file, &String::from_utf8_lossy(content)),
        }
    }
}

impl VersionDefinition {
    /// The version in what the toolchain printed: the digits and dots after the words it follows, `3.11.2`.
    pub(crate) fn parse(&self, output: &str) -> Option<String> {
        let start = output.find(&self.after)? + self.after.len();
        let rest = output[start..].trim_start();
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let version = rest[..end].trim_end_matches('.');
        version.starts_with(|c: char| c.is_ascii_digit()).then(|| version.to_owned())
    }
}

/// What the types alone do not say.
fn check(raw: &RawDefinition) -> Result<(), String> {
    let is_word = |word: &String| !word.is_empty() && !word.contains(char::is_whitespace) && *word == word.to_lowercase();
    if !is_word(&raw.id) {
        return Err(format!("id: `{}` has to be one word in lower case", raw.id));
    }
    if let Some(alias) = raw.aliases.iter().find(|alias| !is_word(alias) || **alias == raw.id || alias.contains('@')) {
        return Err(format!("aliases: `{alias}` has to be one word in lower case, without `@`, other than the id"));
    }
    if let Some(extension) = raw.extensions.iter().find(|extension| !extension.starts_with('.') || extension.contains('/')) {
        return Err(format!("extensions: `{extension}` has to begin with a dot"));
    }
    if let Some(path) = raw
        .bind
        .iter()
        .find(|path| !path.starts_with("/etc/") || path.contains("/..") || path.starts_with("/etc/*") || path.len() < 6)
    {
        return Err(format!("bind: `{path}` has to be a path below /etc; a toolchain's own folder is found with its tools"));
    }
    if let Some(warm) = &raw.warm
        && !warm.mode.serves(warm.interpreter)
    {
        return Err("warm.mode: `fork` is for interpreters that can be forked, `pool` for the others".to_owned());
    }
    crate::plan::check_name(&raw.file, "file", &RequestCaps::default())
        .map_err(|invalid| format!("file: {}", invalid.message))?;
    for (name, tool) in &raw.tools {
        if tool.commands.is_empty() || tool.commands.iter().any(|command| command.is_empty() || command.contains('/')) {
            return Err(format!("tools.{name}.commands: at least one name, and no paths"));
        }
        if let Some(other) = &tool.beside
            && raw
                .tools
                .get(other)
                .is_none_or(|other| other.beside.is_some() || other.optional.is_some() && tool.optional.is_none())
        {
            return Err(format!("tools.{name}.beside: `{other}` is not a tool of this language with a place of its own"));
        }
        let phases = [&raw.compile, &raw.shell].into_iter().flatten().chain([&raw.run]);
        let mut words = phases.flat_map(|phase| &phase.argv).chain(&raw.version.argv);
        if tool.optional.is_some() && words.any(|word| word.contains(&format!("{{{name}}}"))) {
            return Err(format!("tools.{name}.optional: a command needs it; what only it is for stands in `with`"));
        }
        crate::toolchain::check_places(&tool.look).map_err(|message| format!("tools.{name}.look: {message}"))?;
    }
    Ok(())
}

impl RawPhase {
    /// The phase with the language's environment under its own, and its files from the language's folder.
    fn read(
        self,
        env: &BTreeMap<String, String>,
        tools: &[&str],
        folder: &[(String, Vec<u8>)],
    ) -> Result<PhaseTemplate, String> {
        if self.argv.is_empty() {
            return Err("argv: it is empty".to_owned());
        }
        let is_nothing = |part: &Part| matches!(part, Part::Gap(Gap::Class)) || *part == Part::Text(String::new());
        match Word::parse(&self.argv[0], tools) {
            Ok(Word::One(parts)) if parts.iter().all(is_nothing) => return Err("argv: it begins with no program".to_owned()),
            Ok(Word::Many(_)) => return Err("argv: it begins with a list, not with a program".to_owned()),
            _ => {}
        }
        if self.argv.iter().any(|word| word.contains('\0')) {
            return Err("argv: a NUL character, which no program can be given".to_owned());
        }
        if let Some((name, _)) = self.limits.entries().find(|(_, value)| *value == Some(0)) {
            return Err(format!("limits.{name}: a limit of zero lets nothing run; leave it out to have the default"));
        }
        let words = self.argv.iter().map(|word| Word::parse(word, tools)).collect::<Result<_, _>>();
        let file = |wanted: String| match folder.iter().find(|(path, _)| *path == wanted) {
            Some((_, content)) => Ok((format!(".codecanvas/{wanted}"), content.clone())),
            None => Err(format!("files: no file {wanted}")),
        };
        let mut own = env.clone();
        own.extend(self.env);
        let is_wrong = |name: &str, value: &str| name.is_empty() || name.contains(['=', '\0']) || value.contains('\0');
        if let Some((name, _)) = own.iter().find(|(name, value)| is_wrong(name, value)) {
            return Err(format!("env: `{}` is no variable that a program can be given", name.escape_debug()));
        }
        let flags = |(tool, flags): (String, Vec<String>)| {
            if !tools.contains(&tool.as_str()) {
                return Err(format!("with: `{tool}` is no tool of this language"));
            }
            let flags = flags.iter().map(|flag| Word::parse(flag, tools)).collect::<Result<_, _>>();
            Ok((tool, flags.map_err(|message| format!("with: {message}"))?))
        };
        Ok(PhaseTemplate {
            with: self.with.into_iter().map(flags).collect::<Result<_, _>>()?,
            argv: words.map_err(|message| format!("argv: {message}"))?,
            env: own.into_iter().collect(),
            limits: self.limits,
            files: self.files.into_iter().map(file).collect::<Result<_, _>>()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINIMAL: &str = r#"
        id = "toy"
        name = "Toy"
        extensions = [".toy"]
        file = "main.toy"
        packages = ["toy"]
        [tools]
        toy = { commands = ["toy"] }
        [version]
        argv = ["{toy}", "-v"]
        after = "toy "
        [run]
        argv = ["{toy}", "{entrypoint}", "{args}"]
    "#;

    fn read(toml: &str) -> Result<Definition, StartError> {
        Definition::read("languages/toy", &[("language.toml".to_owned(), toml.as_bytes().to_vec())])
    }

    fn refusal(toml: &str) -> String {
        read(toml).unwrap_err().to_string()
    }

    #[test]
    fn a_minimal_definition_is_enough() {
        let toy = read(MINIMAL).unwrap();
        assert_eq!((toy.id.as_str(), toy.compile, toy.samples.len()), ("toy", None, 0));
    }

    #[test]
    fn a_mistake_is_refused_with_file_and_field() {
        assert_eq!(
            refusal(&MINIMAL.replace("{entrypoint}", "{file}")),
            "languages/toy/language.toml: run.argv: unknown placeholder `{file}`; there are {entrypoint}, {stem}, {directory}, \
             {class}, {memory_bytes}, {sources}, {flags}, {args} and the tools {toy}"
        );
        assert!(refusal(&MINIMAL.replace("packages", "package")).contains("unknown field `package`"));
        assert!(refusal(&MINIMAL.replace(".toy\"]", "toy\"]")).contains("extensions: `toy`"));
        assert!(refusal(&MINIMAL.replace("packages", "bind = [\"/home\"]\npackages")).contains("bind: `/home`"));
        assert!(refusal(&MINIMAL.replace("[\"toy\"] }", "[\"toy\"], look = [\"npm\"] }")).contains("tools.toy.look: `npm`"));
        assert!(refusal(&format!("{MINIMAL}\nlimits = {{ memory = 1 }}")).contains("unknown field `memory`"));
        let optional = MINIMAL.replace("[\"toy\"] }", "[\"toy\"], optional = \"toy\" }");
        assert!(refusal(&optional).contains("tools.toy.optional: a command needs it"));
        assert!(refusal(&format!("{MINIMAL}\nwith = {{ ld = [] }}")).contains("run.with: `ld` is no tool"));
        assert!(refusal("").contains("missing field"));
        assert!(
            refusal(&MINIMAL.replace("\"main.toy\"", "\"../main.toy\""))
                .contains("file: the file name `../main.toy` has the part")
        );
        assert!(refusal(&MINIMAL.replace("\"-v\"", "\"\\u0000\"")).contains("version.argv: a NUL"));
        assert!(refusal(&MINIMAL.replace("\"{toy}\", \"{entrypoint}\", ", "")).contains("run.argv: it begins with a list"));
        assert!(
            refusal(&MINIMAL.replace("\"{toy}\", \"{entry", "\"{class}\", \"{entry"))
                .contains("run.argv: it begins with no program")
        );
        assert!(refusal(&format!("{MINIMAL}\nlimits = {{ processes = 0 }}")).contains("run.limits.processes: a limit of zero"));
        assert!(refusal(&format!("{MINIMAL}\nenv = {{ \"A=B\" = \"x\" }}")).contains("run.env: `A=B`"));
        let sample = "[[sample]]\nname = \"hello\"\nsource = \"hello.toy\"\nexpect = {}";
        assert!(refusal(&format!("{MINIMAL}\n{sample}")).contains("sample `hello`: source: no file samples/hello.toy"));
    }

    #[test]
    fn the_version_is_the_number_after_its_words() {
        let version =
            |after: &str, output| VersionDefinition { after: after.into(), ..read(MINIMAL).unwrap().version }.parse(output);
        assert_eq!(version("Python ", "Python 3.11.2\n").as_deref(), Some("3.11.2"));
        assert_eq!(version("go version go", "go version go1.26.8 linux/amd64").as_deref(), Some("1.26.8"));
        assert_eq!(version("", "12\n").as_deref(), Some("12"));
        assert_eq!(version("openjdk version \"", "openjdk version \"17.0.15\" 2025").as_deref(), Some("17.0.15"));
        assert_eq!(version("Python ", "segmentation fault"), None);
        assert_eq!(version("v", "no version here"), None);
    }
}
