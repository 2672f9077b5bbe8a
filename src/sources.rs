//! The program's files, from the disk into a job.

use std::{
    fs::File,
    io::{self, Read},
    path::{Component, Path, PathBuf},
};

use anyhow::{Context, Result, bail, ensure};
use codecanvas_protocol::SourceFile;

use crate::{limits, stdin};

/// The most that one file, and all of them together, may be.
pub(crate) const MOST_BYTES: u64 = 16 << 20;

/// Reads the files. The first one is the entrypoint; those below its folder keep their path from there (`lib/words.py`), others
/// their bare name.
pub(crate) fn read(paths: &[PathBuf]) -> Result<Vec<SourceFile>> {
    let home = paths.first().and_then(|entrypoint| folder(entrypoint));
    let mut files: Vec<SourceFile> = Vec::new();
    let mut total = 0;
    for path in paths {
        let bytes = content(path)?;
        total += bytes.len() as u64;
        ensure!(total <= MOST_BYTES, "the files are larger than {} together", limits::bytes(MOST_BYTES));
        let name = name(path, home.as_deref())?;
        if files.iter().any(|file| file.name == name) {
            bail!("{}: there is a file {name} already", path.display());
        }
        let (content, encoding) = stdin::encode(bytes);
        files.push(SourceFile { name, content, encoding });
    }
    Ok(files)
}

/// Reads one file whole.
pub(crate) fn content(path: &Path) -> Result<Vec<u8>> {
    let name = path.display();
    let file = File::open(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => anyhow::anyhow!("{name}: there is no such file"),
        io::ErrorKind::PermissionDenied => anyhow::anyhow!("{name}: you may not read this file"),
        _ => anyhow::anyhow!("{name}: {error}"),
    })?;
    ensure!(!file.metadata()?.is_dir(), "{name} is a directory; name the program's files, the one to start first");
    let mut bytes = Vec::new();
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).with_context(|| format!("{name}: cannot read"))?;
    ensure!(bytes.len() as u64 <= MOST_BYTES, "{name} is larger than {}", limits::bytes(MOST_BYTES));
    Ok(bytes)
}

/// The end of the file's name, with its dot, or nothing when it has none.
pub(crate) fn extension(path: &Path) -> Option<String> {
    path.extension().map(|extension| format!(".{}", extension.to_string_lossy()))
}

fn name(path: &Path, home: Option<&Path>) -> Result<String> {
    let bare = path.file_name().with_context(|| format!("{} names no file", path.display()))?;
    let below = folder(path).zip(home).and_then(|(folder, home)| Some(folder.strip_prefix(home).ok()?.join(bare)));
    let relative = below.unwrap_or_else(|| PathBuf::from(bare));
    let parts = relative.components().filter_map(|part| match part {
        Component::Normal(part) => Some(part.to_str()),
        _ => None,
    });
    let parts: Option<Vec<&str>> = parts.collect();
    Ok(parts.with_context(|| format!("{}: the name is not valid UTF-8", path.display()))?.join("/"))
}

/// The folder a file is in, without links and dots.
fn folder(path: &Path) -> Option<PathBuf> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    parent.canonicalize().ok()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use codecanvas_protocol::Encoding;

    use super::*;

    #[test]
    fn files_keep_their_path_from_the_entrypoint() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("app/lib")).unwrap();
        for (name, content) in [("app/main.py", "1"), ("app/lib/words.py", "2"), ("input.txt", "3")] {
            fs::write(at(name), content).unwrap();
        }
        let files = read(&[at("app/main.py"), at("app/../app/lib/words.py"), at("input.txt")]).unwrap();
        let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["main.py", "lib/words.py", "input.txt"]);
    }

    #[test]
    fn binary_files_travel_as_base64() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.bin");
        fs::write(&path, [0xff]).unwrap();
        let files = read(&[path]).unwrap();
        assert_eq!((files[0].content.as_str(), files[0].encoding), ("/w==", Encoding::Base64));
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.py");
        assert!(read(std::slice::from_ref(&path)).unwrap_err().to_string().ends_with("a.py: there is no such file"));
        assert!(read(&[folder.path().to_owned()]).unwrap_err().to_string().contains("is a directory"));
        fs::write(&path, "").unwrap();
        assert!(read(&[path.clone(), path]).unwrap_err().to_string().ends_with("there is a file a.py already"));
    }
}
