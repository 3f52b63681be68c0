import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { startReference } from '../../../harness/reference/start.ts';
import { copyOf, makeCertifier, payloadOf } from '../support/certificates.ts';
import { cli } from '../support/cli.ts';

test.describe.configure({ timeout: 300_000 });

const transfer = 'POST /v1/products/{id}/transfer';

test('a server without an operation is certified as that, and verify says what it lacks', async () => {
  const home = test.info().outputPath('home');
  const out = join(home, 'certificate');
  const by = await makeCertifier('example-2026');
  const server = await startReference({
    missing: [transfer],
    implementation: { name: 'Example Server', version: '1.2.3' },
  });
  try {
    const environment = { ...server.environment, MUFI_CERTIFICATE_KEY: JSON.stringify(by.privateJwk) };
    const implementation = join(test.info().outputDir, 'implementation.yaml');
    const certify = (): ReturnType<typeof cli> =>
      cli(['certify', '--implementation', implementation, '--out', out], { environment });
    const text =
      'name: Example Server\nversion: 1.2.3\ncontact: auth@example.com\nurl: https://example.com\n';
    await writeFile(implementation, text);
    expect((await certify()).exitCode).toBe(2);
    await writeFile(implementation, `${text}without: ["${transfer}"]\n`);
    const certified = await certify();
    expect(certified.exitCode, certified.stdout + certified.stderr).toBe(0);
    expect(payloadOf((await copyOf(out)).jws).implementation).toMatchObject({ without: [transfer] });

    const keys = join(test.info().outputDir, 'jwks.json');
    await writeFile(keys, JSON.stringify({ keys: [by.publicJwk] }));
    const verified = await cli(['verify', out, '--keys', keys]);
    expect(verified.exitCode, verified.stderr).toBe(0);
    expect(verified.stdout).toContain(`without ${transfer}`);
  } finally {
    await server.close();
  }
});
