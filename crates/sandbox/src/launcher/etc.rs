//! The synthesized /etc: what programs look up there, and nothing of this host's own configuration.

use std::{
    fs, io,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
};

use codecanvas_embed::Kind;

use super::places::INIT_ID;

/// Files copied from the host as they are: they tell nothing that `/usr` does not, and libraries want them.
const COPIED: [&str; 7] = ["ld.so.cache", "localtime", "mime.types", "protocols", "services", "timezone", "gai.conf"];

/// The content of /etc, read before the launcher leaves the host's tree.
pub(crate) struct Etc {
    files: Vec<(&'static str, Vec<u8>)>,
    os_release: Option<PathBuf>,
    /// What interpreters load that are started ahead, if any are.
    gate: Option<&'static [u8]>,
}

/// The variable by which an interpreter that is started ahead finds that, in every sandbox: one that is started cold sees the same files.
pub(crate) fn gate_variable(interpreter: Kind) -> (&'static str, &'static str) {
    match interpreter {
        Kind::Node => ("NODE_OPTIONS", "--require=/etc/standby/gate.js"),
        _ => ("LD_PRELOAD", "/etc/standby/gate.so"),
    }
}

impl Etc {
    /// Reads what is copied and writes the rest, with one user per id that a program may have.
    pub(crate) fn read(user_ids: &[u32], gate: Option<&'static [u8]>) -> Etc {
        let copied = COPIED.iter().filter_map(|name| Some((*name, fs::read(Path::new("/etc").join(name)).ok()?)));
        let line = |id: &u32| format!("runner:x:{id}:{id}:runner:/tmp:/bin/sh\n");
        let passwd: String = user_ids.iter().map(line).collect();
        let group: String = user_ids.iter().map(|id| format!("runner:x:{id}:\n")).collect();
        let made = [
            (
                "passwd",
                format!(
                    "root:x:0:0:root:/root:/bin/sh\n{passwd}init:x:{INIT_ID}:{INIT_ID}::/:/bin/false\n\
                nobody:x:65534:65534:nobody:/:/bin/false\n"
                ),
            ),
            ("group", format!("root:x:0:\n{group}nogroup:x:65534:\n")),
            ("hosts", "127.0.0.1\tlocalhost codecanvas\n::1\tlocalhost ip6-localhost\n".to_owned()),
            ("hostname", "codecanvas\n".to_owned()),
            ("host.conf", "multi on\n".to_owned()),
            (
                "nsswitch.conf",
                "passwd: files\ngroup: files\nshadow: files\nhosts: files\nservices: files\nprotocols: files\n".to_owned(),
            ),
        ];
        let made = made.into_iter().map(|(name, text)| (name, text.into_bytes()));
        Etc { files: copied.chain(made).collect(), os_release: fs::read_link("/etc/os-release").ok(), gate }
    }

    /// Writes it to an empty folder.
    pub(crate) fn write(&self, folder: &Path) -> io::Result<()> {
        for (name, content) in &self.files {
            fs::write(folder.join(name), content)?;
        }
        if let Some(library) = self.gate {
            let own = folder.join("standby");
            fs::create_dir(&own)?;
            fs::write(own.join("gate.js"), include_bytes!("standby/gate.js"))?;
            fs::write(own.join("gate.so"), library)?;
        }
        if let Some(target) = &self.os_release {
            symlink(target, folder.join("os-release"))?;
        }
        symlink("/proc/self/mounts", folder.join("mtab"))
    }
}
