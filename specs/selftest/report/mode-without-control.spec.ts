import { expect, test } from '@playwright/test';
import { readConfiguration } from '../../../harness/engine/configuration/configuration.ts';
import { controlLeftOut } from '../../../harness/engine/configuration/control-left-out.ts';
import { readOptions, writeOptions } from '../../../harness/engine/configuration/options.ts';
import { unlockOf } from '../../../harness/engine/configuration/unlocks.ts';
import { plan, runPreflight } from '../../../harness/engine/run/index.ts';
import { type Reference, startReference } from '../../../harness/reference/start.ts';
import { renderHtml } from '../../../harness/report/render/html/document.ts';
import { renderSummary } from '../../../harness/report/render/summary.ts';
import { renderTerminal } from '../../../harness/report/render/terminal.ts';
import { catalogue } from '../../requirements/index.ts';
import { cli, linesOf } from '../support/cli.ts';
import { runEngine } from '../support/engine.ts';
import { base } from '../support/environments.ts';

test.describe.configure({ timeout: 120_000 });

let server: Reference;
/** Only the two keys and key control. */
let environment: Record<string, string>;

test.beforeAll(async () => {
  server = await startReference();
  environment = {
    MUFI_BASE_URL: server.url,
    MUFI_WRITE_KEY: server.keys.write,
    MUFI_READ_KEY: server.keys.read,
    MUFI_CONTROL_URL: server.controlUrl,
    MUFI_CONTROL_TOKEN: server.controlToken,
  };
});

test.afterAll(() => server.close());

const controlSet = { MUFI_CONTROL_URL: 'http://control', MUFI_CONTROL_TOKEN: 'a token of enough letters' };

for (const mode of ['reject-only', 'observe'] as const) {
  const reason = `mode ${mode} does not use key control`;

  test(`if ${mode} leaves out key control that is set, every rendering says what brings it back`, async () => {
    const report = await runEngine(environment, { mode, depth: 'quick', families: ['regeneration'] });
    const unlock = `Run with --mode full; ${reason}.`;
    const found = report.notTested.find(({ capability }) => capability === 'key-control');
    expect([found?.unlock, found?.variables]).toEqual([unlock, []]);
    const terminal = renderTerminal(report, { color: false, reportPath: 'r', columns: 120 });
    expect(terminal.replaceAll(/\s+/g, ' ')).toMatch(/key-control: \d+ requirements not tested\. Run with/);
    for (const text of [terminal, renderSummary(report), renderHtml(report)]) {
      const plain = text.replaceAll(/[`\\]/g, '').replaceAll(/\s+/g, ' ');
      expect(plain).toContain(unlock);
      expect(plain).not.toContain('Offer key control');
    }
    const { reason: unclaimed } = report.profiles.find(({ id }) => id === 'lifecycle')!;
    expect(unclaimed).toContain('need key-control (--mode full)');
    expect(unclaimed).toContain('need revoked-key (MUFI_REVOKED_KEY, or --mode full)');
    const reasons = report.requirements.map((requirement) => requirement.reason);
    expect(reasons).toContain(`this run has no key-control: ${reason}`);
    expect(report.reason).not.toContain('does not do what it is for');
  });
}

for (const mode of ['full', 'reject-only', 'observe'] as const) {
  test(`plan in the mode ${mode} comes to what the run will try, with key control and without`, async () => {
    const { MUFI_CONTROL_URL: _url, MUFI_CONTROL_TOKEN: _token, ...keysOnly } = environment;
    for (const variables of [environment, keysOnly]) {
      const { stdout } = await cli(['plan', '--mode', mode], { environment: variables });
      const said = linesOf(stdout).flatMap((line) => /^(requirements|cells) +(\d+)/.exec(line)?.[2] ?? []);
      const target = readConfiguration(variables);
      const options = readOptions(writeOptions({ mode }) as NodeJS.ProcessEnv);
      const look = await runPreflight({ target, baseUrl: server.url, options, catalogue });
      await look.finish();
      const sent = plan(catalogue, look.state).filter(({ skip }) => skip === undefined);
      const cells = sent.flatMap(({ operations }) => operations);
      const requirements = new Set(sent.map(({ requirement }) => requirement.id));
      expect(said.map(Number)).toEqual([requirements.size, cells.length]);
    }
  });
}

test('plan names what the mode leaves out of the embedded reference server, and what it leaves out by itself', async () => {
  const { stdout } = await cli(['plan', '--mode', 'reject-only']);
  const said = linesOf(stdout);
  expect(said).toContainEqual(
    expect.stringMatching(
      /^ {2}mode reject-only \(\d+ scenarios\): It leaves out every operation that they use; run with --mode full\.$/,
    ),
  );
  for (const capability of ['key-control', 'clock', 'expiring-keys']) {
    expect(said).toContainEqual(
      expect.stringMatching(new RegExp(`^  ${capability} \\(\\d+ scenarios\\): Run with --mode full; mode`)),
    );
  }
});

test('what can be supplied instead of key control is named in addition to the mode', () => {
  const leftOut = controlLeftOut(readConfiguration({ ...base, ...controlSet }), 'observe');
  const { sentence, variables } = unlockOf('other-project-keys', leftOut);
  const keys = ['MUFI_OTHER_PROJECT_WRITE_KEY', 'MUFI_OTHER_PROJECT_READ_KEY'];
  expect([sentence, variables]).toEqual([
    `Set ${keys.join(' and ')}, or run with --mode full; mode observe does not use key control.`,
    keys,
  ]);
  expect(unlockOf('replicas', leftOut)).toEqual(unlockOf('replicas'));
});

test('a production host is only observed, so another one is named for --mode full', () => {
  const target = readConfiguration({ ...base, ...controlSet, MUFI_BASE_URL: 'https://api.mufi.app' });
  expect(controlLeftOut(target, 'observe')?.next).toBe(
    'run with --mode full against another host than api.mufi.app, where only observe is allowed',
  );
});

test('a target without key control, and the mode full, leave nothing out', () => {
  expect(controlLeftOut(readConfiguration(base), 'observe')).toBeUndefined();
  expect(controlLeftOut(readConfiguration({ ...base, ...controlSet }), 'full')).toBeUndefined();
});
