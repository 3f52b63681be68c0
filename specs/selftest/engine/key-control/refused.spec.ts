import { expect, test } from '@playwright/test';
import type { Report } from '../../../../harness/model/report.ts';
import { type Reference, startReference } from '../../../../harness/reference/start.ts';
import { requirementsThat, runEngine } from '../../support/engine.ts';
import { behind, type Front } from '../../support/front.ts';

test.describe.configure({ timeout: 120_000 });

/** Runs against a reference server whose key control answers 403 to some requests. */
async function withKeyControlThat(refuses: RegExp): Promise<Report> {
  const server: Reference = await startReference();
  const refused = { status: 403, body: '{"error":"not today"}' };
  const front: Front = ({ method, url }) => (refuses.test(`${method} ${url}`) ? refused : undefined);
  const { MUFI_CONTROL_TOKEN: token } = server.environment;
  const keys = { MUFI_WRITE_KEY: server.keys.write, MUFI_READ_KEY: server.keys.read };
  try {
    return await behind(server.url, front, (url) =>
      runEngine(
        {
          MUFI_BASE_URL: server.url,
          ...keys,
          MUFI_CONTROL_URL: `${url}/control`,
          MUFI_CONTROL_TOKEN: String(token),
        },
        { depth: 'quick', atATime: 4, families: ['presentation', 'isolation', 'regeneration'] },
      ),
    );
  } finally {
    await server.close();
  }
}

const reasonOf = (report: Report, id: string): string | undefined =>
  report.requirements.find((requirement) => requirement.id === id)?.reason;
const unlockOf = (report: Report, name: string): string | undefined =>
  report.notTested.find(({ capability }) => capability === name)?.unlock;

test('what key control refuses to make is not tested, with its answer as the reason; the rest is', async () => {
  const report = await withKeyControlThat(/^POST \/control\/projects/);
  const answer = 'key control answers create-project with 403';
  const reasons = requirementsThat(report, 'not-tested').map((id) => reasonOf(report, id) ?? '');
  const about = reasons.filter((reason) => reason.includes('other-project-keys'));
  expect(about.length).toBeGreaterThan(3);
  expect([...new Set(about)]).toEqual([`this run has no other-project-keys: ${answer}`]);
  expect(unlockOf(report, 'other-project-keys')).toContain(`${answer}. Set the two keys of a second project`);
  expect(requirementsThat(report, 'fail', 'inconclusive')).toEqual([]);
  expect(requirementsThat(report, 'pass')).toContain('regeneration/revoked-key-rejected');
});

test('key control that does not answer at all is named as the reason', async () => {
  const report = await withKeyControlThat(/./);
  expect(unlockOf(report, 'revoked-key')).toMatch(/^Key control did not provide it: .*403/);
  expect(requirementsThat(report, 'fail')).toEqual([]);
  const [first = ''] = requirementsThat(report, 'inconclusive');
  expect(reasonOf(report, first)).toContain('403');
});
