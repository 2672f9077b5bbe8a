//! A JVM that is started ahead. The `java` command looks up `JNI_CreateJavaVM` in the JVM's library by dlsym(3); it finds ours, which
//! calls the JVM's own and then waits at the gate: no class of the program has been looked for yet, and no line of Java is on any stack.

use core::{
    arch::naked_asm,
    ffi::{CStr, c_char, c_int, c_void},
    mem, ptr,
    sync::atomic::{AtomicPtr, Ordering::Relaxed},
};

use crate::{gate, real::Real};

const WANTED: &CStr = c"JNI_CreateJavaVM";

/// In place of the C library's. That one goes by who calls it, so that it is jumped to and does not see us.
///
/// # Safety
/// As of dlsym(3).
#[unsafe(naked)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dlsym(handle: *mut c_void, name: *const c_char) -> *mut c_void {
    #[cfg(target_arch = "x86_64")]
    naked_asm!(
        "push rdi", "push rsi", "sub rsp, 8",
        "call {choose}",
        "add rsp, 8", "pop rsi", "pop rdi",
        "jmp rax",
        choose = sym choose,
    );
    #[cfg(target_arch = "aarch64")]
    naked_asm!(
        "stp x0, x1, [sp, #-32]!", "str x30, [sp, #16]",
        "bl {choose}",
        "mov x16, x0",
        "ldr x30, [sp, #16]", "ldp x0, x1, [sp], #32",
        "br x16",
        choose = sym choose,
    );
}

type Lookup = unsafe extern "C" fn(*mut c_void, *const c_char) -> *mut c_void;
type Create = unsafe extern "C" fn(*mut c_void, *mut *mut Jni, *mut c_void) -> c_int;

/// `JNIEnv`: a pointer to a table of functions.
#[repr(C)]
struct Jni(*const [*const c_void; 235]);

static CREATE: AtomicPtr<c_void> = AtomicPtr::new(ptr::null_mut());

/// What is to answer.
unsafe extern "C" fn choose(_: *mut c_void, name: *const c_char) -> Lookup {
    // A program may itself look for what the command looked for.
    // SAFETY: a text, says who calls dlsym.
    match gate::waiting().is_some() && !name.is_null() && unsafe { CStr::from_ptr(name) } == WANTED {
        true => substitute,
        false => real(),
    }
}

fn real() -> Lookup {
    static DLSYM: Real = Real::new(c"dlsym");
    // SAFETY: a function of this kind, if any.
    unsafe { mem::transmute::<*mut c_void, Option<Lookup>>(DLSYM.find()) }.unwrap_or(nothing)
}

unsafe extern "C" fn nothing(_: *mut c_void, _: *const c_char) -> *mut c_void {
    ptr::null_mut()
}

unsafe extern "C" fn substitute(handle: *mut c_void, name: *const c_char) -> *mut c_void {
    // SAFETY: these are what dlsym was called with.
    let found = unsafe { real()(handle, name) };
    if found.is_null() {
        return found;
    }
    CREATE.store(found, Relaxed);
    create as Create as *mut c_void
}

/// `JNI_CreateJavaVM` of the Invocation API.
unsafe extern "C" fn create(vm: *mut c_void, jni: *mut *mut Jni, arguments: *mut c_void) -> c_int {
    // SAFETY: it was found under the name of a function of this kind, and these are what it is called with.
    let code = unsafe { mem::transmute::<*mut c_void, Create>(CREATE.load(Relaxed))(vm, jni, arguments) };
    if code == 0 && gate::waiting().is_some() {
        gate::wait_and_pass();
    }
    code
}
