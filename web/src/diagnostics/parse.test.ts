import { describe, expect, it } from 'vitest';
import { Locator } from './locations';
import { parseDiagnostics } from './parse';

/** Each as `line:column severity message`. */
function found(language: string, file: string, text: string): string[] {
  return parseDiagnostics(language, text, [file, 'lib/other.x']).map(
    ({ line, column, severity, message }) => `${line}${column === undefined ? '' : `:${column}`} ${severity} ${message}`,
  );
}

// The messages are what the tools print, from the versions that Debian 12 has.
const MESSAGES: [what: string, language: string, file: string, text: string, expected: string[]][] = [
  [
    'gcc', 'c', 'main.c',
    'main.c: In function ‘main’:\nmain.c:4:20: error: ‘answer’ undeclared (first use in this function)\n    4 |     printf("%d\\n", answer);\n      |                    ^~~~~~\nmain.c:4:20: note: each undeclared identifier is reported only once\nmain.c:3:9: warning: unused variable ‘unused’ [-Wunused-variable]\n',
    ['4:20 error ‘answer’ undeclared (first use in this function)', '3:9 warning unused variable ‘unused’ [-Wunused-variable]'],
  ],
  ['gcc, in colour', 'c', 'main.c', '\x1b[01m\x1b[Kmain.c:1:10:\x1b[m\x1b[K \x1b[01;31m\x1b[Kfatal error: \x1b[m\x1b[Knope.h: No such file or directory\n', ['1:10 error nope.h: No such file or directory']],
  ['g++', 'c++', 'main.cpp', "main.cpp: In function ‘int main()’:\nmain.cpp:3:18: error: ‘answer’ was not declared in this scope\n", ['3:18 error ‘answer’ was not declared in this scope']],
  [
    'rustc', 'rust', 'main.rs',
    'error[E0425]: cannot find value `y` in this scope\n --> main.rs:4:20\n  |\n4 |     println!("{}", y);\n  |                    ^\n\nwarning: unused variable: `unused`\n --> main.rs:3:9\n  |\n\nerror: aborting due to 1 previous error\n\nFor more information about an error, try `rustc --explain E0425`.\n',
    ['4:20 error cannot find value `y` in this scope', '3:9 warning unused variable: `unused`'],
  ],
  ['a panic', 'rust', 'main.rs', "\nthread 'main' (2) panicked at main.rs:3:21:\nindex out of bounds: the len is 0 but the index is 1\nnote: run with `RUST_BACKTRACE=1`\n", ['3:21 error index out of bounds: the len is 0 but the index is 1']],
  [
    'javac', 'java', 'Main.java',
    'Main.java:3: error: incompatible types: String cannot be converted to int\n        int x = "text";\n                ^\nMain.java:4: error: cannot find symbol\n        System.out.println(y);\n                           ^\n  symbol:   variable y\n  location: class Main\n2 errors\n',
    ['3:17 error incompatible types: String cannot be converted to int', '4:28 error cannot find symbol'],
  ],
  ['a Java exception', 'java', 'Main.java', 'Exception in thread "main" java.lang.ArrayIndexOutOfBoundsException: Index 2 out of bounds for length 1\n\tat java.base/java.util.Objects.check(Objects.java:1)\n\tat Main.main(Main.java:4)\n', ['4 error java.lang.ArrayIndexOutOfBoundsException: Index 2 out of bounds for length 1']],
  ['go build', 'go', 'main.go', '# _/work\n./main.go:3:8: "os" imported and not used\n./main.go:7:10: undefined: y\n', ['3:8 error "os" imported and not used', '7:10 error undefined: y']],
  ['a Go panic', 'go', 'main.go', 'panic: runtime error: index out of range [2] with length 0\n\ngoroutine 1 [running]:\nmain.main()\n\t/work/main.go:4 +0x9\nexit status 2\n', ['4 error panic: runtime error: index out of range [2] with length 0']],
  ['tsc', 'typescript', 'main.ts', "main.ts(1,7): error TS2322: Type 'string' is not assignable to type 'number'.\nmain.ts(2,13): error TS2304: Cannot find name 'y'.\n", ["1:7 error TS2322: Type 'string' is not assignable to type 'number'.", "2:13 error TS2304: Cannot find name 'y'."]],
  [
    'a Python traceback', 'python3', 'main.py',
    'Traceback (most recent call last):\n  File "/work/main.py", line 3, in <module>\n    f()\n  File "/work/main.py", line 2, in f\n    return 1 / 0\n           ~~^~~\nZeroDivisionError: division by zero\n',
    ['2 error ZeroDivisionError: division by zero'],
  ],
  ['a Python traceback that ends in a library', 'python3', 'main.py', 'Traceback (most recent call last):\n  File "/work/main.py", line 2, in <module>\n    json.loads("")\n  File "/usr/lib/python3.11/json/decoder.py", line 355, in raw_decode\n    raise JSONDecodeError("x") from None\njson.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)\n', ['2 error json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)']],
  ['a Python syntax error', 'python3', 'main.py', '  File "/work/main.py", line 2\n    def f(:\n          ^\nSyntaxError: invalid syntax\n', ['2 error SyntaxError: invalid syntax']],
  ['a Python interrupt', 'python3', 'main.py', 'Traceback (most recent call last):\n  File "/work/main.py", line 2, in <module>\n    input()\nKeyboardInterrupt\n', ['2 error KeyboardInterrupt']],
  [
    'node', 'nodejs', 'main.js',
    '/work/main.js:2\n  return y + 1;\n  ^\n\nReferenceError: y is not defined\n    at f (/work/main.js:2:3)\n    at Object.<anonymous> (/work/main.js:4:1)\n    at Module._compile (node:internal/modules/cjs/loader:1521:14)\n\nNode.js v20.20.2\n',
    ['2:3 error ReferenceError: y is not defined'],
  ],
  ['a syntax error of node', 'nodejs', 'main.js', "/work/main.js:2\nlet x = = 2;\n        ^\n\nSyntaxError: Unexpected token '='\n    at wrapSafe (node:internal/modules/cjs/loader:1464:18)\n", ["2 error SyntaxError: Unexpected token '='"]],
  ['ruby', 'ruby', 'main.rb', "main.rb:2:in `/': divided by 0 (ZeroDivisionError)\n\tfrom main.rb:2:in `f'\n\tfrom main.rb:4:in `<main>'\n", ['2 error divided by 0 (ZeroDivisionError)']],
  ['a syntax error of ruby', 'ruby', 'main.rb', "main.rb:3: syntax error, unexpected `end'\n", ["3 error syntax error, unexpected `end'"]],
  ['php', 'php', 'main.php', 'a\nFatal error: Uncaught Error: Call to undefined function f() in /work/main.php:3\nStack trace:\n#0 {main}\n  thrown in /work/main.php on line 3\n', ['3 error Uncaught Error: Call to undefined function f()']],
  ['a parse error of php', 'php', 'main.php', 'PHP Parse error:  syntax error, unexpected token "echo", expecting "," or ";" in /work/main.php on line 3\n', ['3 error syntax error, unexpected token "echo", expecting "," or ";"']],
  ['a warning of php', 'php', 'main.php', '\nWarning: Undefined variable $x in /work/main.php on line 2\n', ['2 warning Undefined variable $x']],
  ['perl', 'perl', 'main.pl', 'no more at main.pl line 3.\n', ['3 error no more']],
  ['a syntax error of perl', 'perl', 'main.pl', 'syntax error at main.pl line 4, near "print"\nExecution of main.pl aborted due to compilation errors.\n', ['4 error syntax error']],
  ['lua', 'lua', 'main.lua', "/usr/bin/lua5.4: main.lua:2: oops\nstack traceback:\n\t[C]: in function 'error'\n\tmain.lua:2: in local 'f'\n", ['2 error oops']],
  ['a syntax error of lua', 'lua', 'main.lua', "lua: main.lua:2: unexpected symbol near '='\n", ["2 error unexpected symbol near '='"]],
  ['bash', 'bash', 'main.sh', 'main.sh: line 2: nosuchcommand: command not found\n', ['2 error nosuchcommand: command not found']],
];

describe('messages of compilers and interpreters', () => {
  it.each(MESSAGES)('%s', (_, language, file, text, expected) => expect(found(language, file, text)).toEqual(expected));

  it('are only about files of the program', () => {
    expect(found('c', 'main.c', '/usr/include/stdio.h:3:1: error: broken\nxmain.c:1:1: error: no\n')).toEqual([]);
    expect(found('c', 'main.c', 'main.c:0:1: error: nowhere\n')).toEqual([]);
    expect(parseDiagnostics('cobol', 'main.cob:1: error', ['main.cob'])).toEqual([]);
  });

  it('name files in folders, and files with odd names', () => {
    expect(parseDiagnostics('c', 'lib/a+b (1).c:2:3: error: x\n', ['main.c', 'lib/a+b (1).c'])).toEqual([
      { file: 'lib/a+b (1).c', line: 2, column: 3, severity: 'error', message: 'x' },
    ]);
  });

  it('do not hold up the page when they are hostile', () => {
    const started = performance.now();
    for (const language of ['rust', 'go', 'java', 'nodejs', 'python3', 'ruby', 'perl', 'php']) {
      for (const line of ['panic: x\n', 'error: x\n', 'Exception in thread "main" x\n', '/work/main.x:1\n', '  File "main.x", line 1\n', ' at ', 'main.x:1:in `']) {
        parseDiagnostics(language, line.repeat(131_072 / line.length), ['main.x']);
      }
    }
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});

describe('places in the output', () => {
  const locator = new Locator(['main.c', 'src/Util.java']);
  const places = (text: string) => locator.find(text).map(({ from, to, location }) => [text.slice(from, to), location]);

  it.each<[string, string, object]>([
    ['main.c:3:7: error', 'main.c:3:7', { file: 'main.c', line: 3, column: 7 }],
    ['  at Util.java:12)', 'Util.java:12', { file: 'src/Util.java', line: 12 }],
    ['/work/main.c(3,7): x', '/work/main.c(3,7)', { file: 'main.c', line: 3, column: 7 }],
    ['File "/work/main.c", line 5, in f', '/work/main.c", line 5', { file: 'main.c', line: 5 }],
    ['main.c: line 5: x', 'main.c: line 5', { file: 'main.c', line: 5 }],
    ['in ./main.c on line 5', './main.c on line 5', { file: 'main.c', line: 5 }],
    ['died at main.c line 5.', 'main.c line 5', { file: 'main.c', line: 5 }],
  ])('%s', (text, place, location) => expect(places(text)).toEqual([[place, location]]));

  it('are of the program, not of others', () => {
    expect(places('domain.c:3 other/main.c:3 main.cc:3 main.c')).toEqual([]);
  });
});
