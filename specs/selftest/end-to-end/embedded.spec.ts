import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { conformance, leaksIn, textsIn } from '../support/cli.ts';
import { requirementsThat } from '../support/engine.ts';

/** Writes down every key that the server inside the child lets in; it listens and changes nothing. */
const listener = (file: string): string => {
  const code = `import{subscribe}from'node:diagnostics_channel';import{appendFileSync}from'node:fs';
subscribe('http.server.response.finish',({request,response})=>{const{authorization='',host}=request.headers;
if(response.statusCode<300&&!request.url.startsWith('/control'))appendFileSync(${JSON.stringify(file)},authorization+'\\n')})`;
  return `--import data:text/javascript;base64,${Buffer.from(code).toString('base64')}`;
};

test.describe.configure({ timeout: 300_000 });

test('without any configuration the whole matrix runs against the embedded server and keeps every key', async () => {
  const out = test.info().outputPath('report');
  const hidden = await mkdtemp(join(tmpdir(), 'conformance-'));
  try {
    const accepted = join(hidden, 'accepted.txt');
    const { exitCode, report, stdout, stderr } = await conformance(out, [], {
      environment: { NODE_OPTIONS: listener(accepted) },
    });
    expect(exitCode).toBe(0);
    expect(report.verdict).toBe('conformant');
    expect(report.profiles.map(({ id, claimed, verdict }) => [id, claimed, verdict])).toEqual([
      ['core', true, 'conformant'],
      ['lifecycle', true, 'conformant'],
      ['isolation', true, 'conformant'],
      ['transport', false, 'not-claimed'],
    ]);
    expect(report.counts.cells).toBeGreaterThan(2_000);
    expect(requirementsThat(report, 'inconclusive', 'not-tested', 'warn', 'fail', 'known')).toEqual([]);
    expect(report.suiteFaults).toEqual([]);
    expect((await readdir(out)).sort()).toEqual([
      'badge.json',
      'junit.xml',
      'report.html',
      'report.json',
      'summary.md',
    ]);
    expect(stdout).toContain(join(out, 'report.html'));
    expect(stderr).toBe('');

    const tokens = (await readFile(accepted, 'utf8')).matchAll(/[\w-]+\.[\w-]+\.[\w-]+/g);
    const keys = [...new Set([...tokens].map(([key]) => key))];
    expect(keys.length, 'keys that the embedded server let in').toBeGreaterThan(10);
    expect(leaksIn([...(await textsIn(out)), ['terminal', stdout]], keys)).toEqual([]);
  } finally {
    await rm(hidden, { recursive: true });
  }
});
