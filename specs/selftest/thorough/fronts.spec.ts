import { expect, test } from '@playwright/test';
import { fronts } from '../../../harness/proof/fronts/index.ts';
import { isInstalled } from '../../../harness/proof/fronts/start.ts';
import { behindFront, notTried } from '../support/fronts.ts';
import { textOf } from '../support/imports.ts';

test.describe.configure({ timeout: 600_000 });

for (const front of fronts) {
  for (const tls of front.speaksTls ? [false, true] : [false]) {
    test(`the API behind ${front.id}${tls ? ' over TLS' : ''} is conformant`, async () => {
      test.skip(!isInstalled(front), notTried(front));
      const { exitCode, reason, undecided, warned } = await behindFront(front, { tls });
      expect({ exitCode, undecided, warned }, reason).toEqual({
        exitCode: 0,
        undecided: [],
        warned: Object.keys(front.warns),
      });
    });
  }
}

test('front ends that are not installed are named as not tried', () => {
  const missing = fronts.filter((front) => !isInstalled(front));
  const tried = fronts.filter((front) => !missing.includes(front)).map(({ id }) => id);
  process.stdout.write(`\nfront ends tried: ${tried.join(', ') || 'none'}\n`);
  for (const front of missing) process.stdout.write(`front end ${front.id} ${notTried(front)}\n`);
  expect(notTried({ package: 'apache2' })).toBe('not tried: the Debian package apache2 is not installed');
  expect(isInstalled({ program: '/usr/sbin/no-such-front-end' })).toBe(false);
});

test('the gate and CI install every front end, and start none of their services', () => {
  const script = textOf('.ci/install-front-ends.sh');
  const [, packages = ''] = /^packages=\((.*)\)$/m.exec(script) ?? [];
  expect(packages.split(' ').sort()).toEqual(fronts.map((front) => front.package).sort());
  expect(textOf('.ci/run')).toContain('.ci/install-front-ends.sh');
  expect(textOf('.github/workflows/ci.yml')).toContain('.ci/install-front-ends.sh');
});

test('every listener is on 127.0.0.1', () => {
  const site = {
    ...{ port: 41_001, node: 41_002, otherNode: 41_003, writeKey: 'k', isRoot: true },
    ...{ folder: '/f', scratch: '/s' },
    tls: { certificate: '/c', key: '/k', both: '/b', plainPort: 41_004 },
  };
  for (const front of fronts) {
    for (const wrong of [undefined, ...front.misconfigurations]) {
      const files = Object.values(front.files(site, wrong?.parts(site) ?? {}));
      const said = [...files, front.command(site).join(' ')].join('\n');
      for (const port of [41_001, 41_004])
        expect(said, front.id).not.toMatch(
          new RegExp(`(\\*|0\\.0\\.0\\.0|\\[::\\]|^ *Listen|listen):? *${port}`, 'm'),
        );
      expect(said, front.id).toMatch(/127\.0\.0\.1/);
    }
  }
});
