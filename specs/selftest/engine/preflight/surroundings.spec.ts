import { expect, test } from '@playwright/test';
import { startDelay } from '../../../../harness/proof/benchmark/delay.ts';
import { type Reference, startReference } from '../../../../harness/reference/start.ts';
import { type EngineOptions, requirementsThat, runEngine } from '../../support/engine.ts';
import { behind, type Front } from '../../support/front.ts';

test.describe.configure({ timeout: 120_000 });

const siblings = 'regeneration/siblings-untouched';

let server: Reference;

test.beforeEach(async () => {
  server = await startReference();
});

test.afterEach(() => server.close());

/** The target and its key control behind a front end, ten milliseconds away. */
function throughAll(front: Front, options: EngineOptions) {
  return behind(server.url, front, async (near) => {
    const { url, close } = await startDelay(near, 5);
    const { MUFI_REPLICA_URLS: _, ...environment } = server.environment;
    const there = { MUFI_BASE_URL: url, MUFI_CONTROL_URL: `${url}/control` };
    try {
      return await runEngine({ ...environment, ...there }, options);
    } finally {
      close();
    }
  });
}

const made = /^POST \/control\/keys$/;
const isForUnknownPath = /made-up-path/;

/** The requests in the order in which they arrive. */
async function requestsOf(options: EngineOptions): Promise<string[]> {
  const seen: string[] = [];
  await throughAll(({ method, url }) => {
    seen.push(`${method} ${url}`);
    return undefined;
  }, options);
  return seen;
}

const about: EngineOptions = { depth: 'quick', scenarios: new RegExp(`^${siblings}/`) };

test('keys are created while the target is looked at', async () => {
  const seen = await requestsOf(about);
  const first = (pattern: RegExp) => seen.findIndex((request) => pattern.test(request));
  expect(first(made)).toBeGreaterThan(0);
  expect(first(made)).toBeLessThan(first(isForUnknownPath));
});

test('a target that does not reject requests without a key is looked at first', async () => {
  const seen: string[] = [];
  await throughAll(({ method, url, headers }) => {
    seen.push(`${method} ${url}`);
    return headers.authorization === undefined ? { status: 403 } : undefined;
  }, about);
  const first = (pattern: RegExp) => seen.findIndex((request) => pattern.test(request));
  expect(first(isForUnknownPath)).toBeGreaterThan(0);
  expect(first(made)).toBeGreaterThan(first(isForUnknownPath));
});

test('keys are tried again where an operation exists, if the first one does not', async () => {
  const report = await throughAll(
    ({ url }) => (url === '/v1/users/activate' ? { status: 404 } : undefined),
    about,
  );
  const { scenarios } = report.requirements.find(({ id }) => id === siblings)!;
  const after = scenarios.find(({ id }) => id === `${siblings}/after-creation`);
  expect(after?.verdict).toBe('pass');
  expect(after?.cells.map(({ operation }) => operation)).toEqual(['GET /v1/events', 'PUT /v1/events/update']);
});

const lockMs = 1000;

test('what an action spoils for the looks beside it is looked at again, so that nothing else fails', async () => {
  let until = 0;
  const locking: Front = ({ method, url = '' }) => {
    if (`${method} ${url}`.endsWith('regenerate')) until = Date.now() + lockMs;
    else if (url.startsWith('/v1/') && Date.now() < until) return { status: 401 };
    return undefined;
  };
  const report = await throughAll(locking, {
    depth: 'quick',
    families: ['permissions', 'regeneration'],
  });
  expect(requirementsThat(report, 'fail')).toEqual([siblings]);
  expect(requirementsThat(report, 'pass')).toContain('permissions/write-key-has-full-access');
});
