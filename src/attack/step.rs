//! One hostile program: its text, and what its head says of how it is run and how it may end.

use anyhow::{Context, Result, bail};
use codecanvas_protocol::{CompileSpec, JobSpec, LimitsSpec, SourceFile};

use super::end::End;
use crate::{
    environment::{self, Variable},
    limits,
};

/// One program of an attack.
#[derive(Debug, Default)]
pub(super) struct Step {
    /// Its file, below `tests/escape/programs`.
    pub(super) path: String,
    /// What it tries, in one sentence.
    pub(super) what: String,
    source: String,
    /// Where it stands in the working directory, when not under its language's own name.
    file: Option<String>,
    ends: Vec<End>,
    /// A mechanism of the host's without which it ends otherwise, and how then.
    needs: Option<String>,
    otherwise: Vec<End>,
    /// Whether it runs together with the next step.
    pub(super) beside: bool,
    limits: LimitsSpec,
    compile: CompileSpec,
    args: Vec<String>,
    env: Vec<Variable>,
    stdin: String,
}

/// Mechanisms that a program may need, with the word by which a result's `weaker` tells that this host has it not.
const MECHANISMS: [(&str, &str); 4] = [
    ("memory limit", "memory cgroup"),
    ("process limit", "pids cgroup"),
    ("processor time", "cpu cgroup"),
    ("user ids", "user id"),
];

impl Step {
    /// Reads a program.
    pub(super) fn parse(path: &str, source: &str) -> Result<Step> {
        let mut head = source.lines().filter(|line| !line.starts_with("#!") && *line != "<?php").map_while(comment);
        let what = head.next().with_context(|| format!("{path}: the first line says what it tries"))?;
        let mut step = Step { path: path.to_owned(), what: what.to_owned(), source: source.to_owned(), ..Step::default() };
        for line in head {
            // Other comments may follow the keys.
            if let Some((key, value)) = line.split_once(": ") {
                step.set(key, value).with_context(|| format!("{path}: {line}"))?;
            }
        }
        if step.ends.is_empty() || step.needs.is_some() == step.otherwise.is_empty() {
            bail!("{path}: `expect` is missing, or one of `needs` and `otherwise`");
        }
        Ok(step)
    }

    fn set(&mut self, key: &str, value: &str) -> Result<()> {
        match key {
            "expect" => self.ends = End::parse_all(value)?,
            "otherwise" => self.otherwise = End::parse_all(value)?,
            "needs" if MECHANISMS.iter().any(|(name, _)| *name == value) => self.needs = Some(value.to_owned()),
            "needs" => bail!("there is no mechanism of that name"),
            "limit" => self.limits = limits(value)?.or(self.limits),
            "compile-limit" => self.compile.limits = limits(value)?.or(self.compile.limits),
            "compile-arg" => self.compile.args.push(value.to_owned()),
            "arg" => self.args.push(value.to_owned()),
            "env" => self.env.push(environment::parse(value).map_err(anyhow::Error::msg)?),
            "stdin" => self.stdin = format!("{value}\n"),
            "file" => self.file = Some(value.to_owned()),
            "beside" => self.beside = value == "yes",
            _ => {}
        }
        Ok(())
    }

    /// The ending of its file's name, by which its language is known.
    pub(super) fn extension(&self) -> &str {
        self.path.rfind('.').map_or("", |dot| &self.path[dot..])
    }

    /// The job, with what stands for the lures replaced.
    pub(super) fn job(&self, language: &str, bait: &dyn Fn(&str) -> String) -> JobSpec {
        let all = |texts: &[String]| texts.iter().map(|text| bait(text)).collect();
        let content = bait(&self.source);
        let (source, files) = match &self.file {
            None => (Some(content), Vec::new()),
            Some(name) => (None, vec![SourceFile { name: bait(name), content, ..SourceFile::default() }]),
        };
        let compile = CompileSpec { args: all(&self.compile.args), limits: self.compile.limits };
        JobSpec {
            language: language.to_owned(),
            source,
            files,
            stdin: bait(&self.stdin),
            args: all(&self.args),
            env: self.env.iter().map(|(name, value)| (name.clone(), bait(value))).collect(),
            compile: (compile != CompileSpec::default()).then_some(compile),
            limits: self.limits,
            ..JobSpec::default()
        }
    }

    /// How it may end on a host that is short of these.
    pub(super) fn ends(&self, weaker: &[String]) -> &[End] {
        let lacks = |name: &String| {
            let word = MECHANISMS.iter().find(|(known, _)| known == name).map_or("", |(_, word)| word);
            weaker.iter().any(|sentence| sentence.contains(word))
        };
        if self.needs.as_ref().is_some_and(lacks) { &self.otherwise } else { &self.ends }
    }
}

/// The text of a comment line in any of the languages.
fn comment(line: &str) -> Option<&str> {
    let text = ["//", "# ", "--"].iter().find_map(|marker| line.trim_start().strip_prefix(marker))?;
    Some(text.trim())
}

fn limits(text: &str) -> Result<LimitsSpec> {
    let all: Result<Vec<_>, String> = text.split_whitespace().map(limits::parse).collect();
    Ok(limits::spec(&all.map_err(anyhow::Error::msg)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_tells_how_it_is_run_and_how_it_may_end() {
        let text = "// Fills the memory.\n// expect: memory_exceeded\n// needs: memory limit\n// otherwise: exited 1\n// limit: memory=32MiB processes=4\n// arg: @LURE_TCP@\n#include <x.h>\n// arg: not of the head\n";
        let step = Step::parse("bombs/heap.c", text).unwrap();
        assert_eq!((step.what.as_str(), step.extension()), ("Fills the memory.", ".c"));
        assert_eq!(step.ends(&[]), [End::parse("memory_exceeded").unwrap()]);
        assert_eq!(step.ends(&["no memory cgroup: …".to_owned()]), [End::parse("exited 1").unwrap()]);
        let job = step.job("c", &|text| text.replace("@LURE_TCP@", "80"));
        assert_eq!((job.limits.memory_bytes, job.limits.processes, job.args), (Some(32 << 20), Some(4), vec!["80".to_owned()]));
    }

    #[test]
    fn a_head_that_is_wrong_is_named() {
        let error = |text: &str| format!("{:#}", Step::parse("x.py", text).unwrap_err());
        assert!(error("print()\n").contains("says what it tries"));
        assert!(error("# Tries.\n").contains("`expect` is missing"));
        assert!(error("# Tries.\n# expect: nothing\n").contains("nothing"));
        assert!(error("# Tries.\n# expect: stopped\n# needs: luck\n").contains("luck"));
    }
}
