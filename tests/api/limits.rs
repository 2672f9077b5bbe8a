//! The operator's defaults and ceilings.

use serde_json::json;

use crate::server::{Server, shared};

const CONFIG: &str = "\
[engine.run.defaults]
open_files = 40
[engine.run.ceilings]
open_files = 50
memory = \"1GiB\"
[engine.compile.ceilings]
cpu_time = \"20s\"
";

#[test]
fn the_operators_default_is_what_a_program_has() {
    let server = Server::configured(CONFIG, |_| {});
    assert_eq!(server.stdout(&json!({"language": "bash", "source": "ulimit -n"})), "40\n");
    let job = json!({"language": "bash", "source": "ulimit -n", "limits": {"open_files": 50}});
    assert_eq!(server.stdout(&job), "50\n");
}

#[test]
fn the_operators_ceiling_is_named_in_the_refusal() {
    let server = Server::configured(CONFIG, |_| {});
    let job = json!({"language": "bash", "source": "ulimit -n", "limits": {"open_files": 51}});
    assert_answer!(server.post(&job));
    let compile = json!({"limits": {"cpu_time_ms": 20_001}});
    let answer = server.post(&json!({"language": "c", "source": "int main(void) {}", "compile": compile}));
    answer.check_problem(422, "limit-above-ceiling");
    assert!(answer.body.contains("20s"), "{answer:?}");
}

#[test]
fn every_limit_at_its_ceiling_is_taken_and_above_it_is_not() {
    let ceilings: [(&str, u64); 10] = [
        ("cpu_time_ms", 60_000),
        ("wall_time_ms", 120_000),
        ("memory_bytes", 2 << 30),
        ("processes", 512),
        ("output_bytes", 16 << 20),
        ("file_size_bytes", 1 << 30),
        ("disk_bytes", 1 << 30),
        ("disk_files", 65_536),
        ("stack_bytes", 1 << 30),
        ("open_files", 4096),
    ];
    for (name, ceiling) in ceilings {
        let job = |value: u64| json!({"language": "bash", "source": "echo fine", "limits": {name: value}});
        assert_eq!(shared().run(&job(ceiling))["stdout"], "fine\n", "{name}");
        let answer = shared().post(&job(ceiling + 1));
        answer.check_problem(422, "limit-above-ceiling");
        assert_eq!(answer.json()["field"], format!("limits.{name}"));
        assert!(answer.body.contains(&ceiling.to_string()), "{answer:?}");
    }
}
