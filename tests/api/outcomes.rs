//! Every way in which a program can end, as a client sees it.

use serde_json::{Value, json};

use crate::server::{Server, shared};

/// Time enough on a busy machine, for programs that another limit ends.
fn patient(mut job: Value) -> Value {
    job["limits"]["cpu_time_ms"] = json!(60_000);
    job["limits"]["wall_time_ms"] = json!(120_000);
    job
}

/// Whether this host enforces what a word stands for; else says that the test did not run.
fn host_lacks(word: &str, test: &str) -> bool {
    let report = shared().run(&json!({"language": "bash", "source": "true"}));
    let weaker = report["weaker"].as_array().expect("a list").iter().filter_map(Value::as_str);
    let lacks = weaker.into_iter().find(|sentence| sentence.contains(word));
    if let Some(sentence) = lacks {
        eprintln!("NOT RUN: {test}: {sentence}");
    }
    lacks.is_some()
}

#[test]
fn python_succeeds() {
    let answer =
        shared().post(&json!({"language": "python3", "source": "import sys\nprint('out')\nprint('err', file=sys.stderr)"}));
    assert_answer!(answer);
}

#[test]
fn cpp_succeeds_in_two_phases() {
    let source = "#include <iostream>\nint main() { std::cout << \"out\\n\"; std::cerr << \"err\\n\"; }";
    assert_answer!(shared().post(&json!({"language": "c++", "source": source})));
}

#[test]
fn a_warning_of_the_compiler_is_told_beside_the_programs_own_words() {
    let source = "#warning mind the gap\n#include <stdio.h>\nint main(void) { fputs(\"mine\\n\", stderr); return 0; }";
    let answer = shared().post(&json!({"language": "c", "source": source}));
    let body = answer.json();
    assert_eq!((&body["stderr"], &body["error"]), (&json!("mine\n"), &json!("")), "{body}");
    assert!(body["phases"][0]["stderr"].as_str().is_some_and(|text| text.contains("mind the gap")), "{body}");
}

#[test]
fn a_runtime_error_is_an_exit_code() {
    let source = "print('before')\nraise ValueError('no')";
    assert_answer!(shared().post(&json!({"language": "python3", "source": source})));
}

#[test]
fn a_crash_is_a_signal_with_its_name() {
    let answer = shared().post(&json!({"language": "c", "source": "#include <stdlib.h>\nint main(void) { abort(); }"}));
    assert_answer!(answer);
}

#[test]
fn a_compile_error_ends_the_job_in_its_first_phase() {
    assert_answer!(shared().post(&json!({"language": "c++", "source": "#error not today\n"})));
}

#[test]
fn too_much_processor_time() {
    let limits = json!({"cpu_time_ms": 300, "wall_time_ms": 120_000});
    let source = "echo started; while :; do :; done";
    assert_answer!(shared().post(&json!({"language": "bash", "source": source, "limits": limits})));
}

#[test]
fn too_long_on_the_clock() {
    let job = json!({"language": "bash", "source": "sleep 1000", "limits": {"wall_time_ms": 300}});
    assert_answer!(shared().post(&job));
}

#[test]
fn too_much_memory() {
    if host_lacks("memory cgroup", "too_much_memory") {
        return;
    }
    let limits = json!({"memory_bytes": 64 << 20});
    let source = "print('started')\nx = bytearray(200 << 20)";
    assert_answer!(shared().post(&patient(json!({"language": "python3", "source": source, "limits": limits}))));
}

#[test]
fn too_much_memory_of_one_process_fails_on_every_host() {
    let limits = json!({"memory_bytes": 64 << 20});
    let source = "x = bytearray(1 << 30)\nprint('got it')";
    let report = shared().run(&patient(json!({"language": "python3", "source": source, "limits": limits})));
    assert_ne!(report["error"], "", "{report}");
    assert_eq!(report["stdout"], "", "{report}");
}

#[test]
fn output_past_the_ceiling() {
    let job = patient(json!({"language": "bash", "source": "yes", "limits": {"output_bytes": 6}}));
    assert_answer!(shared().post(&job), ".body.output.stdout.bytes" => "[bytes]");
}

#[test]
fn errors_past_the_ceiling_that_the_operator_set() {
    let server = Server::configured("[engine]\noutput_ceiling = \"64KiB\"", |_| {});
    let job = patient(json!({"language": "bash", "source": "yes >&2", "limits": {"output_bytes": 6}}));
    assert_answer!(server.post(&job), ".body.output.stderr.bytes" => "[bytes]");
}

#[test]
fn too_large_a_file() {
    let source = "#include <fcntl.h>\n#include <unistd.h>\n\
        int main(void) { static char b[4096]; int f = open(\"f\", O_CREAT | O_WRONLY, 0600); while (write(f, b, sizeof b) > 0); }";
    let job = patient(json!({"language": "c", "source": source, "limits": {"file_size_bytes": 1 << 20}}));
    assert_answer!(shared().post(&job));
}

#[test]
fn too_many_processes() {
    if host_lacks("pids cgroup", "too_many_processes") {
        return;
    }
    let source = "import os\nwhile True: os.fork()";
    let job = patient(json!({"language": "python3", "source": source, "limits": {"processes": 10}}));
    assert_answer!(shared().post(&job), ".body.stderr" => "[tracebacks]", ".body.output.stderr.bytes" => "[bytes]");
}

#[test]
fn a_full_disk() {
    let job = patient(json!({"language": "bash", "source": "head -c 10M /dev/zero > f", "limits": {"disk_bytes": 1 << 20}}));
    assert_answer!(shared().post(&job));
}

#[test]
fn too_many_files() {
    let source = "for i in {1..100}; do : > f$i || exit 1; done 2>/dev/null";
    let job = patient(json!({"language": "bash", "source": source, "limits": {"disk_files": 20}}));
    assert_answer!(shared().post(&job));
}

#[test]
fn a_full_stack() {
    let source = "int f(int n) { volatile char b[4096]; b[0] = n; return f(n + 1) + b[0]; }\nint main(void) { return f(0); }";
    let limits = json!({"stack_bytes": 4 << 20});
    let job = json!({"language": "c", "source": source, "compile": {"args": ["-O0", "-w"]}, "limits": limits});
    assert_answer!(shared().post(&patient(job)));
}

#[test]
fn a_compiler_that_takes_too_long() {
    let compile = json!({"limits": {"wall_time_ms": 1}});
    let job = json!({"language": "c++", "source": "#include <regex>\nint main() {}", "compile": compile});
    assert_answer!(shared().post(&job));
}

#[test]
fn output_is_cut_at_the_limit_and_the_rest_is_counted() {
    let source = "print('0123456789' * 10_000, end='')";
    assert_answer!(shared().post(&json!({"language": "python3", "source": source, "limits": {"output_bytes": 15}})));
}

#[test]
fn a_character_is_never_cut_in_half() {
    let source = "print('日本語' * 100, end='')";
    assert_answer!(shared().post(&json!({"language": "python3", "source": source, "limits": {"output_bytes": 10}})));
}

#[test]
fn bytes_that_are_no_text_come_as_base64() {
    let source = "import sys\nsys.stdout.buffer.write(bytes(range(250, 256)))\nprint('text', file=sys.stderr)";
    assert_answer!(shared().post(&json!({"language": "python3", "source": source})));
}

#[test]
fn a_program_that_the_compiler_did_not_make_is_told_as_shells_tell_it() {
    let job = |args: Value| json!({"language": "c", "source": "int main(void) { return 0; }", "compile": {"args": args}});
    let elsewhere = shared().run(&job(json!(["-o", "elsewhere"])));
    assert_eq!(
        (&elsewhere["outcome"], &elsewhere["phases"][1]["phase"]),
        (&json!({"kind": "exited", "code": 127}), &json!("run"))
    );
    assert!(elsewhere["stderr"].as_str().is_some_and(|text| text.starts_with("./a.out: ")), "{elsewhere}");
    let not_a_program = shared().run(&job(json!(["-S"])));
    assert_eq!(not_a_program["outcome"], json!({"kind": "exited", "code": 126}), "{not_a_program}");
}
