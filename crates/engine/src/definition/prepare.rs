//! What a language's compiler is spared by work that is done once.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{PhaseTemplate, RawPhase, template::Word};

/// The name of the folder in commands and values, as that of a tool.
const FOLDER: &str = "prepared";

/// The `[prepare]` of a definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PrepareDefinition {
    /// The command that fills the folder `{prepared}`.
    pub(crate) build: PhaseTemplate,
    /// What compiling has in addition where that is done.
    env: BTreeMap<String, String>,
    /// Likewise, before the client's own flags.
    flags: Vec<Word>,
    /// The command in place of the usual one, if that is another.
    argv: Option<Vec<Word>>,
}

/// As it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPrepare {
    argv: Vec<String>,
    #[serde(default)]
    env: BTreeMap<String, String>,
    /// Files in the language's folder that are put into `.codecanvas/` of the working directory.
    #[serde(default)]
    files: Vec<String>,
    compile: RawAdditions,
}

/// What is added to the compile phase.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAdditions {
    #[serde(default)]
    env: BTreeMap<String, String>,
    #[serde(default)]
    flags: Vec<String>,
    argv: Option<Vec<String>>,
}

impl RawPrepare {
    pub(super) fn read(
        self,
        env: &BTreeMap<String, String>,
        tools: &[&str],
        folder: &[(String, Vec<u8>)],
    ) -> Result<PrepareDefinition, String> {
        let tools = [tools, &[FOLDER]].concat();
        let flag = |flag: &String| match Word::parse(flag, &tools) {
            Ok(word @ Word::One(_)) => Ok(word),
            Ok(Word::Many(_)) => Err(format!("compile.flags: `{flag}` is not one flag")),
            Err(message) => Err(format!("compile.flags: {message}")),
        };
        let flags = self.compile.flags.iter().map(flag).collect::<Result<_, _>>()?;
        let command = |argv| RawPhase { argv, ..RawPhase::default() }.read(env, &tools, folder).map(|phase| phase.argv);
        let argv = self.compile.argv.map(command).transpose().map_err(|message| format!("compile.{message}"))?;
        let build = RawPhase { argv: self.argv, env: self.env, files: self.files, ..RawPhase::default() };
        Ok(PrepareDefinition { build: build.read(env, &tools, folder)?, env: self.compile.env, flags, argv })
    }
}

impl PrepareDefinition {
    /// The command, with the paths of the tools and of the folder in their places.
    pub(crate) fn build(&self, tools: &BTreeMap<String, String>, folder: &str) -> PhaseTemplate {
        let mut build = self.build.clone().with_tools(&and_folder(tools, folder));
        for (_, value) in &mut build.env {
            *value = with_folder(value, folder);
        }
        build
    }

    /// The compile phase of a language whose folder is filled.
    pub(crate) fn add_to(&self, mut compile: PhaseTemplate, tools: &BTreeMap<String, String>, folder: &str) -> PhaseTemplate {
        let mut env: BTreeMap<String, String> = compile.env.into_iter().collect();
        env.extend(self.env.iter().map(|(name, value)| (name.clone(), with_folder(value, folder))));
        compile.env = env.into_iter().collect();
        compile.argv = self.argv.clone().unwrap_or(compile.argv);
        compile.add_flags(self.flags.iter().cloned());
        compile.with_tools(&and_folder(tools, folder))
    }
}

fn and_folder(tools: &BTreeMap<String, String>, folder: &str) -> BTreeMap<String, String> {
    let mut tools = tools.clone();
    tools.insert(FOLDER.to_owned(), folder.to_owned());
    tools
}

fn with_folder(value: &str, folder: &str) -> String {
    value.replace(&format!("{{{FOLDER}}}"), folder)
}
