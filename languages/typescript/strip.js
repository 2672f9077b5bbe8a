// Leaves out the types of a program's files with TypeScript's own means. Usage: node strip.js TSC SOURCE …
'use strict';

const fs = require('fs');
const { createRequire } = require('module');
const path = require('path');

const [tsc, ...sources] = process.argv.slice(2);
const ts = createRequire(fs.realpathSync(tsc))('../lib/typescript.js');
const { options } = ts.convertCompilerOptionsFromJson(
  { ...require('./strip.json').compilerOptions, module: 'commonjs', moduleDetection: 'force', inlineSourceMap: true }, '.');

const mistakes = [];
const outputs = sources.filter((name) => !name.endsWith('.d.ts')).map((name) => {
  const source = fs.readFileSync(name, 'utf8');
  const { outputText, diagnostics } = ts.transpileModule(source, { fileName: name, reportDiagnostics: true, compilerOptions: options });
  mistakes.push(...diagnostics);
  const { dir, name: stem } = path.parse(name);
  return [path.join(dir, stem + '.js'), outputText];
});
if (mistakes.length > 0) {
  const words = { getCurrentDirectory: () => process.cwd(), getCanonicalFileName: (name) => name, getNewLine: () => '\n' };
  process.stdout.write(ts.formatDiagnostics(mistakes, words));
  process.exitCode = 2;
} else {
  for (const [name, text] of outputs) fs.writeFileSync(name, text);
}
