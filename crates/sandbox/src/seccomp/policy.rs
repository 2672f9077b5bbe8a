//! The table: every system call that is not simply allowed, and why.

use libc::c_long;

/// What happens to a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// It goes through.
    Allow,
    /// It fails with this error number; 0 pretends that it was done.
    Deny(i32),
    /// Its arguments decide.
    Arguments(&'static [Check]),
    /// It goes through with the key; without it the arguments decide, and if they do not, this.
    Keyed(&'static [Check], Option<i32>),
}

/// A test of arguments; the first one that fits decides, and a call that none fits goes through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Check {
    /// All of these must hold.
    pub(super) when: &'static [Condition],
    /// Then: `None` lets it through, `Some` is the error number.
    pub(super) then: Option<i32>,
}

/// A condition on the low 32 bits of one argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Condition {
    /// Which argument, from 0.
    pub(super) argument: u32,
    /// The bits looked at.
    pub(super) mask: u32,
    /// What they must be (`Any` bit of them set when `None`).
    pub(super) equals: Option<u32>,
}

/// Calls that building a sandbox takes and no program may make: they go through with the key (see the parent module).
pub(super) const KEYED: &[c_long] = &[
    libc::SYS_clone,
    libc::SYS_unshare,
    libc::SYS_mount,
    libc::SYS_umount2,
    libc::SYS_pivot_root,
    libc::SYS_open_tree,
    libc::SYS_move_mount,
    libc::SYS_fsopen,
    libc::SYS_fsconfig,
    libc::SYS_fsmount,
    libc::SYS_mount_setattr,
    libc::SYS_sethostname,
    libc::SYS_prctl,
];

/// The table for the architecture this is built for: index = number, beyond its end = ENOSYS.
pub(super) fn table() -> Vec<Rule> {
    let mut table = vec![Rule::Allow; NEWEST_REVIEWED as usize + 1];
    let mut set = |number: c_long, rule: Rule| table[number as usize] = rule;
    for number in ABSENT {
        set(*number, Rule::Deny(libc::ENOSYS));
    }
    for number in POINTLESS {
        set(*number, Rule::Deny(0));
    }
    for number in FORBIDDEN.iter().chain(FORBIDDEN_HERE) {
        set(*number, Rule::Deny(libc::EPERM));
    }
    for (number, checks) in CHECKED.iter().chain(CHECKED_HERE) {
        set(*number, Rule::Arguments(checks));
    }
    for number in KEYED {
        let rule = &mut table[*number as usize];
        *rule = match *rule {
            Rule::Deny(errno) => Rule::Keyed(&[], Some(errno)),
            Rule::Arguments(checks) => Rule::Keyed(checks, None),
            other => other,
        };
    }
    table
}

/// mseal, Linux 6.10.
const NEWEST_REVIEWED: c_long = 462;

/// Calls that programs only try and do without: they look as on a kernel that lacks them.
const ABSENT: &[c_long] = &[
    // Its flags are behind a pointer, which a filter cannot read; the C library falls back to clone.
    libc::SYS_clone3,
    // Whole subsystems with a history of holes, which no ordinary program needs.
    libc::SYS_io_uring_setup,
    libc::SYS_io_uring_enter,
    libc::SYS_io_uring_register,
    libc::SYS_userfaultfd,
    libc::SYS_memfd_secret,
    // Keyrings belong to a user id, not to a namespace.
    libc::SYS_add_key,
    libc::SYS_request_key,
    libc::SYS_keyctl,
    // Message queues would be memory beside the limits.
    libc::SYS_mq_open,
    // Asynchronous I/O of the old kind: one small number of requests for the whole host, which one program could take.
    libc::SYS_io_setup,
    libc::SYS_io_submit,
    libc::SYS_io_getevents,
    // io_pgetevents
    #[cfg(target_arch = "x86_64")]
    333,
    libc::SYS_io_cancel,
    libc::SYS_io_destroy,
    // Our own wall; a program has no use for a second one.
    libc::SYS_landlock_create_ruleset,
    libc::SYS_landlock_add_rule,
    libc::SYS_landlock_restrict_self,
    // statmount, listmount, lsm_get_self_attr, lsm_set_self_attr, lsm_list_modules: newer than the C library's names for them.
    457,
    458,
    459,
    460,
    461,
];

/// Calls that would make the host write to its disks, and wait for them; a program has only memory to write to.
const POINTLESS: &[c_long] =
    &[libc::SYS_sync, libc::SYS_syncfs, libc::SYS_fsync, libc::SYS_fdatasync, libc::SYS_sync_file_range];

/// Calls of administrators and attackers.
const FORBIDDEN: &[c_long] = &[
    // Namespaces and mounts.
    libc::SYS_unshare,
    libc::SYS_setns,
    libc::SYS_mount,
    libc::SYS_umount2,
    libc::SYS_pivot_root,
    libc::SYS_chroot,
    libc::SYS_open_tree,
    libc::SYS_move_mount,
    libc::SYS_fsopen,
    libc::SYS_fsconfig,
    libc::SYS_fsmount,
    libc::SYS_fspick,
    libc::SYS_mount_setattr,
    // Other processes' memory, descriptors and secrets.
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_process_madvise,
    libc::SYS_kcmp,
    libc::SYS_pidfd_getfd,
    // Ways around paths.
    libc::SYS_name_to_handle_at,
    libc::SYS_open_by_handle_at,
    // Programs and counters in the kernel.
    libc::SYS_bpf,
    libc::SYS_perf_event_open,
    // The machine: power, modules, swap, quota, accounting, its name, its log.
    libc::SYS_reboot,
    libc::SYS_kexec_load,
    libc::SYS_kexec_file_load,
    libc::SYS_init_module,
    libc::SYS_finit_module,
    libc::SYS_delete_module,
    libc::SYS_swapon,
    libc::SYS_swapoff,
    libc::SYS_quotactl,
    libc::SYS_quotactl_fd,
    libc::SYS_acct,
    libc::SYS_sethostname,
    libc::SYS_setdomainname,
    libc::SYS_syslog,
    libc::SYS_vhangup,
    libc::SYS_fanotify_init,
    libc::SYS_nfsservctl,
    // Clocks.
    libc::SYS_settimeofday,
    libc::SYS_clock_settime,
    libc::SYS_clock_adjtime,
    libc::SYS_adjtimex,
    // Where memory lies.
    libc::SYS_mbind,
    libc::SYS_set_mempolicy,
    libc::SYS_set_mempolicy_home_node,
    libc::SYS_migrate_pages,
    libc::SYS_move_pages,
];

#[cfg(target_arch = "x86_64")]
const FORBIDDEN_HERE: &[c_long] =
    &[libc::SYS_iopl, libc::SYS_ioperm, libc::SYS_modify_ldt, libc::SYS_uselib, libc::SYS_lookup_dcookie, libc::SYS__sysctl];
#[cfg(not(target_arch = "x86_64"))]
const FORBIDDEN_HERE: &[c_long] = &[];

const fn is(argument: u32, value: u32) -> Condition {
    Condition { argument, mask: u32::MAX, equals: Some(value) }
}

const fn masked(argument: u32, mask: u32, value: u32) -> Condition {
    Condition { argument, mask, equals: Some(value) }
}

const fn any_of(argument: u32, bits: u32) -> Condition {
    Condition { argument, mask: bits, equals: None }
}

const fn allow(when: &'static [Condition]) -> Check {
    Check { when, then: None }
}

const fn deny(when: &'static [Condition]) -> Check {
    Check { when, then: Some(libc::EPERM) }
}

const ANY_NEW_NAMESPACE: u32 = (libc::CLONE_NEWNS
    | libc::CLONE_NEWCGROUP
    | libc::CLONE_NEWUTS
    | libc::CLONE_NEWIPC
    | libc::CLONE_NEWUSER
    | libc::CLONE_NEWPID
    | libc::CLONE_NEWNET) as u32;
/// The bits of a socket's type beside its flags.
const SOCKET_TYPE: u32 = 0xff;
/// Raw access to the link layer, the old way (packet(7)).
const SOCK_PACKET: u32 = 10;
/// Init's number in its own pid namespace.
const INIT: u32 = 1;
/// ioprio_set(2), which the C library does not declare.
const IOPRIO_WHO_PROCESS: u32 = 1;
const IOPRIO_WHO_USER: u32 = 3;
/// A lease by another name (Linux 6.19).
const F_SETDELEG: u32 = 1040;
/// prctl(2), which the C library does not declare everywhere.
const PR_SET_MEMORY_MERGE: u32 = 67;
const DEVICES: [u32; 2] = [libc::S_IFCHR, libc::S_IFBLK];

const CHECKED: &[(c_long, &[Check])] = &[
    (libc::SYS_clone, &[deny(&[any_of(0, ANY_NEW_NAMESPACE)])]),
    (
        // Local and internet (there is only the loopback), and of that only TCP and UDP: other protocols would have the kernel load
        // modules. Netlink is out too: unread answers are memory that no limit counts.
        libc::SYS_socket,
        &[
            deny(&[masked(1, SOCKET_TYPE, libc::SOCK_RAW as u32)]),
            deny(&[masked(1, SOCKET_TYPE, SOCK_PACKET)]),
            allow(&[is(0, libc::AF_UNIX as u32)]),
            allow(&[is(0, libc::AF_INET as u32), is(2, 0)]),
            allow(&[is(0, libc::AF_INET as u32), is(2, libc::IPPROTO_TCP as u32)]),
            allow(&[is(0, libc::AF_INET as u32), is(2, libc::IPPROTO_UDP as u32)]),
            allow(&[is(0, libc::AF_INET6 as u32), is(2, 0)]),
            allow(&[is(0, libc::AF_INET6 as u32), is(2, libc::IPPROTO_TCP as u32)]),
            allow(&[is(0, libc::AF_INET6 as u32), is(2, libc::IPPROTO_UDP as u32)]),
            Check { when: &[], then: Some(libc::EAFNOSUPPORT) },
        ],
    ),
    (
        // Filters of packets, as those of calls below: the kernel compiles each to machine code. Thousands of them given back at
        // once have been seen to lock up a kernel for good (Linux 6.18).
        libc::SYS_setsockopt,
        &[
            deny(&[is(1, libc::SOL_SOCKET as u32), is(2, libc::SO_ATTACH_FILTER as u32)]),
            deny(&[is(1, libc::SOL_SOCKET as u32), is(2, libc::SO_ATTACH_BPF as u32)]),
            deny(&[is(1, libc::SOL_SOCKET as u32), is(2, libc::SO_ATTACH_REUSEPORT_CBPF as u32)]),
            deny(&[is(1, libc::SOL_SOCKET as u32), is(2, libc::SO_ATTACH_REUSEPORT_EBPF as u32)]),
        ],
    ),
    (libc::SYS_seccomp, &[deny(&[is(0, libc::SECCOMP_SET_MODE_FILTER)])]),
    (
        // Who opens and reads what: that would tell of the whole host, whose /usr is the same.
        libc::SYS_inotify_add_watch,
        &[deny(&[any_of(2, libc::IN_ACCESS | libc::IN_OPEN | libc::IN_CLOSE_WRITE | libc::IN_CLOSE_NOWRITE)])],
    ),
    (
        libc::SYS_fcntl,
        &[deny(&[is(1, libc::F_NOTIFY as u32)]), deny(&[is(1, libc::F_SETLEASE as u32)]), deny(&[is(1, F_SETDELEG)])],
    ),
    // As the calls above that are pointless; and what others may have of the host's files in memory stays there.
    (libc::SYS_msync, &[Check { when: &[any_of(2, libc::MS_SYNC as u32)], then: Some(0) }]),
    (libc::SYS_fadvise64, &[Check { when: &[is(3, libc::POSIX_FADV_DONTNEED as u32)], then: Some(0) }]),
    // Pages that are alike are not shared with other programs: how long a write takes would tell what they have.
    (libc::SYS_madvise, &[Check { when: &[is(2, libc::MADV_MERGEABLE as u32)], then: Some(libc::EINVAL) }]),
    // Limits of other processes: without root, init has the program's user id.
    (libc::SYS_prlimit64, &[allow(&[is(0, 0)]), deny(&[])]),
    // How promptly init works: without root it has the program's user id, and these ask for no more than that. (Its own threads and
    // children a program may order as it likes.)
    (libc::SYS_setpriority, &[deny(&[is(0, libc::PRIO_PROCESS), is(1, INIT)]), deny(&[is(0, libc::PRIO_USER)])]),
    (libc::SYS_ioprio_set, &[deny(&[is(0, IOPRIO_WHO_PROCESS), is(1, INIT)]), deny(&[is(0, IOPRIO_WHO_USER)])]),
    (libc::SYS_sched_setscheduler, &[deny(&[is(0, INIT)])]),
    (libc::SYS_sched_setparam, &[deny(&[is(0, INIT)])]),
    (libc::SYS_sched_setattr, &[deny(&[is(0, INIT)])]),
    (libc::SYS_sched_setaffinity, &[deny(&[is(0, INIT)])]),
    (libc::SYS_socketpair, &[allow(&[is(0, libc::AF_UNIX as u32)]), Check { when: &[], then: Some(libc::EAFNOSUPPORT) }]),
    (
        // Typing into somebody's terminal, and changing what a terminal is.
        libc::SYS_ioctl,
        &[deny(&[is(1, libc::TIOCSTI as u32)]), deny(&[is(1, libc::TIOCLINUX as u32)]), deny(&[is(1, libc::TIOCSETD as u32)])],
    ),
    (
        libc::SYS_prctl,
        &[
            deny(&[is(0, libc::PR_SET_MM as u32)]),
            deny(&[is(0, libc::PR_SET_SECUREBITS as u32)]),
            deny(&[is(0, libc::PR_SET_SECCOMP as u32), is(1, libc::SECCOMP_MODE_FILTER)]),
            deny(&[is(0, libc::PR_SCHED_CORE as u32)]),
            Check { when: &[is(0, PR_SET_MEMORY_MERGE)], then: Some(libc::EINVAL) },
            deny(&[is(0, libc::PR_CAP_AMBIENT as u32), is(1, libc::PR_CAP_AMBIENT_RAISE as u32)]),
        ],
    ),
    (
        // The ordinary one, a fixed address layout, and the question which it is.
        libc::SYS_personality,
        &[
            allow(&[is(0, 0)]),
            allow(&[is(0, libc::ADDR_NO_RANDOMIZE as u32)]),
            allow(&[is(0, u32::MAX)]),
            Check { when: &[], then: Some(libc::EPERM) },
        ],
    ),
    (libc::SYS_mknodat, &[deny(&[masked(2, libc::S_IFMT, DEVICES[0])]), deny(&[masked(2, libc::S_IFMT, DEVICES[1])])]),
];

#[cfg(target_arch = "x86_64")]
const CHECKED_HERE: &[(c_long, &[Check])] =
    &[(libc::SYS_mknod, &[deny(&[masked(1, libc::S_IFMT, DEVICES[0])]), deny(&[masked(1, libc::S_IFMT, DEVICES[1])])])];
#[cfg(not(target_arch = "x86_64"))]
const CHECKED_HERE: &[(c_long, &[Check])] = &[];
