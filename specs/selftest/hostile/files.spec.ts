import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from '@playwright/test';
import { Unusable } from '../../../harness/attestation/errors.ts';
import { readImplementation } from '../../../harness/attestation/implementation.ts';
import { compareCommand } from '../../../harness/cli/compare.ts';
import { mergeCommand } from '../../../harness/cli/merge.ts';
import { textOf } from '../../../harness/cli/text-of.ts';
import { verifyCommand } from '../../../harness/cli/verify.ts';
import { readBaseline } from '../../../harness/engine/configuration/baseline.ts';
import { readConfiguration } from '../../../harness/engine/configuration/configuration.ts';
import { ConfigurationError } from '../../../harness/engine/configuration/configuration-error.ts';
import { loadDocument } from '../../../harness/engine/configuration/operations.ts';
import { partFile } from '../../../harness/report/shard.ts';
import { linesOf } from '../support/cli.ts';
import { mostMs, withinBounds } from '../support/hostile.ts';

test.describe.configure({ timeout: mostMs + 20_000 });

/** A reader of a file, and where the file has to be. */
interface Reader {
  readonly name: string;
  readonly read: (path: string) => unknown;
  readonly file?: string;
}

const readers: readonly Reader[] = [
  { name: 'a report of compare', read: (path) => compareCommand(path, path, { format: 'text' }) },
  { name: 'the baseline', read: (path) => readBaseline(path, { requirements: new Map(), operations: [] }) },
  { name: 'the OpenAPI document', read: (path) => loadDocument(path) },
  { name: 'the .env file', read: (path) => readConfiguration({}, path) },
  {
    name: 'the file of --implementation',
    read: (path) => readImplementation(textOf(path, '--implementation'), path, false),
  },
  { name: 'the file of --keys', read: (path) => verifyCommand(dirname(path), path) },
  {
    name: 'the part of a shard',
    read: (path) => mergeCommand([dirname(path)], `${path}-out`),
    file: partFile,
  },
];
const names = readers.map(({ name }) => name);

/** The content of a file, or what exists instead of it. */
interface FileRow {
  /** Words that follow "a file that". */
  readonly is: string;
  readonly make: string | Buffer | ((path: string) => void);
  /** The readers that accept it. */
  readonly taken?: readonly string[];
}

const deep = 100_000;
const polluted = '"polluted":true';

const rows: readonly FileRow[] = [
  { is: 'does not exist', make: () => undefined, taken: ['the .env file'] },
  { is: 'is a folder', make: (path) => mkdirSync(path) },
  { is: 'is a pipe', make: (path) => void execFileSync('mkfifo', [path]) },
  { is: 'is empty', make: '', taken: ['the baseline'] },
  { is: 'is a blank', make: ' \n', taken: ['the baseline'] },
  { is: 'is a zero byte', make: Buffer.from([0]) },
  { is: 'is not UTF-8', make: Buffer.from([0xc3, 0x28, 0xa0, 0xff, 0xfe]) },
  { is: 'is UTF-16', make: Buffer.from('\ufeff{"keys":[]}', 'utf16le') },
  { is: 'is gzip', make: Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]) },
  { is: 'says null', make: 'null', taken: ['the baseline'] },
  { is: 'says true', make: 'true' },
  { is: 'is a number beyond all bounds', make: '1e999' },
  { is: 'is a text', make: '"MUFI"' },
  { is: 'is an empty list', make: '[]', taken: ['the baseline'] },
  { is: 'is an empty object', make: '{}' },
  { is: 'is half an object', make: '{"schemaVersion":"1.0","keys":[{' },
  { is: 'is HTML', make: '<!doctype html><title>x</title>' },
  { is: 'is a list of nulls', make: '[null, null]' },
  { is: 'is a list of lists', make: '[[[]]]' },
  { is: `nests lists ${deep} deep`, make: '['.repeat(deep) },
  { is: 'nests closed lists 20000 deep', make: '['.repeat(20_000) + ']'.repeat(20_000) },
  { is: `nests closed lists ${deep} deep`, make: '['.repeat(deep) + ']'.repeat(deep) },
  { is: `nests objects ${deep} deep`, make: `${'{"keys":'.repeat(deep)}1${'}'.repeat(deep)}` },
  { is: `nests blocks ${deep} deep on a line`, make: `${'- '.repeat(deep)}x` },
  { is: `nests keys ${deep} deep on a line`, make: `${'? '.repeat(deep)}x` },
  {
    is: 'nests blocks 1000 deep',
    make: Array.from({ length: 1000 }, (_, at) => `${' '.repeat(at)}a:\n`).join(''),
  },
  { is: 'has a line of 900,000 characters', make: `{"${'x'.repeat(900_000)}":1}` },
  { is: 'has 90,000 members', make: `{${Array.from({ length: 90_000 }, (_, at) => `"${at}":1`).join()}}` },
  {
    is: 'names a schema version of the future',
    make: '{"schemaVersion":"99.0","partVersion":"99.0","openapi":"99.0"}',
  },
  {
    is: 'names a schema version of escapes',
    make: '{"schemaVersion":"\\u001b[2J\\n::error::x","partVersion":"\\u009b","openapi":"\\u001b"}',
  },
  {
    is: 'names a schema version that is an object',
    make: '{"schemaVersion":{"toString":1},"partVersion":[],"openapi":{}}',
  },
  {
    is: 'has members that lead to prototypes',
    make: `{"__proto__":{${polluted}},"constructor":{"prototype":{${polluted}}}}`,
  },
  { is: 'is a list of such members', make: `[{"__proto__":{${polluted}}}]` },
  {
    is: 'has the right version and prototypes for the rest',
    make: `{"schemaVersion":"1.0","partVersion":"1.0","openapi":"3.1.0","keys":{"__proto__":{${polluted}}},"__proto__":{${polluted}}}`,
  },
  { is: 'holds escapes for terminals', make: '\u001b]0;x\u0007\u009b2J{"a":"\u001b[31m"}' },
  { is: 'holds names of escapes', make: '{"\\u001b[2J\\n::error::x":1,"\\u009b":{}}' },
  { is: 'begins with a workflow command', make: '::error::x\n::set-output name=x::y\n' },
  { is: 'multiplies by aliases', make: aliases() },
  { is: 'refers to itself', make: 'a: &a\n  b: *a\n' },
  {
    is: 'has tags of a language',
    make: 'a: !!js/function "() => 1"\nb: !!python/object/apply:os.system ["x"]\n',
  },
  { is: 'has a template in it', make: '{"a":"$' + '{process.env.MUFI_WRITE_KEY}","b":"$(id)","c":"`id`"}' },
];

function aliases(): string {
  const levels = Array.from(
    { length: 30 },
    (_, at) => `a${at + 1}: &a${at + 1} [${Array(9).fill(`*a${at}`).join()}]`,
  );
  return `a0: &a0 [x]\n${levels.join('\n')}\n`;
}

/** What a reader says about a file; undefined if it accepts it. */
async function saidOf(read: () => unknown): Promise<string | undefined> {
  try {
    await read();
    return undefined;
  } catch (error) {
    // `certify` turns this into a ConfigurationError.
    const isOurs = error instanceof ConfigurationError || error instanceof Unusable;
    expect(isOurs, String((error as Error).stack)).toBe(true);
    return (error as Error).message;
  }
}

for (const { is, make, taken = [] } of rows) {
  test(`a file that ${is} is one sentence, whoever reads it`, async () => {
    test.skip(process.platform === 'win32' && is === 'is a pipe', 'Windows has no named pipes in folders');
    await withinBounds(async () => {
      for (const [index, { name, read, file = 'input' }] of readers.entries()) {
        const path = test.info().outputPath(`${index}`, file);
        mkdirSync(dirname(path), { recursive: true });
        if (typeof make === 'function') make(path);
        else writeFileSync(path, make);
        const said = await saidOf(() => read(path));
        if (taken.includes(name)) {
          expect(said, name).toBeUndefined();
          continue;
        }
        expect(said, name).toBeDefined();
        expect(linesOf(said ?? ''), name).toHaveLength(1);
        expect(said, name).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]|^::/u);
        expect(said?.length, name).toBeLessThan(test.info().outputDir.length + 400);
        expect(said, name).toMatch(/\.$/);
      }
    });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
}

test('every hostile file has its own row', () => {
  expect(new Set(rows.map((row) => row.is)).size).toBe(rows.length);
  expect(rows.length * names.length).toBeGreaterThan(200);
});
