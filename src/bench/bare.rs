//! The same programs on this machine without any sandbox: what a shell would start, with the same toolchains as the server has.

use std::{
    fs,
    io::Read,
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{load::Measured, programs::Program, server::Server};

/// How one program is compiled and started.
pub(super) struct Bare {
    program: Program,
    folder: TempDir,
    /// The source's name in the folder.
    file: &'static str,
    /// Nothing, for an interpreter.
    compile: Vec<String>,
    run: Vec<String>,
}

/// The toolchains that the server uses.
pub(super) struct Tools {
    python: String,
    node: String,
    java: String,
    go: String,
    rust: String,
}

impl Tools {
    /// Asks the server's interpreters where they are. Many a host has several, and `python3` of the path may be a script that looks
    /// for the right one: that would be slower than what the server starts.
    pub(super) fn of(server: &Server) -> Tools {
        let ask = |language: &str, source: &str, otherwise: &str| {
            let answer = run(server, language, source).filter(|path| Path::new(path).exists());
            answer.unwrap_or_else(|| otherwise.to_owned())
        };
        let tell_java = "public class Main { public static void main(String[] a) { System.out.println(System.getProperty(\"java.home\")); } }";
        let beside = |home: Option<String>, tool: &str| match home.map(|home| format!("{home}/bin/{tool}")) {
            Some(path) if Path::new(&path).exists() => path,
            _ => tool.to_owned(),
        };
        Tools {
            python: ask("python3", "import sys; print(sys.executable)", "python3"),
            node: ask("nodejs", "console.log(process.execPath)", "node"),
            java: ask("java", tell_java, ""),
            go: beside(said("go", &["env", "GOROOT"]), "go"),
            rust: beside(said("rustc", &["--print", "sysroot"]), "rustc"),
        }
    }

    /// How this program is run bare; `None` for languages that are not compared.
    pub(super) fn bare(&self, program: &Program) -> Result<Option<Bare>> {
        let source = program.next().into_owned();
        let java = |tool: &str| if self.java.is_empty() { tool.to_owned() } else { format!("{}/bin/{tool}", self.java) };
        let (javac, java) = (java("javac"), java("java"));
        let (file, compile, run): (_, Vec<&str>, Vec<&str>) = match program.language.id {
            "python3" => ("main.py", vec![], vec![&self.python, "-c", &source]),
            "nodejs" => ("main.js", vec![], vec![&self.node, "-e", &source]),
            "bash" => ("main.sh", vec![], vec!["bash", "-c", &source]),
            "c" => ("main.c", vec!["gcc", "-O2", "-o", "a.out", "main.c"], vec!["./a.out"]),
            "c++" => ("main.cpp", vec!["g++", "-O2", "-o", "a.out", "main.cpp"], vec!["./a.out"]),
            "java" => ("Main.java", vec![&javac, "Main.java"], vec![&java, "-cp", ".", "Main"]),
            "go" => ("main.go", vec![&self.go, "build", "-o", "a.out", "main.go"], vec!["./a.out"]),
            "rust" => {
                ("main.rs", vec![&self.rust, "--edition=2021", "-Copt-level=2", "-o", "a.out", "main.rs"], vec!["./a.out"])
            }
            _ => return Ok(None),
        };
        let folder = tempfile::tempdir().context("cannot make a folder for the bare programs")?;
        let words = |words: Vec<&str>| words.into_iter().map(str::to_owned).collect();
        let bare = Bare { program: program.clone(), file, compile: words(compile), run: words(run), folder };
        // By then a.out is there, for whoever only starts it, and what compilers keep for the next time is kept.
        bare.cold()?;
        Ok(Some(bare))
    }
}

impl Bare {
    /// Compiles and starts it, with a source that is new.
    pub(super) fn cold(&self) -> Result<Duration> {
        let path = self.folder.path().join(self.file);
        fs::write(&path, self.program.fresh()).with_context(|| format!("cannot write {}", path.display()))?;
        let started = Instant::now();
        if !self.compile.is_empty() {
            self.execute(&self.compile)?;
        }
        let stdout = self.execute(&self.run)?;
        self.check(started.elapsed(), &stdout)
    }

    /// Starts it; it was compiled before.
    pub(super) fn start(&self) -> Result<Duration> {
        let started = Instant::now();
        let stdout = self.execute(&self.run)?;
        self.check(started.elapsed(), &stdout)
    }

    /// As many a second as this machine's cores give, for so long.
    pub(super) fn parallel(&self, cores: usize, time: Duration) -> Measured {
        let started = Instant::now();
        let work = || {
            let mut measured = Measured::default();
            while started.elapsed() < time {
                match self.start() {
                    Ok(took) => measured.took.push(took),
                    Err(error) => measured.fail(format!("bare: {error:#}")),
                }
            }
            measured
        };
        let mut all = Measured::default();
        thread::scope(|scope| {
            let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
            workers.into_iter().for_each(|worker| all.add(worker.join().expect("a worker does not panic")));
        });
        all.elapsed = started.elapsed();
        all
    }

    /// The commands, as a shell has them.
    pub(super) fn commands(&self) -> Vec<String> {
        [&self.compile, &self.run].into_iter().filter(|words| !words.is_empty()).map(|words| words.join(" ")).collect()
    }

    /// fork, exec, read and wait, as cheap as the standard library has it.
    fn execute(&self, words: &[String]) -> Result<Vec<u8>> {
        let mut command = Command::new(&words[0]);
        command.args(&words[1..]).current_dir(self.folder.path()).env_clear();
        command.env("PATH", "/usr/local/bin:/usr/bin:/bin").env("LANG", "C.UTF-8").env("HOME", self.folder.path());
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start {} (`make bench` installs what is missing)", words[0]))?;
        let mut stdout = Vec::new();
        child.stdout.take().expect("it is a pipe").read_to_end(&mut stdout)?;
        let status = child.wait()?;
        ensure!(status.success(), "{} ended with {status}", words[0]);
        Ok(stdout)
    }

    fn check(&self, took: Duration, stdout: &[u8]) -> Result<Duration> {
        let wrong = self.program.differs(stdout);
        ensure!(wrong.is_none(), "bare {}: {}", self.program.language.id, wrong.unwrap_or_default());
        Ok(took)
    }
}

/// What a program prints on the server, in its last line.
fn run(server: &Server, language: &str, source: &str) -> Option<String> {
    let body = json!({ "language": language, "source": source }).to_string();
    let report: Value = server.connect().post("/api/v1/run", body.as_bytes()).ok()?.json()?;
    report["stdout"].as_str().map(|text| text.trim().to_owned())
}

/// What a command of this machine prints.
fn said(command: &str, args: &[&str]) -> Option<String> {
    let output = Command::new(command).args(args).stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    (output.status.success() && !text.is_empty()).then_some(text)
}
