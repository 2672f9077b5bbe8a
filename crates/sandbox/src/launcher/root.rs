//! The launcher's own view of the file system: an empty tmpfs with read-only copies of what sandboxes may see.
//!
//! ```text
//! /            tmpfs, after pivot_root: nothing of the host's tree is left in this mount namespace
//! ├─ menu/N    read-only copies of the mounts on the menu, taken once
//! ├─ dev       the devices that every program sees
//! ├─ proc      the host's, for the launcher itself
//! ├─ roots/N   one finished root per set of mounts, read-only, shared by all sandboxes that need that set
//! ├─ work/N    working directories that are kept from one program to the next
//! └─ trees/N   working directories that are kept for later sandboxes, frozen (see `trees`)
//! ```
//!
//! A sandbox gets a copy of this namespace and pivots into its root, so a run mounts only what must be its own.

use std::{
    fs::{self, File},
    io,
    os::fd::{AsFd, OwnedFd},
    os::unix::fs::symlink,
    path::{Component, Path, PathBuf},
};

use rustix::{
    io::Errno,
    mount::{MountPropagationFlags, mount_change},
    process::chdir,
};

use super::etc;
use crate::{
    Mount,
    error::{At, Error, Step},
    mount::{self, READ_ONLY, Tmpfs},
    sys,
};

/// Links or folders at the root of a host that lead into /usr.
const TOP: [&str; 6] = ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"];
/// Folders of the host's /etc that every sandbox sees as they are: links to programs, and certificates.
const SHARED_ETC: [&str; 2] = ["/etc/alternatives", "/etc/ssl/certs"];
/// With `tty`, the word of a process for its own terminal; who has none is told so.
const DEVICES: [&str; 6] = ["null", "zero", "full", "random", "urandom", "tty"];
/// A root holds folders, links and a few small files.
const ROOT_SIZE: (u64, u64) = (16 << 20, 4096);
/// Sets of mounts that are kept ready; a language has one.
const ROOTS_MAX: usize = 64;

/// The prepared file systems.
pub(crate) struct Root {
    menu: Vec<(Mount, PathBuf)>,
    base: Vec<Mount>,
    links: Vec<(String, PathBuf)>,
    etc: etc::Etc,
    ready: Vec<(Vec<Mount>, PathBuf)>,
    /// How many were built: each has a name of its own.
    built: u64,
    /// Parts of /proc that are covered.
    pub(crate) proc_masks: Vec<(String, bool)>,
}

impl Root {
    /// Takes copies of the menu, leaves the host's mount namespace and pivots into an empty root.
    pub(crate) fn prepare(menu: &[Mount], owner: u32, passwd: &[u32], gate: Option<&'static [u8]>) -> Result<Root, Error> {
        let links = top_links();
        let base = base_mounts();
        let etc = etc::Etc::read(passwd, gate);
        sys::unshare(libc::CLONE_NEWNS).at(Step::EnterMountNamespace)?;
        mount_change("/", MountPropagationFlags::PRIVATE | MountPropagationFlags::REC).at(Step::EnterMountNamespace)?;

        let mut copies = Vec::new();
        for mount in base.iter().chain(menu) {
            check_menu(mount)?;
            let copy = mount::copy_read_only(&mount.source).at_on(Step::PrepareRoot, mount.source.display())?;
            copies.push((mount.clone(), copy));
        }
        let host_proc = mount::copy(Path::new("/proc")).at_on(Step::PrepareRoot, "/proc")?;
        let devices = copy_devices().at_on(Step::PrepareRoot, "/dev")?;
        enter_empty_root(owner).at(Step::PrepareRoot)?;

        let menu = attach_menu(copies).at(Step::PrepareRoot)?;
        attach_devices(devices, owner).at_on(Step::PrepareRoot, "/dev")?;
        fs::create_dir("/proc").at(Step::PrepareRoot)?;
        mount::attach(host_proc.as_fd(), Path::new("/proc")).at_on(Step::PrepareRoot, "/proc")?;
        Ok(Root { menu, base, links, etc, ready: Vec::new(), built: 0, proc_masks: proc_masks() })
    }

    /// The root for a set of mounts, made on first use.
    pub(crate) fn for_mounts(&mut self, mounts: &[Mount], owner: u32) -> Result<PathBuf, Error> {
        let mut wanted: Vec<Mount> = mounts.to_vec();
        wanted.sort();
        wanted.dedup();
        if let Some((_, path)) = self.ready.iter().find(|(mounts, _)| *mounts == wanted) {
            return Ok(path.clone());
        }
        let sources = self.base.iter().chain(&wanted).map(|mount| self.on_menu(mount)).collect::<Result<Vec<_>, _>>()?;
        let path = PathBuf::from(format!("/roots/{}", self.built + 1));
        if let Err(error) = self.build(&path, &wanted, &sources, owner) {
            let _ = mount::detach(&path);
            return Err(error);
        }
        self.built += 1;
        if self.ready.len() == ROOTS_MAX {
            // Sandboxes that use it have copies of their own.
            let (_, oldest) = self.ready.remove(0);
            let _ = mount::detach(&oldest);
            let _ = fs::remove_dir(&oldest);
        }
        self.ready.push((wanted, path.clone()));
        Ok(path)
    }

    fn build(&self, root: &Path, mounts: &[Mount], sources: &[&Path], owner: u32) -> Result<(), Error> {
        let step = Step::PrepareProfile;
        fs::create_dir_all(root).at(step)?;
        let tmpfs = Tmpfs { bytes: ROOT_SIZE.0, inodes: ROOT_SIZE.1, mode: "755", owner }.make().at(step)?;
        mount::attach(tmpfs.as_fd(), root).at(step)?;
        for folder in ["dev", "proc", "work", "tmp", "etc"] {
            fs::create_dir(root.join(folder)).at(step)?;
        }
        for (target, link) in &self.links {
            symlink(target, root.join(link)).at(step)?;
        }
        self.etc.write(&root.join("etc")).at_on(step, "/etc")?;
        let devices = mount::copy(Path::new("/dev")).at_on(step, "/dev")?;
        mount::attach(devices.as_fd(), &root.join("dev")).at_on(step, "/dev")?;
        for (mount, source) in self.base.iter().chain(mounts).zip(sources) {
            let copy = mount::copy(source).at_on(step, mount.source.display())?;
            let target = root.join(mount.target.strip_prefix("/").unwrap_or(&mount.target));
            make_mount_point(source, &target).at_on(step, mount.target.display())?;
            mount::attach(copy.as_fd(), &target).at_on(step, mount.target.display())?;
        }
        // Only the root's own mount: its devices must stay usable, and the copies are read-only already.
        mount::set_flags(tmpfs.as_fd(), READ_ONLY, false).at(step)
    }

    fn on_menu(&self, mount: &Mount) -> Result<&Path, Error> {
        let found = self.menu.iter().find(|(known, _)| known == mount);
        found.map(|(_, path)| path.as_path()).ok_or_else(|| {
            Error::refused(Step::PrepareProfile, format!("{} is not on the launcher's menu", mount.source.display()))
        })
    }
}

/// Refuses what no sandbox may ever see, whoever asks.
fn check_menu(mount: &Mount) -> Result<(), Error> {
    const NEVER: [&str; 10] = ["/", "/home", "/root", "/var", "/run", "/proc", "/sys", "/dev", "/boot", "/etc"];
    const OURS: [&str; 5] = ["/", "/work", "/tmp", "/proc", "/dev"];
    let plain = |path: &Path| path.is_absolute() && path.components().skip(1).all(|part| matches!(part, Component::Normal(_)));
    if !plain(&mount.source) || !plain(&mount.target) {
        return Err(Error::refused(Step::PrepareRoot, format!("{}: not a plain absolute path", mount.source.display())));
    }
    let source = fs::canonicalize(&mount.source).at_on(Step::PrepareRoot, mount.source.display())?;
    if NEVER.iter().any(|path| source == Path::new(path)) || source.starts_with("/proc") || source.starts_with("/sys") {
        return Err(Error::refused(Step::PrepareRoot, format!("{} is never shown to a program", source.display())));
    }
    if OURS.iter().any(|path| mount.target == Path::new(path)) {
        return Err(Error::refused(Step::PrepareRoot, format!("{} is the sandbox's own", mount.target.display())));
    }
    Ok(())
}

fn top_links() -> Vec<(String, PathBuf)> {
    TOP.iter()
        .filter_map(|path| Some((fs::read_link(path).ok()?.to_str()?.to_owned(), PathBuf::from(path.trim_start_matches('/')))))
        .collect()
}

fn base_mounts() -> Vec<Mount> {
    let is_folder = |path: &&&str| fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir());
    ["/usr"]
        .iter()
        .chain(TOP.iter())
        .chain(SHARED_ETC.iter())
        .filter(is_folder)
        .map(|path| Mount { source: path.into(), target: path.into() })
        .collect()
}

fn enter_empty_root(owner: u32) -> io::Result<()> {
    let root = Tmpfs { bytes: ROOT_SIZE.0, inodes: ROOT_SIZE.1, mode: "755", owner }.make()?;
    // Any folder serves: only this namespace sees what is mounted there, and only until the pivot.
    mount::attach(root.as_fd(), Path::new("/tmp"))?;
    chdir("/tmp")?;
    mount::pivot_here()?;
    for folder in ["/menu", "/roots", "/work", "/trees", "/dev"] {
        fs::create_dir(folder)?;
    }
    Ok(())
}

fn attach_menu(copies: Vec<(Mount, OwnedFd)>) -> io::Result<Vec<(Mount, PathBuf)>> {
    let mut menu = Vec::new();
    for (index, (mount, copy)) in copies.into_iter().enumerate() {
        let path = PathBuf::from(format!("/menu/{index}"));
        let is_folder = rustix::fs::fstat(&copy).map(|stat| rustix::fs::FileType::from_raw_mode(stat.st_mode))?
            == rustix::fs::FileType::Directory;
        if is_folder {
            fs::create_dir(&path)?
        } else {
            drop(File::create(&path)?)
        }
        mount::attach(copy.as_fd(), &path)?;
        menu.push((mount, path));
    }
    Ok(menu)
}

fn make_mount_point(source: &Path, target: &Path) -> io::Result<()> {
    if let Some(parent) = target.parent() {
        fs::create_dir_all(parent)?;
    }
    if target.exists() {
        return Ok(());
    }
    if source.is_dir() { fs::create_dir(target) } else { File::create(target).map(drop) }
}

fn copy_devices() -> Result<Vec<(&'static str, OwnedFd)>, Errno> {
    DEVICES.iter().map(|name| Ok((*name, mount::copy(&Path::new("/dev").join(name))?))).collect()
}

/// A folder with the harmless devices, links for the standard streams, and a place for shared memory.
fn attach_devices(devices: Vec<(&'static str, OwnedFd)>, owner: u32) -> io::Result<()> {
    let dev = Path::new("/dev");
    let tmpfs = Tmpfs { bytes: 1 << 20, inodes: 64, mode: "755", owner }.make()?;
    mount::attach(tmpfs.as_fd(), dev)?;
    for (name, device) in devices {
        File::create(dev.join(name))?;
        let flags = libc::MOUNT_ATTR_RDONLY | libc::MOUNT_ATTR_NOSUID | libc::MOUNT_ATTR_NOEXEC;
        mount::set_flags(device.as_fd(), flags, false)?;
        mount::attach(device.as_fd(), &dev.join(name))?;
    }
    for (name, target) in [("fd", "/proc/self/fd"), ("stdin", "fd/0"), ("stdout", "fd/1"), ("stderr", "fd/2")] {
        symlink(target, dev.join(name))?;
    }
    fs::create_dir(dev.join("shm"))?;
    // For programs on a terminal a devpts is mounted there.
    fs::create_dir(dev.join("pts"))?;
    symlink("pts/ptmx", dev.join("ptmx"))?;
    mount::set_flags(tmpfs.as_fd(), READ_ONLY | libc::MOUNT_ATTR_NOEXEC, false)?;
    Ok(())
}

/// What of /proc tells about the host or its hardware and is readable to everyone on this kernel. What only root may read needs
/// no cover: no program is root.
fn proc_masks() -> Vec<(String, bool)> {
    const FILES: [&str; 22] = [
        "bootconfig",
        "cmdline",
        "config.gz",
        "consoles",
        "crypto",
        "diskstats",
        "interrupts",
        "ioports",
        "iomem",
        "kallsyms",
        "kcore",
        "key-users",
        "keys",
        "kmsg",
        "latency_stats",
        "locks",
        "modules",
        "mtrr",
        "partitions",
        "sched_debug",
        "swaps",
        "timer_list",
    ];
    const FOLDERS: [&str; 10] = ["acpi", "asound", "bus", "driver", "dynamic_debug", "fs", "irq", "pressure", "scsi", "tty"];
    use std::os::unix::fs::MetadataExt;
    let readable = |name: &&str| fs::metadata(Path::new("/proc").join(name)).is_ok_and(|m| m.mode() & 0o004 != 0);
    let files = FILES.into_iter().filter(|name| readable(name)).map(|name| (name.to_owned(), false));
    files.chain(FOLDERS.into_iter().filter(|name| readable(name)).map(|name| (name.to_owned(), true))).collect()
}
