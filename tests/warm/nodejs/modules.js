// == require
console.log(typeof require, Object.keys(require), require.main === module, module.id, module.filename, module.loaded);
// == module
console.log(module);
// == parents
console.log(module.parent, module.children, process.mainModule === module, require.main.paths);
// == cache
console.log(Object.keys(require.cache), Object.keys(require('module')._cache), Object.keys(require('module')._pathCache));
// == this and exports
console.log(this === module.exports, this === exports, arguments.length, typeof arguments[1]);
// == arguments of the wrapper
console.log(require('module').wrapper, arguments[3], arguments[4]);
// == a file beside {"files": {"other.js": "module.exports = { x: 41, name: __filename, parent: module.parent?.filename };"}}
const other = require('./other'); console.log(other, Object.keys(require.cache), module.children.length);
// == json {"files": {"data.json": "{\"a\": [1, 2]}"}}
console.log(require('./data.json'), require('./data'));
// == a folder {"files": {"lib/index.js": "exports.where = __dirname;"}}
console.log(require('./lib'), require.resolve('./lib'));
// == node_modules {"files": {"node_modules/pkg/package.json": "{\"main\": \"m.js\"}", "node_modules/pkg/m.js": "module.exports = 'pkg';"}}
console.log(require('pkg'), require.resolve('pkg'), require.resolve.paths('pkg'));
// == a module that is not there
require('./nope');
// == a package that is not there
try { require('nope'); } catch (error) { console.log(error.code, error.requireStack, error.message); }
// == the gate is no module
try { require('gate'); } catch (error) { console.log(error.code); }
// == built in
console.log(require('module').builtinModules.length, require('module').isBuiltin?.('fs'));
// == every built-in module
for (const name of require('module').builtinModules.filter((name) => !/^(_|sys|punycode|wasi|inspector|test)/.test(name))) console.log(name, Object.keys(require(name)).length);
// == globals that are modules
console.log(Object.keys(fs).length, path.join('a', 'b'), os.EOL);
// == a type of modules {"files": {"package.json": "{\"type\": \"module\"}"}}
import fs from 'node:fs';
console.log(import.meta.url, typeof require, fs.existsSync('main.js'), this);
// == top-level await {"files": {"package.json": "{\"type\": \"module\"}"}}
const { setTimeout: sleep } = await import('node:timers/promises');
await sleep(5);
console.log('awaited', import.meta.url, process.argv);
// == a type of commonjs {"files": {"package.json": "{\"type\": \"commonjs\", \"name\": \"x\"}"}}
console.log(require('./package.json'), module.id);
// == imports of a package {"files": {"package.json": "{\"imports\": {\"#x\": \"./x.js\"}}", "x.js": "module.exports = 'x';"}}
console.log(require('#x'));
// == exports of itself {"files": {"package.json": "{\"name\": \"me\", \"exports\": \"./y.js\"}", "y.js": "module.exports = 'y';"}}
console.log(require('me'));
// == dynamic import
import('node:os').then((os) => console.log(os.EOL === '\n', typeof os.default));
// == dynamic import of a file {"files": {"m.mjs": "export const a = import.meta.url; export default 1;"}}
import('./m.mjs').then((m) => console.log(m));
// == a module that is not right {"files": {"package.json": "{\"type\": \"module\"}"}}
import { nope } from 'node:fs';
// == an import that is not there {"files": {"package.json": "{\"type\": \"module\"}"}}
import './nope.mjs';
// == a module in a file of its own {"files": {"other.mjs": "console.log(import.meta.url, process.argv)"}, "entrypoint": "other.mjs"}
console.log('not this one');
// == another entrypoint {"files": {"second.js": "console.log(__filename, require.main === module, process.argv)"}, "entrypoint": "second.js", "args": ["a"]}
console.log('not this one');
// == import without a type
import fs from 'node:fs';
console.log(fs);
// == a hash bang
#!/usr/bin/env node
console.log('not the first line');
// == strict
'use strict';
undeclared = 1;
// == create require
const { createRequire } = require('module'); console.log(typeof createRequire(__filename)('fs').readFileSync);
// == a changed loader
require('module')._extensions['.txt'] = (m, name) => { m.exports = require('fs').readFileSync(name, 'utf8'); };
require('fs').writeFileSync('a.txt', 'text'); console.log(require('./a.txt'));
// == registered
console.log(Object.keys(require('module')).sort(), Object.keys(require.extensions));
// == the loader's functions
const Module = require('module'); console.log(Module._load.name, Module.prototype.require.toString().length > 10, Module.runMain.name, Module.globalPaths);
// == vm
console.log(require('vm').runInNewContext('a + 1', { a: 1 }), require('vm').runInThisContext('typeof require'));
// == eval
console.log(eval('typeof module'), (0, eval)('typeof module'), new Function('return typeof require')());
// == what was there before
console.log(require('fs').readdirSync('.'), require('fs').readdirSync('/tmp'), require('fs').readdirSync('/dev/shm'));
// == its own file
console.log(require('fs').readFileSync(__filename, 'utf8'), require('fs').statSync(__filename).mode.toString(8));
// == writing files
const fs = require('fs'); fs.writeFileSync('a', 'x'); fs.mkdirSync('b/c', { recursive: true }); fs.symlinkSync('a', 'l');
console.log(fs.readdirSync('.'), fs.realpathSync('l'), fs.statSync('a').uid === process.getuid(), fs.statSync('.').uid === process.getuid());
// == promises of files
require('fs/promises').readFile(__filename, 'utf8').then((text) => console.log(text.length));
// == streams of files
require('fs').createReadStream(__filename, { encoding: 'utf8', end: 10 }).on('data', console.log).on('close', () => console.log('closed'));
// == watching
const watcher = require('fs').watch('.', (event, name) => { console.log(event, name); watcher.close(); }); require('fs').writeFileSync('w', '');
// == files in etc
console.log(require('fs').existsSync('/etc/passwd'), require('fs').readdirSync('/').sort());
