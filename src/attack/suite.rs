//! The hostile programs, which are in this program, sorted by what they attack.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};
use rust_embed::RustEmbed;

use super::step::Step;

#[derive(RustEmbed)]
#[folder = "tests/escape/programs/"]
struct Programs;

/// What is promised, and the attacks on it.
#[derive(Debug)]
pub(super) struct Promise {
    pub(super) name: String,
    pub(super) sentence: String,
    pub(super) attacks: Vec<Attack>,
}

/// One attack: a program, or several that run in order.
#[derive(Debug)]
pub(super) struct Attack {
    pub(super) name: String,
    pub(super) steps: Vec<Step>,
}

impl Attack {
    /// What it tries: what its first step says.
    pub(super) fn what(&self) -> &str {
        self.steps.first().map_or("", |step| &step.what)
    }
}

/// The attacks on these promises (`network`), or these alone (`network/metadata`); without any name all of them.
pub(super) fn chosen(names: &[String]) -> Result<Vec<Promise>> {
    let mut promises = all()?;
    for name in names {
        let known = |promise: &Promise| name == &promise.name || promise.attacks.iter().any(|attack| is(attack, promise, name));
        if !promises.iter().any(known) {
            let all: Vec<&str> = promises.iter().map(|promise| promise.name.as_str()).collect();
            bail!("there is no attack called {name}; the promises are {}", all.join(", "));
        }
    }
    if !names.is_empty() {
        for promise in &mut promises {
            let mut attacks = std::mem::take(&mut promise.attacks);
            attacks.retain(|attack| names.iter().any(|name| name == &promise.name || is(attack, promise, name)));
            promise.attacks = attacks;
        }
        promises.retain(|promise| !promise.attacks.is_empty());
    }
    Ok(promises)
}

fn is(attack: &Attack, promise: &Promise, name: &str) -> bool {
    name.split_once('/').is_some_and(|(of, rest)| of == promise.name && rest == attack.name)
}

fn all() -> Result<Vec<Promise>> {
    let mut sentences = BTreeMap::new();
    let mut attacks: BTreeMap<(String, String), Vec<Step>> = BTreeMap::new();
    for path in Programs::iter() {
        let content = Programs::get(&path).context("it was listed")?.data;
        let text = std::str::from_utf8(&content).with_context(|| format!("{path} is not UTF-8"))?;
        let (promise, below) = path.split_once('/').with_context(|| format!("{path} belongs to no promise"))?;
        if below == "PROMISE" {
            sentences.insert(promise.to_owned(), text.trim().to_owned());
            continue;
        }
        // A program of its own, or a step in an attack's folder.
        let attack = below.split_once('/').map_or_else(|| stem(below), |(folder, _)| folder);
        if !below.contains('/') && attacks.contains_key(&(promise.to_owned(), attack.to_owned())) {
            bail!("{path}: there is an attack of this name");
        }
        attacks.entry((promise.to_owned(), attack.to_owned())).or_default().push(Step::parse(&path, text)?);
    }
    let mut promises: Vec<Promise> = Vec::new();
    for (name, sentence) in sentences {
        promises.push(Promise { name, sentence, attacks: Vec::new() });
    }
    for ((promise, name), mut steps) in attacks {
        steps.sort_by(|one, other| one.path.cmp(&other.path));
        let promise = promises.iter_mut().find(|known| known.name == promise);
        promise.with_context(|| format!("{name}: its promise has no sentence"))?.attacks.push(Attack { name, steps });
    }
    Ok(promises)
}

fn stem(file: &str) -> &str {
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_program_can_be_read_and_every_promise_is_attacked() {
        let promises = all().unwrap();
        assert!(promises.iter().all(|promise| !promise.attacks.is_empty() && !promise.sentence.is_empty()));
        let attacks: usize = promises.iter().map(|promise| promise.attacks.len()).sum();
        assert!(attacks >= 150, "{attacks}");
    }

    #[test]
    fn attacks_are_chosen_by_promise_or_by_name() {
        let first = &all().unwrap()[0];
        let by_promise = chosen(std::slice::from_ref(&first.name)).unwrap();
        assert_eq!((by_promise.len(), by_promise[0].attacks.len()), (1, first.attacks.len()));
        let name = format!("{}/{}", first.name, first.attacks[0].name);
        assert_eq!(chosen(&[name]).unwrap()[0].attacks.len(), 1);
        assert!(chosen(&["nonsense".to_owned()]).unwrap_err().to_string().contains(&first.name));
    }
}
