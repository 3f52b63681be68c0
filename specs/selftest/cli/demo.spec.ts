import { expect, test } from '@playwright/test';
import { refuseDemo } from '../../../harness/engine/configuration/demo.ts';
import { variableNames } from '../../../harness/engine/configuration/variables.ts';
import { cli, linesOf } from '../support/cli.ts';
import { everything } from '../support/environments.ts';

/** Variables that make sense in every run; if one of them is set, the empty base URL need not be a mistake. */
const ofEveryRun = [
  'MUFI_MAX_RPS',
  'MUFI_CONCURRENCY',
  'MUFI_TIMEOUT_MS',
  'MUFI_TIME_LIMIT',
  'MUFI_CERTIFICATE_KEY',
];

test('every variable that is about a server is refused without a base URL, and only those', () => {
  for (const name of variableNames) {
    if (name === 'MUFI_BASE_URL') continue;
    const refuse = () => refuseDemo({ [name]: everything[name] ?? 'x' }, undefined, []);
    if (ofEveryRun.includes(name)) expect(refuse, name).not.toThrow();
    else expect(refuse, name).toThrow(/^MUFI_\w+( \(or --\w+\))? is set but MUFI_BASE_URL is not set, /);
  }
  expect(() => refuseDemo({ MUFI_WITHOUT: '' }, undefined, [])).not.toThrow();
  expect(() => refuseDemo({ ...everything }, undefined, ['--strict'])).not.toThrow();
});

for (const [args, environment, what] of [
  [['--strict'], {}, '--strict is given'],
  [['--profile', 'core'], {}, '--profile is given'],
  [['--baseline', 'none.yaml'], {}, '--baseline is given'],
  [['--wait', '3'], {}, '--wait is given'],
  [['--without', 'GET /v1/version'], {}, 'MUFI_WITHOUT (or --without) is set'],
  [[], { MUFI_PRODUCTION_HOSTS: 'one.example' }, 'MUFI_PRODUCTION_HOSTS is set'],
  [[], { MUFI_USER_AGENT: 'me/1' }, 'MUFI_USER_AGENT is set'],
] as const) {
  test(`not a demo, but exit code 3 and one sentence, if ${what}`, async () => {
    const { exitCode, stdout, stderr } = await cli(['run', ...args], { environment });
    expect([exitCode, stdout]).toEqual([3, '']);
    expect(linesOf(stderr)).toEqual([
      expect.stringContaining(
        `${what} but MUFI_BASE_URL is not set, so there is no server to test; set MUFI_BASE_URL, or `,
      ),
    ]);
  });
}

test('plan takes options about a server without one, because no verdict follows', async () => {
  const { exitCode, stdout } = await cli(['plan', '--profile', 'core', '--strict']);
  expect([exitCode, stdout.split('\n')[0]]).toEqual([0, 'target        the embedded reference server']);
});
