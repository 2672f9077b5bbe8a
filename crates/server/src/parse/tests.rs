//! Every way in which a body can be wrong, and what its sender is told.

use super::*;

/// Status, kind, field and sentence of the refusal of this body.
fn refused(body: impl AsRef<[u8]>) -> (u16, String, Option<String>, String) {
    let refusal = job(body.as_ref()).expect_err("this body must be refused");
    let problem = refusal.problem().clone();
    assert_eq!(problem.error, problem.detail);
    (problem.status, problem.kind.replace("about:blank#", ""), problem.field, problem.detail)
}

#[track_caller]
fn check(body: impl AsRef<[u8]>, status: u16, kind: &str, field: &str, words: &str) {
    let (found_status, found_kind, found_field, detail) = refused(body);
    assert_eq!((found_status, found_kind.as_str(), found_field.as_deref().unwrap_or("")), (status, kind, field), "{detail}");
    assert!(detail.contains(words), "{detail}");
}

#[test]
fn the_originals_request_is_a_job() {
    let spec = job(br#"{"source":"print(1)","language":"python3"}"#).unwrap();
    assert_eq!(spec, JobSpec { language: "python3".into(), source: Some("print(1)".into()), ..JobSpec::default() });
}

#[test]
fn a_full_request_is_a_job() {
    let body = r#"{"language":"c++","files":[{"name":"a.cpp","content":"","encoding":"base64"}],"entrypoint":"a.cpp","stdin":"x",
        "stdin_encoding":"utf8","args":["1"],"env":{"A":"b"},"compile":{"args":["-O2"],"limits":{"cpu_time_ms":1}},
        "limits":{"wall_time_ms":1000}}"#;
    assert_eq!(job(body.as_bytes()).unwrap().limits.wall_time_ms, Some(1000));
}

#[test]
fn what_is_missing_is_said_in_the_originals_words() {
    let words = "\"language\" and \"source\" fields are required";
    check("", 400, "required", "", words);
    check(" \n", 400, "required", "", words);
    check("{}", 400, "required", "language", words);
    check(r#"{"source":"x"}"#, 400, "required", "language", words);
}

#[test]
fn a_missing_inner_field_is_named_with_its_path() {
    check(r#"{"language":"c","files":[{"name":"a.c"}]}"#, 400, "missing-field", "files[0].content", "is missing");
}

#[test]
fn an_unknown_field_is_named_with_its_path() {
    check(r#"{"language":"c","soruce":"x"}"#, 400, "unknown-field", "soruce", "`source`");
    check(r#"{"language":"c","limits":{"memory":1}}"#, 400, "unknown-field", "limits.memory", "`memory_bytes`");
    check(r#"{"language":"c","compile":{"limits":{"time":1}}}"#, 400, "unknown-field", "compile.limits.time", "`cpu_time_ms`");
    check(r#"{"language":"c","files":[{"path":"x"}]}"#, 400, "unknown-field", "files[0].path", "`name`");
    check(r#"{"a`b":1}"#, 400, "unknown-field", "a`b", "`language`");
}

#[test]
fn a_wrong_type_is_named_with_its_path() {
    check(
        r#"{"language":1,"source":"x"}"#,
        400,
        "wrong-type",
        "language",
        "the number 1 where a string is expected at line 1 column 13",
    );
    check(r#"{"language":null}"#, 400, "wrong-type", "language", "null where a string");
    check(r#"{"language":"c","args":["a",1]}"#, 400, "wrong-type", "args[1]", "a string is expected");
    check(r#"{"language":"c","args":"a"}"#, 400, "wrong-type", "args", "where an array is expected");
    check(r#"{"language":"c","env":{"A":1}}"#, 400, "wrong-type", "env.A", "a string is expected");
    check(r#"{"language":"c","limits":"a lot"}"#, 400, "wrong-type", "limits", "an object is expected");
    check(r#"{"language":"c","limits":{"cpu_time_ms":"1s"}}"#, 400, "wrong-type", "limits.cpu_time_ms", "a whole number");
    check(r#"{"language":"c","limits":{"cpu_time_ms":1.5}}"#, 400, "wrong-type", "limits.cpu_time_ms", "the number 1.5 where");
    check(r#"{"language":"c","limits":true}"#, 400, "wrong-type", "limits", "is true where an object");
    check(r#"{"language":"c","stdin_encoding":1}"#, 400, "wrong-type", "stdin_encoding", "of the wrong type");
}

#[test]
fn a_list_is_not_taken_for_an_object() {
    check(r#"["python3","print(1)"]"#, 400, "wrong-type", "", "one JSON object");
    check(r#"{"language":"c","source":"x","limits":[1000]}"#, 400, "wrong-type", "limits", "an object is expected");
    check(r#"{"language":"c","files":[["a.c","x"]]}"#, 400, "wrong-type", "files[0]", "an object is expected");
    check(r#"{"language":"c","source":"x","compile":[["-O2"]]}"#, 400, "wrong-type", "compile", "an object is expected");
}

#[test]
fn every_list_of_a_job_is_known_to_be_one() {
    let full = JobSpec {
        files: vec![Default::default()],
        args: vec![String::new()],
        compile: Some(codecanvas_protocol::CompileSpec { args: vec![String::new()], ..Default::default() }),
        ..JobSpec::default()
    };
    let text = serde_json::to_string(&full).unwrap();
    assert_eq!(shape::check(&text, LISTS).unwrap(), None);
    for missing in LISTS {
        let others: Vec<&str> = LISTS.iter().copied().filter(|list| list != missing).collect();
        assert_eq!(shape::check(&text, &others).unwrap().as_deref(), Some(*missing));
    }
}

#[test]
fn a_name_is_not_copied_for_every_list_in_it() {
    let name = "a".repeat(400_000);
    let body = format!(r#"{{"{name}":[{}]}}"#, vec!["[]"; 100_000].join(","));
    // Of each list's path a copy would take forty gigabytes.
    assert_eq!(shape::check(&body, LISTS).unwrap().map(|path| path.len()), Some(400_000));
}

#[test]
fn an_impossible_value_is_unprocessable() {
    check(r#"{"language":"c","limits":{"processes":-1}}"#, 422, "invalid-value", "limits.processes", "integer `-1`");
    check(r#"{"language":"c","stdin_encoding":"utf16"}"#, 422, "invalid-value", "stdin_encoding", "utf16");
}

#[test]
fn a_name_given_twice_is_refused_at_every_level() {
    check(r#"{"language":"c","language":"go"}"#, 400, "duplicate-field", "language", "twice");
    check(r#"{"language":"c","env":{"A":"1","A":"2"}}"#, 400, "duplicate-field", "env.A", "twice");
}

#[test]
fn broken_json_is_located() {
    for body in ["{", "{]", "nul", "{\"language\": \"c\",}", "\u{feff}{}", "{\"a\":\"\\ud800\"}", "{\"a\":01}", "{\"a\":1e999}"]
    {
        check(body, 400, "invalid-json", "", "failed to parse request body: ");
        assert!(refused(body).3.contains(" at line 1 column "), "{body}");
    }
}

#[test]
fn several_documents_are_refused() {
    let one = r#"{"source":"x","language":"c"}"#;
    check(format!("{one}{one}"), 400, "invalid-json", "", "trailing characters");
    check(format!("{one}\n{one}"), 400, "invalid-json", "", "line 2 column 1");
}

#[test]
fn another_kind_of_document_is_refused() {
    for body in ["1", "\"text\"", "null", "true", "[]"] {
        check(body, 400, "wrong-type", "", "one JSON object");
    }
}

#[test]
fn deep_nesting_is_refused_before_it_costs_anything() {
    let deep = format!(r#"{{"language":"c","stdin":{}"#, "[".repeat(500_000));
    check(deep, 400, "json-too-deep", &format!("stdin{}", "[0]".repeat(15)), "deeper than 16 levels");
    check(r#"{"a":"#.repeat(100_000), 400, "json-too-deep", &["a"; 16].join("."), "deeper than 16 levels");
}

#[test]
fn invalid_utf8_is_refused() {
    check(b"{\"language\":\"\xff\"}", 400, "invalid-utf8", "", "byte 13");
}

#[test]
fn a_long_text_of_the_client_is_not_sent_back_whole() {
    let body = format!(r#"{{"language":"c","limits":"{}"}}"#, "x".repeat(1 << 19));
    assert!(refused(body).3.len() < 700);
}
