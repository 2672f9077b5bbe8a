//! Every wall, by a program that tries it.

use std::{
    fs,
    io::Read,
    net::TcpListener,
    os::unix::{fs::PermissionsExt, net::UnixListener, process::CommandExt},
    process::Command as Process,
    time::Duration,
};

use crate::support::{c, command, executable, is_root, kind, limited, python, run, run_with, shell, start_launcher};

#[test]
fn a_program_sees_only_itself() {
    let listed = run(&command(&["ps", "-e", "-o", "comm="])).success();
    assert_eq!(listed.trim(), "ps");
    let ids = run(&python("import os; print([name for name in os.listdir('/proc') if name.isdigit()])")).success();
    assert_eq!(ids, "['2']\n", "init is hidden");
}

/// Whose number has no entry in the list of users has root's group in many a container.
#[test]
fn a_user_of_roots_group_has_programs_that_see_no_more() {
    if !is_root() {
        eprintln!("NOT RUN: a user of root's group: only root can become one");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    // What is tested may lie where nobody but root may look.
    let program = folder.path().join("codecanvas");
    fs::copy(executable(), &program).unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let mut listing = Process::new(program);
    listing.args(["exec", "--", "sh", "-c", "echo /proc/[0-9]*; cat /proc/1/arch_status"]);
    let listed = listing.uid(60596).gid(0).current_dir("/").env_clear().output().unwrap();
    let (stdout, stderr) = (String::from_utf8_lossy(&listed.stdout), String::from_utf8_lossy(&listed.stderr));
    assert_eq!(stdout, "/proc/2\n", "{stderr}");
}

#[test]
fn secrets_and_folders_of_the_host_are_not_there() {
    for path in [
        "/etc/shadow",
        "/root",
        "/home",
        "/var",
        "/run",
        "/sys",
        "/boot",
        "/etc/ssh",
        "/etc/machine-id",
        "/dev/mem",
        "/dev/kmsg",
        "/dev/tty0",
        "/dev/console",
    ] {
        assert_eq!(kind(&run(&command(&["test", "-e", path])).exit.outcome), "exited");
        assert!(!run(&command(&["test", "-e", path])).exit.outcome.is_success(), "{path} is there");
    }
}

#[test]
fn only_its_own_folders_are_writable() {
    let program = "\
import os
for top in ['/', '/usr', '/usr/bin', '/etc', '/dev', '/proc', '/proc/sys/kernel', '/usr/local']:
    try:
        open(top + '/probe', 'w'); print('WROTE', top)
    except OSError as e: pass
for path in ['/proc/sys/kernel/core_pattern', '/proc/self/oom_score_adj', '/etc/passwd', '/usr/bin/env', '/proc/sysrq-trigger']:
    try:
        open(path, 'r+b').write(b'x'); print('WROTE', path)
    except OSError as e: pass
for top in ['/work', '/tmp', '/dev/shm']: open(top + '/probe', 'w')
print('done')";
    assert_eq!(run(&python(program)).success(), "done\n");
}

#[test]
fn there_is_no_network_but_a_loopback_of_its_own() {
    let host = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = host.local_addr().unwrap().port();
    let program = format!(
        "\
import socket
def try_connect(family, address):
    try:
        s = socket.socket(family, socket.SOCK_STREAM); s.settimeout(5); s.connect(address); print('CONNECTED', address)
    except OSError as e: pass
try_connect(socket.AF_INET, ('127.0.0.1', {port}))
try_connect(socket.AF_INET, ('169.254.169.254', 80))
try_connect(socket.AF_INET, ('192.0.2.1', 80))
try_connect(socket.AF_INET6, ('2001:db8::1', 80))
print([line.split(':')[0].strip() for line in open('/proc/net/dev') if ':' in line])
a = socket.create_server(('127.0.0.1', 0)); b = socket.create_connection(a.getsockname()); print('own loopback works')"
    );
    assert_eq!(run(&python(&program)).success(), "['lo']\nown loopback works\n");
}

#[test]
fn privileged_calls_fail() {
    let program = c(r#"
#define _GNU_SOURCE
#include <stdio.h>
#include <errno.h>
#include <unistd.h>
#include <sched.h>
#include <sys/syscall.h>
#include <sys/socket.h>
#include <sys/inotify.h>
#define TRY(name, ...) do { errno = 0; long r = syscall(__VA_ARGS__); if (r != -1 || (errno != EPERM && errno != ENOSYS && errno != EAFNOSUPPORT && errno != EINVAL)) printf("%s: %ld %d\n", name, r, errno); } while (0)
int main() {
    TRY("mount", SYS_mount, "none", "/tmp", "tmpfs", 0, 0);
    TRY("umount", SYS_umount2, "/tmp", 2);
    TRY("pivot_root", SYS_pivot_root, "/tmp", "/tmp");
    TRY("chroot", SYS_chroot, "/tmp");
    TRY("unshare", SYS_unshare, CLONE_NEWUSER);
    TRY("clone", SYS_clone, CLONE_NEWUSER | 17, 0, 0, 0, 0);
    TRY("setns", SYS_setns, 0, 0);
    TRY("ptrace", SYS_ptrace, 0, 0, 0, 0);
    TRY("bpf", SYS_bpf, 0, 0, 0);
    TRY("perf_event_open", SYS_perf_event_open, 0, 0, 0, 0, 0);
    TRY("io_uring_setup", SYS_io_uring_setup, 8, 0);
    TRY("userfaultfd", SYS_userfaultfd, 0);
    TRY("keyctl", SYS_keyctl, 0, -3, 0, 0, 0);
    TRY("add_key", SYS_add_key, "user", "a", "b", 1, -3);
    TRY("kexec_load", SYS_kexec_load, 0, 0, 0, 0);
    TRY("init_module", SYS_init_module, 0, 0, "");
    TRY("reboot", SYS_reboot, 0xfee1dead, 672274793, 0, 0);
    TRY("settimeofday", SYS_settimeofday, 0, 0);
    TRY("clock_settime", SYS_clock_settime, 0, 0);
    TRY("sethostname", SYS_sethostname, "x", 1);
    TRY("swapon", SYS_swapon, "/work", 0);
    TRY("acct", SYS_acct, 0);
    TRY("open_by_handle_at", SYS_open_by_handle_at, 0, 0, 0);
    TRY("process_vm_readv", SYS_process_vm_readv, 1, 0, 0, 0, 0, 0);
    TRY("pidfd_getfd", SYS_pidfd_getfd, 0, 0, 0);
    // EINVAL: in a user namespace of its own, root is nobody.
    TRY("setuid", SYS_setuid, 0);
    TRY("setgid", SYS_setgid, 0);
    TRY("setgroups", SYS_setgroups, 0, 0);
    TRY("capset", SYS_capset, (int[]){0x20080522, 0}, (int[]){-1, -1, -1, -1, -1, -1});
    TRY("TIOCSTI", SYS_ioctl, 0, 0x5412, "x");
    TRY("raw socket", SYS_socket, AF_INET, SOCK_RAW, 1);
    TRY("packet socket", SYS_socket, AF_PACKET, SOCK_DGRAM, 0);
    TRY("AF_ALG", SYS_socket, 38, SOCK_SEQPACKET, 0);
    TRY("vsock", SYS_socket, 40, SOCK_STREAM, 0);
    TRY("netlink", SYS_socket, AF_NETLINK, SOCK_RAW, 0);
    TRY("sctp", SYS_socket, AF_INET, SOCK_STREAM, 132);
    TRY("packet filter", SYS_setsockopt, socket(AF_UNIX, SOCK_DGRAM, 0), SOL_SOCKET, 26, (struct { unsigned short n; void *f; }[]){{1, (unsigned long[]){6}}}, 16);
    TRY("call filter", SYS_seccomp, 1, 0, (struct { unsigned short n; void *f; }[]){{1, (unsigned long[]){6}}});
    TRY("call filter by prctl", SYS_prctl, 22, 2, (struct { unsigned short n; void *f; }[]){{1, (unsigned long[]){6}}}, 0, 0);
    TRY("asynchronous I/O", SYS_io_setup, 8, (unsigned long[]){0});
    TRY("watching the host's files", SYS_inotify_add_watch, inotify_init1(0), "/usr/bin", 0x20);
    TRY("limits of init", SYS_prlimit64, 1, 7, 0, (unsigned long[]){0, 0});
    TRY("a lease", SYS_fcntl, 0, 1024, 0);
    puts("done");
}"#);
    assert_eq!(run(&program).success(), "done\n");
}

#[test]
#[cfg(target_arch = "x86_64")]
fn foreign_system_calls_kill() {
    let x32 = c("#include <unistd.h>\n#include <sys/syscall.h>\nint main(){syscall(0x40000000+39);return 0;}");
    let i386 = c("int main(){int r;__asm__ volatile(\"int $0x80\":\"=a\"(r):\"a\"(20));return 0;}");
    for program in [x32, i386] {
        let ran = run(&program);
        let name = serde_json::to_value(&ran.exit.outcome).unwrap();
        assert!(name["name"] == "SIGSYS" || name["name"] == "SIGSEGV", "{ran:?}");
    }
}

#[test]
fn no_privilege_is_left_in_any_set() {
    let status = run(&command(&["cat", "/proc/self/status"])).success();
    let field = |name: &str| status.lines().find_map(|line| line.strip_prefix(name)).unwrap().trim().to_owned();
    for set in ["CapInh:", "CapPrm:", "CapEff:", "CapBnd:", "CapAmb:"] {
        assert_eq!(field(set), "0000000000000000", "{set}");
    }
    assert_eq!((field("NoNewPrivs:").as_str(), field("Seccomp:").as_str(), field("Groups:").as_str()), ("1", "2", ""));
    assert!(!field("Uid:").starts_with("0\t"));
}

#[test]
fn only_the_three_standard_descriptors_are_open() {
    let listed = run(&python("import os; print(sorted(os.listdir('/proc/self/fd')))")).success();
    assert_eq!(listed, "['0', '1', '2', '3']\n", "3 is the listing's own");
}

#[test]
fn no_other_process_of_the_sandbox_can_be_touched() {
    let program = "\
import os, signal
for pid in [1, -1]:
    try:
        if pid == 1: os.kill(1, signal.SIGKILL)
    except OSError as e: print('kill', e.errno)
for path in ['/proc/1/mem', '/proc/1/environ', '/proc/1/root', '/proc/1/fd', '/proc/1/exe']:
    try: print('OPENED', path, os.listdir(path) if path.endswith(('root', 'fd')) else open(path, 'rb').read(1))
    except OSError: pass
print('alive')";
    let out = run(&python(program)).success();
    assert!(out.ends_with("alive\n") && !out.contains("OPENED"), "{out}");
}

#[test]
fn the_environment_and_memory_of_the_caller_are_out_of_reach() {
    // Every place in which a secret of the caller's environment could show; the caller's own is this test's.
    let secret = "PLANTED-5f7c1e-SECRET";
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("secret"), secret).unwrap();
    let search = format!(
        "env; cat /proc/*/environ /proc/*/cmdline 2>/dev/null; cat {}/secret; ls -la /proc/self/fd/ /proc/1/ 2>&1; true",
        folder.path().display()
    );
    let launcher = std::process::Command::new(executable()).env("PLANTED", secret).output();
    assert!(launcher.is_ok());
    let out = run(&shell(&search));
    assert!(!out.stdout.contains(secret), "{}", out.stdout);
}

#[test]
fn nothing_of_one_run_is_found_by_the_next() {
    let plant = "\
echo mine > /tmp/residue; echo mine > /dev/shm/residue; echo mine > /work/residue
python3 - <<'P'
import socket, ctypes
s = socket.socket(socket.AF_UNIX); s.bind('\\0residue')
libc = ctypes.CDLL(None); print(libc.shmget(4242, 4096, 0o1666) >= 0, libc.semget(4242, 1, 0o1666) >= 0, libc.msgget(4242, 0o1666) >= 0)
P";
    assert_eq!(run(&shell(plant)).success(), "True True True\n");
    let look = "\
ls -A /tmp /dev/shm /work
python3 - <<'P'
import socket, ctypes
s = socket.socket(socket.AF_UNIX)
try: s.connect('\\0residue'); print('ABSTRACT SOCKET')
except OSError: pass
libc = ctypes.CDLL(None); print(libc.shmget(4242, 0, 0), libc.semget(4242, 0, 0), libc.msgget(4242, 0))
P";
    assert_eq!(run(&shell(look)).success(), "/dev/shm:\n\n/tmp:\n\n/work:\n-1 -1 -1\n");
}

#[test]
fn a_socket_of_the_hosts_file_system_cannot_be_reached() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("host.sock");
    let listener = UnixListener::bind(&path).unwrap();
    listener.set_nonblocking(true).unwrap();
    let program = format!(
        "import socket\ns = socket.socket(socket.AF_UNIX)\ntry: s.connect('{}'); print('CONNECTED')\nexcept OSError: print('no')",
        path.display()
    );
    assert_eq!(run(&python(&program)).success(), "no\n");
}

#[test]
fn concurrent_programs_have_distinct_ids_and_do_not_see_each_other() {
    let launcher = start_launcher();
    let program =
        "import os, time\nprint(os.getuid()); time.sleep(0.5); print(sum(name.isdigit() for name in os.listdir('/proc')))";
    let ids: Vec<String> = std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..4).map(|_| scope.spawn(|| run_with(&launcher, &python(program)).unwrap().success())).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let mut uids: Vec<&str> = ids.iter().map(|out| out.lines().next().unwrap()).collect();
    assert!(ids.iter().all(|out| out.lines().nth(1) == Some("1")), "{ids:?}");
    uids.sort_unstable();
    uids.dedup();
    assert_eq!(uids.len(), if is_root() { 4 } else { 1 }, "{ids:?}");
}

#[test]
fn a_setuid_program_gives_nothing() {
    assert_ne!(run(&shell("su -c id root </dev/null || mount || ping -c1 127.0.0.1; id -u")).stdout.lines().last(), Some("0"));
    let options = run(&command(&["findmnt", "-no", "OPTIONS", "/usr"])).success();
    assert!(options.contains("nosuid") && options.contains("ro") && options.contains("nodev"), "{options}");
}

#[test]
fn parts_of_proc_that_tell_about_the_host_are_covered() {
    let out = run(&shell(
        "cat /proc/cmdline /proc/kallsyms /proc/keys /proc/interrupts /proc/partitions 2>/dev/null | wc -c; ls /proc/fs /proc/bus /proc/irq 2>/dev/null | grep -v : | grep -c .",
    ));
    assert_eq!(out.stdout, "0\n0\n", "{out:?}");
    assert_eq!(
        run(&shell("grep -c processor /proc/cpuinfo >/dev/null && grep -q MemTotal /proc/meminfo && echo kept")).success(),
        "kept\n"
    );
}

#[test]
fn a_program_cannot_outlive_its_launcher() {
    let launcher = start_launcher();
    let mut sandbox = launcher.sandbox().unwrap();
    let marker = "1234.56789";
    let child = sandbox
        .spawn(&limited(shell(&format!("echo up; sleep {marker}")), |limits| limits.wall_time = Duration::from_secs(600)))
        .unwrap();
    let pid = launcher.pid();
    let result = child.wait(&mut |_, _| {
        let pid = rustix::process::Pid::from_raw(pid as i32).unwrap();
        rustix::process::kill_process(pid, rustix::process::Signal::KILL).unwrap();
    });
    assert!(result.unwrap_err().to_string().contains("launcher is gone"));
    for _ in 0..1000 {
        if !some_process_has(marker) {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("the program still runs");
}

fn some_process_has(argument: &str) -> bool {
    std::fs::read_dir("/proc").unwrap().flatten().any(|entry| {
        let mut text = Vec::new();
        let opened = std::fs::File::open(entry.path().join("cmdline"));
        opened.is_ok_and(|mut file| file.read_to_end(&mut text).is_ok())
            && text.split(|byte| *byte == 0).any(|part| part == argument.as_bytes())
    })
}
