import { expect, test } from '@playwright/test';
import manifest from '../../package.json' with { type: 'json' };
import { cyclesIn, importsOf, repositoryFiles, textOf } from './support/imports.ts';

const sources = repositoryFiles('harness', 'specs', '.github', 'playwright.config.ts').filter((file) =>
  /\.[cm]?tsx?$/.test(file),
);
const graph = new Map(sources.map((file) => [file, importsOf(file)]));
const harness = sources.filter((file) => file.startsWith('harness/'));
const local = (name: string): boolean => /^(harness|specs|schemas|\.github|package\.json)/.test(name);

/** A room of the house, and the rooms that it may import besides itself. */
interface Room {
  readonly name: string;
  readonly imports: readonly string[];
}

const stages = [
  'engine/configuration',
  'engine/credentials',
  'engine/key-control',
  'engine/matrix',
  'engine/probe',
  'engine/verdict',
  'engine/evidence',
];
const engine = [...stages, 'engine/session', 'engine/preflight', 'engine/procedures', 'engine/run'];
const contracts = 'schemas/generated';
const catalogue = 'specs/requirements';

/** The rooms in the order of the flow. Each imports only rooms above it. */
const rooms: readonly Room[] = [
  { name: 'model', imports: [] },
  ...stages.map((name) => ({ name, imports: ['model', contracts] })),
  { name: 'engine/session', imports: ['model', ...stages] },
  { name: 'engine/preflight', imports: ['model', ...stages, 'engine/session'] },
  { name: 'engine/procedures', imports: ['model', ...stages, 'engine/session'] },
  { name: 'engine/run', imports: ['model', ...engine] },
  { name: 'report', imports: ['model'] },
  { name: 'attestation', imports: ['model', 'report'] },
  { name: 'reference', imports: [contracts] },
  { name: 'proof/independent', imports: [] },
  { name: 'generate', imports: ['model', 'engine/configuration', catalogue] },
  {
    name: 'proof',
    imports: ['model', ...engine, 'report', 'reference', 'proof/independent', 'generate', catalogue],
  },
  { name: 'cli', imports: ['model', ...engine, 'report', 'attestation', 'reference', catalogue] },
  { name: 'api.ts', imports: ['reference'] },
];

/**
 * The room of a path: the longest matching name. The catalogue and the generated contracts are rooms outside of
 * harness.
 */
function roomOf(file: string): string {
  const outside = [catalogue, contracts].find((name) => file.startsWith(`${name}/`));
  if (outside !== undefined) return outside;
  const names = rooms.map(({ name }) => name).filter((name) => `${file}/`.startsWith(`harness/${name}/`));
  return names.sort((one, other) => other.length - one.length)[0] ?? file;
}

for (const { name, imports } of rooms) {
  test(`harness/${name} imports itself and ${imports.join(', ') || 'nothing'}`, () => {
    const files = harness.filter((file) => roomOf(file) === name);
    expect(files.length).toBeGreaterThan(0);
    const stray = files.flatMap((file) =>
      graph
        .get(file)!
        .filter((target) => local(target) && ![name, ...imports].includes(roomOf(target)))
        .map((target) => `${file} imports ${target}`),
    );
    expect(stray).toEqual([]);
  });
}

test('the catalogue imports the model and what is known of operations, and nothing else of the engine', () => {
  const files = sources.filter((file) => file.startsWith(`${catalogue}/`));
  expect(files.length).toBeGreaterThan(0);
  const imported = new Set(files.flatMap((file) => graph.get(file)!.filter(local)));
  const stray = [...imported].filter((target) => ![catalogue, 'model'].includes(roomOf(target)));
  expect(stray).toEqual(['harness/engine/matrix/operations/index.ts']);
});

test('every file of harness is in a room, and the rooms are in the order of the flow', () => {
  const known = rooms.map(({ name }) => name);
  const homeless = harness.filter((file) => !known.includes(roomOf(file)));
  expect(homeless).toEqual([]);
  const against = rooms.flatMap(({ name, imports }, at) =>
    imports.filter((other) => known.indexOf(other) > at).map((other) => `${name} imports ${other}`),
  );
  expect(against).toEqual([]);
});

test('comparison and history read reports: no rendering of a run imports them', () => {
  const reading = /^harness\/report\/(compare|history)\//;
  const importing = harness.filter(
    (file) =>
      roomOf(file) === 'report' &&
      !reading.test(file) &&
      graph.get(file)!.some((target) => reading.test(target)),
  );
  expect(importing).toEqual([]);
});

test('the independent server is built on bytes: it imports node:net and node:crypto only', () => {
  const packages = harness
    .filter((file) => roomOf(file) === 'proof/independent')
    .flatMap((file) => graph.get(file)!.filter((name) => !local(name)));
  expect([...new Set(packages)].sort()).toEqual(['node:crypto', 'node:net']);
});

test('no imports go round in a circle', () => {
  expect(cyclesIn(graph)).toEqual([]);
  const circle = new Map([
    ['a', ['b']],
    ['b', ['c']],
    ['c', ['b']],
  ]);
  expect(cyclesIn(circle)).toEqual([['b', 'c', 'b']]);
});

test('every import exists and says its extension', () => {
  const known = new Set(repositoryFiles());
  const missing = sources.flatMap((file) =>
    graph
      .get(file)!
      .filter((name) => local(name) && !known.has(name))
      .map((name) => `${file} imports ${name}`),
  );
  expect(missing).toEqual([]);
});

test('every package that is imported is declared, those of the harness as dependencies', () => {
  const packageOf = (name: string): string =>
    name
      .split('/')
      .slice(0, name.startsWith('@') ? 2 : 1)
      .join('/');
  const used = (files: readonly string[]): string[] => {
    const names = files.flatMap((file) => graph.get(file)!).filter((name) => !local(name));
    // A package may import itself by name, from any of its files.
    return [...new Set(names.filter((name) => !name.startsWith('node:')).map(packageOf))]
      .filter((name) => name !== manifest.name)
      .sort();
  };
  const { dependencies, devDependencies } = manifest;
  const published = harness.filter((file) => !/^harness\/(proof\/benchmark|generate)\//.test(file));
  expect(used(published).filter((name) => !(name in dependencies))).toEqual([]);
  const all = { ...dependencies, ...devDependencies };
  // The linter of OpenAPI documents comes with the generator of their types.
  const lent = ['@redocly/openapi-core'];
  expect(used(sources).filter((name) => !(name in all) && !lent.includes(name))).toEqual([]);
});

const lengths = sources.map((file) => [file, textOf(file).split('\n').length - 1] as const);

test('no file is longer than 300 lines and half of them are shorter than 100', () => {
  expect(lengths.filter(([, lines]) => lines > 300)).toEqual([]);
  const sorted = lengths.map(([, lines]) => lines).sort((one, other) => one - other);
  expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(100);
});

test('nothing is exported by default but what Playwright wants so', () => {
  const defaults = sources.filter((file) => /^export default\b|\bas default\b/m.test(textOf(file)));
  expect(defaults.sort()).toEqual([
    'playwright.config.ts',
    'specs/runner/reporter.ts',
    'specs/runner/setup.ts',
    'specs/selftest/playwright.config.ts',
  ]);
});

test('no file of the repository points outside of it', () => {
  const elsewhere = ['..', 'shared'].join('/');
  const texts = repositoryFiles().filter((file) => !/\.(png|ico|woff2?)$/.test(file));
  expect(texts.length).toBeGreaterThan(100);
  expect(texts.filter((file) => textOf(file).includes(elsewhere))).toEqual([]);
});
