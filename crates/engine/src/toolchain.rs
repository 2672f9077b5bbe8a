//! Where this host has a language's commands, found by looking only: nothing is executed here.
//!
//! The engine looks while it may still be root, so that even asking a command for its version is left to a sandbox.
//! What is found on PATH comes first, in PATH's order; then the places that the definition names. The stand-ins of version
//! managers (rustup's proxies, pyenv's shims) are never taken themselves: in their stead stands what they would start.

mod guard;
mod places;

use std::{
    collections::BTreeMap,
    env,
    ffi::{OsStr, OsString},
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
};

use codecanvas_sandbox::Mount;

use crate::definition::ToolDefinition;
pub(crate) use places::{check_places, expand};

/// A command that this host has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tool {
    /// Its path, the same on the host and in a sandbox.
    pub(crate) path: PathBuf,
    /// The toolchain's folder, unless every sandbox has it anyway.
    pub(crate) mount: Option<Mount>,
}

/// What is known of this host: where commands are, and whose homes are searched.
#[derive(Debug, Clone)]
pub(crate) struct Host {
    path: Vec<PathBuf>,
    /// Homes in which toolchains are looked for: of the user who started us only. Another user could put a link to
    /// anything in the place of a folder that we once found, and have it mounted.
    homes: Vec<PathBuf>,
    /// Every home, for what must never be mounted.
    all_homes: Vec<PathBuf>,
    variables: BTreeMap<OsString, OsString>,
}

impl Host {
    /// This host, as the environment and `/etc/passwd` tell it.
    pub(crate) fn current() -> Host {
        let passwd = fs::read_to_string("/etc/passwd").unwrap_or_default();
        let variables: BTreeMap<OsString, OsString> = env::vars_os().collect();
        let mut homes: Vec<PathBuf> = variables.get(OsStr::new("HOME")).map(PathBuf::from).into_iter().collect();
        let is_root = fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0);
        if is_root {
            homes.push(PathBuf::from("/root"));
            let before_sudo = variables.get(OsStr::new("SUDO_USER")).and_then(|user| user.to_str());
            homes.extend(before_sudo.and_then(|user| home_of(user, &passwd)));
        }
        let all_homes = passwd.lines().filter_map(|line| line.split(':').nth(5)).map(PathBuf::from).collect();
        Host::new(homes, all_homes, variables)
    }

    /// A host that has nothing.
    pub(crate) fn of_nothing() -> Host {
        Host::new(Vec::new(), Vec::new(), BTreeMap::new())
    }

    fn new(homes: Vec<PathBuf>, mut all_homes: Vec<PathBuf>, variables: BTreeMap<OsString, OsString>) -> Host {
        let path = variables.get(OsStr::new("PATH")).map(|path| env::split_paths(path).collect()).unwrap_or_default();
        let mut homes: Vec<PathBuf> = homes.into_iter().filter(|home| home.is_absolute()).collect();
        homes.dedup();
        all_homes.extend(homes.iter().cloned());
        Host { path, homes, all_homes, variables }
    }

    /// Every tool of a definition, but optional ones that are not there.
    ///
    /// # Errors
    /// A sentence for people about the first one that this host lacks.
    pub(crate) fn locate(&self, tools: &BTreeMap<String, ToolDefinition>) -> Result<BTreeMap<String, Tool>, String> {
        let mut located = BTreeMap::new();
        for (name, tool) in tools.iter().filter(|(_, tool)| tool.beside.is_none()) {
            match self.search(tool) {
                Err(_) if tool.optional.is_some() => {}
                found => drop(located.insert(name.clone(), found?)),
            }
        }
        for (name, tool) in tools {
            let Some(other) = tool.beside.as_ref().and_then(|other| located.get(other)) else { continue };
            match self.beside(&other.path, tool) {
                Err(_) if tool.optional.is_some() => {}
                found => drop(located.insert(name.clone(), found?)),
            }
        }
        Ok(located)
    }

    fn search(&self, wanted: &ToolDefinition) -> Result<Tool, String> {
        let mut refused = None;
        let mut take = |path: &Path| match self.accept(path) {
            Ok(tool) => tool,
            Err(reason) => {
                refused.get_or_insert(reason);
                None
            }
        };
        for command in &wanted.commands {
            for folder in self.path.iter().filter(|folder| folder.is_absolute()) {
                let candidate = folder.join(command);
                let tool = if is_stand_in(&candidate) {
                    self.managed(wanted).iter().find_map(|path| take(path))
                } else {
                    take(&candidate)
                };
                if let Some(tool) = tool {
                    return Ok(tool);
                }
            }
        }
        if let Some(tool) = self.managed(wanted).iter().find_map(|path| take(path)) {
            return Ok(tool);
        }
        Err(refused.unwrap_or_else(|| format!("`{}` was not found on this machine", wanted.commands.join("` or `"))))
    }

    /// What the definition's own places have, the preferred first.
    fn managed(&self, wanted: &ToolDefinition) -> Vec<PathBuf> {
        let folders = wanted.look.iter().flat_map(|place| places::folders(place, &self.homes, &self.variables));
        let commands = folders.flat_map(|folder| wanted.commands.iter().map(move |command| folder.join(command)));
        commands.filter(|path| !is_stand_in(path)).collect()
    }

    fn beside(&self, other: &Path, wanted: &ToolDefinition) -> Result<Tool, String> {
        let real = other.canonicalize().unwrap_or_else(|_| other.to_owned());
        let folder = real.parent().unwrap_or(&real);
        let found = wanted.commands.iter().find_map(|command| self.accept(&folder.join(command)).ok().flatten());
        found.ok_or_else(|| format!("`{}` was not found in {}", wanted.commands.join("` or `"), folder.display()))
    }

    /// The command at this path, if there is one.
    ///
    /// # Errors
    /// Why it cannot be used although it exists.
    fn accept(&self, path: &Path) -> Result<Option<Tool>, String> {
        let Ok(real) = path.canonicalize() else { return Ok(None) };
        if !fs::metadata(&real).is_ok_and(|file| file.is_file() && file.permissions().mode() & 0o111 != 0) {
            return Ok(None);
        }
        if guard::is_base(&real) {
            // The name it was found under is kept where it can be: some commands act by the name they are called.
            let path = if guard::is_base(path) { path.to_owned() } else { real };
            return Ok(Some(Tool { path, mount: None }));
        }
        let root = guard::toolchain_root(&real);
        guard::check_root(&root, &self.all_homes).map_err(|reason| format!("{} cannot be used: {reason}", path.display()))?;
        Ok(Some(Tool { path: real, mount: Some(Mount { source: root.clone(), target: root }) }))
    }
}

/// Whether this is a version manager's stand-in, which would look for the toolchain in its user's home when it is started.
fn is_stand_in(path: &Path) -> bool {
    if path.parent().and_then(Path::file_name) == Some(OsStr::new("shims")) {
        return true;
    }
    let Ok(real) = path.canonicalize() else { return false };
    let named = |names: &[&str]| real.file_name().is_some_and(|name| names.iter().any(|known| name == *known));
    named(&["rustup", "volta-shim", "mise", "asdf"]) || is_linked_to_rustup(&real)
}

/// Older rustup makes its proxies by hard links.
fn is_linked_to_rustup(real: &Path) -> bool {
    let same_file =
        |rustup: fs::Metadata| fs::metadata(real).is_ok_and(|file| (file.dev(), file.ino()) == (rustup.dev(), rustup.ino()));
    fs::metadata(real.with_file_name("rustup")).is_ok_and(same_file)
}

fn home_of(user: &str, passwd: &str) -> Option<PathBuf> {
    let line = passwd.lines().find(|line| line.split(':').next() == Some(user))?;
    line.split(':').nth(5).map(PathBuf::from)
}

#[cfg(test)]
mod tests;
