import { expect, test } from '@playwright/test';
import type { Report } from '../../../harness/model/report.ts';
import { type Reference, startReference } from '../../../harness/reference/start.ts';
import { run } from '../support/cli.ts';
import { runEngine } from '../support/engine.ts';
import { pageBlocks } from '../support/readme.ts';

const lines = [
  ['a key that was regenerated', 'regeneration/old-key-rejected-at-once/write-key', /PREPARED_KEY: needs a/],
  [
    'a forged spelling of such a key',
    'regeneration/respelled-old-key-rejected/unused-bits',
    /PREPARED_KEY is not exported; set it to a used and regenerated write key/,
  ],
] as const;

test.describe.configure({ mode: 'default', timeout: 300_000 });

let server: Reference;
let report: Report;
let supplied: Record<string, string>;

test.beforeAll('a server that lets regenerated keys in is tested', async () => {
  test.setTimeout(300_000);
  server = await startReference({ faults: ['old-key-accepted', 'denylist-by-text'] });
  const scenarios = new RegExp(lines.map(([, scenario]) => scenario).join('|'));
  const names = [
    'MUFI_BASE_URL',
    'MUFI_WRITE_KEY',
    'MUFI_READ_KEY',
    'MUFI_CONTROL_URL',
    'MUFI_CONTROL_TOKEN',
  ];
  supplied = Object.fromEntries(names.map((name) => [name, String(server.environment[name])]));
  report = await runEngine(supplied, { depth: 'quick', scenarios });
});
test.afterAll(() => server.close());

function replayOf(scenario: string) {
  const found = report.requirements
    .flatMap(({ scenarios }) => scenarios)
    .find(({ id }) => id === scenario)
    ?.cells.find(({ verdict }) => verdict === 'fail');
  const exchange = report.exchanges.find(({ id }) => id === found?.exchanges[0]);
  return { command: exchange?.replay ?? '', status: exchange?.response?.status };
}

for (const [what, scenario, complaint] of lines) {
  test(`the replay line of ${what} sends nothing if the key is missing, and names the key`, async () => {
    const { command } = replayOf(scenario);
    const { exitCode, stdout, stderr } = await run('sh', ['-c', command], { environment: supplied });
    expect(exitCode).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toMatch(complaint);
  });

  test(`with the steps of reports/README.md the replay line of ${what} shows the recorded status`, async () => {
    const { command, status } = replayOf(scenario);
    const [steps = ''] = pageBlocks('reports/README.md', 'Keys that a replay line asks for', 'sh');
    const script = `${steps}\n${command}`;
    const { stdout, stderr } = await run('sh', ['-c', script], { environment: supplied });
    expect(/^HTTP\/1\.1 (\d{3})/.exec(stdout)?.[1], stderr).toBe(String(status));
    expect(status).toBe(200);
  });
}
