//! Every language there is, found by the words that people type.

mod files;
mod language;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Arc,
};

use codecanvas_protocol::LanguageInfo;
use codecanvas_sandbox::{Mount, Warm};

use crate::{
    Invalid, StartError,
    config::PhaseLimits,
    definition::{Definition, Sample, WarmMode},
    toolchain::Host,
};

pub(crate) use language::Language;

/// The languages of the original codecanvas, in its order; the others follow by id.
const FIRST: [&str; 6] = ["python3", "nodejs", "c++", "go", "bash", "rust"];

/// Words this alike are worth asking about (Jaro-Winkler, 1.0 is equality).
const ALIKE: f64 = 0.8;

/// All languages, available here or not.
#[derive(Debug)]
pub struct Registry {
    languages: Vec<Arc<Language>>,
}

impl Registry {
    /// The built-in languages, with those of `directory` added or in their place, each looked for on this host.
    /// Nothing is executed; versions are unknown until the engine has asked for them.
    ///
    /// # Errors
    /// [`StartError::Definition`] for a directory that cannot be read, a wrong definition, and a name that two languages claim.
    pub fn load(directory: Option<&Path>) -> Result<Registry, StartError> {
        let mut definitions = Vec::new();
        for folder in files::built_in() {
            definitions.push(Definition::read(&folder.place, &folder.files)?);
        }
        for folder in directory.map(files::on_disk).transpose()?.unwrap_or_default() {
            let definition = Definition::read(&folder.place, &folder.files)?;
            definitions.retain(|built_in| built_in.id != definition.id);
            definitions.push(definition);
        }
        Registry::of(definitions, &Host::current())
    }

    fn of(mut definitions: Vec<Definition>, host: &Host) -> Result<Registry, StartError> {
        check_names(&definitions)?;
        let rank = |id: &str| FIRST.iter().position(|first| *first == id).unwrap_or(FIRST.len());
        definitions.sort_by(|a, b| (rank(&a.id), &a.id).cmp(&(rank(&b.id), &b.id)));
        let languages = definitions.into_iter().map(|definition| Arc::new(Language::locate(definition, host))).collect();
        Ok(Registry { languages })
    }

    /// The language that a request names: an id or alias in any case, with or without a version (`python@3.11`, `python3.11`).
    ///
    /// # Errors
    /// `unknown-language` with the nearest names; `language-unavailable` with the reason and the command that installs it, or with
    /// the version there is.
    pub(crate) fn resolve(&self, asked: &str) -> Result<Arc<Language>, Invalid> {
        let (language, version) = self.find(asked).ok_or_else(|| self.unknown(asked))?;
        language.check_available(version.as_deref())?;
        Ok(Arc::clone(language))
    }

    /// The language that these words name, available or not, and the version they ask for.
    fn find(&self, asked: &str) -> Option<(&Arc<Language>, Option<String>)> {
        let asked = asked.to_lowercase();
        if let Some(language) = self.named(&asked) {
            return Some((language, None));
        }
        if let Some((name, version)) = asked.split_once('@') {
            return Some((self.named(name)?, Some(version.to_owned())));
        }
        // `c++17` is a standard, not a version of a compiler: only after a letter.
        let name = asked.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
        let version = &asked[name.len()..];
        if !name.ends_with(|c: char| c.is_ascii_lowercase()) || !version.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        Some((self.named(name)?, Some(version.to_owned())))
    }

    fn named(&self, name: &str) -> Option<&Arc<Language>> {
        self.languages.iter().find(|language| language.is_called(name))
    }

    fn unknown(&self, asked: &str) -> Invalid {
        let mut message = format!("invalid language: [{asked}] not currently supported");
        let near = self.nearest(asked);
        if !near.is_empty() {
            message.push_str(&format!("; did you mean {}?", near.join(" or ")));
        }
        Invalid { kind: "unknown-language", field: "language".to_owned(), message }
    }

    /// At most three ids whose names are most like what was asked for, the likest first.
    fn nearest(&self, asked: &str) -> Vec<&str> {
        // Names are short; a longer word is like none of them, and comparing a very long one takes time.
        if asked.len() > 40 {
            return Vec::new();
        }
        let asked = asked.to_lowercase();
        let likeness =
            |language: &Language| language.names().map(|name| strsim::jaro_winkler(name, &asked)).fold(0.0, f64::max);
        let mut near: Vec<_> = self.languages.iter().map(|language| (likeness(language), language.id())).collect();
        near.retain(|(likeness, _)| *likeness >= ALIKE);
        near.sort_by(|a, b| b.0.total_cmp(&a.0));
        near.into_iter().take(3).map(|(_, id)| id).collect()
    }

    /// Interpreters that can be kept ready, for programs with the limits that they have unless a client says otherwise.
    pub(crate) fn warm(&self, limits: &PhaseLimits) -> Vec<Warm> {
        self.languages.iter().filter_map(|language| language.warm(limits)).collect()
    }

    /// By id, how the programs of each language are started without waiting for its interpreter, where they can be.
    pub fn warm_modes(&self) -> BTreeMap<&str, WarmMode> {
        let all = self.languages.iter().filter_map(|language| Some((language.id(), language.warm_mode()?)));
        all.collect()
    }

    /// By id, whether what each compiler can be spared is done, where something can be.
    pub fn prepared(&self) -> BTreeMap<&str, bool> {
        let all = self.languages.iter().filter_map(|language| Some((language.id(), language.is_prepared()?)));
        all.collect()
    }

    /// The language with this id or alias, available or not: for asking its version.
    pub(crate) fn get(&self, name: &str) -> Option<Arc<Language>> {
        self.find(name).map(|(language, _)| Arc::clone(language))
    }

    /// Every language, in the order of [`Registry::infos`].
    pub(crate) fn languages(&self) -> &[Arc<Language>] {
        &self.languages
    }

    /// The language of files with this extension, `.py`.
    pub fn for_extension(&self, extension: &str) -> Option<LanguageInfo> {
        let extension = extension.to_lowercase();
        self.languages.iter().find(|language| language.has_extension(&extension)).map(|language| language.info())
    }

    /// Records what asking a toolchain for its version gave: the version, or why there is none.
    pub(crate) fn set_version(&self, id: &str, answer: Result<String, String>) {
        if let Some(language) = self.languages.iter().find(|language| language.id() == id) {
            language.set_version(answer);
        }
    }

    /// Every mount that some language needs: the launcher's menu.
    pub(crate) fn mounts(&self) -> Vec<Mount> {
        let mut mounts: Vec<Mount> = Vec::new();
        for mount in self.languages.iter().flat_map(|language| language.mounts()) {
            if !mounts.contains(mount) {
                mounts.push(mount.clone());
            }
        }
        mounts
    }

    /// What clients are told, the languages of the original codecanvas first, in its order, the others by id.
    pub fn infos(&self) -> Vec<LanguageInfo> {
        self.languages.iter().map(|language| language.info()).collect()
    }

    /// The Debian packages of all languages, each once.
    pub fn packages(&self) -> Vec<&str> {
        each_once(self.languages.iter().flat_map(|language| language.packages()))
    }

    /// The Debian packages of tools that languages of this host could make use of and do without, each once.
    pub fn absent_packages(&self) -> Vec<&str> {
        each_once(self.languages.iter().flat_map(|language| language.absent_packages()).map(String::as_str))
    }

    /// The id of the language with this name.
    pub fn find_id(&self, name: &str) -> Option<String> {
        self.get(name).map(|language| language.id().to_owned())
    }

    /// Does for the compilers of all languages, or `only` of these, what can be done once, where that is not done yet. `begin` is told of
    /// each before it begins; what came of it, by language id. A registry that is read after this makes use of it.
    pub fn prepare(&self, only: &[String], begin: &mut dyn FnMut(&str)) -> Vec<(String, Result<(), String>)> {
        let is_meant = |id: &str| only.is_empty() || only.iter().any(|only| only == id);
        let unprepared = self.languages.iter().filter(|language| language.is_unprepared() && is_meant(language.id()));
        let done = unprepared.filter_map(|language| {
            begin(language.id());
            Some((language.id().to_owned(), language.prepare()?))
        });
        done.collect()
    }

    /// Every sample program, by language id.
    pub fn samples(&self) -> Vec<(&str, &[Sample])> {
        self.languages.iter().map(|language| (language.id(), language.samples())).collect()
    }
}

fn each_once<'a>(words: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    words.collect::<BTreeSet<_>>().into_iter().collect()
}

/// That no word means two languages, and no extension either.
fn check_names(definitions: &[Definition]) -> Result<(), StartError> {
    let mut seen: Vec<(&str, &str)> = Vec::new();
    for definition in definitions {
        let names = std::iter::once(&definition.id).chain(&definition.aliases).chain(&definition.extensions);
        for name in names {
            if let Some((_, other)) = seen.iter().find(|(taken, _)| taken == name) {
                let message = format!("`{name}` means {other} already");
                return Err(StartError::Definition { file: format!("languages: {}", definition.id), message });
            }
            seen.push((name, &definition.id));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
