//! `codecanvas prepare`: what is made once, and that compilers find it.

use std::{fs, os::unix::fs::PermissionsExt, path::PathBuf};

use crate::environment::{Ended, codecanvas, ended};

/// A language whose compiler copies what it finds prepared.
const LANGUAGE: &str = r#"
id = "copied"
name = "Copied"
extensions = [".copied"]
file = "main.copied"
packages = ["dash"]
[tools]
sh = { commands = ["sh"] }
[version]
argv = ["{sh}", "-c", "echo 1.0"]
[compile]
argv = ["{sh}", "-c", "cat \"$FROM/word\" >word; touch \"$FROM/new\" || echo \"$@\" >>word", "sh", "{flags}"]
env = { FROM = "/work/nowhere" }
[prepare]
argv = ["{sh}", "-c", "COMMAND"]
compile = { env = { FROM = "{prepared}" }, flags = ["-f{prepared}"] }
[run]
argv = ["/bin/cat", "word"]
"#;

struct Place(PathBuf);

impl Place {
    fn new(test: &str, command: &str) -> Place {
        let place = std::env::temp_dir().join(format!("prepare-{test}-{}", std::process::id()));
        let language = place.join("languages/copied");
        fs::create_dir_all(&language).expect("a folder");
        fs::write(language.join("language.toml"), LANGUAGE.replace("COMMAND", command)).expect("written");
        let config = format!("[engine]\nlanguages_dir = {:?}\n", place.join("languages"));
        fs::write(place.join("config.toml"), config).expect("written");
        fs::write(place.join("a.copied"), "").expect("written");
        Place(place)
    }

    fn prepared(&self) -> PathBuf {
        self.0.join("prepared")
    }

    fn codecanvas(&self, args: &[&str]) -> Ended {
        let mut command = codecanvas(args);
        command.current_dir(&self.0).env("CODECANVAS_PREPARED", self.prepared());
        ended(command.env("CODECANVAS_CONFIG", self.0.join("config.toml")))
    }

    fn run(&self) -> String {
        let ended = self.codecanvas(&["run", "a.copied"]);
        assert_eq!(ended.stderr.lines().find(|line| line.contains("rror")), None);
        ended.stdout
    }

    /// The folders of this language.
    fn folders(&self) -> Vec<PathBuf> {
        let all = fs::read_dir(self.prepared()).into_iter().flatten().flatten().map(|entry| entry.path());
        all.filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("copied-"))).collect()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn said_of_it(ended: &Ended) -> Vec<&str> {
    ended.stderr.lines().filter(|line| line.contains("copied")).collect()
}

#[test]
fn it_is_made_once_and_compilers_read_it_and_cannot_change_it() {
    let place = Place::new("once", "pwd; mkdir {prepared}/deep; echo ready >{prepared}/word");
    assert_eq!(place.run(), "\n", "nothing is prepared yet");
    assert_eq!(said_of_it(&place.codecanvas(&["prepare", "copied"])).len(), 1);
    let folders = place.folders();
    let [folder] = folders.as_slice() else { panic!("{folders:?}") };
    assert_eq!(fs::metadata(folder).expect("a folder").permissions().mode() & 0o022, 0);
    assert!(!folder.join(".home").exists());
    assert_eq!(place.run(), "ready\n-f/prepared\n", "found, read-only, and its flag given");
    assert_eq!(said_of_it(&place.codecanvas(&["prepare", "copied"])), Vec::<&str>::new(), "once");
    assert_eq!(place.folders(), folders);
}

#[test]
fn what_cannot_be_made_is_told_and_missed_by_nobody() {
    let place = Place::new("fails", "echo begun >{prepared}/word; echo no such thing >&2; exit 3");
    let ended = place.codecanvas(&["prepare", "copied"]);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.stderr.contains("copied could not be prepared") && ended.stderr.contains("no such thing"), "{ended:?}");
    assert_eq!(place.folders(), Vec::<PathBuf>::new());
    assert_eq!(place.run(), "\n");
}
