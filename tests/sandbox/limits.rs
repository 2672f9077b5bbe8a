//! Every limit, by a program that breaks it.

use std::time::Duration;

use codecanvas_protocol::Outcome;

use crate::support::{c, host_lacks, kind, limited, python, run, shell};

#[test]
fn an_endless_loop_is_stopped_by_processor_time() {
    let ran = run(&limited(shell("while :; do :; done"), |limits| limits.cpu_time = Duration::from_millis(300)));
    let Outcome::CpuTimeExceeded(breach) = &ran.exit.outcome else { panic!("{ran:?}") };
    assert_eq!((breach.limit.as_str(), breach.allowed), ("cpu_time_ms", 300));
    assert!(breach.measured >= 300, "{breach:?}");
}

#[test]
fn processor_time_is_that_of_all_processes_together() {
    let many = limited(shell("for i in 1 2 3 4; do (while :; do :; done) & done; wait"), |limits| {
        limits.cpu_time = Duration::from_millis(400);
        limits.wall_time = Duration::from_secs(60);
    });
    assert_eq!(kind(&run(&many).exit.outcome), "cpu_time_exceeded");
}

#[test]
fn a_sleeper_is_stopped_by_the_clock() {
    let ran = run(&limited(shell("sleep 1000"), |limits| limits.wall_time = Duration::from_millis(300)));
    let Outcome::WallTimeExceeded(breach) = &ran.exit.outcome else { panic!("{ran:?}") };
    assert_eq!((breach.allowed, breach.mechanism.as_str()), (300, "timer"));
    assert!(breach.measured >= 300, "{breach:?}");
}

#[test]
fn ignoring_signals_and_stopping_oneself_does_not_help() {
    for script in
        ["trap '' TERM INT HUP XCPU ALRM; sleep 1000", "kill -STOP $$", "setsid sleep 1000 & setsid sleep 1000 & wait"]
    {
        let ran = run(&limited(shell(script), |limits| limits.wall_time = Duration::from_millis(300)));
        assert_eq!(kind(&ran.exit.outcome), "wall_time_exceeded", "{script}");
    }
}

#[test]
fn memory_on_the_heap_is_bounded() {
    if host_lacks("memory cgroup", "memory_on_the_heap_is_bounded") {
        return;
    }
    let ran = run(&limited(python("x = bytearray(200 << 20)"), |limits| limits.memory_bytes = 64 << 20));
    let Outcome::MemoryExceeded(breach) = &ran.exit.outcome else { panic!("{ran:?}") };
    assert_eq!((breach.allowed, breach.limit.as_str()), (64 << 20, "memory_bytes"));
    assert!(breach.measured >= 63 << 20, "{breach:?}");
}

#[test]
fn memory_is_that_of_all_processes_together() {
    if host_lacks("memory cgroup", "memory_is_that_of_all_processes_together") {
        return;
    }
    let program = "import os, time\nfor i in range(4):\n  if os.fork() == 0:\n    x = bytearray(30 << 20); time.sleep(1000)\ntime.sleep(1000)";
    let ran = run(&limited(python(program), |limits| limits.memory_bytes = 64 << 20));
    assert_eq!(kind(&ran.exit.outcome), "memory_exceeded", "{ran:?}");
}

/// The kernel tells that memory ran out before it counts whom it killed.
#[test]
fn who_lives_on_when_another_was_killed_for_memory_is_ended_at_once() {
    if host_lacks("memory cgroup", "who_lives_on_when_another_was_killed_for_memory_is_ended_at_once") {
        return;
    }
    for _ in 0..10 {
        let script = "python3 -c 'bytearray(200 << 20)'; sleep 1000";
        let ran = run(&limited(shell(script), |limits| limits.memory_bytes = 64 << 20));
        assert_eq!(kind(&ran.exit.outcome), "memory_exceeded", "{ran:?}");
    }
}

#[test]
fn files_in_memory_count_as_memory() {
    if host_lacks("memory cgroup", "files_in_memory_count_as_memory") {
        return;
    }
    for folder in ["/work", "/tmp", "/dev/shm"] {
        let ran = run(&limited(shell(&format!("head -c 100M /dev/zero > {folder}/f")), |limits| {
            limits.memory_bytes = 32 << 20;
            limits.disk_bytes = 256 << 20;
            limits.file_size_bytes = 256 << 20;
        }));
        assert_eq!(kind(&ran.exit.outcome), "memory_exceeded", "{folder}: {ran:?}");
    }
}

#[test]
fn without_a_cgroup_the_heap_of_one_process_is_bounded_all_the_same() {
    let ran = run(&limited(python("x = bytearray(1 << 30); print('got it')"), |limits| limits.memory_bytes = 64 << 20));
    assert!(!ran.exit.outcome.is_success(), "{ran:?}");
    assert!(!ran.stdout.contains("got it"));
}

#[test]
fn the_number_of_processes_is_exact() {
    let program = "import os, time\nn = 1\ntry:\n  while True:\n    if os.fork() == 0: time.sleep(1000)\n    n += 1\nexcept OSError as e:\n  print(n, e.errno)";
    let ran = run(&limited(python(program), |limits| limits.processes = 10));
    assert_eq!(ran.stdout, "10 11\n", "{ran:?}");
    assert!(ran.exit.outcome.is_success());
}

#[test]
fn threads_count_as_processes() {
    let program = "import threading, time\nn = 1\ntry:\n  while n < 100:\n    threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()\n    n += 1\nexcept RuntimeError:\n  print(n, flush=True)\nimport os; os._exit(0)";
    let started = run(&limited(python(program), |limits| limits.processes = 10)).stdout;
    // Without a cgroup a resource limit counts, and that counts the kernel's way.
    let exact = !host_lacks("pids cgroup", "threads_count_as_processes, to the last one");
    assert!(started == "10\n" || !exact && ["9\n", "8\n"].contains(&started.as_str()), "{started}");
}

#[test]
fn a_program_that_fails_for_want_of_processes_is_told_so() {
    if host_lacks("pids cgroup", "a_program_that_fails_for_want_of_processes_is_told_so") {
        return;
    }
    let ran = run(&limited(python("import os\nwhile True: os.fork()"), |limits| limits.processes = 10));
    let Outcome::ProcessesExceeded(breach) = &ran.exit.outcome else { panic!("{ran:?}") };
    assert_eq!(breach.allowed, 10);
}

#[test]
fn a_fork_bomb_harms_nobody() {
    let bomb = c("#include <unistd.h>\nint main(){for(;;)fork();}");
    let ran = run(&limited(bomb, |limits| {
        limits.processes = 50;
        limits.cpu_time = Duration::from_millis(500);
    }));
    assert_eq!(kind(&ran.exit.outcome), "cpu_time_exceeded", "{ran:?}");
    assert_eq!(run(&shell("echo fine")).success(), "fine\n");
}

#[test]
fn output_past_the_ceiling_ends_the_program() {
    let ran = run(&limited(shell("yes"), |limits| limits.output_ceiling_bytes = 1 << 20));
    let Outcome::OutputExceeded(breach) = &ran.exit.outcome else { panic!("{ran:?}") };
    assert_eq!(breach.allowed, 1 << 20);
    assert!(breach.measured > 1 << 20 && ran.exit.stdout_bytes >= breach.measured, "{ran:?}");
    let ran = run(&limited(shell("yes >&2"), |limits| limits.output_ceiling_bytes = 1 << 20));
    assert_eq!(kind(&ran.exit.outcome), "output_exceeded");
    for _ in 0..20 {
        // A little too much, and it has ended before anybody can end it.
        let ran = run(&limited(shell("exec head -c 1050000 /dev/zero"), |limits| limits.output_ceiling_bytes = 1 << 20));
        assert_eq!(kind(&ran.exit.outcome), "output_exceeded", "{:?}", ran.exit);
    }
}

#[test]
fn a_file_too_large_ends_the_program() {
    let grow = c(
        "#include <unistd.h>\n#include <fcntl.h>\nint main(){char b[4096];int f=open(\"f\",O_CREAT|O_WRONLY,0600);for(;;)write(f,b,sizeof b);}",
    );
    let ran = run(&limited(grow, |limits| limits.file_size_bytes = 1 << 20));
    let Outcome::FileSizeExceeded(breach) = &ran.exit.outcome else { panic!("{ran:?}") };
    assert_eq!(breach.allowed, 1 << 20);
}

#[test]
fn a_full_disk_is_told() {
    for folder in ["/work", "/tmp", "/dev/shm"] {
        let ran = run(&limited(shell(&format!("head -c 10M /dev/zero > {folder}/f")), |limits| limits.disk_bytes = 1 << 20));
        let Outcome::DiskExceeded(breach) = &ran.exit.outcome else { panic!("{folder}: {ran:?}") };
        assert_eq!((breach.limit.as_str(), breach.allowed), ("disk_bytes", 1 << 20));
    }
}

#[test]
fn the_number_of_files_is_exact() {
    let program = "n = 0\ntry:\n  while True:\n    open(f'f{n}', 'w').close(); n += 1\nexcept OSError as e:\n  print(n, e.errno); raise SystemExit(1)";
    let ran = run(&limited(python(program), |limits| limits.disk_files = 20));
    assert_eq!(ran.stdout, "20 28\n", "{ran:?}");
    let Outcome::DiskExceeded(breach) = &ran.exit.outcome else { panic!("{ran:?}") };
    assert_eq!((breach.limit.as_str(), breach.allowed), ("disk_files", 20));
}

#[test]
fn a_stack_that_overflows_is_told() {
    let recurse = "int f(int n){volatile char b[4096];b[0]=n;return f(n+1)+b[0];}\nint main(){return f(0);}";
    let ran = run(&limited(c(recurse), |limits| limits.stack_bytes = 4 << 20));
    let Outcome::StackExceeded(breach) = &ran.exit.outcome else { panic!("{ran:?}") };
    assert_eq!(breach.allowed, 4 << 20);
    // What a process shares with ours before its execve counts as its memory too: some MiB.
    let ran = run(&limited(c("int main(){*(volatile int*)0=1;}"), |limits| limits.stack_bytes = 16 << 20));
    assert_eq!(ran.exit.outcome, Outcome::signaled(11), "a crash that is no overflow");
}

#[test]
fn open_files_are_bounded_exactly() {
    let program =
        "import os\nn = 3\ntry:\n  while True: os.open('/dev/null', 0); n += 1\nexcept OSError as e: print(n, e.errno)";
    assert_eq!(run(&limited(python(program), |limits| limits.open_files = 50)).success(), "50 24\n");
}

#[test]
fn core_dumps_are_off_and_nothing_can_be_locked_in_memory() {
    assert_eq!(run(&shell("ulimit -c; ulimit -l")).success(), "0\n64\n");
}
