//! The programs that are run, each in three wordings: for a bare start, for the sandbox library, and for the server.

use std::{fs, path::Path, process};

use anyhow::{Context, Result, ensure};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use codecanvas_sandbox::{Command, FileEntry, Mount};
use serde_json::json;

use crate::{
    client::request,
    server::{COMPILED, Server},
};

const HELLO_C: &str = "#include <stdio.h>\nint main(void) { puts(\"hello\"); }\n";
/// As `languages/c` has it.
const COMPILE: [&str; 9] = ["/usr/bin/gcc", "-std=gnu17", "-O2", "-Wall", "-pipe", "-pthread", "-o", "a.out", "main.c"];

/// One program.
pub(crate) struct Subject {
    pub(crate) name: &'static str,
    /// Command lines that a bare start executes one after the other, in the bench's folder.
    pub(crate) bare: Vec<Vec<String>>,
    /// The environment of every way: programs start faster or slower by it.
    pub(crate) env: Vec<(String, String)>,
    /// The commands of one sandbox.
    pub(crate) sandboxed: Vec<Command>,
    /// The whole request to the server.
    pub(crate) request: Vec<u8>,
    pub(crate) stdout: &'static str,
    /// Whether it is also measured on all cores.
    pub(crate) runs_in_parallel: bool,
}

/// The interpreters that the server uses, to start the same ones bare.
pub(crate) struct Interpreters {
    python: (String, String),
    node: String,
}

impl Interpreters {
    pub(crate) fn of(server: &Server) -> Result<Interpreters> {
        let python = server.run("python3", "import sys; print(sys.executable, sys.base_prefix)")?;
        let (python, prefix) = python.split_once(' ').context("python3 does not know where it is")?;
        let node = server.run("nodejs", "console.log(process.execPath)")?;
        ensure!(Path::new(python).exists() && Path::new(&node).exists(), "{python} and {node} have to be on this host");
        Ok(Interpreters { python: (python.to_owned(), prefix.to_owned()), node })
    }

    /// What a sandbox needs of the host for them.
    pub(crate) fn mounts(&self) -> Vec<Mount> {
        let node = Path::new(&self.node).ancestors().nth(2).unwrap_or(Path::new("/usr"));
        let folders = [Path::new(&self.python.1), node].into_iter().filter(|folder| !folder.starts_with("/usr"));
        folders.map(|folder| Mount { source: folder.to_owned(), target: folder.to_owned() }).collect()
    }
}

/// All subjects; what they need is made in `folder`.
pub(crate) fn all(folder: &Path, interpreters: &Interpreters) -> Result<Vec<Subject>> {
    let hello = compile_hello(folder)?;
    let mounts = interpreters.mounts();
    let python = interpreted("python3", &interpreters.python.0, "-c", "main.py", "print(1)", &mounts);
    let node = interpreted("nodejs", &interpreters.node, "-e", "main.js", "console.log(1)", &mounts);
    Ok(vec![compiled(folder, hello), python, node, compiled_each_time()])
}

/// A program that was compiled before, as one file.
fn compiled(folder: &Path, hello: Vec<u8>) -> Subject {
    let files = json!([{"name": "hello", "content": STANDARD.encode(&hello), "encoding": "base64"}]);
    let file = FileEntry { path: "hello".into(), content: hello, executable: true };
    Subject {
        name: "hello",
        bare: vec![vec![folder.join("hello").display().to_string()]],
        env: environment(),
        sandboxed: vec![command(&["./hello"], vec![file], &[])],
        request: request(&json!({"language": COMPILED, "files": files})),
        stdout: "hello\n",
        runs_in_parallel: true,
    }
}

fn interpreted(name: &'static str, path: &str, flag: &str, file: &str, source: &str, mounts: &[Mount]) -> Subject {
    let content = source.as_bytes().to_vec();
    let files = vec![FileEntry { path: file.into(), content, executable: false }];
    let mut env = environment();
    if name == "python3" {
        env.extend(["PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE"].map(|variable| (variable.into(), "1".into())));
    }
    Subject {
        name,
        bare: vec![words(&[path, flag, source])],
        sandboxed: vec![Command { env: env.clone(), ..command(&[path, file], files, mounts) }],
        env,
        request: request(&json!({"language": name, "source": source})),
        stdout: "1\n",
        runs_in_parallel: true,
    }
}

/// The same program as source: each run compiles it first.
fn compiled_each_time() -> Subject {
    let source = FileEntry { path: "main.c".into(), content: HELLO_C.into(), executable: false };
    let compile = Command { keep_workspace: true, ..command(&COMPILE, vec![source], &[]) };
    Subject {
        name: "c",
        bare: vec![words(&COMPILE), words(&["./a.out"])],
        env: environment(),
        sandboxed: vec![compile, command(&["./a.out"], vec![], &[])],
        request: request(&json!({"language": "c", "source": HELLO_C})),
        stdout: "hello\n",
        runs_in_parallel: false,
    }
}

fn command(argv: &[&str], files: Vec<FileEntry>, mounts: &[Mount]) -> Command {
    Command { argv: words(argv), env: environment(), files, mounts: mounts.to_vec(), ..Command::default() }
}

/// What the engine gives every program.
fn environment() -> Vec<(String, String)> {
    let entries = [("PATH", "/usr/local/bin:/usr/bin:/bin"), ("HOME", "/tmp"), ("LANG", "C.UTF-8")];
    entries.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec()
}

fn words(argv: &[&str]) -> Vec<String> {
    argv.iter().map(|word| (*word).to_owned()).collect()
}

/// Makes `main.c` and `hello` in the folder; gives the latter's content.
fn compile_hello(folder: &Path) -> Result<Vec<u8>> {
    fs::write(folder.join("main.c"), HELLO_C)?;
    let gcc = process::Command::new("gcc").args(["-O2", "-s", "-o", "hello", "main.c"]).current_dir(folder).status();
    ensure!(gcc.context("gcc is needed (make bench installs it)")?.success(), "gcc failed");
    Ok(fs::read(folder.join("hello"))?)
}
