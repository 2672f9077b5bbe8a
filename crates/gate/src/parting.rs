//! The end of the program. The kernel says that a process has ended when it has taken back its memory, which takes longer than many
//! a program where a runtime has mapped much. So the process has a child at its very end that shares this memory, has nothing open, and
//! sleeps: the kernel says at once how the program ended, and the memory is taken back with the child, which the launcher kills.
//!
//! A child that cannot be had is none: then the end takes as long as it takes.

use core::{arch::global_asm, ffi::c_void, ptr};

// What runs at the end. It is copied to a page of its own, since the library may be gone by then, and the child has no stack: it knows
// of nothing but its argument, the address of the process's number, and does nothing but system calls.
//
// CLONE_VM without a signal at the end: whoever waits for "any child" does not wait for this one.
#[cfg(target_arch = "x86_64")]
global_asm!(
    ".globl codecanvas_gate_part, codecanvas_gate_parted",
    ".hidden codecanvas_gate_part, codecanvas_gate_parted",
    "codecanvas_gate_part:",
    "mov r8, rdi",
    "mov eax, {getpid}",
    "syscall",
    // A child that the program has forked ends as any other.
    "cmp eax, dword ptr [r8]",
    "jne 2f",
    "mov eax, {clone}",
    "mov edi, {clone_vm}",
    "xor esi, esi",
    "xor edx, edx",
    "xor r10d, r10d",
    "xor r8d, r8d",
    "syscall",
    "test eax, eax",
    "jne 2f",
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
    "ret",
    "codecanvas_gate_parted:",
    getpid = const libc::SYS_getpid,
    clone = const libc::SYS_clone,
    clone_vm = const libc::CLONE_VM,
    close_range = const libc::SYS_close_range,
    ppoll = const libc::SYS_ppoll,
);
#[cfg(target_arch = "aarch64")]
global_asm!(
    ".globl codecanvas_gate_part, codecanvas_gate_parted",
    ".hidden codecanvas_gate_part, codecanvas_gate_parted",
    "codecanvas_gate_part:",
    "ldr w9, [x0]",
    "mov x8, {getpid}",
    "svc 0",
    // A child that the program has forked ends as any other.
    "cmp w0, w9",
    "b.ne 2f",
    "mov x8, {clone}",
    "mov x0, {clone_vm}",
    "mov x1, 0",
    "mov x2, 0",
    "mov x3, 0",
    "mov x4, 0",
    "svc 0",
    "cbnz x0, 2f",
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
    "ret",
    "codecanvas_gate_parted:",
    getpid = const libc::SYS_getpid,
    clone = const libc::SYS_clone,
    clone_vm = const libc::CLONE_VM,
    close_range = const libc::SYS_close_range,
    ppoll = const libc::SYS_ppoll,
);

unsafe extern "C" {
    static codecanvas_gate_part: u8;
    static codecanvas_gate_parted: u8;
    /// Of the Itanium C++ ABI: with no library named, what is called at the end whichever libraries are gone by then.
    fn __cxa_atexit(call: extern "C" fn(*mut c_void), argument: *mut c_void, library: *mut c_void) -> i32;
}

/// For the code, behind the number of the process.
const PAGE: usize = 4096;
const CODE: usize = 64;

/// Has this process part from its memory at its end, after whatever the program that comes has to be done then.
pub(crate) fn arrange() {
    // SAFETY: a new mapping that nobody else knows is written, within its size, and is then executable for good; it holds the whole of the
    // code, which needs nothing but its argument.
    unsafe {
        let (access, kind) = (libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS);
        let page = libc::mmap(ptr::null_mut(), PAGE, access, kind, -1, 0);
        if page == libc::MAP_FAILED {
            return;
        }
        let (begin, end) = (&raw const codecanvas_gate_part, &raw const codecanvas_gate_parted);
        page.cast::<i32>().write(libc::getpid());
        let code = page.cast::<u8>().add(CODE);
        ptr::copy_nonoverlapping(begin, code, end.offset_from_unsigned(begin));
        if libc::mprotect(page, PAGE, libc::PROT_READ | libc::PROT_EXEC) == 0 {
            __cxa_atexit(core::mem::transmute::<*mut u8, extern "C" fn(*mut c_void)>(code), page, ptr::null_mut());
        }
    }
}
