//! The end of the program. The kernel says that a process has ended when it has taken back its memory, which takes longer than many
//! a program where a runtime has mapped much. So the process has a child at its very end that shares this memory, has nothing open, and
//! sleeps: the kernel says at once how the program ended, and the memory is taken back with the child, which the launcher kills.
//!
//! A child that cannot be had is none: then the end takes as long as it takes.

use core::{
    arch::global_asm,
    ffi::{c_int, c_void},
    ptr,
};

// What runs at the end, with the exit status and the address of a page that begins with a `Note`. It is copied to that page, since the
// library may be gone by then. The child uses no stack, since that is its parent's: it does nothing but system calls.
//
// CLONE_VM without a signal at the end: whoever waits for "any child" does not wait for this one.
macro_rules! part {
    ($($line:literal),* $(,)?) => {
        global_asm!(
            ".globl codecanvas_gate_part, codecanvas_gate_parted",
            ".hidden codecanvas_gate_part, codecanvas_gate_parted",
            "codecanvas_gate_part:",
            $($line,)*
            "codecanvas_gate_parted:",
            getpid = const libc::SYS_getpid,
            clone = const libc::SYS_clone,
            clone_vm = const libc::CLONE_VM,
            exit_group = const libc::SYS_exit_group,
            close_range = const libc::SYS_close_range,
            ppoll = const libc::SYS_ppoll,
        );
    };
}

#[cfg(target_arch = "x86_64")]
part!(
    "push rbx",
    "push r12",
    "sub rsp, 8",
    "mov ebx, edi",
    "mov r12, rsi",
    "mov eax, {getpid}",
    "syscall",
    // A child that the program has forked ends as any other.
    "cmp eax, dword ptr [r12]",
    "jne 2f",
    "mov rax, qword ptr [r12 + 8]",
    "test rax, rax",
    "jz 4f",
    "xor edi, edi",
    "call rax",
    "4:",
    "mov eax, {clone}",
    "mov edi, {clone_vm}",
    "xor esi, esi",
    "xor edx, edx",
    "xor r10d, r10d",
    "xor r8d, r8d",
    "syscall",
    "test eax, eax",
    "jz 5f",
    "cmp qword ptr [r12 + 8], 0",
    "je 2f",
    "mov eax, {exit_group}",
    "mov edi, ebx",
    "syscall",
    "5:",
    "mov eax, {close_range}",
    "xor edi, edi",
    "mov esi, -1",
    "xor edx, edx",
    "syscall",
    "3:",
    "mov eax, {ppoll}",
    "xor edi, edi",
    "xor esi, esi",
    "xor edx, edx",
    "xor r10d, r10d",
    "syscall",
    "jmp 3b",
    "2:",
    "add rsp, 8",
    "pop r12",
    "pop rbx",
    "ret",
);
#[cfg(target_arch = "aarch64")]
part!(
    "stp x29, x30, [sp, #-32]!",
    "stp x19, x20, [sp, #16]",
    "mov w19, w0",
    "mov x20, x1",
    "mov x8, {getpid}",
    "svc 0",
    "ldr w9, [x20]",
    // A child that the program has forked ends as any other.
    "cmp w0, w9",
    "b.ne 2f",
    "ldr x9, [x20, #8]",
    "cbz x9, 4f",
    "mov x0, 0",
    "blr x9",
    "4:",
    "mov x8, {clone}",
    "mov x0, {clone_vm}",
    "mov x1, 0",
    "mov x2, 0",
    "mov x3, 0",
    "mov x4, 0",
    "svc 0",
    "cbz x0, 5f",
    "ldr x9, [x20, #8]",
    "cbz x9, 2f",
    "mov x8, {exit_group}",
    "mov w0, w19",
    "svc 0",
    "5:",
    "mov x8, {close_range}",
    "mov x0, 0",
    "mov w1, -1",
    "mov x2, 0",
    "svc 0",
    "3:",
    "mov x8, {ppoll}",
    "mov x0, 0",
    "mov x1, 0",
    "mov x2, 0",
    "mov x3, 0",
    "svc 0",
    "b 3b",
    "2:",
    "ldp x19, x20, [sp, #16]",
    "ldp x29, x30, [sp], #32",
    "ret",
);

type Flush = unsafe extern "C" fn(*mut libc::FILE) -> c_int;
type OnExit = extern "C" fn(c_int, *mut c_void);

/// What that code has to know.
#[repr(C)]
struct Note {
    process: i32,
    /// `fflush`, if nothing else of the process's own is to be done after this.
    flush: Option<Flush>,
}

unsafe extern "C" {
    static codecanvas_gate_part: u8;
    static codecanvas_gate_parted: u8;
    fn on_exit(call: OnExit, argument: *mut c_void) -> c_int;
}

/// For the code, behind the note.
const PAGE: usize = 4096;
const CODE: usize = 64;

/// Has this process part from its memory at its end, after whatever the program that comes has to be done then. With `at_once` that is all:
/// what the interpreter's own libraries would still tidy up in memory that is about to go, and nobody sees, is left out.
pub(crate) fn arrange(at_once: bool) {
    // SAFETY: a new mapping that nobody else knows is written, within its size, and is then executable for good; it holds the whole of the
    // code, which needs nothing but its arguments.
    unsafe {
        let (access, kind) = (libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS);
        let page = libc::mmap(ptr::null_mut(), PAGE, access, kind, -1, 0);
        if page == libc::MAP_FAILED {
            return;
        }
        let (begin, end) = (&raw const codecanvas_gate_part, &raw const codecanvas_gate_parted);
        page.cast::<Note>().write(Note { process: libc::getpid(), flush: at_once.then_some(libc::fflush as Flush) });
        let code = page.cast::<u8>().add(CODE);
        ptr::copy_nonoverlapping(begin, code, end.offset_from_unsigned(begin));
        if libc::mprotect(page, PAGE, libc::PROT_READ | libc::PROT_EXEC) == 0 {
            on_exit(core::mem::transmute::<*mut u8, OnExit>(code), page);
        }
    }
}
