# Keeps modules ready that programs import: their import is done here, once, and undone in `sys.modules`. When a program imports one,
# the import machinery finds it where it always would, first in the program's own folder; only instead of reading and running its
# file, what is kept is taken, together with what it imported in turn.


def keep(names, at_leisure):
    import sys

    fresh = dict(sys.modules)
    # Of whoever has time.
    clock = fresh.get("time") if at_leisure else None
    known_paths = set(sys.path_importer_cache)
    import atexit
    import builtins
    import gc

    machinery = sys.modules["_frozen_importlib"]
    ref = sys.modules["_weakref"].ref
    kept = {}
    seen = set(sys.modules)
    # What each module imports while it is imported, in that order.
    imports = {}
    under_way = []
    # What each module has done at the interpreter's end.
    exits = {}
    load = machinery._load_unlocked
    import_ = builtins.__import__
    register = atexit.register

    def load_and_note(spec):
        imports[spec.name] = []
        under_way.append(spec.name)
        try:
            return load(spec)
        finally:
            note_aliases()
            under_way.pop()

    def note_aliases():
        # What a module has put into `sys.modules` by itself.
        for name in sys.modules:
            if name not in seen and name not in imports:
                imports[name] = []
                imports[under_way[-1]].append(name)

    def note(name, globals=None, locals=None, fromlist=(), level=0):
        importer = under_way[-1] if under_way else None
        if importer is not None:
            note_aliases()
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

    def note_exit(function, *args, **kwargs):
        exits.setdefault(under_way[-1], []).append((function, args, kwargs))
        return function

    # `importlib` gives the machinery other names; it has its own until a program imports that.
    frozen = [machinery, fresh["_frozen_importlib_external"]]
    unnamed = [dict(each.__dict__) for each in frozen]
    machinery._load_unlocked = load_and_note
    builtins.__import__ = note
    atexit.register = note_exit
    try:
        for name in names:
            begin = clock.process_time() if clock else 0
            try:
                import_(name)
            except Exception:
                # Not in this version, or not on this host: a program that imports it is told.
                pass
            if clock:
                clock.sleep((clock.process_time() - begin) * RESTS)
    finally:
        builtins.__import__ = import_
        atexit.register = register
        machinery._load_unlocked = load
    for name, module in list(sys.modules.items()):
        if name not in fresh:
            kept[name] = module
            del sys.modules[name]
    named = [{name: value for name, value in each.__dict__.items() if name in NAMES} for each in frozen]
    rename(frozen, unnamed)
    for path in set(sys.path_importer_cache) - known_paths:
        del sys.path_importer_cache[path]
    if "platform" in kept:
        # What the host is called: another module has asked for its kind.
        kept["platform"]._uname_cache = None
    # A module is an attribute of its package once it is imported.
    for name, module in kept.items():
        package, _, child = name.rpartition(".")
        package = kept.get(package) or fresh.get(package)
        is_new = module not in frozen
        if package is not None and is_new and getattr(package, child, None) is module and not _is_its_own(package, child, imports):
            delattr(package, child)

    def revive(name):
        # Once: a program that takes it out of `sys.modules` and imports it again is to get another one.
        module = revived[name] = kept.pop(name)
        sizes[name] = len(module.__dict__)
        sys.modules[name] = module
        if name == "importlib":
            rename(frozen, named)
        if name == "logging":
            # When the program was started.
            clock = fresh["time"]
            module._startTime = clock.time_ns() if isinstance(module._startTime, int) else clock.time()
        for function, args, kwargs in exits.get(name, ()):
            register(function, *args, **kwargs)
        for each in imports.get(name, ()):
            if each not in sys.modules and each in kept:
                revive(each)
            package, _, child = each.rpartition(".")
            if package in sys.modules and each in sys.modules:
                setattr(sys.modules[package], child, sys.modules[each])
        # As the machinery does it with a module that it has loaded: the last is what was complete last.
        sys.modules[name] = sys.modules.pop(name)

    class Reviver:
        # The loader of what is kept.
        def create_module(self, spec):
            self.spec = kept[spec.name].__spec__
            return kept[spec.name]

        def exec_module(self, module):
            module.__spec__ = self.spec
            revive(self.spec.name)

    def find_or_revive(name, path, target=None):
        # Nothing of ours is among the callers while a module is loaded: warnings count those.
        spec = find(name, path, target)
        module = kept.get(name)
        # A program that has a way of its own to import things is to see all imports.
        if module is None or spec is None or builtins.__import__ is not import_ or sys.meta_path != finders:
            return spec
        own = module.__spec__
        if own is None or own.origin != spec.origin or type(own.loader) is not type(spec.loader):
            return spec
        return machinery.ModuleSpec(name, Reviver())

    def has_shadows(folder):
        # A program that has a file of the same name as a module means its own, also where a module of ours imports it.
        stems = {entry.partition(".")[0] for entry in fresh["posix"].listdir(folder)}
        return not stems.isdisjoint(kept)

    def start(file, arguments, names, values):
        file, named = file
        sys.argv[:] = [named, *arguments]
        if hasattr(sys, "orig_argv"):
            sys.orig_argv[-1:] = [named, *arguments]
        environ = fresh["os"].environ
        for name, value in zip(names, values):
            environ[name] = value
        # Another than the interpreter's, which the collector does not look at any more.
        module = type(sys)("__main__")
        main = module.__dict__
        main.clear()
        main.update(sys.modules["__main__"].__dict__)
        # In the place of the first, by the order of names too.
        sys.modules["__main__"] = module
        main["__file__"], main["__cached__"] = file, None
        external = fresh["_frozen_importlib_external"]
        main["__loader__"] = external.SourceFileLoader("__main__", file)
        # As Py_RunMain does it: its file is no place to import from, its folder is.
        sys.path_importer_cache[file] = None
        folder = fresh["posixpath"].dirname(fresh["posixpath"].realpath(file))
        sys.path.insert(0, folder)
        for name in STREAMS:
            stream = open_stream(name)
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)
        if has_shadows(folder):
            machinery._find_spec = find
        threading = kept.get("threading") or fresh.get("threading")
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

    find = machinery._find_spec
    machinery._find_spec = find_or_revive
    finders = list(sys.meta_path)
    # Kept modules that the program has, and how many names these and the interpreter's own had before.
    revived = {}
    sizes = {name: len(module.__dict__) for name, module in fresh.items() if hasattr(module, "__dict__")}

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
            try:
                sys.stderr.write(str(code))
            except BaseException:
                pass
            sys.stderr.write("\n")
        return 1

    def is_alone():
        return len(current_frames()) == 1

    # The end as the interpreter makes it (Py_FinalizeEx), but for its own modules: taking those apart would copy most of the memory
    # that is shared with the template. Between these two `sys.modules` is emptied (`python/ending.rs`).
    own = []

    def wind_up():
        for name in SPECIAL:
            if name in sys.__dict__:
                sys.__dict__[name] = None
        for name, module in list(modules.items()):
            if module is not None and fresh.get(name) is not module and revived.get(name) is not module:
                try:
                    own.append(ref(module))
                except TypeError:
                    pass

    def take_apart():
        # What the program has added to modules that stay.
        for known in (revived, fresh):
            for name, each in known.items():
                names = getattr(each, "__dict__", ())
                if name != "sys" and isinstance(names, dict) and len(names) > sizes.get(name, len(names)):
                    for added in list(names)[sizes[name]:]:
                        names[added] = None
        for each in reversed(own):
            module = each()
            if module is not None:
                clear(module)
                module = None

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
    return start, status, run_exit_functions, is_alone, wind_up, collect, take_apart


# How long, for each moment of work, whoever waits for the processor has it when nobody waits for this.
RESTS = 4

# What is told apart by a module's names.
NAMES = ("__name__", "__package__", "__spec__", "__file__", "__path__")


def rename(modules, names):
    for module, names in zip(modules, names):
        for name in NAMES:
            if name in names:
                module.__dict__[name] = names[name]
            else:
                module.__dict__.pop(name, None)


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
