import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { startReference } from '../../../../harness/reference/start.ts';
import { makeCertifier } from '../../support/certificates.ts';
import { cli, textsIn } from '../../support/cli.ts';
import { fakeKey } from '../../support/keys.ts';
import { startParrot } from '../../support/parrot.ts';
import { searchFor } from '../../support/spellings.ts';

test('no secret of the run is in anything that it prints or writes, whoever made it and wherever it was planted', async () => {
  test.setTimeout(300_000);
  const reference = await startReference();
  const { privateJwk } = await makeCertifier('k');
  const certificateKey = String(privateJwk.d);
  const spare = fakeKey();
  const { environment, controlToken } = reference;
  const supplied = Object.entries(environment).flatMap(([name, value]) =>
    /(?<!REVOKED_)KEY$/.test(name) ? [value] : [],
  );
  const parrot = await startParrot(reference.url, [...supplied, controlToken, certificateKey, spare]);
  const home = test.info().outputPath('home');
  const temporary = test.info().outputPath('tmp');
  try {
    await mkdir(home, { recursive: true });
    await mkdir(temporary, { recursive: true });
    const through = Object.entries(environment).map(([name, value]) => [
      name,
      value.replace(reference.url, parrot.url),
    ]);
    const { MUFI_REVOKED_KEY: _made, ...rest } = Object.fromEntries(through);
    const ended = await cli(
      [
        'run',
        '--depth',
        'quick',
        '--out',
        join(home, 'out'),
        '-g',
        'regeneration/|token/signature-|hygiene/',
      ],
      {
        environment: {
          ...rest,
          TMPDIR: temporary,
          MUFI_API_KEY: spare,
          MUFI_CERTIFICATE_KEY: JSON.stringify(privateJwk),
          GITHUB_ACTIONS: 'true',
          GITHUB_STEP_SUMMARY: join(home, 'step-summary.md'),
        },
      },
    );
    expect(ended.exitCode, ended.stderr).toBe(1);
    expect(parrot.made.length).toBeGreaterThan(20);
    expect(parrot.repeated()).toBeGreaterThan(500);
    const left = (await readdir(temporary)).filter((name) => name.startsWith('mufi-'));
    expect(left, 'nothing of ours stays in the temporary directory').toEqual([]);
    const texts = [
      ['standard output', ended.stdout],
      ['standard error', ended.stderr],
      ...(await textsIn(home)),
    ] as const;
    expect(texts.map(([name]) => name)).toEqual(
      expect.arrayContaining(['out/report.json', 'out/report.html', 'out/junit.xml', 'step-summary.md']),
    );
    const all = [...new Set([...supplied, ...parrot.made, controlToken, certificateKey, spare])];
    const search = searchFor(all);
    const leaks = texts.flatMap(([name, text]) =>
      [...new Set(text.split('\n'))].flatMap((line) => search(line).map((how) => `${how} in ${name}`)),
    );
    expect([...new Set(leaks)]).toEqual([]);
    for (const [name, text] of texts)
      expect(/[\u0080-\u009f]/.test(text), `${name} steers a terminal`).toBe(false);
  } finally {
    await parrot.close();
    await reference.close();
  }
});
