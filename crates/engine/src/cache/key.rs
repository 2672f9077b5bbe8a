//! What makes two compilations the same: everything that goes into one, in one digest.

use std::{
    fs::{File, Metadata},
    io,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

use codecanvas_protocol::{Limits, Phase};
use codecanvas_sandbox::TreeKey;
use sha2::{Digest, Sha256};

use crate::plan::Plan;

/// The commands of a toolchain, open since a time when this process could still reach them wherever they are.
#[derive(Debug)]
pub(crate) struct Tools(Vec<Tool>);

#[derive(Debug)]
struct Tool {
    path: PathBuf,
    file: File,
    /// Changes when something else takes the tool's name.
    folder: File,
}

/// What a toolchain is, beyond its name and version.
#[derive(Debug)]
pub(crate) struct Identity<'a> {
    pub(crate) tools: &'a Tools,
    /// Of the content of all of them.
    pub(crate) digest: [u8; 32],
}

impl Tools {
    /// Opens them; only looked at and read.
    ///
    /// # Errors
    /// When one cannot be read. Then nothing that it compiles is known again.
    pub(crate) fn open<'a>(paths: impl IntoIterator<Item = &'a Path>) -> io::Result<Tools> {
        let open = |path: &Path| {
            let real = path.canonicalize()?;
            let folder = File::open(real.parent().unwrap_or(&real))?;
            Ok(Tool { path: path.to_owned(), file: File::open(real)?, folder })
        };
        Ok(Tools(paths.into_iter().map(open).collect::<io::Result<_>>()?))
    }

    /// The digest of all that is in them; takes as long as they are large.
    ///
    /// # Errors
    /// When one cannot be read any more.
    pub(crate) fn digest(&self) -> io::Result<[u8; 32]> {
        let mut digest = Sha256::new();
        for tool in &self.0 {
            io::copy(&mut &tool.file, &mut Feed(&mut digest))?;
        }
        Ok(digest.finalize().into())
    }
}

/// The key of what a plan compiles with this toolchain; `None` when it compiles nothing, or a tool is not there any more.
pub(crate) fn key(plan: &Plan, version: &str, toolchain: &Identity<'_>) -> Option<TreeKey> {
    let compile = plan.phases.iter().find(|phase| phase.phase == Phase::Compile)?;
    let mut digest = Fields(Sha256::new());
    digest.text(&plan.language);
    digest.text(version);
    digest.bytes(&toolchain.digest);
    let Tools(tools) = toolchain.tools;
    digest.count(tools.len());
    for tool in tools {
        digest.bytes(tool.path.as_os_str().as_encoded_bytes());
        // A tool that was replaced since it was read is another one, whatever is in it. A look costs little, reading does not.
        digest.state(&tool.file.metadata().ok()?);
        digest.state(&tool.folder.metadata().ok()?);
    }
    digest.count(compile.argv.len());
    compile.argv.iter().for_each(|argument| digest.text(argument));
    digest.count(compile.env.len());
    for (name, value) in &compile.env {
        digest.text(name);
        digest.text(value);
    }
    digest.count(plan.mounts.len());
    for mount in &plan.mounts {
        digest.bytes(mount.source.as_os_str().as_encoded_bytes());
        digest.bytes(mount.target.as_os_str().as_encoded_bytes());
    }
    digest.limits(&compile.limits);
    digest.count(plan.files.len());
    for file in &plan.files {
        digest.text(&file.path);
        digest.bytes(&file.content);
        digest.number(file.executable.into());
    }
    Some(TreeKey(digest.0.finalize().into()))
}

/// Fields, each with its length before it: no two lists of them give the same bytes.
struct Fields(Sha256);

impl Fields {
    fn number(&mut self, number: u64) {
        self.0.update(number.to_le_bytes());
    }

    fn count(&mut self, count: usize) {
        self.number(count as u64);
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.count(bytes.len());
        self.0.update(bytes);
    }

    fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    /// Which file it is, and when it was last changed.
    fn state(&mut self, file: &Metadata) {
        for part in [file.dev(), file.ino(), file.size()] {
            self.number(part);
        }
        for part in [file.mtime(), file.mtime_nsec(), file.ctime(), file.ctime_nsec()] {
            self.number(part as u64);
        }
    }

    /// A limit may change what comes out, even where it is not met: a compiler may ask for it.
    fn limits(&mut self, limits: &Limits) {
        // All of them by name, so that a new one is not left out.
        let Limits {
            cpu_time,
            wall_time,
            memory_bytes,
            processes,
            output_bytes,
            output_ceiling_bytes,
            file_size_bytes,
            disk_bytes,
            disk_files,
            stack_bytes,
            open_files,
        } = *limits;
        for time in [cpu_time, wall_time] {
            self.0.update(time.as_nanos().to_le_bytes());
        }
        let counts = [memory_bytes, processes, output_bytes, output_ceiling_bytes, file_size_bytes];
        for count in counts.into_iter().chain([disk_bytes, disk_files, stack_bytes, open_files]) {
            self.number(count);
        }
    }
}

struct Feed<'a>(&'a mut Sha256);

impl io::Write for Feed<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
