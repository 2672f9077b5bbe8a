//! Turns the table into classic BPF: a search tree over the numbers, so that each call meets few instructions.

use libc::{
    BPF_ABS, BPF_ALU, BPF_AND, BPF_JA, BPF_JEQ, BPF_JGE, BPF_JMP, BPF_JSET, BPF_K, BPF_LD, BPF_RET, BPF_W, sock_filter,
};

use super::policy::{Check, Condition, Rule};

#[cfg(target_arch = "x86_64")]
const NATIVE: u32 = 0xc000_003e;
#[cfg(target_arch = "aarch64")]
const NATIVE: u32 = 0xc000_00b7;
/// Numbers from here on are the x32 calls of x86-64 kernels.
const X32: u32 = 0x4000_0000;

/// Offsets in `struct seccomp_data` (seccomp(2)).
const NUMBER: u32 = 0;
const ARCHITECTURE: u32 = 4;
const ARGUMENTS: u32 = 16;
/// The sixth: none of the calls with a key has as many.
const KEY_ARGUMENT: u32 = 5;

/// The program for a table, with the key of the calls that have one.
pub(super) fn assemble(table: &[Rule], key: u64) -> Vec<sock_filter> {
    let mut program = vec![
        load(ARCHITECTURE),
        jump(BPF_JEQ, NATIVE, 1, 0),
        ret(libc::SECCOMP_RET_KILL_PROCESS),
        load(NUMBER),
        jump(BPF_JGE, X32, 0, 1),
        ret(libc::SECCOMP_RET_KILL_PROCESS),
    ];
    let mut runs: Vec<(u32, Rule)> = Vec::new();
    for (number, rule) in table.iter().chain([&Rule::Deny(libc::ENOSYS)]).enumerate() {
        if runs.last().is_none_or(|(_, last)| last != rule) {
            runs.push((number as u32, *rule));
        }
    }
    search(&runs, key, &mut program);
    program
}

/// The program with an empty place wherever a half of the key is to be: the index of its instruction, and whether it is the low half.
pub(super) fn assemble_with_holes(table: &[Rule]) -> (Vec<sock_filter>, Vec<(usize, bool)>) {
    // What differs between the programs for two keys that differ in one half is where that half is.
    let program = assemble(table, 0);
    let differs = |key: u64| {
        let other = assemble(table, key);
        let differs = program.iter().zip(other).enumerate().filter(|(_, (a, b))| a.k != b.k);
        differs.map(|(index, _)| index).collect::<Vec<_>>()
    };
    let low = differs(1).into_iter().map(|index| (index, true));
    let holes = low.chain(differs(1 << 32).into_iter().map(|index| (index, false))).collect();
    (program, holes)
}

/// Code that finds the run which the loaded number is in; each run is (its first number, its rule).
fn search(runs: &[(u32, Rule)], key: u64, program: &mut Vec<sock_filter>) {
    if let [(_, rule)] = runs {
        return leaf(*rule, key, program);
    }
    let (low, high) = runs.split_at(runs.len() / 2);
    program.push(jump(BPF_JGE, high[0].0, 0, 1));
    let to_high = program.len();
    program.push(stmt(BPF_JMP | BPF_JA, 0));
    search(low, key, program);
    // A conditional jump reaches 255 instructions, this one any distance.
    program[to_high].k = (program.len() - to_high - 1) as u32;
    search(high, key, program);
}

fn leaf(rule: Rule, key: u64, program: &mut Vec<sock_filter>) {
    let (checks, otherwise) = match rule {
        Rule::Allow => (&[][..], None),
        Rule::Deny(errno) => (&[][..], Some(errno)),
        Rule::Arguments(checks) => (checks, None),
        Rule::Keyed(checks, otherwise) => {
            program.extend(open_with(key));
            (checks, otherwise)
        }
    };
    for check in checks {
        test(check, program);
    }
    program.push(verdict(otherwise));
}

/// Code that lets the call through when both halves of its sixth argument are those of the key.
fn open_with(key: u64) -> [sock_filter; 5] {
    let (low, high) = (ARGUMENTS + 8 * KEY_ARGUMENT, ARGUMENTS + 8 * KEY_ARGUMENT + 4);
    [load(low), jump(BPF_JEQ, key as u32, 0, 3), load(high), jump(BPF_JEQ, (key >> 32) as u32, 0, 1), verdict(None)]
}

/// Code that gives the check's verdict when all its conditions hold, and otherwise goes on behind it.
fn test(check: &Check, program: &mut Vec<sock_filter>) {
    let length: usize = check.when.iter().map(|condition| instructions(condition).len()).sum();
    let end = program.len() + length + 1;
    for condition in check.when {
        for mut instruction in instructions(condition) {
            program.push(instruction);
            if instruction.code & 7 == BPF_JMP as u16 {
                instruction.jf = (end - program.len()) as u8;
                *program.last_mut().expect("just pushed") = instruction;
            }
        }
    }
    program.push(verdict(check.then));
}

fn instructions(condition: &Condition) -> Vec<sock_filter> {
    // Arguments are 64 bits wide; on the little-endian machines this is built for the low half comes first.
    let low_half = load(ARGUMENTS + 8 * condition.argument);
    match condition.equals {
        None => vec![low_half, jump(BPF_JSET, condition.mask, 0, 0)],
        Some(value) if condition.mask == u32::MAX => vec![low_half, jump(BPF_JEQ, value, 0, 0)],
        Some(value) => vec![low_half, stmt(BPF_ALU | BPF_AND | BPF_K, condition.mask), jump(BPF_JEQ, value, 0, 0)],
    }
}

fn verdict(errno: Option<i32>) -> sock_filter {
    ret(errno.map_or(libc::SECCOMP_RET_ALLOW, |errno| libc::SECCOMP_RET_ERRNO | errno as u32))
}

fn load(offset: u32) -> sock_filter {
    stmt(BPF_LD | BPF_W | BPF_ABS, offset)
}

fn ret(value: u32) -> sock_filter {
    stmt(BPF_RET | BPF_K, value)
}

fn stmt(code: u32, k: u32) -> sock_filter {
    sock_filter { code: code as u16, jt: 0, jf: 0, k }
}

fn jump(test: u32, k: u32, jt: u8, jf: u8) -> sock_filter {
    sock_filter { code: (BPF_JMP | test | BPF_K) as u16, jt, jf, k }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seccomp::policy::{KEYED, table};

    const ALLOW: u32 = libc::SECCOMP_RET_ALLOW;
    const KILL: u32 = libc::SECCOMP_RET_KILL_PROCESS;
    /// Junk in the half of an argument that the kernel does not look at.
    const JUNK: u64 = 0xdead_beef_0000_0000;

    const KEY: u64 = 0x0123_4567_89ab_cdef;

    fn program_filter() -> Vec<sock_filter> {
        assemble(&table(), KEY)
    }

    #[test]
    fn the_key_fits_into_the_holes() {
        let (mut program, holes) = assemble_with_holes(&table());
        for (hole, is_low) in holes {
            program[hole].k = if is_low { KEY as u32 } else { (KEY >> 32) as u32 };
        }
        let same = |a: &sock_filter, b: &sock_filter| (a.code, a.jt, a.jf, a.k) == (b.code, b.jt, b.jf, b.k);
        assert!(program.iter().zip(program_filter()).all(|(a, b)| same(a, &b)));
    }

    /// What the filter says to a call: an interpreter of the instructions used here.
    fn verdict_of(filter: &[sock_filter], architecture: u32, number: i64, arguments: [u64; 6]) -> u32 {
        let (mut at, mut a) = (0, 0u32);
        loop {
            let instruction = filter[at];
            let k = instruction.k;
            let skip = |hit: bool| usize::from(if hit { instruction.jt } else { instruction.jf });
            at += 1;
            match u32::from(instruction.code) {
                code if code == BPF_LD | BPF_W | BPF_ABS => {
                    a = match k {
                        NUMBER => number as u32,
                        ARCHITECTURE => architecture,
                        offset => (arguments[(offset - ARGUMENTS) as usize / 8] >> (8 * (offset % 8))) as u32,
                    }
                }
                code if code == BPF_ALU | BPF_AND | BPF_K => a &= k,
                code if code == BPF_JMP | BPF_JA => at += k as usize,
                code if code == BPF_JMP | BPF_JEQ | BPF_K => at += skip(a == k),
                code if code == BPF_JMP | BPF_JGE | BPF_K => at += skip(a >= k),
                code if code == BPF_JMP | BPF_JSET | BPF_K => at += skip(a & k != 0),
                code if code == BPF_RET | BPF_K => return k,
                code => panic!("unknown instruction {code:#x}"),
            }
        }
    }

    fn errno(number: i32) -> u32 {
        libc::SECCOMP_RET_ERRNO | number as u32
    }

    #[track_caller]
    fn expect(number: i64, arguments: &[u64], verdict: u32) {
        let filter = program_filter();
        let mut all = [0; 6];
        all[..arguments.len()].copy_from_slice(arguments);
        assert_eq!(verdict_of(&filter, NATIVE, number, all), verdict, "plain");
        assert_eq!(verdict_of(&filter, NATIVE, number, all.map(|argument| argument | JUNK)), verdict, "with junk above");
    }

    #[test]
    fn foreign_architectures_and_x32_are_killed() {
        let filter = program_filter();
        assert_eq!(verdict_of(&filter, 0x4000_0003, 20, [0; 6]), KILL);
        expect(i64::from(X32), &[], KILL);
        expect(i64::from(X32) + 39, &[], KILL);
        expect(0xffff_ffff, &[], KILL);
    }

    #[test]
    fn every_number_gets_the_verdict_of_the_table() {
        let (filter, table) = (program_filter(), table());
        for (number, rule) in table.iter().enumerate() {
            let wanted = match rule {
                Rule::Allow => ALLOW,
                Rule::Deny(number) => errno(*number),
                Rule::Keyed([], Some(number)) => errno(*number),
                Rule::Arguments(_) | Rule::Keyed(..) => continue,
            };
            assert_eq!(verdict_of(&filter, NATIVE, number as i64, [0; 6]), wanted, "number {number}");
        }
        expect(table.len() as i64, &[], errno(libc::ENOSYS));
        expect(1000, &[], errno(libc::ENOSYS));
    }

    #[test]
    fn what_programs_need_is_allowed_and_what_attackers_need_is_not() {
        expect(libc::SYS_read, &[], ALLOW);
        expect(libc::SYS_execve, &[], ALLOW);
        expect(libc::SYS_mount, &[], errno(libc::EPERM));
        expect(libc::SYS_bpf, &[], errno(libc::EPERM));
        expect(libc::SYS_clone3, &[], errno(libc::ENOSYS));
        expect(libc::SYS_io_uring_setup, &[], errno(libc::ENOSYS));
    }

    #[test]
    fn arguments_decide_by_their_low_half() {
        let thread = (libc::CLONE_VM | libc::CLONE_THREAD | libc::CLONE_SIGHAND) as u64;
        expect(libc::SYS_clone, &[thread], ALLOW);
        expect(libc::SYS_clone, &[libc::CLONE_NEWUSER as u64], errno(libc::EPERM));
        expect(libc::SYS_clone, &[thread | libc::CLONE_NEWNET as u64], errno(libc::EPERM));
        let (stream, raw) = (libc::SOCK_STREAM as u64, libc::SOCK_RAW as u64 | libc::SOCK_CLOEXEC as u64);
        expect(libc::SYS_socket, &[libc::AF_INET as u64, stream], ALLOW);
        expect(libc::SYS_socket, &[libc::AF_UNIX as u64, stream], ALLOW);
        expect(libc::SYS_socket, &[libc::AF_INET as u64, raw], errno(libc::EPERM));
        expect(libc::SYS_socket, &[libc::AF_NETLINK as u64, stream, 0], errno(libc::EAFNOSUPPORT));
        expect(libc::SYS_socket, &[libc::AF_INET as u64, stream, 132], errno(libc::EAFNOSUPPORT));
        expect(libc::SYS_setsockopt, &[0, libc::SOL_SOCKET as u64, libc::SO_ATTACH_FILTER as u64], errno(libc::EPERM));
        expect(libc::SYS_setsockopt, &[0, libc::SOL_SOCKET as u64, libc::SO_REUSEADDR as u64], ALLOW);
        expect(libc::SYS_seccomp, &[1], errno(libc::EPERM));
        expect(libc::SYS_prctl, &[libc::PR_SET_SECCOMP as u64, 2], errno(libc::EPERM));
        expect(libc::SYS_prctl, &[libc::PR_SET_NAME as u64], ALLOW);
        expect(libc::SYS_inotify_add_watch, &[0, 0, libc::IN_OPEN.into()], errno(libc::EPERM));
        expect(libc::SYS_inotify_add_watch, &[0, 0, libc::IN_MODIFY.into()], ALLOW);
        expect(libc::SYS_prlimit64, &[1], errno(libc::EPERM));
        expect(libc::SYS_prlimit64, &[0], ALLOW);
        expect(libc::SYS_socket, &[libc::AF_ALG as u64, stream], errno(libc::EAFNOSUPPORT));
        expect(libc::SYS_socket, &[libc::AF_VSOCK as u64, stream], errno(libc::EAFNOSUPPORT));
        expect(libc::SYS_socketpair, &[libc::AF_INET as u64], errno(libc::EAFNOSUPPORT));
        expect(libc::SYS_ioctl, &[0, libc::TIOCSTI], errno(libc::EPERM));
        expect(libc::SYS_ioctl, &[0, libc::TIOCGWINSZ], ALLOW);
        expect(libc::SYS_personality, &[0], ALLOW);
        expect(libc::SYS_personality, &[8], errno(libc::EPERM));
        expect(libc::SYS_mknodat, &[0, 0, u64::from(libc::S_IFIFO | 0o600)], ALLOW);
        expect(libc::SYS_mknodat, &[0, 0, u64::from(libc::S_IFBLK | 0o600)], errno(libc::EPERM));
    }

    #[test]
    fn only_the_whole_key_opens_what_building_a_sandbox_takes() {
        let filter = program_filter();
        let with = |number: i64, first: u64, key: u64| verdict_of(&filter, NATIVE, number, [first, 0, 0, 0, 0, key]);
        let (unshare, namespace) = (libc::SYS_unshare, libc::CLONE_NEWUSER as u64);
        for number in KEYED {
            assert_eq!(with(*number, namespace, KEY), ALLOW, "{number}");
        }
        for wrong in [0, KEY + 1, KEY ^ (1 << 40), KEY & 0xffff_ffff, KEY & !0xffff_ffff] {
            assert_eq!(with(unshare, namespace, wrong), errno(libc::EPERM), "{wrong:#x}");
            assert_eq!(with(libc::SYS_clone, namespace, wrong), errno(libc::EPERM), "{wrong:#x}");
        }
        assert_eq!(with(libc::SYS_ptrace, 0, KEY), errno(libc::EPERM), "what building a sandbox does not take has no key");
    }
}
