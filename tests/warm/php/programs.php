// == hello
<?php echo "Hello, world!\n";
// == names
<?php
var_dump($argc, $argv, $_SERVER['argv'], __FILE__, __DIR__, __LINE__, PHP_SAPI, $_SERVER['SCRIPT_NAME'], $_SERVER['SCRIPT_FILENAME'], $_SERVER['PHP_SELF'], getcwd());
// == arguments {"args": ["a", "b c", "--flag"]}
<?php var_dump($argc, $argv);
// == variables {"env": {"WORD": "yes"}}
<?php var_dump(getenv("WORD"), getenv());
// == variables of every program
<?php var_dump(getenv(), $_ENV, array_keys($_SERVER));
// == extensions
<?php var_dump(get_loaded_extensions(), PHP_VERSION, PHP_OS, php_ini_loaded_file(), php_ini_scanned_files(), get_include_path());
// == settings
<?php var_dump(ini_get_all(null, false));
// == functions and classes
<?php echo count(get_defined_functions()['internal']), "\n", implode("\n", get_declared_classes()), "\n"; var_dump(array_keys(get_defined_constants(true)), get_included_files(), array_keys($GLOBALS));
// == streams
<?php
foreach ([STDIN, STDOUT, STDERR] as $stream) var_dump(stream_get_meta_data($stream), posix_isatty_safe($stream));
function posix_isatty_safe($s) { return stream_isatty($s); }
// == descriptors
<?php
$links = [];
foreach (scandir("/proc/self/fd") as $fd) if (is_numeric($fd)) $links[] = $fd . " " . preg_replace('/\d+/', 'N', @readlink("/proc/self/fd/$fd") ?: "gone");
print_r($links);
// == limits
<?php echo file_get_contents("/proc/self/limits");
// == lower limits {"limits": {"open_files": 100, "cpu_time_ms": 2000, "file_size_bytes": 1000}}
<?php echo file_get_contents("/proc/self/limits");
// == who it is
<?php var_dump(getmypid() > 0, get_current_user(), umask(), gethostname(), php_uname('n'), sys_get_temp_dir());
echo implode("", preg_grep('/^(Sig(Blk|Ign|Cgt)|Seccomp|NoNewPrivs|Threads|Cap)/', file("/proc/self/status")));
// == clocks
<?php
$a = hrtime(true); usleep(2000);
var_dump(hrtime(true) - $a >= 2000000, abs(time() - $_SERVER['REQUEST_TIME']) < 3, microtime(true) - $_SERVER['REQUEST_TIME_FLOAT'] < 3, date_default_timezone_get());
// == random numbers
<?php var_dump(random_int(1, 1), mt_rand() === mt_rand(), strlen(random_bytes(4)), strlen(uniqid()));
mt_srand(5); var_dump(mt_rand(), rand(1, 100), array_rand([1, 2, 3]));
// == all of it {"stdin": "20\n22\n"}
<?php echo array_sum(explode("\n", stream_get_contents(STDIN))), "\n";
// == line by line {"stdin": "one\ntwo\n\nthree"}
<?php while (($line = fgets(STDIN)) !== false) var_dump($line); var_dump(feof(STDIN));
// == readline {"stdin": "one\ntwo\n"}
<?php var_dump(file("php://stdin"), trim(fgets(STDIN) ?: "none"));
// == scanf {"stdin": "5 7\n"}
<?php fscanf(STDIN, "%d %d", $a, $b); echo $a * $b;
// == nothing to read
<?php var_dump(fgets(STDIN), file_get_contents("php://stdin"));
// == both streams
<?php for ($i = 0; $i < 3; $i++) { fwrite(STDOUT, "out $i\n"); fwrite(STDERR, "err $i\n"); echo "echo $i\n"; }
// == bytes
<?php echo "\xff\x00\x01";
// == text around it
before
<?= 1 + 2 ?>

after
// == a lot of it
<?php for ($i = 0; $i < 20000; $i++) echo $i, "\n";
// == buffers
<?php ob_start(); echo "a"; $a = ob_get_clean(); echo strtoupper($a); ob_start(); echo "left over";
// == files beside it {"files": {"lib/a.php": "<?php function a() { return [__FILE__, __DIR__]; }", "data.json": "{\"a\": [1, 2]}"}}
<?php require "lib/a.php"; require_once __DIR__ . "/lib/a.php"; print_r(a()); print_r(json_decode(file_get_contents("data.json"), true)); print_r(glob("*")); print_r(get_included_files());
// == a file that is not there
<?php
echo "before\n";
require "missing.php";
// == exit code
<?php echo "a"; exit(3);
// == exit with words
<?php exit("bye\n");
// == at the end
<?php register_shutdown_function(function () { echo "last\n"; exit(5); }); class A { function __destruct() { echo "gone\n"; } } $a = new A; echo "first\n";
// == an error
<?php function f(int $x) { throw new RuntimeException("no luck $x"); } f(3);
// == a type that is wrong
<?php declare(strict_types=1); function f(int $x) {} f("3");
// == a warning
<?php echo $undefined; echo [1][5]; echo "on\n"; trigger_error("mine", E_USER_WARNING);
// == a division by zero
<?php echo 1 % 0;
// == a mistake in the syntax
<?php echo "before"; function (
// == nothing at all

// == deep
<?php function deep($n) { return $n ? 1 + deep($n - 1) : 0; } echo deep(50000);
// == memory {"limits": {"memory_bytes": 67108864}}
<?php $a = []; while (true) $a[] = str_repeat("x", 1000000);
// == time {"limits": {"cpu_time_ms": 300}}
<?php while (true);
// == output {"limits": {"output_bytes": 100}}
<?php for ($i = 0; $i < 100; $i++) echo "0123456789\n";
// == a file too large {"limits": {"file_size_bytes": 1000}}
<?php var_dump(file_put_contents("big", str_repeat("x", 5000)));
// == too many files {"limits": {"open_files": 100}}
<?php $f = []; while ($x = @fopen(__FILE__, "r")) $f[] = $x; echo count($f);
// == a small stack {"limits": {"stack_bytes": 1048576}}
<?php function deep($n) { return $n ? 1 + deep($n - 1) : 0; } echo deep(5000);
// == children
<?php echo shell_exec("echo from a child"); exec("exit 3", $out, $code); var_dump($code); passthru("echo passed; echo LD=\$LD_PRELOAD");
$p = proc_open(["cat"], [["pipe", "r"], ["pipe", "w"]], $pipes); fwrite($pipes[0], "x"); fclose($pipes[0]); var_dump(stream_get_contents($pipes[1]), proc_close($p));
// == a child's input {"stdin": "first\nsecond\n"}
<?php system("head -n 1");
// == strings
<?php echo mb_strtoupper("žluť"), strlen("žluť"), mb_strlen("žluť"), "\n", setlocale(LC_ALL, 0), "\n", sprintf("%05.2f", 3.14159), preg_match('/\p{L}+/u', "日本"), "\n";
// == a generator
<?php function g() { $x = yield 1; yield $x; } $g = g(); echo $g->current(), $g->send(5);
// == an enumeration
<?php enum Suit: string { case Hearts = 'H'; } var_dump(Suit::from('H'), Suit::cases());
// == a fiber
<?php $f = new Fiber(function ($x) { $y = Fiber::suspend($x + 1); echo $y; }); echo $f->start(1); $f->resume(7);
// == its own file
<?php echo strlen(file_get_contents(__FILE__)), " ", (new ReflectionFunction('f'))->getFileName(); function f() {} __halt_compiler(); data
