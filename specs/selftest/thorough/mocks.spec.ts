import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { installTools } from '../../../harness/proof/benchmark/tools.ts';
import { anyKeys } from '../../../harness/proof/kill-matrix/servers.ts';
import { fixesOf } from '../../../harness/report/findings/ranking.ts';
import { type Child, cli, ended, into, linesOf, reportIn, repository, start } from '../support/cli.ts';
import { listening } from '../support/server.ts';

/** Mock servers that people use; the newest versions that run on Node 20. */
const versions = {
  '@hono/node-server': '2.1.8',
  '@mockoon/cli': '9.9.0',
  '@scalar/mock-server': '0.14.4',
  '@stoplight/prism-cli': '5.14.2',
};
const document = join(repository, 'schemas', 'mufi.openapi.yaml');
const scalar = `import { readFileSync } from 'node:fs';
  import { serve } from '@hono/node-server';
  import { createMockServer } from '@scalar/mock-server';
  const { fetch } = await createMockServer({ document: readFileSync(process.argv[2], 'utf8') });
  serve({ fetch, port: Number(process.argv[3]), hostname: '127.0.0.1' });
`;

interface Mock {
  /** The program and its arguments. */
  readonly args: (port: string) => readonly string[];
  /** The one requirement at the top of the report, and what the report says about the operations. */
  readonly cause: string;
  readonly note: string;
}

const bin = (name: string): string => join('node_modules', '.bin', name);
const anyText = { cause: 'token/signature-verified', note: 'accept any text after Bearer' };
const mocks: Readonly<Record<string, Mock>> = {
  Prism: {
    args: (port) => [bin('prism'), 'mock', '--host', '127.0.0.1', '--port', port, document],
    ...anyText,
  },
  Scalar: { args: (port) => ['scalar.mjs', document, port], ...anyText },
  Mockoon: {
    args: (port) => [
      ...[bin('mockoon-cli'), 'start', '--data', document, '--port', port],
      ...['--hostname', '127.0.0.1', '--disable-log-to-file', '--disable-admin-api'],
    ],
    cause: 'presentation/key-required',
    note: 'answer without any key',
  },
};

let tools = '';
test.describe.configure({ mode: 'default', timeout: 240_000 });

test.beforeAll(async () => {
  test.setTimeout(300_000);
  tools = await installTools(versions);
  await writeFile(join(tools, 'scalar.mjs'), scalar);
});

async function freePort(): Promise<string> {
  const { url, close } = await listening(createServer());
  await close();
  return new URL(url).port;
}

/** Waits until a mock answers a documented path. */
async function answers(url: string, child: Child): Promise<number> {
  const headers = { authorization: 'Bearer a.b.c' };
  for (let left = 120; left > 0 && child.exitCode === null; left -= 1) {
    const status = await fetch(`${url}/v1/version`, { headers }).then(
      (response) => response.status,
      () => undefined,
    );
    if (status !== undefined) return status;
    await sleep(500);
  }
  throw new Error(`${url} does not answer`);
}

for (const [name, { args, cause, note }] of Object.entries(mocks)) {
  test(`${name} serves the document, and its report begins with one cause`, async () => {
    const port = await freePort();
    const child = start(process.execPath, args(port), { cwd: tools });
    const end = ended(child);
    const out = test.info().outputPath('run');
    const url = `http://127.0.0.1:${port}`;
    try {
      expect(await answers(url, child)).toBe(200);
      const environment = { ...(await anyKeys()), MUFI_BASE_URL: url };
      const { exitCode, stdout } = await cli(into(out, '--depth', 'quick'), { environment });
      expect(exitCode, stdout).toBe(1);
      const first = linesOf(stdout).find((line) => line.startsWith('✕ MUST'));
      expect(first).toContain(cause);
      const report = await reportIn(out);
      expect(report.reason).toContain(`(${cause}) and `);
      const { failing, note: said = '' } = fixesOf(report);
      expect(said).toContain(note);
      expect(stdout.replaceAll(/\s+/g, ' ')).toContain(said);
      const bad = failing.filter(
        ({ kind, consequenceOf }) => kind === 'let-in' && consequenceOf === undefined,
      );
      expect(bad.map(({ requirement }) => requirement.id)).toEqual([cause]);
      expect(failing.length).toBeGreaterThan(10);
    } finally {
      child.kill();
      await end;
    }
  });
}
