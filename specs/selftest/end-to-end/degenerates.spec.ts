import { expect, test } from '@playwright/test';
import {
  type DegenerateKind,
  degenerateKinds,
  startDegenerate,
} from '../../../harness/reference/degenerates.ts';
import { startReference } from '../../../harness/reference/start.ts';
import { conformance, kindsIn } from '../support/cli.ts';
import { requirementsThat } from '../support/engine.ts';

test.describe.configure({ timeout: 300_000 });

let keys: Record<string, string>;
test.beforeAll(async () => {
  const server = await startReference();
  const { write, read } = server.keys;
  keys = { MUFI_WRITE_KEY: write, MUFI_READ_KEY: read };
  await server.close();
});

/** What a server that is no Mufi at all comes to: a cause, `{url}` standing for its address, or failures. */
const causes: Readonly<Partial<Record<DegenerateKind, string>>> = {};

for (const kind of degenerateKinds) {
  test(`a server that is ${kind} is never conformant`, async () => {
    const server = await startDegenerate(kind);
    try {
      const { exitCode, report, stderr } = await conformance(
        test.info().outputPath('report'),
        ['--depth', 'quick'],
        {
          environment: { ...keys, MUFI_BASE_URL: server.url, MUFI_TIMEOUT_MS: '1000' },
        },
      );
      console.log(
        kind,
        exitCode,
        report.verdict,
        report.cause?.replaceAll(server.url, '{url}'),
        requirementsThat(report, 'fail'),
        requirementsThat(report, 'warn'),
        requirementsThat(report, 'inconclusive').length,
        kindsIn(report),
        stderr,
      );
    } finally {
      await server.close();
    }
  });
}
