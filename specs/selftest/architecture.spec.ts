import { expect, test } from '@playwright/test';
import manifest from '../../package.json' with { type: 'json' };
import { cyclesIn, importsOf, repositoryFiles, textOf } from './support/imports.ts';

const sources = repositoryFiles('harness', 'specs', '.github', 'playwright.config.ts').filter((file) =>
  /\.[cm]?tsx?$/.test(file),
);
const graph = new Map(sources.map((file) => [file, importsOf(file)]));
const harness = sources.filter((file) => file.startsWith('harness/'));
const local = (name: string): boolean => /^(harness|specs|schemas|\.github|package\.json)/.test(name);

/** Imports of files in a folder that none of the patterns allows. */
function strayImports(folder: string, allowed: readonly RegExp[]): string[] {
  return harness
    .filter((file) => file.startsWith(`harness/${folder}/`))
    .flatMap((file) =>
      graph
        .get(file)!
        .filter((name) => local(name) && !allowed.some((pattern) => pattern.test(name)))
        .map((name) => `${file} imports ${name}`),
    )
    .sort();
}

const model = /^harness\/model(\.ts|\/)/;
const generated = /^schemas\/generated\//;
const operations = /^harness\/generate\/operations\.ts$/;
const own = (folder: string): RegExp => new RegExp(`^harness/${folder}/`);

for (const stage of ['target', 'credentials', 'control', 'matrix', 'probe', 'verdict', 'evidence']) {
  test(`the stage ${stage} imports the vocabulary, the generated contracts and its own folder`, () => {
    expect(harness.some((file) => file.startsWith(`harness/${stage}/`))).toBe(true);
    expect(strayImports(stage, [model, operations, generated, own(stage)])).toEqual([]);
  });
}

test('the report imports the vocabulary and its own folder', () => {
  expect(strayImports('report', [model, own('report')])).toEqual([]);
});

test('the comparison reads reports: their schema, baseline, what to fix first and the words of their renderings', () => {
  const read =
    /^harness\/report\/(schema|baseline|render\/(answerer|fixes|plain|text|words|wrap|markdown))\.ts$/;
  expect(harness.some((file) => own('compare').test(file))).toBe(true);
  expect(strayImports('compare', [model, read, own('compare')])).toEqual([]);
});

test('the certificate imports the vocabulary, the report and its own folder', () => {
  expect(strayImports('certificate', [model, own('report'), own('certificate')])).toEqual([]);
});

test('the reference server shares no code with the suite', () => {
  expect(strayImports('reference', [own('reference'), generated])).toEqual([]);
});

test('the independent server shares no code with the reference server, the suite or the front ends', () => {
  expect(harness.some((file) => own('prove/independent').test(file))).toBe(true);
  expect(strayImports('prove/independent', [own('prove/independent')])).toEqual([]);
  const packages = harness
    .filter((file) => own('prove/independent').test(file))
    .flatMap((file) => graph.get(file)!.filter((name) => !local(name)));
  expect([...new Set(packages)].sort()).toEqual(['node:crypto', 'node:net']);
});

test('the generator imports the vocabulary, and its entry what it generates from', () => {
  expect(strayImports('generate', [own('generate'), model])).toEqual([
    'harness/generate/index.ts imports harness/marked-block.ts',
    'harness/generate/index.ts imports harness/report/schema.ts',
    'harness/generate/index.ts imports harness/target/variables.ts',
    'harness/generate/index.ts imports specs/requirements/index.ts',
    'harness/generate/variables-table.ts imports harness/marked-block.ts',
  ]);
  const contracts = ['operations', 'references'].flatMap((name) => graph.get(`harness/generate/${name}.ts`)!);
  expect(contracts.filter((name) => !own('generate').test(name))).toEqual([]);
});

test('the vocabulary imports no stage', () => {
  expect(strayImports('model', [own('model')])).toEqual([]);
  expect(graph.get('harness/model.ts')!.filter((name) => !own('model').test(name))).toEqual([]);
});

/** Commands, what the package exports, the benchmark, and the proof that drives everything in one process. */
const entries = /^harness\/(api\.ts$|bench\/|cli\/|prove\/|generate\/index\.ts$)/;

test('only entries and the specs know the catalogue, and only they start the reference server', () => {
  const knowing = (target: RegExp): string[] =>
    harness.filter((file) => !target.test(file) && graph.get(file)!.some((name) => target.test(name)));
  expect(knowing(/^specs\//).filter((file) => !entries.test(file))).toEqual([]);
  expect(knowing(own('reference')).filter((file) => !entries.test(file))).toEqual([]);
});

test('only the pipeline and entries compose stages', () => {
  const stages = /^harness\/(target|credentials|control|matrix|probe|verdict|evidence|report)\//;
  const composer = /^harness\/(pipeline(\/|\.ts)|compare\/|certificate\/)/;
  const composing = harness.filter((file) => {
    const folder = file.split('/')[1];
    const used = new Set(graph.get(file)!.flatMap((name) => stages.exec(name)?.[1] ?? []));
    used.delete(folder ?? '');
    return used.size > 0 && !composer.test(file) && !entries.test(file);
  });
  expect(composing).toEqual([]);
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
    // A package may name itself, wherever its files lie.
    return [...new Set(names.filter((name) => !name.startsWith('node:')).map(packageOf))]
      .filter((name) => name !== manifest.name)
      .sort();
  };
  const { dependencies, devDependencies } = manifest;
  const published = harness.filter((file) => !/^harness\/(bench|generate)\//.test(file));
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
    'specs/reporter.ts',
    'specs/selftest/playwright.config.ts',
    'specs/setup.ts',
  ]);
});

test('no file of the repository points outside of it', () => {
  const elsewhere = ['..', 'shared'].join('/');
  const texts = repositoryFiles().filter((file) => !/\.(png|ico|woff2?)$/.test(file));
  expect(texts.length).toBeGreaterThan(100);
  expect(texts.filter((file) => textOf(file).includes(elsewhere))).toEqual([]);
});
