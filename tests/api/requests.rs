//! Everything that a request can ask for beside its source.

use serde_json::json;

use crate::server::shared;

#[test]
fn several_files_and_the_one_to_start() {
    let files = json!([
        {"name": "words.py", "content": "WORD = 'from another file'"},
        {"name": "app/start.py", "content": "import sys\nsys.path.insert(0, '.')\nfrom words import WORD\nprint(WORD, open('app/data').read())"},
        {"name": "app/data", "content": "and from data"},
    ]);
    assert_answer!(shared().post(&json!({"language": "python3", "files": files, "entrypoint": "app/start.py"})));
}

#[test]
fn the_first_file_is_started_when_none_is_named() {
    let files = json!([{"name": "b.sh", "content": "echo b"}, {"name": "a.sh", "content": "echo a"}]);
    assert_eq!(shared().stdout(&json!({"language": "bash", "files": files})), "b\n");
}

#[test]
fn several_files_are_compiled_together() {
    let files = json!([
        {"name": "main.c", "content": "#include <stdio.h>\n#include \"two.h\"\nint main(void) { printf(\"%d\\n\", two()); return 0; }"},
        {"name": "two.h", "content": "int two(void);"},
        {"name": "two.c", "content": "int two(void) { return 2; }"},
    ]);
    assert_eq!(shared().stdout(&json!({"language": "c", "files": files})), "2\n");
}

#[test]
fn a_binary_file_arrives_byte_by_byte() {
    let files = json!([
        {"name": "main.py", "content": "print(list(open('data', 'rb').read()))"},
        {"name": "data", "content": "AP+AfwoN", "encoding": "base64"},
    ]);
    assert_eq!(shared().stdout(&json!({"language": "python3", "files": files})), "[0, 255, 128, 127, 10, 13]\n");
}

#[test]
fn standard_input_is_read() {
    let source = "name = input()\nprint(f'hello {name}')\ntry: input()\nexcept EOFError: print('end')";
    assert_answer!(shared().post(&json!({"language": "python3", "source": source, "stdin": "wörld\n"})));
}

#[test]
fn without_standard_input_there_is_an_end_at_once() {
    assert_eq!(shared().stdout(&json!({"language": "bash", "source": "cat | wc -c"})), "0\n");
}

#[test]
fn standard_input_may_be_binary() {
    let source = "import sys\nprint(list(sys.stdin.buffer.read()))";
    let job = json!({"language": "python3", "source": source, "stdin": "/wAK", "stdin_encoding": "base64"});
    assert_eq!(shared().stdout(&job), "[255, 0, 10]\n");
}

#[test]
fn half_a_megabyte_of_standard_input_arrives() {
    let job = json!({"language": "bash", "source": "wc -c", "stdin": "x".repeat(512 << 10)});
    assert_eq!(shared().stdout(&job), "524288\n");
}

#[test]
fn arguments_arrive_as_they_are() {
    let args = ["--flag", "two words", "", "$HOME `id` \"'", "日本", "-"];
    let source = "import sys, json\nprint(json.dumps(sys.argv[1:], ensure_ascii=False))";
    assert_answer!(shared().post(&json!({"language": "python3", "source": source, "args": args})));
}

#[test]
fn environment_variables_are_added_and_come_before_the_languages_own() {
    let source = "echo \"$GREETING|$EMPTY|${EMPTY+set}|$LANG|$PYTHONUNBUFFERED|$USER\"";
    let env = json!({"GREETING": "two words = 2", "EMPTY": "", "LANG": "C"});
    assert_answer!(shared().post(&json!({"language": "bash", "source": source, "env": env})));
}

#[test]
fn the_compiler_is_given_flags() {
    let source = "#include <stdio.h>\nint main(void) { printf(\"%d %ld\\n\", ANSWER, __STDC_VERSION__); return 0; }";
    let compile = json!({"args": ["-DANSWER=42", "-std=c11"]});
    assert_answer!(shared().post(&json!({"language": "c", "source": source, "compile": compile})));
}

#[test]
fn limits_of_both_phases_can_be_asked_for() {
    let source = "#include <stdio.h>\n#include <sys/resource.h>\n\
        int main(void) { struct rlimit l; getrlimit(RLIMIT_NOFILE, &l); printf(\"%d\\n\", (int)l.rlim_cur); return 0; }";
    let compile = json!({"limits": {"memory_bytes": 512 << 20, "open_files": 128}});
    let job = json!({"language": "c", "source": source, "compile": compile, "limits": {"open_files": 33}});
    assert_eq!(shared().stdout(&job), "33\n");
}

#[test]
fn a_language_goes_by_its_aliases_too() {
    for (alias, id) in [("py", "python3"), ("PYTHON", "python3"), ("python@3", "python3"), ("sh", "bash")] {
        let source = if id == "bash" { "echo 1" } else { "print(1)" };
        let report = shared().run(&json!({"language": alias, "source": source}));
        assert_eq!((&report["stdout"], &report["language"]), (&json!("1\n"), &json!(id)), "{alias}");
    }
}

#[test]
fn one_connection_serves_many_requests() {
    use std::io::Write;

    use crate::client::{Answer, run_request};
    let mut stream = shared().connect();
    for number in 0..5 {
        let job = json!({"language": "bash", "source": format!("echo {number}")});
        stream.write_all(&run_request(job.to_string())).expect("the server reads");
        assert_eq!(Answer::read(&stream).json()["stdout"], format!("{number}\n"));
    }
}
