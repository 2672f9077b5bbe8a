//! The places of a definition's `look`, as folders of this host: version managers, and patterns such as `/opt/*/bin`.

use std::{
    cmp::Reverse,
    collections::BTreeMap,
    ffi::{OsStr, OsString},
    fs,
    path::{Component, Path, PathBuf},
};

/// A version manager: a folder with a folder for each version, and a file that names the one to use.
struct Manager {
    name: &'static str,
    /// The variable that moves its folder.
    variable: &'static str,
    /// Its folder in a home.
    root: &'static str,
    /// Where the versions are in it.
    versions: &'static str,
    /// The file that names the version to use.
    choice: &'static str,
}

const MANAGERS: [Manager; 4] = [
    Manager { name: "rustup", variable: "RUSTUP_HOME", root: ".rustup", versions: "toolchains", choice: "settings.toml" },
    Manager { name: "pyenv", variable: "PYENV_ROOT", root: ".pyenv", versions: "versions", choice: "version" },
    Manager { name: "rbenv", variable: "RBENV_ROOT", root: ".rbenv", versions: "versions", choice: "version" },
    Manager { name: "nvm", variable: "NVM_DIR", root: ".nvm", versions: "versions/node", choice: "alias/default" },
];

/// Whether every place can be understood.
///
/// # Errors
/// A sentence about the first that cannot.
pub(crate) fn check_places(look: &[String]) -> Result<(), String> {
    let is_known = |place: &String| {
        let rest = place.trim_start_matches(['~', '$']);
        let is_pattern = place.starts_with(['/', '$']) || place.starts_with("~/");
        (is_pattern && !rest.split('/').any(|name| name == "..")) || MANAGERS.iter().any(|manager| manager.name == place)
    };
    match look.iter().find(|place| !is_known(place)) {
        Some(place) => Err(format!(
            "`{place}` is neither a path that begins with `/`, `~/` or `$`, nor one of {}",
            MANAGERS.map(|manager| manager.name).join(", ")
        )),
        None => Ok(()),
    }
}

/// The folders with commands that a place stands for, the preferred first. They need not exist.
pub(super) fn folders(place: &str, homes: &[PathBuf], variables: &BTreeMap<OsString, OsString>) -> Vec<PathBuf> {
    let variable = |name: &str| variables.get(OsStr::new(name)).map(PathBuf::from).filter(|path| path.is_absolute());
    if let Some(manager) = MANAGERS.iter().find(|manager| manager.name == place) {
        let roots = variable(manager.variable).into_iter().chain(homes.iter().map(|home| home.join(manager.root)));
        return roots.flat_map(|root| managed(manager, &root)).collect();
    }
    if let Some(rest) = place.strip_prefix("~/") {
        return homes.iter().flat_map(|home| expand(&home.join(rest))).collect();
    }
    if let Some(rest) = place.strip_prefix('$') {
        let (name, below) = rest.split_once('/').unwrap_or((rest, ""));
        return variable(name).map(|folder| expand(&folder.join(below))).unwrap_or_default();
    }
    expand(Path::new(place))
}

/// The versions that a manager has: first those it was told to use, in that order, then the others, newest first.
fn managed(manager: &Manager, root: &Path) -> Vec<PathBuf> {
    let chosen = choices(&fs::read_to_string(root.join(manager.choice)).unwrap_or_default());
    if chosen.iter().any(|choice| choice == "system") {
        return Vec::new();
    }
    let mut versions = newest_first(&root.join(manager.versions));
    let rank = |name: &str| chosen.iter().position(|choice| is_version(name, choice)).unwrap_or(usize::MAX);
    versions.sort_by_key(|name| rank(name));
    versions.iter().map(|name| root.join(manager.versions).join(name).join("bin")).collect()
}

/// The versions named by a manager's file: the value of `default_toolchain`, or every word.
fn choices(text: &str) -> Vec<String> {
    let setting = text.lines().find_map(|line| line.trim().strip_prefix("default_toolchain"));
    match setting {
        Some(value) => vec![value.trim_matches([' ', '=', '"', '\'']).to_owned()],
        None => text.split_whitespace().map(str::to_owned).collect(),
    }
}

/// Whether a version's folder is what was chosen, or a closer description of it: `v20.11.0` for `20`.
fn is_version(name: &str, choice: &str) -> bool {
    let (name, choice) = (name.trim_start_matches('v'), choice.trim_start_matches('v'));
    !choice.is_empty() && name.strip_prefix(choice).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-']))
}

/// The paths that match a pattern in which a name may have one `*`, newest first.
pub(crate) fn expand(pattern: &Path) -> Vec<PathBuf> {
    let mut paths = vec![PathBuf::new()];
    for component in pattern.components() {
        let star = match component {
            Component::Normal(name) => name.to_str().and_then(|name| name.split_once('*')),
            _ => None,
        };
        paths = match star {
            None => paths.into_iter().map(|path| path.join(component)).collect(),
            Some((before, after)) => {
                let matches = |name: &String| {
                    name.len() >= before.len() + after.len() && name.starts_with(before) && name.ends_with(after)
                };
                let names = |folder: &PathBuf| newest_first(folder).into_iter().filter(matches).collect::<Vec<_>>();
                paths.iter().flat_map(|folder| names(folder).into_iter().map(|name| folder.join(name))).collect()
            }
        };
    }
    paths
}

/// The names in a folder, the highest version first.
fn newest_first(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort_by_cached_key(|name| Reverse((numbers(name), name.clone())));
    names
}

/// The numbers in a name, so that 3.10 comes after 3.9.
fn numbers(name: &str) -> Vec<u64> {
    name.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_give_the_newest_first() {
        let tree = tempfile::tempdir().unwrap();
        for version in ["jdk-9", "jdk-17.0.2", "jdk-17.0.10", "other"] {
            fs::create_dir_all(tree.path().join(version).join("bin")).unwrap();
        }
        let found = expand(&tree.path().join("jdk-*/bin"));
        let names: Vec<_> = found.iter().map(|path| path.strip_prefix(tree.path()).unwrap().to_str().unwrap()).collect();
        assert_eq!(names, ["jdk-17.0.10/bin", "jdk-17.0.2/bin", "jdk-9/bin"]);
    }

    #[test]
    fn a_choice_may_be_the_beginning_of_a_version() {
        assert!(is_version("v20.11.0", "20"));
        assert!(is_version("3.11.7", "3.11"));
        assert!(is_version("stable-x86_64-unknown-linux-gnu", "stable"));
        assert!(!is_version("3.11.7", "3.1"));
        assert!(!is_version("3.11.7", ""));
    }

    #[test]
    fn places_that_nobody_understands_are_refused() {
        let look = |place: &str| check_places(&[place.to_owned()]);
        for good in ["rustup", "~/sdk/go*/bin", "/opt/*/bin", "$JAVA_HOME/bin"] {
            assert_eq!(look(good), Ok(()), "{good}");
        }
        for bad in ["npm", "opt/bin", "~root/bin", "/opt/../etc", ""] {
            assert!(look(bad).is_err(), "{bad}");
        }
    }
}
