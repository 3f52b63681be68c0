import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { stringify } from 'yaml';
import type { BaselineEntry } from '../../../harness/model/index.ts';
import { startReference } from '../../../harness/reference/start.ts';
import { cli, conformance, leaksIn, linesOf, startRecorder, textsIn, through } from '../support/cli.ts';
import { requirementsThat } from '../support/engine.ts';

test.describe.configure({ timeout: 300_000 });

const challenged = 'contract/challenge-present';
const consistently = 'presentation/two-lines-answered-consistently';
const entry = (requirement: string, more: Partial<BaselineEntry> = {}): BaselineEntry => ({
  requirement,
  reason: 'the gateway is replaced, ticket 17',
  owner: 'gateway team',
  expires: '2999-12-31',
  ...more,
});

async function listed(...entries: readonly BaselineEntry[]): Promise<string> {
  const file = test.info().outputPath('known.yaml');
  await writeFile(file, stringify(entries));
  return file;
}

test('a run with only listed failures is conformant and says so everywhere; a key in a reason is not shown', {
  tag: '@thorough',
}, async () => {
  const server = await startReference({ faults: ['lines-in-turn', 'no-challenge'] });
  const key = server.keys.write;
  const baseline = await listed(
    entry(consistently, { reason: `<b>ticket</b> 17, seen with ${key}` }),
    entry(challenged),
  );
  try {
    const out = test.info().outputPath('report');
    const args = ['--depth', 'quick', '--baseline', baseline];
    const { exitCode, report, stdout } = await conformance(out, args, { environment: server.environment });
    expect([exitCode, report.verdict]).toEqual([0, 'conformant']);
    expect(requirementsThat(report, 'known')).toEqual([consistently, challenged]);
    expect(requirementsThat(report, 'fail')).toEqual([]);
    // Of two lines this server takes one in turn, so what should reject both may warn.
    const warned = requirementsThat(report, 'warn');
    expect(warned.filter((id) => id !== 'presentation/one-authorization-line')).toEqual([]);
    expect(report.baseline?.entries.map(({ state }) => state)).toEqual(['known', 'known']);
    expect(report.reason).toContain(`, except the known failures of ${consistently}, ${challenged} in `);
    const texts = await textsIn(out);
    expect(leaksIn([...texts, ['stdout', stdout]], [key])).toEqual([]);
    const files = Object.fromEntries(texts);
    expect(files['report.html']).toContain('&lt;b&gt;ticket&lt;/b&gt; 17, seen with');
    expect(files['report.html']).toContain('gateway team, until 2999-12-31');
    expect(files['junit.xml']).toContain(
      `<testsuite name="baseline" tests="2" failures="0" errors="0" skipped="0">`,
    );
    expect(files['summary.md']).toContain(`| ◐ known | \`${consistently}\` |`);
    expect(files['badge.json']).toContain(', 2 known failures"');
  } finally {
    await server.close();
  }
});

test('stale and expired entries gate, what was not run is not judged, and nothing beside an entry is hidden', async () => {
  const server = await startReference({ faults: ['signature-ignored'] });
  const baseline = await listed(
    entry('token/signature-verified', { scenario: 'zeros', operation: 'GET /v1/version' }),
    entry('token/signature-present', { expires: '2020-01-01', owner: 'old team' }),
    entry('contract/challenge-parses', { scenario: 'no-key' }),
    entry('expiry/keys-keep-working'),
  );
  try {
    const out = test.info().outputPath('report');
    const args = [
      '-g',
      'token/signature-(verified/(zeros|ones)|present)|challenge-parses',
      '--baseline',
      baseline,
    ];
    const { exitCode, report, stdout } = await conformance(out, args, {
      environment: { ...server.environment, GITHUB_ACTIONS: 'true' },
    });
    expect([exitCode, report.verdict]).toEqual([1, 'nonconformant']);
    expect(requirementsThat(report, 'fail')).toEqual(['token/signature-present', 'token/signature-verified']);
    const cells = report.requirements
      .flatMap(({ scenarios }) => scenarios)
      .filter(({ id }) => /signature-verified\/(zeros|ones)$/.test(id))
      .map((scenario) =>
        scenario.cells.filter(({ verdict }) => verdict === 'known').map(({ operation }) => operation),
      );
    expect(cells).toEqual([['GET /v1/version'], []]);
    expect(report.baseline?.entries.map(({ requirement, state }) => [requirement, state])).toEqual([
      ['token/signature-present', 'expired'],
      ['contract/challenge-parses', 'stale'],
      ['token/signature-verified', 'known'],
      ['expiry/keys-keep-working', 'not-judged'],
    ]);
    expect(report.baseline?.entries[3]?.why).toContain('-g ');
    expect(stdout).toContain(
      '✕ baseline token/signature-present is expired: its last day has passed and it still',
    );
    const read = (name: string): Promise<string> => readFile(join(out, name), 'utf8');
    const [html, junit, summary] = await Promise.all(['report.html', 'junit.xml', 'summary.md'].map(read));
    expect(html).toContain('2 entries out of date.');
    expect(html).toMatch(/stale<\/span>.*contract\/challenge-parses\/no-key/);
    expect(junit).toContain('<testsuite name="baseline" tests="4" failures="2" errors="0" skipped="1">');
    expect(junit).toContain('type="expired"');
    expect(summary).toContain('### Baseline, 2 entries out of date');
    expect(summary).toContain('| ✕ expired | `token/signature-present` |');
  } finally {
    await server.close();
  }
});

test('a run that only breaks its baseline is nonconformant, and its reason names the entry and its owner', {
  tag: '@thorough',
}, async () => {
  const server = await startReference();
  try {
    const out = test.info().outputPath('report');
    const file = await listed(entry('token/signature-present'));
    const args = ['-g', 'token/signature-present', '--baseline', file];
    const { exitCode, report } = await conformance(out, args, { environment: server.environment });
    expect([exitCode, report.verdict]).toEqual([1, 'nonconformant']);
    expect(report.reason).toMatch(/^the entry of token\/signature-present in .* is stale \(gateway team\): /);
    expect(await readFile(join(out, 'badge.json'), 'utf8')).toContain('"baseline out of date"');
  } finally {
    await server.close();
  }
});

for (const command of ['run', 'plan']) {
  test(`${command} refuses a baseline that names what does not exist, before anything is sent`, async () => {
    const server = await startReference();
    const recorder = await startRecorder(server.url);
    try {
      const environment = through(recorder, server.url, server.environment);
      const file = await listed(entry('token/signature-presents'));
      const { exitCode, stdout, stderr } = await cli([command, '--baseline', file], { environment });
      expect([exitCode, stdout]).toEqual([3, '']);
      expect(linesOf(stderr)).toEqual([
        `${file}, line 1, entry 1: there is no requirement token/signature-presents; the nearest is token/signature-present.`,
      ]);
      expect(recorder.connections()).toBe(0);
    } finally {
      await recorder.close();
      await server.close();
    }
  });
}
