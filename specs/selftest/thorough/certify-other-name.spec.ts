import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { startReference } from '../../../harness/reference/start.ts';
import { makeCertifier } from '../support/certificates.ts';
import { cli } from '../support/cli.ts';

test('a server that key control calls otherwise than the file gets no certificate', async () => {
  test.setTimeout(300_000);
  const { privateJwk } = await makeCertifier('k');
  const server = await startReference({ implementation: { name: 'Acme Wallet', version: '0.9.0' } });
  const home = test.info().outputPath('home');
  try {
    await mkdir(home, { recursive: true });
    await writeFile(join(home, 'i.yaml'), 'name: Example Server\nversion: 1.2.3\ncontact: a@example.com\n');
    const environment = { ...server.environment, MUFI_CERTIFICATE_KEY: JSON.stringify(privateJwk) };
    const args = ['certify', '--implementation', 'i.yaml', '--out', 'out'];
    const { exitCode, stderr } = await cli(args, { environment, cwd: home });
    expect([exitCode, stderr]).toEqual([
      3,
      'No certificate: key control says that Acme Wallet 0.9.0 was tested, and i.yaml says Example Server 1.2.3; correct the one that is wrong.\n',
    ]);
    expect(await readdir(join(home, 'out'))).not.toContain('certificate.jws');
  } finally {
    await server.close();
  }
});
