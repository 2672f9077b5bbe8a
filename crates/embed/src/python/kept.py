# Keeps modules ready that programs import: their import is done here, once, and undone in `sys.modules`. When a program imports one,
# the import machinery finds it where it always would, first in the program's own folder; only instead of reading and running its
# file, what is kept is taken, together with what it imported in turn.


def keep(names):
    import builtins
    import sys

    machinery = sys.modules["_frozen_importlib"]
    ref = sys.modules["_weakref"].ref
    fresh = dict(sys.modules)
    kept = {}
    # What each module imports while it is imported, in that order.
    imports = {}
    under_way = []
    load = machinery._load_unlocked
    import_ = builtins.__import__

    def load_and_note(spec):
        imports[spec.name] = []
        under_way.append(spec.name)
        try:
            return load(spec)
        finally:
            under_way.pop()

    def note(name, globals=None, locals=None, fromlist=(), level=0):
        importer = under_way[-1] if under_way else None
        module = import_(name, globals, locals, fromlist, level)
        if importer is not None:
            noted = imports[importer]
            if level:
                name = machinery._resolve_name(name, machinery._calc___package__(globals), level) if name else module.__name__
            parts = name.split(".")
            found = [".".join(parts[: index + 1]) for index in range(len(parts))]
            found += [f"{name}.{part}" for part in fromlist or () if f"{name}.{part}" in sys.modules]
            noted += [each for each in found if each not in noted and each != importer]
        return module

    machinery._load_unlocked = load_and_note
    builtins.__import__ = note
    try:
        for name in names:
            try:
                import_(name)
            except Exception:
                # Not in this version, or not on this host: a program that imports it is told.
                pass
    finally:
        builtins.__import__ = import_
        machinery._load_unlocked = load
    for name, module in list(sys.modules.items()):
        if name not in fresh:
            kept[name] = module
            del sys.modules[name]
    # A module is an attribute of its package once it is imported.
    for name, module in kept.items():
        package, _, child = name.rpartition(".")
        package = kept.get(package) or fresh.get(package)
        if package is not None and getattr(package, child, None) is module and not _is_its_own(package, child, imports):
            delattr(package, child)

    def revive(name):
        module = kept[name]
        sys.modules[name] = module
        for each in imports.get(name, ()):
            if each not in sys.modules and each in kept:
                revive(each)
            package, _, child = each.rpartition(".")
            if package in sys.modules and each in sys.modules:
                setattr(sys.modules[package], child, sys.modules[each])
        # As the machinery does it with a module that it has loaded: the last is what was complete last.
        sys.modules[name] = sys.modules.pop(name)
        return module

    def load_or_revive(spec):
        module = kept.get(spec.name)
        if module is not None:
            own = module.__spec__
            if own is not None and own.origin == spec.origin and type(own.loader) is type(spec.loader):
                return revive(spec.name)
        return load(spec)

    def has_shadows():
        # A program that has a file of the same name as a module means its own, also where a module of ours imports it.
        stems = {entry.partition(".")[0] for entry in fresh["posix"].listdir(".")}
        return not stems.isdisjoint(kept)

    def start(file, arguments, names, values):
        sys.argv.extend(arguments)
        if hasattr(sys, "orig_argv"):
            sys.orig_argv.extend(arguments)
        environ = fresh["os"].environ
        for name, value in zip(names, values):
            environ[name] = value
        main = sys.modules["__main__"].__dict__
        main["__file__"], main["__cached__"] = file[0], None
        external = fresh["_frozen_importlib_external"]
        main["__loader__"] = external.SourceFileLoader("__main__", file[0])
        # The program's folder, as Py_RunMain puts it there.
        sys.path.insert(0, fresh["posix"].getcwd())
        for name in STREAMS:
            stream = open_stream(name)
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)
        if has_shadows():
            machinery._load_unlocked = load
        threading = kept.get("threading")
        if threading is not None and hasattr(threading.current_thread(), "_set_native_id"):
            threading.current_thread()._set_native_id()

    def open_stream(name):
        # As the interpreter itself makes them at its start (create_stdio in Python/pylifecycle.c), on the descriptors of now.
        io = fresh["io"]
        old = getattr(sys, name)
        descriptor = STREAMS.index(name)
        mode = "r" if descriptor == 0 else "w"
        buffered = not sys.__stdout__.write_through
        buffering = -1 if buffered or descriptor == 0 else 0
        binary = io.open(descriptor, mode + "b", buffering, closefd=False)
        raw = binary.raw if buffering else binary
        raw.name = f"<{name}>"
        line_buffering = buffered and (raw.isatty() or old.line_buffering)
        text = io.TextIOWrapper(binary, old.encoding, old.errors, "\n", line_buffering, not buffered)
        text.mode = mode
        return text

    machinery._load_unlocked = load_or_revive
    import atexit
    import gc

    collect, freeze = gc.collect, gc.freeze
    run_exit_functions = atexit._run_exitfuncs
    current_frames = sys._current_frames
    modules = sys.modules
    for name in set(modules) - set(fresh):
        del modules[name]

    def status(error):
        # The exit code of a program that ends by SystemExit (handle_system_exit in Python/pythonrun.c).
        code = error.code
        if code is None:
            return 0
        if isinstance(code, int):
            return code & 0xFF
        if sys.stderr is not None:
            sys.stderr.write(f"{code}\n")
        return 1

    def flush():
        whole = True
        for stream in (sys.stdout, sys.stderr):
            try:
                if stream is not None and not stream.closed:
                    stream.flush()
            except BaseException as error:
                if stream is sys.stdout:
                    report(error, stream)
                    whole = False
        return whole

    def report(error, what):
        hook = getattr(sys, "unraisablehook", None)
        if hook is not None:
            hook(Unraisable(error, what))

    class Unraisable:
        def __init__(self, error, what):
            self.exc_type, self.exc_value, self.exc_traceback = type(error), error, error.__traceback__
            self.err_msg, self.object = None, what

    def finish():
        # The end as the interpreter makes it (Py_FinalizeEx), but for its own modules: taking those apart would copy most of the
        # memory that is shared with the template. Gives whether all output was written (1 or 0), or 2 when
        # that is not enough.
        threading = modules.get("threading")
        if threading is not None:
            try:
                threading._shutdown()
            except BaseException as error:
                report(error, threading)
        run_exit_functions()
        if len(current_frames()) > 1:
            return 2
        whole = flush()
        for name in SPECIAL:
            if name in sys.__dict__:
                sys.__dict__[name] = None
        for name in STREAMS:
            setattr(sys, name, sys.__dict__.get(f"__{name}__"))
        own = []
        for name, module in list(modules.items()):
            if module is not None and fresh.get(name) is not module and kept.get(name) is not module or name == "__main__":
                try:
                    own.append(ref(module))
                except TypeError:
                    pass
        module = None
        modules.clear()
        fresh.pop("__main__", None)
        collect()
        for each in reversed(own):
            module = each()
            if module is not None:
                clear(module)
                module = None
        return int(flush() and whole)

    def clear(module):
        # First what is private, then the rest (_PyModule_Clear in Objects/moduleobject.c).
        names = vars(module)
        for name in list(names):
            if name[:1] == "_" and name[1:2] != "_":
                names[name] = None
        for name in list(names):
            if name != "__builtins__":
                names[name] = None

    collect()
    freeze()
    return start, status, finish


# By their descriptors.
STREAMS = ("stdin", "stdout", "stderr")

# What of `sys` is taken away before modules are (finalize_modules_delete_special in Python/pylifecycle.c).
SPECIAL = (
    "path", "argv", "ps1", "ps2", "last_exc", "last_type", "last_value", "last_traceback", "path_hooks", "path_importer_cache",
    "meta_path", "__interactivehook__",
)


def _is_its_own(package, child, imports):
    # Whether the package imports it by itself: then it has it whenever it is imported.
    return f"{package.__name__}.{child}" in imports.get(package.__name__, ())
