// Finishes a build: writes the licences of what is shipped, and a .br and a .gz beside each text file, so that the server
// compresses nothing while it answers. Fails when the first load has grown above its budget.
import { readFileSync, readdirSync, writeFileSync, existsSync, rmSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const BUDGET_KB = 150;
const TEXT = new Set(['.html', '.js', '.css', '.svg', '.json', '.webmanifest', '.txt']);
const dist = process.argv[2] ?? 'dist';

const gzip = (bytes) => gzipSync(bytes, { level: 9 });
const brotli = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });

/** Every file that the page needs before it can be used: the entry, what it imports at once, their styles, the theme script. */
function firstLoad(manifest) {
  const files = new Set(['theme.js']);
  const visit = (key) => {
    const chunk = manifest[key];
    if (files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const style of chunk.css ?? []) files.add(style);
    for (const imported of chunk.imports ?? []) visit(imported);
  };
  Object.keys(manifest).filter((key) => manifest[key].isEntry).forEach(visit);
  return [...files];
}

/** The packages whose code or fonts are in the build, each with the text of its licence. */
function licences() {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages;
  const shipped =
    /node_modules\/((svelte|style-mod|w3c-keyname|crelt|clsx|esm-env)$|@codemirror\/|@lezer\/|@marijn\/|@xterm\/|@fontsource)/;
  const parts = Object.keys(lock).filter((path) => shipped.test(path)).sort().map((path) => {
    const file = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'license'].map((name) => join(path, name)).find(existsSync);
    const name = path.replace(/^.*node_modules\//, '');
    return `${name} ${lock[path].version} (${lock[path].license})\n\n${file ? readFileSync(file, 'utf8').trim() : ''}\n`;
  });
  return `This page contains code and fonts of others, with thanks:\n\n${parts.join(`\n${'-'.repeat(80)}\n\n`)}`;
}

const manifestFile = join(dist, '.vite', 'manifest.json');
const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'));
const needed = firstLoad(manifest);
const size = needed.reduce((sum, file) => sum + gzip(readFileSync(join(dist, file))).length, 0) / 1024;
rmSync(join(dist, '.vite'), { recursive: true });

writeFileSync(join(dist, 'licences.txt'), licences());
for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !TEXT.has(extname(entry.name))) continue;
  const path = join(entry.parentPath, entry.name);
  const bytes = readFileSync(path);
  writeFileSync(`${path}.gz`, gzip(bytes));
  writeFileSync(`${path}.br`, brotli(bytes));
}

console.log(`First load: ${size.toFixed(1)} KB of script and style, compressed (budget ${BUDGET_KB} KB): ${needed.join(', ')}`);
if (size > BUDGET_KB) {
  console.error(`The first load is above its budget of ${BUDGET_KB} KB. Load what is not needed at once on demand.`);
  process.exit(1);
}
