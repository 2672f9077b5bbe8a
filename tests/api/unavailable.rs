//! A language whose toolchain is missing: told so, with what mends it, and never an empty success.

use std::{fs, path::Path};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::server::Server;

/// Adds the definition of a language `id` whose one tool is this command.
fn define(folder: &Path, id: &str, command: &str) {
    let definition = format!(
        "id = \"{id}\"\nname = \"{id}\"\nextensions = [\".{id}\"]\nfile = \"main.{id}\"\npackages = [\"{id}-compiler\"]\n\
         [tools]\ntool = {{ commands = [\"{command}\"] }}\n[version]\nargv = [\"{{tool}}\"]\n\
         [run]\nargv = [\"{{tool}}\", \"{{entrypoint}}\"]\n\
         [[sample]]\nname = \"hello\"\nsource = \"hello.{id}\"\nexpect = {{ stdout = \"\" }}\n"
    );
    fs::create_dir_all(folder.join(id).join("samples")).expect("a folder");
    fs::write(folder.join(id).join("samples").join(format!("hello.{id}")), "hello").expect("a sample");
    fs::write(folder.join(id).join("language.toml"), definition).expect("a definition");
}

/// A server with a language of which nothing is installed, and one whose tool fails.
fn server() -> (Server, TempDir) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    define(folder.path(), "absent", "no-such-tool-of-codecanvas");
    define(folder.path(), "broken", "false");
    let config = format!("[engine]\nlanguages_dir = {:?}\n", folder.path());
    (Server::configured(&config, |_| {}), folder)
}

fn detail(server: &Server, id: &str) -> Value {
    let body = server.get("/api/v1/languages").json();
    let listed = body["languages"].as_array().expect("a list").contains(&json!(id));
    assert!(!listed, "{id} cannot be run");
    let details = body["details"].as_array().expect("a list");
    details.iter().find(|language| language["id"] == id).expect("it is told in detail").clone()
}

#[test]
fn a_language_without_its_toolchain_is_refused_with_what_installs_it() {
    let (server, _folder) = server();
    let answer = server.post(&json!({"language": "absent", "source": "hello"}));
    answer.check_problem(400, "language-unavailable");
    assert_eq!(answer.json()["field"], "language");
    for words in ["`no-such-tool-of-codecanvas` was not found", "sudo apt-get install -y absent-compiler"] {
        assert!(answer.body.contains(words), "{answer:?}");
    }
}

#[test]
fn a_language_without_its_toolchain_is_listed_as_unavailable() {
    let (server, _folder) = server();
    let detail = detail(&server, "absent");
    assert_eq!((&detail["available"], detail.get("version")), (&json!(false), None), "{detail}");
    assert_eq!(detail["install"], "sudo apt-get install -y absent-compiler");
    assert!(detail["reason"].as_str().is_some_and(|reason| reason.contains("was not found")), "{detail}");
}

#[test]
fn a_toolchain_that_does_not_work_is_refused_with_the_reason() {
    let (server, _folder) = server();
    assert_eq!(detail(&server, "broken")["available"], false);
    let answer = server.post(&json!({"language": "broken", "source": "hello"}));
    answer.check_problem(400, "language-unavailable");
    assert!(answer.body.contains("exit status 1"), "{answer:?}");
}

#[test]
fn the_other_languages_work_beside_one_that_is_missing() {
    let (server, _folder) = server();
    assert_eq!(server.stdout(&json!({"language": "bash", "source": "echo fine"})), "fine\n");
}
