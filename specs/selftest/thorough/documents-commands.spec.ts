import { chmod, copyFile, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type Reference, type ReferenceOptions, startReference } from '../../../harness/reference/start.ts';
import { reportIn, repository, run } from '../support/cli.ts';
import { textOf } from '../support/imports.ts';
import { codeBlocks } from '../support/markdown.ts';
import { pageBlocks } from '../support/readme.ts';

/** Blocks that other tests run, by what they contain. */
const elsewhere: readonly (readonly [contains: string, by: string])[] = [
  ['apt-get', '.ci/run'],
  ['npm run check ', '.ci/run'],
  ['PREPARED_KEY=', 'specs/selftest/end-to-end/replay-prepared.spec.ts'],
  ['MUFI_CONTROL_URL=http://127.0.0.1:9090', 'specs/selftest/engine/key-control/example.spec.ts'],
  ['npm install --save-dev', 'specs/selftest/thorough/package.spec.ts'],
  ['generateKeyPairSync', 'specs/selftest/thorough/certify.spec.ts'],
  ['mufi-conformance certify', 'specs/selftest/thorough/certify.spec.ts'],
  ['mufi-conformance verify', 'specs/selftest/thorough/certify.spec.ts'],
];
const pages = ['README.md', 'CONTRIBUTING.md', '.github/WORKFLOWS.md'].concat(
  ['reports', 'schemas', 'harness', 'harness/attestation'].map((folder) => `${folder}/README.md`),
);

/** A block that is run here: where it is, what it needs, and how its last command ends. */
interface Row {
  readonly page: string;
  readonly heading: string;
  readonly server?: ReferenceOptions;
  /** Prepares the folder. */
  readonly before?: (folder: string) => Promise<unknown>;
  /** The block as the shell gets it. */
  readonly as?: (code: string) => string;
  readonly exitCode: number;
  /** Set if it writes no report. */
  readonly leaves?: true;
}

const latest = (folder: string): string => join(folder, 'reports', 'latest');
const rows: Readonly<Record<string, Row>> = {
  'npm ci && npm run conformance': { page: 'README.md', heading: 'Two commands', exitCode: 0 },
  'npm run plan': { page: 'README.md', heading: 'Two commands', server: {}, exitCode: 0 },
  'npm run -s compare': {
    page: 'reports/README.md',
    heading: 'Comparing two runs',
    before: (folder) =>
      Promise.all(
        ['last-night', 'staging', 'mock'].map((name) =>
          cp(latest(folder), join(folder, name), { recursive: true }),
        ),
      ),
    exitCode: 0,
  },
  'npm run -s history': {
    page: 'reports/README.md',
    heading: 'The history of many runs',
    before: (folder) => cp(latest(folder), join(folder, 'nights', '1'), { recursive: true }),
    exitCode: 0,
  },
  '--sarif': { page: 'reports/README.md', heading: 'Code scanning \\(SARIF\\)', server: {}, exitCode: 0 },
  '--baseline': {
    page: 'reports/README.md',
    heading: 'Known failures: the baseline',
    server: { faults: ['signature-ignored'] },
    before: async (folder) => {
      const [known = ''] = pageBlocks('reports/README.md', 'Known failures: the baseline', 'yaml');
      await writeFile(join(folder, 'known.yaml'), known.replace('2026-12-31', '2999-12-31'));
    },
    exitCode: 1,
  },
  'replay -- regeneration': {
    page: 'reports/README.md',
    heading: 'All steps again',
    server: { faults: ['old-key-accepted'] },
    exitCode: 1,
    leaves: true,
  },
  '-g token/': { page: 'reports/README.md', heading: 'Run a part of it', server: {}, exitCode: 2 },
  '--watch --restart': {
    page: 'reports/README.md',
    heading: 'While you fix',
    server: {},
    // The server already runs: nothing has to be started, and nobody presses a key.
    before: (folder) => writeFile(join(folder, 'server.mjs'), ''),
    exitCode: 0,
  },
  '--shard 1/3': {
    page: 'reports/README.md',
    heading: 'Shards',
    server: {},
    // Replaces "and so on".
    as: (code) =>
      code.replace(/^.*1\/3.*$/m, (line) =>
        ['1', '2', '3'].map((n) => line.replace('1/3', `${n}/3`).replace('parts/1', `parts/${n}`)).join('\n'),
      ),
    exitCode: 0,
  },
  'MUFI_HTTP_URL=http': {
    page: 'schemas/README.md',
    heading: 'Over HTTPS',
    server: { tls: true },
    exitCode: 0,
  },
  'public-key': {
    page: 'schemas/README.md',
    heading: 'The public key',
    server: { algorithm: 'ES256' },
    exitCode: 0,
  },
  '--openapi stricter.yaml': {
    page: 'schemas/README.md',
    heading: 'Stricter documents',
    server: {},
    before: (folder) =>
      copyFile(join(repository, 'schemas', 'mufi.openapi.yaml'), join(folder, 'stricter.yaml')),
    exitCode: 0,
  },
};

test.describe.configure({ mode: 'default', timeout: 300_000 });

let folder = '';
test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'conformance-documents-'));
  const script = join(repository, 'harness', 'start.mjs');
  // npm as the pages call it, but from the sources and into this folder; the matrix at depth quick.
  const npm = `#!/bin/sh
[ "$1" = ci ] && exit 0
shift; [ "$1" = -s ] && shift
name=$1; shift; [ "$1" = -- ] && shift
if [ "$name" = conformance ]; then set -- run --depth quick "$@"; else set -- "$name" "$@"; fi
exec '${process.execPath}' ${script} "$@"
`;
  await mkdir(join(folder, 'bin'));
  await writeFile(join(folder, 'bin', 'npm'), npm);
  await chmod(join(folder, 'bin', 'npm'), 0o755);
});
test.afterAll(() => rm(folder, { recursive: true, force: true }));

test('every shell block of the pages is run here, or by a test or the gate that has its name here', () => {
  const known = [...Object.keys(rows), ...elsewhere.map(([contains]) => contains)];
  const blocks = pages.flatMap((page) =>
    codeBlocks(textOf(page)).flatMap(({ language, code }) => (language === 'sh' ? [`${page}: ${code}`] : [])),
  );
  expect(blocks.length).toBeGreaterThan(12);
  expect(blocks.filter((block) => !known.some((contains) => block.includes(contains)))).toEqual([]);
  for (const contains of known) expect(blocks.join('\n'), contains).toContain(contains);
  for (const [, by] of elsewhere) expect(textOf(by).length).toBeGreaterThan(0);
});

for (const [contains, row] of Object.entries(rows)) {
  test(`the commands of ${row.page}, ${row.heading}, do what it says: ${contains}`, async () => {
    const [code = ''] = pageBlocks(row.page, row.heading, 'sh').filter((text) => text.includes(contains));
    let server: Reference | undefined;
    try {
      server = row.server && (await startReference(row.server));
      await row.before?.(folder);
      // Values that a reader sets are already set.
      const own = (row.as?.(code) ?? code).replace(/^export (MUFI_|NODE_EXTRA).*$/gm, '');
      const environment = {
        ...(server?.environment as Record<string, string> | undefined),
        PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH}`,
      };
      const { exitCode, stdout, stderr } = await run('bash', ['-c', own], { cwd: folder, environment });
      expect(exitCode, `${stdout}\n${stderr}`).toBe(row.exitCode);
      if (row.leaves === true) return;
      const { verdict } = await reportIn(latest(folder));
      expect(['conformant', 'nonconformant', 'partial'].indexOf(verdict)).toBe(row.exitCode);
    } finally {
      await server?.close();
    }
  });
}
