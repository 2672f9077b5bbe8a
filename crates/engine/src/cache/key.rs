//! What makes two compilations the same: everything that goes into one, in one digest.

use std::{
    fs::{self, File},
    io,
    os::unix::fs::MetadataExt,
    path::PathBuf,
};

use codecanvas_protocol::{Limits, Phase};
use codecanvas_sandbox::TreeKey;
use sha2::{Digest, Sha256};

use crate::plan::Plan;

/// What a toolchain is, beyond its name and version.
#[derive(Debug)]
pub(crate) struct Identity {
    tools: Vec<PathBuf>,
    /// Of the content of all of them.
    digest: [u8; 32],
}

impl Identity {
    /// Reads the tools; takes as long as they are large.
    ///
    /// # Errors
    /// When one cannot be read. Then nothing that it compiles is known again.
    pub(crate) fn read(tools: Vec<PathBuf>) -> io::Result<Identity> {
        let mut digest = Sha256::new();
        for tool in &tools {
            io::copy(&mut File::open(tool)?, &mut Feed(&mut digest))?;
        }
        Ok(Identity { tools, digest: digest.finalize().into() })
    }
}

/// The key of what a plan compiles with this toolchain; `None` when it compiles nothing, or a tool is not there any more.
pub(crate) fn key(plan: &Plan, version: &str, toolchain: &Identity) -> Option<TreeKey> {
    let compile = plan.phases.iter().find(|phase| phase.phase == Phase::Compile)?;
    let mut digest = Fields(Sha256::new());
    digest.text(&plan.language);
    digest.text(version);
    digest.bytes(&toolchain.digest);
    digest.count(toolchain.tools.len());
    for tool in &toolchain.tools {
        digest.bytes(tool.as_os_str().as_encoded_bytes());
        // A tool that was replaced since it was read is another one, whatever is in it. A look costs little, reading does not.
        let file = fs::metadata(tool).ok()?;
        for part in [file.dev(), file.ino(), file.size(), file.mtime() as u64, file.mtime_nsec() as u64] {
            digest.number(part);
        }
        for part in [file.ctime() as u64, file.ctime_nsec() as u64] {
            digest.number(part);
        }
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
