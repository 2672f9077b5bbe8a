//! The program's files: one source under the language's own name, or several under names that are checked here.

use std::collections::{BTreeMap, BTreeSet};

use codecanvas_protocol::{Encoding, JobSpec};
use codecanvas_sandbox::FileEntry;

use super::{inputs, invalid};
use crate::{Invalid, config::RequestCaps, registry::Language};

/// The program as it lies in the working directory.
pub(super) struct Program {
    pub(super) files: Vec<FileEntry>,
    /// The one that is started.
    pub(super) entrypoint: String,
}

/// The files of a job.
///
/// # Errors
/// The first mistake in `source`, `files` or `entrypoint`.
pub(super) fn program(spec: &JobSpec, language: &Language, caps: &RequestCaps) -> Result<Program, Invalid> {
    match &spec.source {
        Some(_) if !spec.files.is_empty() => {
            let message = "give either `source`, for a program of one file, or `files`, not both";
            Err(invalid("source-and-files", "source", message))
        }
        Some(source) => single(spec, source, language, caps),
        None => several(spec, language, caps),
    }
}

/// The files that a language's prompt finds: none of them is started, and there may be none.
///
/// # Errors
/// As [`program`].
pub(super) fn beside_shell(spec: &JobSpec, caps: &RequestCaps) -> Result<Vec<FileEntry>, Invalid> {
    decoded(spec, caps)
}

fn single(spec: &JobSpec, source: &str, language: &Language, caps: &RequestCaps) -> Result<Program, Invalid> {
    if spec.entrypoint.is_some() {
        let message = "`entrypoint` names one of `files`; leave it out with `source`";
        return Err(invalid("unknown-entrypoint", "entrypoint", message));
    }
    // Java takes the name from the source: it is the client's like any other.
    let name = language.source_name(source);
    check_name(&name, "source", caps)?;
    Ok(Program { files: vec![entry(&name, source.as_bytes().to_vec())], entrypoint: name })
}

/// The job's `files`, checked and decoded.
fn decoded(spec: &JobSpec, caps: &RequestCaps) -> Result<Vec<FileEntry>, Invalid> {
    if spec.files.len() > caps.files {
        let message = format!("there are {} files; at most {} are allowed", spec.files.len(), caps.files);
        return Err(invalid("too-many-files", "files", message));
    }
    let mut files = Vec::with_capacity(spec.files.len());
    for (index, file) in spec.files.iter().enumerate() {
        check_name(&file.name, &format!("files[{index}].name"), caps)?;
        let content = match file.encoding {
            Encoding::Utf8 => file.content.as_bytes().to_vec(),
            Encoding::Base64 => inputs::decode(&file.content, &format!("files[{index}].content"))?,
        };
        files.push(entry(&file.name, content));
    }
    check_unique(&files)?;
    Ok(files)
}

fn several(spec: &JobSpec, language: &Language, caps: &RequestCaps) -> Result<Program, Invalid> {
    let mut files = decoded(spec, caps)?;
    let mut entrypoint = entrypoint(spec, &files)?;
    // A lone file of Java is called after its class, whatever it was called where it came from.
    if let [file] = &mut files[..]
        && let Some(name) = language.required_name(&file.content)
    {
        check_name(&name, "files[0].name", caps)?;
        entrypoint.clone_from(&name);
        file.path = name;
    }
    Ok(Program { files, entrypoint })
}

/// The files that the language itself puts beside the program's, unless the program has one of that name.
pub(super) fn add_own(files: &mut Vec<FileEntry>, own: &[(String, Vec<u8>)]) {
    for (path, content) in own {
        if !files.iter().any(|file| file.path == *path) {
            files.push(FileEntry { path: path.clone(), content: content.clone(), executable: false });
        }
    }
}

/// The file that is started: the one named, else the first.
fn entrypoint(spec: &JobSpec, files: &[FileEntry]) -> Result<String, Invalid> {
    let Some(wanted) = &spec.entrypoint else {
        return Ok(files[0].path.clone());
    };
    if files.iter().any(|file| file.path == *wanted) {
        return Ok(wanted.clone());
    }
    let message = format!("there is no file `{}` to start; name one of `files`", wanted.escape_debug());
    Err(invalid("unknown-entrypoint", "entrypoint", message))
}

/// That a name is a plain relative path: everything that could leave the working directory, or fool a reader or a tool, is refused.
pub(crate) fn check_name(name: &str, field: &str, caps: &RequestCaps) -> Result<(), Invalid> {
    let refused = |reason: String| {
        // The name is repeated only up to its cap.
        let shown: String = name.chars().take(caps.path_length).collect();
        Err(invalid("invalid-file-name", field, format!("the file name `{}` {reason}", shown.escape_debug())))
    };
    if name.is_empty() {
        return refused("is empty; write a relative path like `main.py` or `lib/words.py`".to_owned());
    }
    if name.len() > caps.path_length {
        return refused(format!("is {} bytes long; at most {} are allowed", name.len(), caps.path_length));
    }
    if name.starts_with('/') {
        return refused("is absolute; write it relative to the working directory".to_owned());
    }
    if name.starts_with('-') {
        return refused("begins with a dash, which tools take for an option".to_owned());
    }
    if name.contains('\\') {
        return refused("has a backslash; separate folders with `/`".to_owned());
    }
    if name.contains(char::is_control) {
        return refused("has a control character".to_owned());
    }
    for part in name.split('/') {
        match part {
            "" => return refused("has an empty part; write a single `/` between names and none at the end".to_owned()),
            "." | ".." => return refused(format!("has the part `{part}`; name the file without it")),
            part if part.len() > caps.name_length => {
                return refused(format!("has a part of {} bytes; at most {} are allowed", part.len(), caps.name_length));
            }
            _ => {}
        }
    }
    Ok(())
}

/// That no two files have one name, and none has the name of another one's folder.
fn check_unique(files: &[FileEntry]) -> Result<(), Invalid> {
    let mut seen = BTreeMap::new();
    for (index, file) in files.iter().enumerate() {
        if let Some(first) = seen.insert(file.path.as_str(), index) {
            let message = format!("files[{first}] has the name `{}` already", file.path);
            return Err(invalid("duplicate-file", format!("files[{index}].name"), message));
        }
    }
    for (index, file) in files.iter().enumerate() {
        if let Some((folder, first)) = folders_of(&file.path).find_map(|folder| seen.get_key_value(folder)) {
            let message = format!("`{folder}` is a file, files[{first}], and cannot be the folder of `{}` as well", file.path);
            return Err(invalid("duplicate-file", format!("files[{index}].name"), message));
        }
    }
    Ok(())
}

/// How many files and folders these are.
pub(super) fn count(files: &[FileEntry]) -> u64 {
    let folders: BTreeSet<&str> = files.iter().flat_map(|file| folders_of(&file.path)).collect();
    (files.len() + folders.len()) as u64
}

/// `a`, `a/b` for `a/b/c`.
fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

/// A file, executable when it is of a kind that its author would have made executable: a script with `#!`, or an ELF program.
fn entry(name: &str, content: Vec<u8>) -> FileEntry {
    let executable = content.starts_with(b"#!") || content.starts_with(b"\x7fELF");
    FileEntry { path: name.to_owned(), content, executable }
}
