//! The table: every system call that is not simply allowed, and why.

use libc::c_long;

/// What happens to a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// It goes through.
    Allow,
    /// It fails with this error number.
    Deny(i32),
    /// Its arguments decide.
    Arguments(&'static [Check]),
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

/// The table for the architecture this is built for: index = number, beyond its end = ENOSYS.
pub(super) fn table() -> Vec<Rule> {
    let mut table = vec![Rule::Allow; NEWEST_REVIEWED as usize + 1];
    let mut set = |number: c_long, rule: Rule| table[number as usize] = rule;
    for number in ABSENT {
        set(*number, Rule::Deny(libc::ENOSYS));
    }
    for number in FORBIDDEN.iter().chain(FORBIDDEN_HERE) {
        set(*number, Rule::Deny(libc::EPERM));
    }
    for (number, checks) in CHECKED.iter().chain(CHECKED_HERE) {
        set(*number, Rule::Arguments(checks));
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
const DEVICES: [u32; 2] = [libc::S_IFCHR, libc::S_IFBLK];

const CHECKED: &[(c_long, &[Check])] = &[
    (libc::SYS_clone, &[deny(&[Condition { argument: 0, mask: ANY_NEW_NAMESPACE, equals: None }])]),
    (
        // Local, internet (there is only the loopback) and routing information; raw sockets and all other families are refused.
        libc::SYS_socket,
        &[
            allow(&[is(0, libc::AF_NETLINK as u32), is(2, libc::NETLINK_ROUTE as u32)]),
            deny(&[masked(1, SOCKET_TYPE, libc::SOCK_RAW as u32)]),
            deny(&[masked(1, SOCKET_TYPE, SOCK_PACKET)]),
            allow(&[is(0, libc::AF_UNIX as u32)]),
            allow(&[is(0, libc::AF_INET as u32)]),
            allow(&[is(0, libc::AF_INET6 as u32)]),
            Check { when: &[], then: Some(libc::EAFNOSUPPORT) },
        ],
    ),
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
