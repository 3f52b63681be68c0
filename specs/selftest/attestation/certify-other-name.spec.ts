import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { makeCertifier } from '../support/certificates.ts';
import { cli } from '../support/cli.ts';
import { fakeKey } from '../support/keys.ts';
import { json, startServer } from '../support/server.ts';

test('a server that key control calls otherwise than the file is refused before anything is sent to it', async () => {
  const { privateJwk } = await makeCertifier('k');
  const implementation = { name: 'Acme Wallet', version: '0.9.0' };
  const asked: string[] = [];
  const control = await startServer(({ method, path }, response) => {
    asked.push(`${method} ${path}`);
    return json(response, 200, { implementation, features: ['keys'] });
  });
  const target = await startServer(({ method, path }, response) => {
    asked.push(`${method} ${path} of the target`);
    return json(response, 401, {});
  });
  const home = test.info().outputPath('home');
  try {
    await mkdir(home, { recursive: true });
    await writeFile(join(home, 'i.yaml'), 'name: Example Server\nversion: 1.2.3\ncontact: a@example.com\n');
    const environment = {
      MUFI_BASE_URL: target.url,
      MUFI_WRITE_KEY: fakeKey(),
      MUFI_READ_KEY: fakeKey(),
      MUFI_CONTROL_URL: control.url,
      MUFI_CONTROL_TOKEN: 'a token of key control',
      MUFI_CERTIFICATE_KEY: JSON.stringify(privateJwk),
    };
    const args = ['certify', '--implementation', 'i.yaml', '--out', 'out'];
    const { exitCode, stderr } = await cli(args, { environment, cwd: home });
    expect([exitCode, stderr]).toEqual([
      3,
      'No certificate: key control reports Acme Wallet 0.9.0, but i.yaml says Example Server 1.2.3; correct the one that is wrong.\n',
    ]);
    expect(asked).toEqual(['GET /']);
    expect(await readdir(home)).toEqual(['i.yaml']);
  } finally {
    await Promise.all([control.close(), target.close()]);
  }
});
