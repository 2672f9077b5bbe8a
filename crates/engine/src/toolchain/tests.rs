//! Toolchains on a made-up host, each laid out as its version manager lays it out.

use std::os::unix::fs::symlink;

use tempfile::TempDir;

use super::*;

struct MadeUp {
    tree: TempDir,
}

impl MadeUp {
    fn new() -> MadeUp {
        MadeUp { tree: tempfile::tempdir().unwrap() }
    }

    fn at(&self, path: &str) -> PathBuf {
        self.tree.path().canonicalize().unwrap().join(path)
    }

    fn file(&self, path: &str, content: &str) {
        fs::create_dir_all(self.at(path).parent().unwrap()).unwrap();
        fs::write(self.at(path), content).unwrap();
        fs::set_permissions(self.at(path), fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// The tool found with this PATH, as path and mounted folder below the tree.
    fn search(&self, path: &[&str], wanted: &ToolDefinition) -> Result<(String, Option<String>), String> {
        let path = env::join_paths(path.iter().map(|folder| self.at(folder))).unwrap();
        let variables = BTreeMap::from([("PATH".into(), path), ("TOOL_HOME".into(), self.at("opt/elsewhere").into())]);
        let home = self.at("home/ann");
        let tool = Host::new(vec![home.clone()], vec![home], variables).search(wanted)?;
        let inside = |path: &Path| path.strip_prefix(self.at("")).unwrap().to_str().unwrap().to_owned();
        Ok((inside(&tool.path), tool.mount.map(|mount| inside(&mount.source))))
    }
}

fn wanted(command: &str, look: &[&str]) -> ToolDefinition {
    ToolDefinition {
        commands: vec![command.into()],
        look: look.iter().map(|&place| place.into()).collect(),
        ..ToolDefinition::default()
    }
}

fn found(path: &str, mount: &str) -> Result<(String, Option<String>), String> {
    Ok((path.into(), Some(mount.into())))
}

fn with_rustup() -> MadeUp {
    let host = MadeUp::new();
    for toolchain in ["1.95.0-x86_64", "nightly-x86_64", "stable-x86_64"] {
        host.file(&format!("home/ann/.rustup/toolchains/{toolchain}/bin/rustc"), "ELF");
    }
    host.file("home/ann/.rustup/settings.toml", "version = \"12\"\ndefault_toolchain = \"stable-x86_64\"\n\n[overrides]\n");
    host.file("home/ann/.cargo/bin/rustup", "ELF");
    symlink("rustup", host.at("home/ann/.cargo/bin/rustc")).unwrap();
    host
}

#[test]
fn rustups_proxy_stands_for_the_default_toolchain() {
    let host = with_rustup();
    let stable = found("home/ann/.rustup/toolchains/stable-x86_64/bin/rustc", "home/ann/.rustup/toolchains/stable-x86_64");
    assert_eq!(host.search(&["home/ann/.cargo/bin"], &wanted("rustc", &["rustup"])), stable);
    assert_eq!(host.search(&[], &wanted("rustc", &["rustup"])), stable, "also without PATH");
    fs::remove_file(host.at("home/ann/.cargo/bin/rustc")).unwrap();
    fs::hard_link(host.at("home/ann/.cargo/bin/rustup"), host.at("home/ann/.cargo/bin/rustc")).unwrap();
    assert_eq!(host.search(&["home/ann/.cargo/bin"], &wanted("rustc", &["rustup"])), stable, "also as a hard link");
}

#[test]
fn path_order_decides_between_several_toolchains() {
    let host = with_rustup();
    host.file("opt/rust/bin/rustc", "ELF");
    let path = ["opt/rust/bin", "home/ann/.cargo/bin"];
    assert_eq!(host.search(&path, &wanted("rustc", &["rustup"])), found("opt/rust/bin/rustc", "opt/rust"));
}

#[test]
fn pyenvs_shims_stand_for_the_chosen_version() {
    let host = MadeUp::new();
    host.file("home/ann/.pyenv/shims/python3", "#!/bin/sh\nexec pyenv exec python3\n");
    for version in ["3.9.18", "3.10.13", "3.12.1"] {
        host.file(&format!("home/ann/.pyenv/versions/{version}/bin/python3.real"), "ELF");
        symlink("python3.real", host.at(&format!("home/ann/.pyenv/versions/{version}/bin/python3"))).unwrap();
    }
    host.file("opt/python/bin/python3", "ELF");
    let path = ["home/ann/.pyenv/shims", "opt/python/bin"];
    let version = |version| {
        found(&format!("home/ann/.pyenv/versions/{version}/bin/python3.real"), &format!("home/ann/.pyenv/versions/{version}"))
    };
    let python = wanted("python3", &["pyenv"]);
    assert_eq!(host.search(&path, &python), version("3.12.1"), "the newest when none is chosen");
    host.file("home/ann/.pyenv/version", "3.9\n3.12.1\n");
    assert_eq!(host.search(&path, &python), version("3.9.18"));
    host.file("home/ann/.pyenv/version", "system\n");
    assert_eq!(host.search(&path, &python), found("opt/python/bin/python3", "opt/python"));
}

#[test]
fn nvm_and_folders_are_looked_at_when_path_has_none() {
    let host = MadeUp::new();
    host.file("home/ann/.nvm/versions/node/v18.20.1/bin/node", "ELF");
    host.file("home/ann/.nvm/versions/node/v20.9.0/bin/node", "ELF");
    host.file("home/ann/.nvm/alias/default", "18\n");
    let node = wanted("node", &["nvm", "~/node*/bin"]);
    assert_eq!(
        host.search(&[], &node),
        found("home/ann/.nvm/versions/node/v18.20.1/bin/node", "home/ann/.nvm/versions/node/v18.20.1")
    );
    host.file("opt/elsewhere/bin/node", "ELF");
    assert_eq!(host.search(&[], &wanted("node", &["$TOOL_HOME/bin"])), found("opt/elsewhere/bin/node", "opt/elsewhere"));
}

#[test]
fn what_cannot_be_mounted_is_passed_over_and_named() {
    let host = MadeUp::new();
    host.file("home/ann/bin/lua", "ELF");
    let refusal = host.search(&["home/ann/bin"], &wanted("lua", &[])).unwrap_err();
    assert!(refusal.contains("home/ann/bin/lua cannot be used") && refusal.contains("has the home"), "{refusal}");
    host.file("opt/lua/bin/lua", "ELF");
    assert_eq!(host.search(&["home/ann/bin", "opt/lua/bin"], &wanted("lua", &[])), found("opt/lua/bin/lua", "opt/lua"));
    fs::set_permissions(host.at("opt/lua/bin/lua"), fs::Permissions::from_mode(0o644)).unwrap();
    assert_eq!(host.search(&["opt/lua/bin"], &wanted("lua", &[])).unwrap_err(), "`lua` was not found on this machine");
}

#[test]
fn tools_that_belong_together_come_from_one_folder() {
    let host = MadeUp::new();
    host.file("opt/jdk-21/bin/javac", "ELF");
    host.file("opt/jdk-21/bin/java", "ELF");
    host.file("opt/jre-8/bin/java", "ELF");
    let path = env::join_paths(["opt/jre-8/bin", "opt/jdk-21/bin"].map(|folder| host.at(folder))).unwrap();
    let tools = BTreeMap::from([
        ("java".to_owned(), ToolDefinition { beside: Some("javac".into()), ..wanted("java", &[]) }),
        ("javac".to_owned(), wanted("javac", &[])),
    ]);
    let located = Host::new(Vec::new(), Vec::new(), BTreeMap::from([("PATH".into(), path)])).locate(&tools).unwrap();
    assert_eq!(located["java"].path, host.at("opt/jdk-21/bin/java"));
    fs::remove_file(host.at("opt/jdk-21/bin/java")).unwrap();
    let path = BTreeMap::from([("PATH".into(), host.at("opt/jdk-21/bin").into())]);
    assert!(Host::new(Vec::new(), Vec::new(), path).locate(&tools).unwrap_err().contains("`java` was not found in"));
}

#[test]
fn commands_of_the_system_need_no_mount() {
    let variables = BTreeMap::from([("PATH".into(), "bin:/usr/bin:/bin".into())]);
    let tool = Host::new(Vec::new(), Vec::new(), variables).search(&wanted("sh", &[])).unwrap();
    assert_eq!(tool, Tool { path: "/usr/bin/sh".into(), mount: None });
}
