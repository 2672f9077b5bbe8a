//! What a toolchain's folder is, and which folders are never mounted into a sandbox, whatever is found in them.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

/// Folders that every sandbox has from the host.
const BASE: [&str; 7] = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"];

/// Folders that hold other things than toolchains: neither they nor anything right below them is mounted.
const SYSTEM: [&str; 11] = ["/", "/boot", "/dev", "/etc", "/home", "/mnt", "/proc", "/run", "/srv", "/sys", "/var"];

/// Names inside a home that hold more than toolchains, and what is right below them too: settings, keys, registry tokens.
const PRIVATE: [&str; 6] = [".cache", ".cargo", ".config", ".local", ".ssh", ".gnupg"];

/// Whether every sandbox has this path as the host has it.
pub(super) fn is_base(path: &Path) -> bool {
    BASE.iter().any(|base| path.starts_with(base))
}

/// The folder that a toolchain's command belongs to, of a path without links: what is above its `bin`, else its own folder.
pub(super) fn toolchain_root(command: &Path) -> PathBuf {
    // Homebrew's packages refer to each other through the folder above them all.
    if let Some(brew) = command.ancestors().find(|folder| folder.ends_with(".linuxbrew")) {
        return brew.to_owned();
    }
    let folder = command.parent().unwrap_or(Path::new("/"));
    match folder.parent() {
        Some(above) if folder.ends_with("bin") => above.to_owned(),
        _ => folder.to_owned(),
    }
}

/// Whether a folder may be mounted.
///
/// # Errors
/// Why it may not.
pub(super) fn check_root(root: &Path, homes: &[PathBuf]) -> Result<(), String> {
    let shown = root.display();
    let depth = root.components().count().saturating_sub(1);
    if depth < 2 || SYSTEM.iter().any(|system| root == Path::new(system) || root.parent() == Some(Path::new(system))) {
        return Err(format!("{shown} is not a toolchain's own folder"));
    }
    if let Some(home) = homes.iter().find(|home| home.starts_with(root)) {
        return Err(format!("{shown} has the home {} in it", home.display()));
    }
    let inside_home = homes.iter().filter(|home| home.components().count() > 1).find_map(|home| root.strip_prefix(home).ok());
    if let Some(inside) = inside_home
        && inside.components().count() < 3
        && PRIVATE.iter().any(|private| inside.starts_with(private))
    {
        return Err(format!("{shown} holds more than a toolchain"));
    }
    if !fs::metadata(root).is_ok_and(|folder| folder.permissions().mode() & 0o005 == 0o005) {
        return Err(format!("{shown} is closed to other users; `chmod o+rx` opens it"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_toolchain_is_what_is_above_bin() {
        let root = |command: &str| toolchain_root(Path::new(command)).display().to_string();
        assert_eq!(root("/opt/node-v22/bin/node"), "/opt/node-v22");
        assert_eq!(root("/opt/lib/node_modules/typescript/bin/tsc"), "/opt/lib/node_modules/typescript");
        assert_eq!(root("/opt/tool/run"), "/opt/tool");
        assert_eq!(root("/home/linuxbrew/.linuxbrew/Cellar/lua/5.4.7/bin/lua"), "/home/linuxbrew/.linuxbrew");
    }

    #[test]
    fn no_folder_that_holds_other_things_is_mounted() {
        let homes = ["/root", "/home/ann", "/opt/service/home", "/"].map(PathBuf::from);
        for root in
            ["/", "/opt", "/home", "/root", "/var", "/run", "/etc", "/etc/ssl", "/var/lib", "/run/user", "/srv/data", "/tmp"]
        {
            assert!(check_root(Path::new(root), &homes).unwrap_err().contains("own folder"), "{root}");
        }
        assert!(check_root(Path::new("/home/ann"), &homes).is_err());
        assert!(check_root(Path::new("/home/bob"), &homes).is_err());
        assert!(check_root(Path::new("/opt/service"), &homes).unwrap_err().contains("has the home"));
        assert!(check_root(Path::new("/opt/service/home"), &homes).unwrap_err().contains("has the home"));
        for private in ["/home/ann/.local", "/home/ann/.cargo", "/home/ann/.local/share", "/opt/service/home/.ssh"] {
            assert!(check_root(Path::new(private), &homes).unwrap_err().contains("more than a toolchain"), "{private}");
        }
    }

    #[test]
    fn a_toolchains_own_folder_is_mounted_if_others_may_read_it() {
        let tree = tempfile::tempdir().unwrap();
        let homes = [tree.path().to_owned()];
        let root = tree.path().join(".rustup/toolchains/stable");
        fs::create_dir_all(&root).unwrap();
        fs::set_permissions(&root, fs::Permissions::from_mode(0o755)).unwrap();
        assert_eq!(check_root(&root, &homes), Ok(()));
        fs::set_permissions(&root, fs::Permissions::from_mode(0o700)).unwrap();
        assert!(check_root(&root, &homes).unwrap_err().contains("closed to other users"));
    }
}
