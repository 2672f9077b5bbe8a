//! CPython by its C API (docs.python.org/3/c-api), 3.8 and later.
//!
//! It is configured as the program `python3` configures itself and stopped short of `Py_RunMain`, which reads the program's file and
//! does all that follows: each program's process calls that. Modules that programs often import are kept ready (`python/kept.py`),
//! so that importing one takes no reading of files; `sys.modules` has what it has at a fresh start.
//!
//! A program could find out that it was not executed: a library more is in its memory, and the seed of `hash()` of strings is that of
//! all programs of the same template.

use std::{
    ffi::{CStr, CString, c_char, c_int, c_long, c_void},
    ptr::{self, NonNull},
};

use crate::symbols::symbol;

mod ending;

/// Modules kept ready: those of the standard library that programs of learners, judges and scripts import, without any that keeps a
/// secret or a name made at its import (`multiprocessing` has a key, for one).
const KEPT: &[&str] = &[
    "abc",
    "argparse",
    "array",
    "ast",
    "asyncio",
    "base64",
    "binascii",
    "bisect",
    "calendar",
    "cmath",
    "collections",
    "collections.abc",
    "concurrent.futures",
    "contextlib",
    "copy",
    "csv",
    "ctypes",
    "dataclasses",
    "datetime",
    "decimal",
    "difflib",
    "dis",
    "enum",
    "fractions",
    "functools",
    "gc",
    "getpass",
    "glob",
    "graphlib",
    "hashlib",
    "heapq",
    "hmac",
    "html",
    "inspect",
    "io",
    "itertools",
    "json",
    "keyword",
    "linecache",
    "locale",
    "logging",
    "math",
    "numbers",
    "operator",
    "pathlib",
    "platform",
    "pprint",
    "queue",
    "random",
    "re",
    "resource",
    "secrets",
    "select",
    "selectors",
    "shlex",
    "shutil",
    "signal",
    "socket",
    "statistics",
    "string",
    "struct",
    "subprocess",
    "tempfile",
    "textwrap",
    "threading",
    "time",
    "timeit",
    "traceback",
    "types",
    "typing",
    "unicodedata",
    "unittest",
    "urllib.parse",
    "urllib.request",
    "uuid",
    "warnings",
    "weakref",
    "zlib",
];

/// What keeps them, and what is done in a program's process before its file is read.
const KEPT_PY: &str = include_str!("python/kept.py");

/// `PyObject`, of which only pointers are had.
enum Object {}
type Reference = *mut Object;

/// `PyStatus`.
#[repr(C)]
struct PyStatus {
    kind: c_int,
    function: *const c_char,
    message: *const c_char,
    exit_code: c_int,
}

/// Room for a `PyConfig`, which is some hundred bytes in all versions, and which only functions of the library look into.
#[repr(C, align(16))]
struct Config([u8; 8192]);

macro_rules! functions {
    ($($name:ident: fn($($argument:ty),*) $(-> $result:ty)?;)*) => {
        /// The functions that are used, with their types from the C API's documentation.
        #[allow(non_snake_case)]
        struct Functions {
            $($name: unsafe extern "C" fn($($argument),*) $(-> $result)?,)*
        }

        impl Functions {
            #[allow(non_snake_case)]
            fn find() -> Result<Functions, String> {
                $(
                    let name = CString::new(stringify!($name)).map_err(|error| error.to_string())?;
                    // SAFETY: the type is the documented one.
                    let $name = unsafe { symbol(&name) }?;
                )*
                Ok(Functions { $($name,)* })
            }
        }
    };
}

functions! {
    PyConfig_InitPythonConfig: fn(*mut Config);
    PyConfig_SetBytesArgv: fn(*mut Config, isize, *const *mut c_char) -> PyStatus;
    PyConfig_Clear: fn(*mut Config);
    Py_InitializeFromConfig: fn(*const Config) -> PyStatus;
    Py_CompileStringExFlags: fn(*const c_char, *const c_char, c_int, *mut c_void, c_int) -> Reference;
    PyEval_GetBuiltins: fn() -> Reference;
    PyEval_EvalCode: fn(Reference, Reference, Reference) -> Reference;
    PyDict_New: fn() -> Reference;
    PyDict_SetItemString: fn(Reference, *const c_char, Reference) -> c_int;
    PyDict_GetItemString: fn(Reference, *const c_char) -> Reference;
    PyList_New: fn(isize) -> Reference;
    PyList_Append: fn(Reference, Reference) -> c_int;
    PyTuple_New: fn(isize) -> Reference;
    PyTuple_SetItem: fn(Reference, isize, Reference) -> c_int;
    PyObject_CallObject: fn(Reference, Reference) -> Reference;
    PyUnicode_DecodeFSDefaultAndSize: fn(*const c_char, isize) -> Reference;
    PyTuple_GetItem: fn(Reference, isize) -> Reference;
    PyImport_AddModule: fn(*const c_char) -> Reference;
    PyModule_GetDict: fn(Reference) -> Reference;
    PyRun_FileExFlags: fn(*mut libc::FILE, *const c_char, c_int, Reference, Reference, c_int, *mut c_void) -> Reference;
    PyErr_ExceptionMatches: fn(Reference) -> c_int;
    PyErr_Fetch: fn(*mut Reference, *mut Reference, *mut Reference);
    PyErr_NormalizeException: fn(*mut Reference, *mut Reference, *mut Reference);
    PyErr_Print: fn();
    Py_GetVersion: fn() -> *const c_char;
    PyLong_AsLong: fn(Reference) -> c_long;
    PyOS_BeforeFork: fn();
    PyOS_AfterFork_Child: fn();
    Py_FinalizeEx: fn() -> c_int;
    PySys_GetObject: fn(*const c_char) -> Reference;
    PySys_SetObject: fn(*const c_char, Reference) -> c_int;
    PyObject_GetAttrString: fn(Reference, *const c_char) -> Reference;
    PyObject_IsTrue: fn(Reference) -> c_int;
    PyErr_WriteUnraisable: fn(Reference);
    PyErr_Clear: fn();
    Py_DecRef: fn(Reference);
    PyImport_GetModuleDict: fn() -> Reference;
    PyDict_Clear: fn(Reference);
}

/// An interpreter that is initialized and has not read a program.
pub(crate) struct Python {
    functions: Functions,
    /// Whether it is known by its absolute path, as from 3.9 on.
    absolute: bool,
    start: NonNull<Object>,
    status: NonNull<Object>,
    ending: ending::Ending,
    none: NonNull<Object>,
    /// `PyErr_FormatUnraisable`, which 3.13 and later have and use.
    write_unraisable: Option<unsafe extern "C" fn(*const c_char, ...)>,
    system_exit: NonNull<Object>,
    keyboard_interrupt: NonNull<Object>,
}

impl std::fmt::Debug for Python {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Python")
    }
}

impl Python {
    pub(crate) fn load(argv: &[String], at_leisure: bool) -> Result<Python, String> {
        let functions = Functions::find()?;
        functions.initialize(argv)?;
        let keep = functions.define(KEPT_PY, c"keep")?;
        let names = functions.list(KEPT.iter().copied())?;
        // An empty list is false to it.
        let at_leisure = functions.list(at_leisure.then_some("yes").into_iter())?;
        let made = functions.call(keep, &[names, at_leisure])?;
        // SAFETY: the interpreter is initialized, this thread has its lock, and `keep` gives a tuple of functions.
        let function = |index| functions.checked(unsafe { (functions.PyTuple_GetItem)(made.as_ptr(), index) });
        // SAFETY: a C string that lives as long as the library.
        let version = unsafe { CStr::from_ptr((functions.Py_GetVersion)()) }.to_string_lossy().into_owned();
        let python = Python {
            absolute: !version.starts_with("3.8."),
            start: function(0)?,
            status: function(1)?,
            ending: ending::Ending {
                run_exit_functions: function(2)?,
                is_alone: function(3)?,
                wind_up: function(4)?,
                collect: function(5)?,
                take_apart: function(6)?,
            },
            // SAFETY: the type is the documented one.
            write_unraisable: unsafe { symbol(c"PyErr_FormatUnraisable").ok() },
            // SAFETY: a variable of this name is the object itself.
            none: unsafe { symbol(c"_Py_NoneStruct")? },
            system_exit: exception(c"PyExc_SystemExit")?,
            keyboard_interrupt: exception(c"PyExc_KeyboardInterrupt")?,
            functions,
        };
        // Once is enough: this process never goes on with Python itself.
        // SAFETY: as above.
        unsafe { (python.functions.PyOS_BeforeFork)() };
        Ok(python)
    }

    pub(crate) fn run(&self, file: &str, arguments: &[String], variables: &[(String, String)]) -> i32 {
        // SAFETY: this is the fork of a process that called PyOS_BeforeFork.
        unsafe { (self.functions.PyOS_AfterFork_Child)() };
        match self.prepare(file, arguments, variables) {
            Ok(file) => self.main(&file),
            Err(reason) => {
                eprintln!("{reason}");
                1
            }
        }
    }

    /// Gives the name by which the program's file is known.
    fn prepare(&self, named: &str, arguments: &[String], variables: &[(String, String)]) -> Result<CString, String> {
        let here = std::env::current_dir().map_err(|error| error.to_string())?;
        let file = if self.absolute { here.join(named).to_string_lossy().into_owned() } else { named.to_owned() };
        let known_as = self.functions.list([file.as_str(), named].into_iter())?;
        let list = |words: &mut dyn Iterator<Item = &String>| self.functions.list(words.map(String::as_str));
        let (names, values) = (&mut variables.iter().map(|(name, _)| name), &mut variables.iter().map(|(_, value)| value));
        self.functions.call(self.start, &[known_as, list(&mut arguments.iter())?, list(names)?, list(values)?])?;
        CString::new(file).map_err(|error| error.to_string())
    }

    /// As Py_RunMain does it, with a file for its program.
    fn main(&self, file: &CStr) -> i32 {
        const INTERRUPTED: i32 = 130;
        let end = self.run_file(file).unwrap_or_else(|| self.failed());
        const NOT_ALL_WRITTEN: i32 = 120;
        let all_written = self.end();
        match end {
            End::Code(_) if !all_written => NOT_ALL_WRITTEN,
            End::Code(code) => code,
            End::Interrupted => {
                // Whoever waits for this process is to see that it was interrupted.
                // SAFETY: a default disposition is valid for every signal, and a process may signal itself.
                unsafe {
                    libc::signal(libc::SIGINT, libc::SIG_DFL);
                    libc::kill(libc::getpid(), libc::SIGINT);
                }
                INTERRUPTED
            }
        }
    }

    /// Runs the program's file in `__main__`; `None` when an exception is set at the end.
    fn run_file(&self, path: &CStr) -> Option<End> {
        const FILE_INPUT: c_int = 257;
        let f = &self.functions;
        // SAFETY: as above; strings are C strings, and the file is closed by the function that reads it.
        unsafe {
            let file = libc::fopen(path.as_ptr(), c"rbe".as_ptr());
            if file.is_null() {
                eprintln!("can't open file {path:?}: {}", std::io::Error::last_os_error());
                return Some(End::Code(2));
            }
            let main = (f.PyModule_GetDict)((f.PyImport_AddModule)(c"__main__".as_ptr()));
            let ran = (f.PyRun_FileExFlags)(file, path.as_ptr(), FILE_INPUT, main, main, 1, ptr::null_mut());
            (!ran.is_null()).then_some(End::Code(0))
        }
    }

    /// Tells of the exception that ended the program.
    fn failed(&self) -> End {
        let f = &self.functions;
        // SAFETY: an exception is set; what is fetched is ours.
        unsafe {
            if (f.PyErr_ExceptionMatches)(self.system_exit.as_ptr()) != 0 {
                let (mut kind, mut value, mut traceback) = (ptr::null_mut(), ptr::null_mut(), ptr::null_mut());
                (f.PyErr_Fetch)(&mut kind, &mut value, &mut traceback);
                (f.PyErr_NormalizeException)(&mut kind, &mut value, &mut traceback);
                let code = match NonNull::new(value).map(|value| f.call(self.status, &[value])) {
                    Some(Ok(code)) => self.number(code.as_ptr()),
                    _ => None,
                };
                return End::Code(code.unwrap_or(1));
            }
            let interrupted = (f.PyErr_ExceptionMatches)(self.keyboard_interrupt.as_ptr()) != 0;
            (f.PyErr_Print)();
            if interrupted { End::Interrupted } else { End::Code(1) }
        }
    }

    /// A number that a function of kept.py gave; an exception is printed.
    fn number(&self, object: Reference) -> Option<i32> {
        let object = self.functions.checked(object).ok()?;
        // SAFETY: it is a number, and fits.
        Some(unsafe { (self.functions.PyLong_AsLong)(object.as_ptr()) } as i32)
    }
}

/// How a program ended.
enum End {
    Code(i32),
    Interrupted,
}

/// A class of exceptions by the name of the variable that has it.
fn exception(name: &CStr) -> Result<NonNull<Object>, String> {
    // SAFETY: the variables PyExc_… are pointers to objects, and are set once the interpreter is initialized.
    let object = unsafe { *symbol::<*const Reference>(name)? };
    NonNull::new(object).ok_or_else(|| format!("{name:?} is not there"))
}

impl Functions {
    /// As `main` of the program `python3` does it (Py_BytesMain).
    fn initialize(&self, argv: &[String]) -> Result<(), String> {
        let mut config = Box::new(Config([0; _]));
        let words: Vec<CString> = argv
            .iter()
            .map(|word| CString::new(word.as_str()).map_err(|_| "a NUL in an argument".to_owned()))
            .collect::<Result<_, _>>()?;
        let pointers: Vec<*mut c_char> = words.iter().map(|word| word.as_ptr().cast_mut()).collect();
        // SAFETY: the configuration has room for a PyConfig, the words are C strings, and both live until the end of this.
        unsafe {
            (self.PyConfig_InitPythonConfig)(&raw mut *config);
            let status = (self.PyConfig_SetBytesArgv)(&raw mut *config, pointers.len() as isize, pointers.as_ptr());
            let status = if status.kind == 0 { (self.Py_InitializeFromConfig)(&raw const *config) } else { status };
            (self.PyConfig_Clear)(&raw mut *config);
            match status.kind {
                0 => Ok(()),
                _ if status.message.is_null() => Err(format!("it ends at once with {}", status.exit_code)),
                _ => Err(CStr::from_ptr(status.message).to_string_lossy().into_owned()),
            }
        }
    }

    /// Runs a piece of Python with names of its own, not those of `__main__`, and gives what one of its names is then.
    fn define(&self, source: &str, name: &CStr) -> Result<NonNull<Object>, String> {
        const FILE_INPUT: c_int = 257;
        let source = CString::new(source).map_err(|error| error.to_string())?;
        // Frames in a file of this name are left out of tracebacks, as those of the import machinery are.
        let file = c"<frozen importlib._bootstrap>";
        // SAFETY: the interpreter is initialized and this thread has its lock; strings are C strings, objects are alive.
        unsafe {
            let code = (self.Py_CompileStringExFlags)(source.as_ptr(), file.as_ptr(), FILE_INPUT, ptr::null_mut(), -1);
            let code = self.checked(code)?;
            let names = self.checked((self.PyDict_New)())?;
            (self.PyDict_SetItemString)(names.as_ptr(), c"__builtins__".as_ptr(), (self.PyEval_GetBuiltins)());
            self.checked((self.PyEval_EvalCode)(code.as_ptr(), names.as_ptr(), names.as_ptr()))?;
            self.checked((self.PyDict_GetItemString)(names.as_ptr(), name.as_ptr()))
        }
    }

    fn call(&self, function: NonNull<Object>, arguments: &[NonNull<Object>]) -> Result<NonNull<Object>, String> {
        // SAFETY: as above; the tuple takes over the arguments.
        unsafe {
            let tuple = self.checked((self.PyTuple_New)(arguments.len() as isize))?;
            for (index, argument) in arguments.iter().enumerate() {
                (self.PyTuple_SetItem)(tuple.as_ptr(), index as isize, argument.as_ptr());
            }
            self.checked((self.PyObject_CallObject)(function.as_ptr(), tuple.as_ptr()))
        }
    }

    /// A list of strings, decoded as command lines and variables are.
    fn list<'a>(&self, words: impl Iterator<Item = &'a str>) -> Result<NonNull<Object>, String> {
        // SAFETY: as above; pointer and length are those of a string.
        unsafe {
            let list = self.checked((self.PyList_New)(0))?;
            for word in words {
                let word = (self.PyUnicode_DecodeFSDefaultAndSize)(word.as_ptr().cast(), word.len() as isize);
                (self.PyList_Append)(list.as_ptr(), self.checked(word)?.as_ptr());
            }
            Ok(list)
        }
    }

    /// What a function gave, unless it raised an exception, which is printed.
    fn checked(&self, object: Reference) -> Result<NonNull<Object>, String> {
        NonNull::new(object).ok_or_else(|| {
            // SAFETY: an exception is set; this prints and clears it.
            unsafe { (self.PyErr_Print)() };
            "an exception in the interpreter's preparation".to_owned()
        })
    }
}
