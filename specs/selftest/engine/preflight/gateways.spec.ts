import { expect, test } from '@playwright/test';
import { startReference } from '../../../../harness/reference/start.ts';
import { requirementsThat, runEngine } from '../../support/engine.ts';
import { behind, type Front, throughFront } from '../../support/front.ts';

test.describe.configure({ timeout: 120_000 });

const quick = { depth: 'quick', atATime: 4 } as const;

test('a product that is not seen for a while leaves no operation out', async () => {
  const report = await throughFront(
    ({ method, url = '' }) =>
      method === 'GET' && /^\/v1\/(products\/[^/]+|conformance-made-up-path)$/.test(url)
        ? { status: 404, body: '{"error":"not_found"}' }
        : undefined,
    { ...quick, families: ['contract'] },
  );
  const operation = report.target.operations.find(({ id }) => id === 'GET /v1/products/{id}');
  expect([report.verdict, operation?.unclaimed, operation?.note]).toEqual([
    'partial',
    true,
    'the unmodified write key gets 404, although the target itself returned the id that the request names',
  ]);
});

for (const flaky of [false, true]) {
  test(`keys of one project decide nothing about isolation${flaky ? ', behind a proxy that fails once' : ''}`, async () => {
    const server = await startReference();
    const { write, read } = server.keys;
    const make = async (permission: string): Promise<string> => {
      const answer = await fetch(`${server.environment.MUFI_CONTROL_URL}/keys`, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${server.environment.MUFI_CONTROL_TOKEN}`,
          'Content-Type': 'application/json',
        },
        body: JSON.stringify({ permission }),
      });
      return ((await answer.json()) as { key: string }).key;
    };
    try {
      const [otherWrite, otherRead] = await Promise.all([make('write'), make('read')]);
      let left = flaky ? 1 : 0;
      const front: Front = ({ method, headers }) => {
        if (left === 0 || method !== 'GET' || headers.authorization !== `Bearer ${otherWrite}`)
          return undefined;
        left -= 1;
        return { status: 502, body: '<h1>502 Bad Gateway</h1>' };
      };
      const report = await behind(server.url, front, (url) =>
        runEngine(
          {
            MUFI_BASE_URL: url,
            MUFI_WRITE_KEY: write,
            MUFI_READ_KEY: read,
            MUFI_OTHER_PROJECT_WRITE_KEY: otherWrite,
            MUFI_OTHER_PROJECT_READ_KEY: otherRead,
          },
          { depth: 'quick', atATime: 4, families: ['isolation'] },
        ),
      );
      expect(left).toBe(0);
      expect(requirementsThat(report, 'fail', 'warn', 'pass')).toEqual([]);
      const reasons = report.requirements.flatMap(({ verdict, reason }) =>
        verdict === 'inconclusive' ? [reason] : [],
      );
      expect([...new Set(reasons)]).toEqual([
        expect.stringMatching(/MUFI_OTHER_PROJECT_WRITE_KEY .* one project; supply the two keys of a second/),
      ]);
    } finally {
      await server.close();
    }
  });
}
