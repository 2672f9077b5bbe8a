//! The end of a program, step by step as `Py_FinalizeEx` has it, but without taking the interpreter's own modules apart.

use std::{
    ffi::CStr,
    ptr::{self, NonNull},
};

use super::{Object, Python, Reference};

/// Functions of kept.py, and of the interpreter.
pub(super) struct Ending {
    pub(super) run_exit_functions: NonNull<Object>,
    /// Whether no other thread is left.
    pub(super) is_alone: NonNull<Object>,
    pub(super) wind_up: NonNull<Object>,
    /// `gc.collect`, which collects even where the program has turned that off.
    pub(super) collect: NonNull<Object>,
    pub(super) take_apart: NonNull<Object>,
}

impl Python {
    /// Ends the interpreter; whether all output was written.
    pub(super) fn end(&self) -> bool {
        let (f, ending) = (&self.functions, &self.ending);
        self.wait_for_threads();
        self.call_or_forget(ending.run_exit_functions);
        if !self.is_true(f.call(ending.is_alone, &[])) {
            // Threads that are left must not run while their world is taken apart, which only the interpreter can see to.
            // SAFETY: the interpreter is initialized and this thread has its lock.
            return unsafe { (f.Py_FinalizeEx)() } >= 0;
        }
        let whole = self.flush();
        self.restore_streams();
        self.call_or_forget(ending.wind_up);
        // Here and in the next step no function of ours is under way that a warning could be told to come from.
        // SAFETY: as above.
        unsafe { (f.PyDict_Clear)((f.PyImport_GetModuleDict)()) };
        self.call_or_forget(ending.collect);
        self.call_or_forget(ending.take_apart);
        // What was written since goes out as well as it can.
        self.flush_each(&mut |_| {});
        whole
    }

    fn wait_for_threads(&self) {
        let f = &self.functions;
        // SAFETY: as above; names are C strings, references borrowed or kept.
        unsafe {
            let threading = (f.PyDict_GetItemString)((f.PyImport_GetModuleDict)(), c"threading".as_ptr());
            if !threading.is_null() && !self.call_method(threading, c"_shutdown") {
                (f.PyErr_WriteUnraisable)(threading);
            }
        }
    }

    /// Writes what the program's streams hold back; whether all of its output was written.
    fn flush(&self) -> bool {
        let mut whole = true;
        self.flush_each(&mut |stdout| {
            const TEXT: &CStr = c"Exception ignored on flushing sys.stdout";
            // SAFETY: as above; an exception is set, and the text has no place for arguments.
            unsafe {
                match self.write_unraisable {
                    Some(write) => write(TEXT.as_ptr()),
                    None => (self.functions.PyErr_WriteUnraisable)(stdout),
                }
            }
            whole = false;
        });
        whole
    }

    fn flush_each(&self, fails: &mut dyn FnMut(Reference)) {
        let f = &self.functions;
        for name in [c"stdout", c"stderr"] {
            // SAFETY: as above.
            unsafe {
                let stream = (f.PySys_GetObject)(name.as_ptr());
                if stream.is_null() || self.is_none(stream) || self.is_closed(stream) || self.call_method(stream, c"flush") {
                    continue;
                }
                if name == c"stdout" {
                    fails(stream);
                }
                (f.PyErr_Clear)();
            }
        }
    }

    /// The streams of the start; with its own the program may let go of what is in them.
    fn restore_streams(&self) {
        let f = &self.functions;
        for (name, first) in [(c"stdin", c"__stdin__"), (c"stdout", c"__stdout__"), (c"stderr", c"__stderr__")] {
            // SAFETY: as above; a null pointer takes the name away.
            unsafe { (f.PySys_SetObject)(name.as_ptr(), (f.PySys_GetObject)(first.as_ptr())) };
        }
    }

    fn is_none(&self, object: Reference) -> bool {
        ptr::eq(object, self.none.as_ptr())
    }

    fn is_closed(&self, stream: Reference) -> bool {
        // SAFETY: as above; the name is a C string.
        let closed = unsafe { (self.functions.PyObject_GetAttrString)(stream, c"closed".as_ptr()) };
        self.is_true(NonNull::new(closed).ok_or_else(String::new))
    }

    /// Calls a method without arguments; an exception is left set if this is false.
    fn call_method(&self, object: Reference, name: &CStr) -> bool {
        let f = &self.functions;
        // SAFETY: as above.
        unsafe {
            let method = (f.PyObject_GetAttrString)(object, name.as_ptr());
            if method.is_null() {
                return false;
            }
            let result = (f.PyObject_CallObject)(method, ptr::null_mut());
            // A method holds its object, whose own end is to come.
            (f.Py_DecRef)(method);
            !result.is_null()
        }
    }

    /// Calls a function whose failure is nobody's concern: it has told of it itself.
    fn call_or_forget(&self, function: NonNull<Object>) {
        // SAFETY: as above.
        unsafe {
            if (self.functions.PyObject_CallObject)(function.as_ptr(), ptr::null_mut()).is_null() {
                (self.functions.PyErr_Clear)();
            }
        }
    }

    fn is_true(&self, object: Result<NonNull<Object>, String>) -> bool {
        // SAFETY: as above.
        unsafe {
            let truth = object.map_or(-1, |object| (self.functions.PyObject_IsTrue)(object.as_ptr()));
            if truth < 0 {
                (self.functions.PyErr_Clear)();
            }
            truth > 0
        }
    }
}
