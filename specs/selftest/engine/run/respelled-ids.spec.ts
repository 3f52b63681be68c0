import { expect, test } from '@playwright/test';
import { startReference } from '../../../../harness/reference/start.ts';
import { requirementsThat, runEngine } from '../../support/engine.ts';
import { behind } from '../../support/front.ts';

const named = 'isolation/nothing-foreign-by-name';

test('a router that takes no other spelling for an id may answer it with a page', async () => {
  let pages = 0;
  const server = await startReference();
  const report = await behind(
    server.url,
    ({ url = '' }) => {
      if (!/[0-9a-f]{32}/.test(url)) return undefined;
      pages += 1;
      return { status: 404, headers: { 'content-type': 'text/html' }, body: '<h1>Not found</h1>' };
    },
    (url) =>
      runEngine(
        { ...server.environment, MUFI_BASE_URL: url },
        {
          depth: 'full',
          operations: ['GET /v1/version', 'GET /v1/events/{IdOrReferenceId}'],
          scenarios: new RegExp(`^${named}/id-without-hyphens$|^contract/(json|body)-`),
        },
      ),
  ).finally(() => server.close());
  expect(pages).toBeGreaterThan(0);
  expect(requirementsThat(report, 'fail', 'inconclusive')).toEqual([]);
  expect(requirementsThat(report, 'pass')).toContain(named);
});
