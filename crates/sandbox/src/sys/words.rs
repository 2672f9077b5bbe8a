//! What the kernel shows of a process's command line and environment (/proc/self/cmdline and environ): ranges of its memory, which a
//! process can name anew.

use std::{
    ffi::CString,
    fs::File,
    io::{self, Read},
    os::fd::{AsFd, BorrowedFd},
};

use rustix::{
    fs::{Mode, OFlags, openat},
    io::Errno,
};

use super::keyed;

/// A command line and an environment as execve(2) takes them.
pub(crate) struct Words {
    pub(crate) argv: Vec<CString>,
    pub(crate) env: Vec<CString>,
}

impl Words {
    /// # Errors
    /// There is a NUL in one.
    pub(crate) fn new<'a>(
        argv: &[String],
        env: impl IntoIterator<Item = &'a (String, String)>,
    ) -> Result<Words, std::ffi::NulError> {
        Ok(Words {
            argv: argv.iter().map(|word| CString::new(word.as_str())).collect::<Result<_, _>>()?,
            env: env.into_iter().map(|(name, value)| CString::new(format!("{name}={value}"))).collect::<Result<_, _>>()?,
        })
    }

    /// One behind the other, each with the NUL at its end, and how many bytes of that are the command line.
    pub(crate) fn in_a_row(&self) -> (Vec<u8>, usize) {
        let bytes = |words: &[CString]| words.iter().flat_map(|word| word.to_bytes_with_nul()).copied().collect::<Vec<u8>>();
        let argv = bytes(&self.argv);
        let length = argv.len();
        ([argv, bytes(&self.env)].concat(), length)
    }
}

/// `prctl_mm_map` of linux/prctl.h.
#[repr(C)]
#[derive(Clone, Copy)]
struct Map {
    start_code: u64,
    end_code: u64,
    start_data: u64,
    end_data: u64,
    start_brk: u64,
    brk: u64,
    start_stack: u64,
    arg_start: u64,
    arg_end: u64,
    env_start: u64,
    env_end: u64,
    auxv: *mut u64,
    auxv_size: u32,
    exe_fd: u32,
}

/// The ranges of this process's memory that the kernel keeps account of.
#[derive(Clone, Copy)]
pub(crate) struct Layout(Map);

impl Layout {
    /// Those of now (proc_pid_stat(5)); `proc` is a /proc in which this process is.
    pub(crate) fn read(proc: BorrowedFd<'_>) -> io::Result<Layout> {
        let mut stat = String::new();
        let file = openat(proc.as_fd(), "self/stat", OFlags::RDONLY | OFlags::CLOEXEC, Mode::empty())?;
        File::from(file).read_to_string(&mut stat)?;
        // The second field is a name in parentheses, which may hold anything; the third is the first one here.
        let fields: Vec<u64> = stat
            .rsplit_once(')')
            .map(|(_, rest)| rest.split_whitespace().map(|field| field.parse().unwrap_or_default()).collect())
            .unwrap_or_default();
        let field = |number: usize| fields.get(number - 3).copied().ok_or(io::ErrorKind::InvalidData);
        Ok(Layout(Map {
            start_code: field(26)?,
            end_code: field(27)?,
            start_data: field(45)?,
            end_data: field(46)?,
            start_brk: field(47)?,
            brk: 0,
            start_stack: field(28)?,
            arg_start: field(48)?,
            arg_end: field(49)?,
            env_start: field(50)?,
            env_end: field(51)?,
            auxv: std::ptr::null_mut(),
            auxv_size: 0,
            exe_fd: u32::MAX,
        }))
    }

    /// Has the kernel show these words in place of those with which this process's program was executed (PR_SET_MM of prctl(2)).
    pub(crate) fn tell(&self, words: &Words) -> Result<(), Errno> {
        let (words, arguments) = words.in_a_row();
        let arguments = arguments as u64;
        let start = words.as_ptr() as u64;
        let end = start + words.len() as u64;
        // SAFETY: with 0 it only tells where the break is.
        let brk = unsafe { libc::syscall(libc::SYS_brk, 0) } as u64;
        let map =
            Map { brk, arg_start: start, arg_end: start + arguments, env_start: start + arguments, env_end: end, ..self.0 };
        let [option, operation] = [libc::PR_SET_MM, libc::PR_SET_MM_MAP].map(|number| number as usize);
        // SAFETY: the map is a valid one of this size. The kernel only reads what it names, for whoever looks into /proc.
        let told = unsafe { keyed(libc::SYS_prctl, [option, operation, &raw const map as usize, size_of_val(&map), 0]) };
        // They are to stay where they are as long as this process lives.
        std::mem::forget(words);
        told.map(drop)
    }
}

/// Takes a variable out of this process's environment.
pub(crate) fn forget_variable(name: &str) -> Result<(), Errno> {
    let name = CString::new(name).map_err(|_| Errno::INVAL)?;
    // SAFETY: this process has one thread; the name is a C string.
    super::check(unsafe { libc::unsetenv(name.as_ptr()) }.into()).map(drop)
}
