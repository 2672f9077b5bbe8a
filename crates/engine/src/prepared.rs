//! What is made once for a toolchain, so that each compiler finds it done: compiled headers, a compiled standard library, an archive of
//! loaded classes. It lies in a folder of the host's that sandboxes see read-only, and is made by the operator's own commands
//! (`codecanvas prepare`), from the language's definition and nobody's program.

use std::{
    collections::BTreeMap,
    fs, io,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use sha2::{Digest, Sha256};

use crate::{
    definition::{PhaseTemplate, PrepareDefinition, Substitutions, command_line},
    toolchain::Tool,
};

/// Names the place of all folders; without it that is the user's cache.
const PLACE: &str = "CODECANVAS_PREPARED";

/// Where everybody finds what root has prepared.
const OF_ALL: &str = "/var/cache/codecanvas";

/// Where sandboxes see the folder of their language.
pub(crate) const SEEN_AT: &str = "/prepared";

/// Is in a folder that is complete.
const READY: &str = ".ready";

/// Where a language's folder is, or is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Prepared {
    /// Of this language and toolchain.
    pub(crate) folder: PathBuf,
    pub(crate) is_ready: bool,
    /// The language's id, with which the names of all its folders begin.
    id: String,
}

impl Prepared {
    /// Looks for it; the folder's name has all that it depends on.
    pub(crate) fn look(id: &str, definition: &PrepareDefinition, tools: &BTreeMap<String, Tool>) -> Option<Prepared> {
        let name = format!("{id}-{}", digest(definition, tools).ok()?);
        let own = own_place()?;
        let of_all = std::env::var_os(PLACE).is_none().then(|| PathBuf::from(OF_ALL));
        let places: Vec<PathBuf> = [own.clone()].into_iter().chain(of_all).collect();
        let ready = places.iter().map(|place| place.join(&name)).find(|folder| folder.join(READY).is_file());
        let is_ready = ready.is_some();
        Some(Prepared { folder: ready.unwrap_or_else(|| own.join(name)), is_ready, id: id.to_owned() })
    }

    /// Makes it.
    ///
    /// # Errors
    /// What the command said, or why there is no folder for it.
    pub(crate) fn make(&self, build: &PhaseTemplate, env: &[(String, String)]) -> Result<(), String> {
        let place = self.folder.parent().unwrap_or(Path::new("/"));
        let told = |error: io::Error| format!("{}: {error}", self.folder.display());
        fs::create_dir_all(place).map_err(told)?;
        self.remove_others(place);
        // What was begun and not finished is no good.
        let _ = fs::remove_dir_all(&self.folder);
        fs::create_dir(&self.folder).map_err(told)?;
        let made = run(build, env, &self.folder.join(".home"));
        let _ = fs::remove_dir_all(self.folder.join(".home"));
        made.inspect_err(|_| drop(fs::remove_dir_all(&self.folder)))?;
        fs::write(self.folder.join(READY), "").map_err(told)
    }

    /// Those of other versions.
    fn remove_others(&self, place: &Path) {
        let all = fs::read_dir(place).into_iter().flatten().flatten();
        let prefix = format!("{}-", self.id);
        for other in all.filter(|entry| entry.file_name().to_string_lossy().starts_with(&prefix)) {
            let _ = fs::remove_dir_all(other.path());
        }
    }
}

fn own_place() -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(place) = set(PLACE) {
        return place.is_absolute().then_some(place);
    }
    // A process's own folder in /proc belongs to its user.
    if fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0) {
        return Some(PathBuf::from(OF_ALL));
    }
    let cache = set("XDG_CACHE_HOME").or_else(|| Some(set("HOME")?.join(".cache")))?;
    Some(cache.join("codecanvas"))
}

/// Of the command, and of what the tools are as far as the file system tells.
fn digest(definition: &PrepareDefinition, tools: &BTreeMap<String, Tool>) -> io::Result<String> {
    let mut digest = Sha256::new();
    digest.update(format!("{definition:?}"));
    for tool in tools.values() {
        let path = tool.path.canonicalize()?;
        let about = fs::metadata(&path)?;
        digest.update(format!("{}\0{}\0{}\0{}\0", tool.path.display(), path.display(), about.len(), about.mtime()));
    }
    Ok(digest.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect())
}

fn run(build: &PhaseTemplate, env: &[(String, String)], home: &Path) -> Result<(), String> {
    let argv = command_line(build, &Substitutions::default(), 0);
    let (program, arguments) = argv.split_first().ok_or("no command")?;
    let told = |error: io::Error| format!("{}: {error}", home.display());
    fs::create_dir(home).map_err(told)?;
    for (path, content) in &build.files {
        let path = home.join(path);
        fs::create_dir_all(path.parent().unwrap_or(home)).map_err(told)?;
        fs::write(path, content).map_err(told)?;
    }
    let mut command = Command::new(program);
    command.args(arguments).env_clear().envs(env.iter().cloned()).env("HOME", home).env("TMPDIR", home).current_dir(home);
    let output = command.stdin(Stdio::null()).output().map_err(|error| format!("{program}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!("{program} ended with {}: {}", output.status, said.trim_end()))
}
