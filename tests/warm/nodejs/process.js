// == hello
console.log('Hello, world!');
// == nothing
// == argv
console.log(process.argv, process.argv0, process.argv.length);
// == argv with arguments {"args": ["a", "two words", "", "ž"]}
console.log(process.argv, process.argv.slice(2));
// == an option as argument {"args": ["--version", "-e", "1"]}
console.log(process.argv.slice(2), process.execArgv);
// == execArgv
console.log(process.execArgv, process.execPath, process.title);
// == environment
console.log(process.env, Object.keys(process.env));
// == further variables {"env": {"A": "1", "ZED": "two words", "EMPTY": "", "EQ": "a=b"}}
console.log(process.env, Object.entries(process.env));
// == variables that come first {"env": {"AAA": "1", "B": "ž"}}
for (const name in process.env) console.log(name, process.env[name]);
// == a variable of node's own {"env": {"NODE_ENV": "production"}}
console.log(process.env.NODE_ENV, process.env);
// == options of node's own {"env": {"NODE_OPTIONS": "--stack-trace-limit=2"}}
console.log(process.env.NODE_OPTIONS, Error.stackTraceLimit);
// == a time zone {"env": {"TZ": "Asia/Tokyo"}}
console.log(new Date(0).toString(), process.env.TZ);
// == changed variables
process.env.X = 'y'; delete process.env.HOME; process.env.N = 5;
console.log(process.env, process.env.NOPE, 'PATH' in process.env, 'NODE_OPTIONS' in process.env);
// == variables of a child {"env": {"A": "1"}}
console.log(require('child_process').execSync('env | sort').toString());
// == working directory
console.log(process.cwd(), __dirname, __filename);
// == ids
console.log(process.pid, process.ppid, process.getuid() === process.geteuid(), process.getgid() === process.getegid(), process.getgroups().length);
// == umask
console.log(process.umask().toString(8));
// == versions
console.log(process.version, process.versions, process.release.name, process.arch, process.platform);
// == configuration
console.log(process.config.variables.v8_enable_i18n_support, Object.keys(process.config));
// == features
console.log(process.features);
// == what process has
console.log(Object.getOwnPropertyNames(process).sort());
// == how it has it
for (const name of Object.getOwnPropertyNames(process).sort()) {
  const { value, get, set, ...rest } = Object.getOwnPropertyDescriptor(process, name);
  console.log(name, typeof value, typeof get, typeof set, rest);
}
// == functions of process
console.log(Object.keys(process).filter((name) => typeof process[name] === 'function').map((name) => [name, process[name].length, process[name].name]));
// == what is global
console.log(Object.getOwnPropertyNames(globalThis).sort(), Object.keys(globalThis));
// == symbols that are global
console.log(Object.getOwnPropertySymbols(globalThis), Object.getOwnPropertySymbols(process));
// == preloaded modules
console.log(process._preload_modules, Object.getOwnPropertyDescriptor(process, '_preload_modules'));
// == handles
console.log(process._getActiveHandles(), process._getActiveRequests(), process.getActiveResourcesInfo());
// == handles later
setImmediate(() => setImmediate(() => console.log(process._getActiveHandles().length, process.getActiveResourcesInfo())));
// == listeners
console.log(process.eventNames(), process.listenerCount('exit'), process.listenerCount('warning'), process.getMaxListeners());
// == uptime
console.log(process.uptime() > 0, process.uptime() < 5, typeof process.uptime(), process.uptime.name, process.uptime.length);
// == uptime goes on
const before = process.uptime(); setTimeout(() => console.log(process.uptime() - before > 0.04), 50);
// == clocks agree
console.log(Math.abs(performance.timeOrigin + performance.now() - Date.now()) < 50);
// == hrtime
const [s, n] = process.hrtime(); console.log(typeof s, typeof n, typeof process.hrtime.bigint(), process.hrtime([s, n])[0]);
// == marks
performance.mark('a'); performance.mark('b');
console.log(performance.measure('m', 'a', 'b').duration < 50, performance.getEntries().map((entry) => [entry.name, entry.entryType]));
// == performance
console.log(Object.keys(performance.toJSON()), typeof performance.now(), performance.nodeTiming.name, performance.eventLoopUtilization().active >= 0);
// == memory
const m = process.memoryUsage(); console.log(Object.keys(m), Object.values(m).every((n) => n > 0), process.memoryUsage.rss() > 0);
// == resources
console.log(Object.keys(process.resourceUsage()), process.cpuUsage().user > 0);
// == memory that may be used
console.log(typeof process.constrainedMemory?.(), require('v8').getHeapStatistics().heap_size_limit);
// == title
process.title = 'abc'; console.log(process.title);
// == stdio in proc
const fs = require('fs');
console.log([0, 1, 2].map((n) => fs.readlinkSync('/proc/self/fd/' + n).replace(/\d+/g, 'N')));
// == descriptors
const fs = require('fs');
console.log(fs.readdirSync('/proc/self/fd').map(Number).sort((a, b) => a - b));
// == descriptors to come
const fs = require('fs');
console.log(fs.openSync('/etc/passwd'), fs.openSync('/etc/passwd'), fs.openSync('/etc/passwd'));
// == kinds of descriptors
const fs = require('fs');
for (const n of fs.readdirSync('/proc/self/fd').map(Number).sort((a, b) => a - b)) try { console.log(n, fs.readlinkSync('/proc/self/fd/' + n).replace(/\d+/g, 'N')); } catch (e) { console.log(n, e.code); }
// == status of the process
const text = require('fs').readFileSync('/proc/self/status', 'utf8');
console.log(text.split('\n').filter((line) => /^(Name|Umask|State|Tgid|Pid|PPid|TracerPid|FDSize|NoNewPrivs|Seccomp|Threads|Cap\w+|Sig\w\w\w):/.test(line)).join('\n'));
// == command line in proc
console.log(JSON.stringify(require('fs').readFileSync('/proc/self/cmdline', 'utf8')));
// == name in proc
console.log(require('fs').readFileSync('/proc/self/comm', 'utf8'), require('fs').readlinkSync('/proc/self/exe'), require('fs').readlinkSync('/proc/self/cwd'));
// == limits in proc
console.log(require('fs').readFileSync('/proc/self/limits', 'utf8'));
// == lower limits in proc {"limits": {"file_size_bytes": 1000000, "processes": 40, "stack_bytes": 4194304, "cpu_time_ms": 3000}}
console.log(require('fs').readFileSync('/proc/self/limits', 'utf8'));
// == what is mapped
const maps = require('fs').readFileSync('/proc/self/maps', 'utf8').split('\n');
console.log([...new Set(maps.map((line) => line.slice(73).trim()).filter((name) => name.startsWith('/')))].sort());
// == groups of control
console.log(require('fs').readFileSync('/proc/self/cgroup', 'utf8'), require('fs').readFileSync('/proc/self/oom_score_adj', 'utf8'));
// == other processes
console.log(require('fs').readdirSync('/proc').filter((name) => /^\d+$/.test(name)));
// == threads
console.log(require('fs').readdirSync('/proc/self/task').length, require('fs').readdirSync('/proc/self/task').map((id) => require('fs').readFileSync(`/proc/self/task/${id}/comm`, 'utf8').trim()));
// == namespaces
console.log(require('fs').readdirSync('/proc/self/ns'), require('fs').readFileSync('/proc/self/mountinfo', 'utf8').split('\n').map((line) => line.split(' ')[4]));
// == signals that are ignored
process.on('SIGUSR1', () => { console.log('usr1'); clearInterval(wait); });
const wait = setInterval(() => {}, 1000);
process.kill(process.pid, 'SIGUSR1');
// == a report
const report = process.report.getReport();
console.log(Object.keys(report), report.header.commandLine, report.sharedObjects.filter((name) => name.includes('codecanvas')), report.environmentVariables, report.libuv.filter((handle) => handle.is_referenced));
// == shared objects
console.log(process.report.getReport().sharedObjects);
// == allowed flags
console.log(process.allowedNodeEnvironmentFlags.size, process.allowedNodeEnvironmentFlags.has('--require'));
// == emitted warnings
process.on('warning', (warning) => console.log(warning.name, warning.message)); process.emitWarning('w');
// == binding
console.log(Object.keys(process.binding('util')).length > 0);
// == random numbers differ
const { randomBytes, randomUUID } = require('crypto');
console.log(randomBytes(8).length, randomUUID() !== randomUUID(), Math.random() !== Math.random());
// == operating system
const os = require('os');
console.log(os.hostname(), os.tmpdir(), os.homedir(), os.platform(), os.EOL, os.cpus().length, os.userInfo().username, os.type(), os.arch());
// == network interfaces
console.log(Object.keys(require('os').networkInterfaces()));
// == priority
console.log(require('os').getPriority());
// == loaded versions of v8
console.log(require('v8').getHeapSpaceStatistics().map((space) => space.space_name), require('v8').cachedDataVersionTag());
// == asynchronous ids
const hooks = require('async_hooks');
console.log(hooks.executionAsyncId(), hooks.triggerAsyncId());
// == the state of regular expressions
console.log([RegExp.$1, RegExp.lastMatch, RegExp.input]);
// == error traces
console.log(Error.stackTraceLimit, Object.getOwnPropertyNames(Error), typeof Error.prepareStackTrace);
// == locale
console.log(new Intl.NumberFormat().resolvedOptions().locale, Intl.DateTimeFormat().resolvedOptions(), (1234.5).toLocaleString());
// == source maps
console.log(process.sourceMapsEnabled, require('module').findSourceMap?.(__filename));
