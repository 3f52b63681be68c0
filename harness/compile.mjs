import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const kept = join(root, 'harness', '.compiled');
const latestFile = join(kept, 'latest.json');
/** Folders that stay: a process that still runs may load parts of an earlier one. */
const mostKept = 4;

const entries = [
  'harness/api.ts',
  'harness/cli/index.ts',
  'playwright.config.ts',
  'specs/runner/begin.ts',
  'specs/runner/conformance.spec.ts',
  'specs/runner/preflight-thread.ts',
  'specs/runner/reporter.ts',
  'specs/runner/setup.ts',
];

/** Libraries of many files: in one file they load in half the time. The npm package does not include them. */
const manyFiles = ['ajv', 'ajv-formats', 'jose', 'p-queue', 'zod'];

/**
 * Compiles the suite into a folder, named relative to the repository, and returns the sources. The folder has few
 * files, because Playwright needs a millisecond or more for each. `included`: libraries that become part of it. Throws
 * if a source cannot be compiled.
 */
async function compile(/** @type {string} */ folder, /** @type {string[]} */ included) {
  const { build } = await import('esbuild');
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: entries,
    outbase: '.',
    outdir: folder,
    chunkNames: 'part-[hash]',
    bundle: true,
    splitting: true,
    ...(included.length === 0
      ? { packages: 'external' }
      : { external: Object.keys(dependencies).filter((name) => !included.includes(name)) }),
    format: 'esm',
    platform: 'node',
    target: 'node20',
    define: { COMPILED_TO: JSON.stringify(folder) },
    metafile: true,
    logLevel: 'silent',
  });
  return [...Object.keys(metafile.inputs), 'harness/compile.mjs', 'package.json', 'tsconfig.json'];
}

/** The compiled suite, compiled again if a source has changed; undefined if that is not possible. */
export async function compiledSuite() {
  const folder = unchanged() ?? (await compileAgain().catch(() => undefined));
  return folder && join(root, folder);
}

function unchanged() {
  try {
    const { folder, sources, state } = JSON.parse(readFileSync(latestFile, 'utf8'));
    return stateOf(sources).text === state && statSync(join(root, folder)).isDirectory() ? folder : undefined;
  } catch {
    // Nothing is compiled, or a source is gone.
    return undefined;
  }
}

async function compileAgain() {
  mkdirSync(kept, { recursive: true });
  const made = mkdtempSync(join(kept, 'suite-'));
  const folder = relative(root, made).replaceAll(sep, '/');
  const began = Date.now();
  const sources = await compile(folder, manyFiles);
  const { text, changed } = stateOf(sources);
  // Who edits meanwhile gets it compiled again the next time.
  if (changed < began) keep({ folder, sources, state: text });
  return folder;
}

/** Two commands may do this at the same time: each has a folder of its own, and the last one is remembered. */
function keep(/** @type {object} */ latest) {
  const written = `${latestFile}.${process.pid}`;
  writeFileSync(written, JSON.stringify(latest));
  renameSync(written, latestFile);
  const folders = readdirSync(kept)
    .filter((name) => name.startsWith('suite-'))
    .map((name) => ({ name, changed: statSync(join(kept, name)).mtimeMs }))
    .sort((one, other) => other.changed - one.changed);
  for (const { name } of folders.slice(mostKept)) rmSync(join(kept, name), { recursive: true, force: true });
}

/** What tells one state of the sources from another, and when the last of them changed; milliseconds. */
function stateOf(/** @type {string[]} */ sources) {
  const states = sources.map((source) => statSync(join(root, source)));
  return {
    text: states.map(({ size, mtimeMs }) => `${size} ${mtimeMs}`).join(),
    changed: Math.max(...states.map(({ mtimeMs }) => mtimeMs)),
  };
}

// `node harness/compile.mjs dist` compiles for the package.
const [, script = '', folder] = process.argv;
if (folder !== undefined && pathToFileURL(script).href === import.meta.url) await compile(folder, []);
