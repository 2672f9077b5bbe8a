//! The folders of definitions: those built into the program, and those in a directory of the administrator's.

use std::{collections::BTreeMap, fs, path::Path};

use rust_embed::RustEmbed;

use crate::StartError;

#[derive(RustEmbed)]
#[folder = "../../languages/"]
struct BuiltIn;

/// One language's folder.
pub(super) struct Folder {
    /// Its name in error messages.
    pub(super) place: String,
    /// Path below the folder and content of every file.
    pub(super) files: Vec<(String, Vec<u8>)>,
}

/// The folders in the program, by name.
pub(super) fn built_in() -> Vec<Folder> {
    let mut folders: BTreeMap<String, Vec<(String, Vec<u8>)>> = BTreeMap::new();
    for path in BuiltIn::iter() {
        if let (Some((name, below)), Some(file)) = (path.split_once('/'), BuiltIn::get(&path)) {
            folders.entry(name.to_owned()).or_default().push((below.to_owned(), file.data.into_owned()));
        }
    }
    folders.into_iter().map(|(name, files)| Folder { place: format!("languages/{name}"), files }).collect()
}

/// The folders of a directory that have a `language.toml`, by name.
///
/// # Errors
/// [`StartError::Definition`] names the path that could not be read.
pub(super) fn on_disk(directory: &Path) -> Result<Vec<Folder>, StartError> {
    let mut folders = Vec::new();
    for name in names(directory)? {
        let path = directory.join(name);
        if path.join("language.toml").is_file() {
            let mut files = Vec::new();
            read_below(&path, "", &mut files)?;
            folders.push(Folder { place: path.display().to_string(), files });
        }
    }
    Ok(folders)
}

fn read_below(folder: &Path, prefix: &str, files: &mut Vec<(String, Vec<u8>)>) -> Result<(), StartError> {
    for name in names(folder)? {
        let path = folder.join(&name);
        if path.is_dir() {
            read_below(&path, &format!("{prefix}{name}/"), files)?;
        } else {
            files.push((format!("{prefix}{name}"), fs::read(&path).map_err(|error| unreadable(&path, &error))?));
        }
    }
    Ok(())
}

fn names(folder: &Path) -> Result<Vec<String>, StartError> {
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let entries = entries.map_err(|error| unreadable(folder, &error))?;
    let mut names: Vec<String> = entries.into_iter().filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    Ok(names)
}

fn unreadable(path: &Path, error: &std::io::Error) -> StartError {
    StartError::Definition { file: path.display().to_string(), message: format!("cannot be read: {error}") }
}
