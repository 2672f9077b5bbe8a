//! Bad input: every mistake is refused in words that name the field, and nothing is run.

use serde_json::{Value, json};

use crate::server::shared;

/// A job with this beside its language and source.
fn with(name: &str, value: Value) -> Value {
    let mut job = json!({"language": "python3", "source": "print(1)"});
    job[name] = value;
    job
}

/// A job with a file of this name.
fn file(name: &str) -> Value {
    json!({"language": "python3", "files": [{"name": "main.py", "content": "print(1)"}, {"name": name, "content": ""}]})
}

#[test]
fn an_unknown_field() {
    assert_answer!(shared().post(&with("sdtin", json!("x"))));
}

#[test]
fn an_unknown_limit() {
    assert_answer!(shared().post(&with("limits", json!({"memory": 1000}))));
}

#[test]
fn a_wrong_type() {
    assert_answer!(shared().post(&with("args", json!("--flag"))));
}

#[test]
fn a_wrong_type_of_a_limit() {
    assert_answer!(shared().post(&with("limits", json!({"cpu_time_ms": "1s"}))));
}

#[test]
fn an_empty_source() {
    assert_answer!(shared().post(&json!({"language": "python3", "source": ""})));
}

#[test]
fn no_source() {
    assert_answer!(shared().post(&json!({"language": "python3"})));
}

#[test]
fn no_language() {
    assert_answer!(shared().post(&json!({"source": "print(1)"})));
}

#[test]
fn no_body() {
    assert_answer!(shared().post_text(""));
}

#[test]
fn an_unknown_language_is_answered_with_the_nearest_names() {
    assert_answer!(shared().post(&json!({"language": "pyhton3", "source": "print(1)"})));
}

#[test]
fn an_unknown_language_that_is_like_none() {
    assert_answer!(shared().post(&json!({"language": "brainfuck", "source": "+"})));
}

#[test]
fn a_version_that_is_not_there() {
    let answer = shared().post(&json!({"language": "python3@2.7", "source": "print 1"}));
    answer.check_problem(400, "language-unavailable");
    assert!(answer.body.contains("2.7"), "{answer:?}");
}

#[test]
fn a_limit_above_its_ceiling_is_told_the_ceiling() {
    assert_answer!(shared().post(&with("limits", json!({"memory_bytes": 8_u64 << 30}))));
}

#[test]
fn a_time_above_its_ceiling_is_told_the_ceiling() {
    assert_answer!(shared().post(&with("limits", json!({"wall_time_ms": 3_600_000}))));
}

#[test]
fn a_limit_of_compiling_above_its_ceiling() {
    let job = json!({"language": "c", "source": "int main(void) {}", "compile": {"limits": {"processes": 100_000}}});
    assert_answer!(shared().post(&job));
}

#[test]
fn a_limit_of_zero() {
    assert_answer!(shared().post(&with("limits", json!({"processes": 0}))));
}

#[test]
fn a_negative_limit() {
    assert_answer!(shared().post(&with("limits", json!({"processes": -1}))));
}

#[test]
fn an_absolute_path() {
    assert_answer!(shared().post(&file("/etc/cron.d/job")));
}

#[test]
fn a_path_out_of_the_working_directory() {
    assert_answer!(shared().post(&file("../../etc/passwd")));
    shared().post(&file("a/../../b")).check_problem(422, "invalid-file-name");
    shared().post(&file("..")).check_problem(422, "invalid-file-name");
}

#[test]
fn a_path_with_a_nul() {
    assert_answer!(shared().post(&file("main.py\0.txt")));
}

#[test]
fn a_path_that_is_too_long() {
    assert_answer!(shared().post(&file(&"folder/".repeat(40))));
}

#[test]
fn a_name_that_is_too_long() {
    assert_answer!(shared().post(&file(&"x".repeat(101))));
}

#[test]
fn paths_that_are_not_plain() {
    for name in ["", ".", "a//b", "a/", "./a", "a\\b", "-rf", "a\nb", "a\u{7f}"] {
        shared().post(&file(name)).check_problem(422, "invalid-file-name");
    }
}

#[test]
fn two_files_of_one_name() {
    assert_answer!(shared().post(&file("main.py")));
}

#[test]
fn a_file_in_the_place_of_a_folder() {
    assert_answer!(shared().post(&file("main.py/words.py")));
}

#[test]
fn too_many_files() {
    let files: Vec<Value> = (0..33).map(|number| json!({"name": format!("{number}.py"), "content": ""})).collect();
    assert_answer!(shared().post(&json!({"language": "python3", "files": files})));
}

#[test]
fn a_file_without_content() {
    assert_answer!(shared().post(&json!({"language": "python3", "files": [{"name": "main.py"}]})));
}

#[test]
fn source_and_files_together() {
    let mut job = file("other.py");
    job["source"] = json!("print(1)");
    assert_answer!(shared().post(&job));
}

#[test]
fn an_entrypoint_that_is_none_of_the_files() {
    let mut job = file("other.py");
    job["entrypoint"] = json!("third.py");
    assert_answer!(shared().post(&job));
}

#[test]
fn invalid_base64_of_a_file() {
    let files = json!([{"name": "main.py", "content": "print(1)"}, {"name": "data", "content": "AP+!", "encoding": "base64"}]);
    assert_answer!(shared().post(&json!({"language": "python3", "files": files})));
}

#[test]
fn invalid_base64_of_standard_input() {
    let mut job = with("stdin", json!("not base64"));
    job["stdin_encoding"] = json!("base64");
    assert_answer!(shared().post(&job));
}

#[test]
fn an_encoding_that_does_not_exist() {
    assert_answer!(shared().post(&with("stdin_encoding", json!("utf16"))));
}

#[test]
fn an_argument_with_a_nul() {
    assert_answer!(shared().post(&with("args", json!(["fine", "a\0b"]))));
}

#[test]
fn an_argument_that_is_too_long() {
    assert_answer!(shared().post(&with("args", json!(["x".repeat(4097)]))));
}

#[test]
fn a_variable_with_an_equals_sign_in_its_name() {
    assert_answer!(shared().post(&with("env", json!({"A=B": "c"}))));
}

#[test]
fn compiling_what_is_not_compiled() {
    assert_answer!(shared().post(&with("compile", json!({"args": ["-O2"]}))));
}

#[test]
fn broken_json() {
    assert_answer!(shared().post_text("{\"language\": \"python3\", \"source\": "));
}

#[test]
fn several_documents() {
    let one = json!({"language": "python3", "source": "print(1)"});
    assert_answer!(shared().post_text(format!("{one}\n{one}")));
}

#[test]
fn a_field_given_twice() {
    assert_answer!(shared().post_text("{\"language\": \"python3\", \"language\": \"bash\", \"source\": \"echo 1\"}"));
}

#[test]
fn a_list_in_the_place_of_an_object() {
    assert_answer!(shared().post_text("[\"python3\", \"print(1)\"]"));
}

#[test]
fn invalid_utf8() {
    assert_answer!(shared().post_text(b"{\"language\": \"python3\", \"source\": \"print('\xff')\"}"));
}

#[test]
fn nesting_that_is_too_deep() {
    let body = format!("{{\"language\": \"python3\", \"source\": {}", "[".repeat(300_000));
    assert_answer!(shared().post_text(body), ".body.field" => "[field]");
}

#[test]
fn a_mistake_of_the_client_is_not_repeated_at_length() {
    let answer = shared().post(&json!({"language": "x".repeat(500_000), "source": "print(1)"}));
    answer.check_problem(400, "unknown-language");
    assert!(answer.body.len() < 4096, "{} bytes", answer.body.len());
}
