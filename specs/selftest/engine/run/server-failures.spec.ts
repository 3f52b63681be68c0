import type { IncomingMessage } from 'node:http';
import { expect, test } from '@playwright/test';
import type { Report } from '../../../../harness/model/report.ts';
import { type Reference, startReference } from '../../../../harness/reference/start.ts';
import { exitCodeOf } from '../../../../harness/report/run-verdict.ts';
import { type EngineOptions, requirementsThat, runEngine } from '../../support/engine.ts';
import { behind, type Front, type Instead, throughFront } from '../../support/front.ts';

test.describe.configure({ timeout: 120_000 });

const quick = { depth: 'quick', atATime: 4 } as const;

const basic = ({ headers }: IncomingMessage): boolean => headers.authorization?.startsWith('Basic ') === true;
const noJwt = ({ headers }: IncomingMessage): boolean => headers.authorization === 'Bearer not-a-key';
const activate = ({ method, url, headers }: IncomingMessage): boolean =>
  `${method} ${url}` === 'POST /v1/users/activate' && headers.authorization !== undefined;

/** Answers the first requests of some kind with a failure, this many times. */
function failing(times: number, which = basic, status = 500): Front {
  let left = times;
  return (incoming) => {
    if (!which(incoming) || left === 0) return undefined;
    left -= 1;
    return { status, headers: { 'content-type': 'text/html' }, body: '<h1>It failed</h1>' };
  };
}

/** The answers that were kept of the cells with a verdict, cell by cell. */
function statusesOf(report: Report, verdict: string): (number | undefined)[][] {
  const status = new Map(report.exchanges.map(({ id, response }) => [id, response?.status]));
  const cells = report.requirements.flatMap(({ scenarios }) => scenarios.flatMap((one) => one.cells));
  return cells
    .filter((cell) => cell.verdict === verdict)
    .map((cell) => cell.exchanges.map((id) => status.get(id)));
}

test('a server error that does not come again decides nothing, and both exchanges are kept', async () => {
  const report = await throughFront(failing(1), { ...quick, families: ['presentation', 'contract'] });
  expect(requirementsThat(report, 'fail', 'warn')).toEqual([]);
  const undecided = requirementsThat(report, 'inconclusive');
  expect(undecided).toHaveLength(1);
  const requirement = report.requirements.find(({ id }) => id === undecided[0]);
  const cells = requirement?.scenarios.flatMap((scenario) => scenario.cells) ?? [];
  const [cell] = cells.filter(({ verdict }) => verdict === 'inconclusive');
  expect(cell?.reason).toMatch(/^500 text\/html once, then 401 application\/json; /);
  const kept = report.exchanges.filter(({ id }) => cell?.exchanges.includes(id));
  expect(kept.map(({ response }) => response?.status)).toEqual([500, 401]);
});

for (const status of [502, 504]) {
  test(`an answer that a gateway loses once (${status}) is no doubt if two more are as expected`, async () => {
    const families = ['presentation', 'contract'] as const;
    const report = await throughFront(failing(1, basic, status), { ...quick, families });
    expect(requirementsThat(report, 'fail', 'warn', 'inconclusive')).toEqual([]);
    expect(statusesOf(report, 'pass').filter((all) => all.includes(status))).toEqual([[status, 401, 401]]);
  });
}

/** A run of one scenario, whose requests for the version get these answers in place of the server's. */
function insteadOfVersion(...answers: readonly (Instead | undefined)[]): Promise<Report> {
  const left = answers.slice();
  return withFront(
    () => (incoming) => {
      const bare = incoming.headers.authorization === undefined && asked(incoming) === 'GET /v1/version';
      return bare ? left.shift() : undefined;
    },
    /^presentation\/key-required\/no-header$/,
    { depth: 'full' },
  );
}

test('what comes after an answer that a gateway lost counts if it repeats, and decides nothing otherwise', async () => {
  const then = (...statuses: readonly number[]) =>
    insteadOfVersion(...[502, ...statuses].map((status) => ({ status, body: '{"error":"made_up"}' })));
  const twice = await then(404, 404);
  expect(requirementsThat(twice, 'fail')).toEqual(['presentation/key-required']);
  for (const undecided of [await then(404, 401), await then(502, 401)]) {
    expect(requirementsThat(undecided, 'fail', 'pass')).toEqual([]);
    expect(requirementsThat(undecided, 'inconclusive')).toEqual(['presentation/key-required']);
  }
});

test('a rejection in HTML that a JSON API never sends again is no doubt either', async () => {
  const page = { status: 403, headers: { 'content-type': 'text/html' }, body: '<h1>Suspicious</h1>' };
  const json = { status: 403, body: '{"error":"made_up"}' };
  const lost = await insteadOfVersion(page);
  expect(requirementsThat(lost, 'fail', 'inconclusive')).toEqual([]);
  expect(statusesOf(lost, 'pass').filter((all) => all.includes(403))).toEqual([[403, 401, 401]]);
  for (const answers of [
    [json],
    [page, page],
    [page, ...[401, 401].map((status) => ({ ...page, status }))],
    [page, undefined, json],
  ]) {
    const undecided = await insteadOfVersion(...answers);
    expect(requirementsThat(undecided, 'inconclusive')).toEqual(['presentation/key-required']);
  }
  expect(requirementsThat(await insteadOfVersion(page, json, json), 'fail')).toEqual([
    'presentation/key-required',
  ]);
});

test('a server error that comes again is a failure', async () => {
  const report = await throughFront(failing(Number.POSITIVE_INFINITY), {
    ...quick,
    families: ['presentation', 'contract'],
  });
  expect(requirementsThat(report, 'fail').length).toBeGreaterThan(0);
  expect(requirementsThat(report, 'inconclusive')).toEqual([]);
});

for (const before of [130, 190, 250]) {
  test(`a gateway that answers everything with 502 after ${before} requests leaves one cause and no failure`, async () => {
    let left = before;
    const outOfOrder = (): Instead | undefined => {
      left -= 1;
      return left < 0
        ? { status: 502, headers: { 'content-type': 'text/html' }, body: 'Bad Gateway' }
        : undefined;
    };
    const families = ['presentation', 'contract', 'hygiene', 'transport'] as const;
    const report = await throughFront(outOfOrder, { ...quick, families });
    expect(requirementsThat(report, 'fail', 'warn')).toEqual([]);
    expect([report.verdict, exitCodeOf(report)]).toEqual(['inconclusive', 2]);
    expect(report.reason).toMatch(/^the (run stopped early: the )?control request, .* gets 502/);
    // What needs something that was not supplied is not tested, however the run ends.
    const transport = report.requirements.filter(({ profile }) => profile === 'transport');
    expect([...new Set(transport.map(({ verdict }) => verdict))]).toEqual(['not-tested']);
  });
}

for (const [where, which, families, sees, message] of [
  [
    'a procedure',
    noJwt,
    ['contract'],
    'contract/bad-keys-answered-alike',
    /^500 text\/html once, then 401 application\/json; /,
  ],
  [
    'real work',
    activate,
    ['permissions'],
    'permissions/write-key-has-full-access',
    /^500 text\/html once, then 200 application\/json; /,
  ],
] as const) {
  test(`a server error in ${where} that does not repeat decides nothing either`, async () => {
    const report = await throughFront(failing(1, which), { ...quick, families });
    expect(requirementsThat(report, 'fail', 'warn')).toEqual([]);
    const undecided = report.requirements.filter(({ verdict }) => verdict === 'inconclusive');
    expect(undecided.map(({ reason }) => reason)).toEqual([expect.stringMatching(message)]);
    const cells = undecided.flatMap(({ scenarios }) => scenarios.flatMap((scenario) => scenario.cells));
    const named = cells.filter(({ verdict }) => verdict === 'inconclusive').flatMap((cell) => cell.exchanges);
    const kept = report.exchanges.filter(({ id }) => named.includes(id));
    expect(kept.filter(({ response }) => response?.status === 500)).toHaveLength(1);
    expect(kept.length).toBeGreaterThan(1);
  });

  test(`a server error in ${where} that repeats is a failure`, async () => {
    const report = await throughFront(failing(Number.POSITIVE_INFINITY, which), { ...quick, families });
    expect(requirementsThat(report, 'fail', 'warn')).toContain(sees);
  });
}

/** Runs some scenarios against a reference server and its key control behind a front end. */
async function withFront(
  makeFront: (server: Reference) => Front,
  scenarios: RegExp,
  more: Partial<EngineOptions> = {},
  extra: Readonly<Record<string, string>> = {},
): Promise<Report> {
  const server = await startReference();
  const { MUFI_REPLICA_URLS: _, ...environment } = server.environment;
  try {
    return await behind(server.url, makeFront(server), (url) =>
      runEngine(
        { ...environment, MUFI_BASE_URL: url, MUFI_CONTROL_URL: `${url}/control`, ...extra },
        { depth: 'quick', scenarios, ...more },
      ),
    );
  } finally {
    await server.close();
  }
}

const failure: Instead = { status: 502, body: '<h1>502 Bad Gateway</h1>' };
const noTrace = /^permissions\/refused-writes-leave-no-trace\/read-key$/;
const asked = ({ method, url }: IncomingMessage): string => `${method} ${url?.split('?')[0]}`;

for (const where of ['another operation', 'the same operation']) {
  test(`a write that happens when ${where} made the procedure run again is seen`, async () => {
    const report = await withFront(
      ({ keys }) => {
        let [creations, updates] = [0, 0];
        return (incoming) => {
          if (incoming.headers.authorization !== `Bearer ${keys.read}`) return undefined;
          const carriedOut = `Bearer ${keys.write}`;
          if (where === 'another operation' && asked(incoming) === 'POST /v1/users/create') {
            creations += 1;
            return creations === 1 ? failure : undefined;
          }
          if (asked(incoming) !== 'PUT /v1/events/update') return undefined;
          updates += 1;
          if (where === 'another operation') {
            return updates === 1 ? undefined : { status: 403, body: '{"error":"forbidden"}', carriedOut };
          }
          return updates === 1 ? failure : { ...failure, carriedOut };
        };
      },
      noTrace,
      { depth: 'full' },
    );
    expect(requirementsThat(report, 'fail')).toEqual(['permissions/refused-writes-leave-no-trace']);
    const cells = report.requirements.flatMap(({ scenarios }) => scenarios.flatMap((one) => one.cells));
    const [cell] = cells.filter(({ verdict }) => verdict === 'fail');
    expect([cell?.operation, cell?.findings.map(({ kind }) => kind)]).toEqual([
      'PUT /v1/events/update',
      ['side-effect'],
    ]);
  });
}

test('two failures of different requests in a procedure are not a failure that repeats', async () => {
  const report = await withFront(() => {
    let count = 0;
    return (incoming) => {
      const lines = incoming.rawHeaders.filter(
        (text, index) => index % 2 === 0 && /^authorization$/i.test(text),
      );
      if (lines.length < 2 || !incoming.url?.endsWith('/profile')) return undefined;
      count += 1;
      return count === 1 || count === 13 ? failure : undefined;
    };
  }, /^presentation\/two-lines-answered-consistently/);
  expect(requirementsThat(report, 'fail', 'warn')).toEqual([]);
  expect(requirementsThat(report, 'inconclusive')).toEqual(['presentation/two-lines-answered-consistently']);
});

test('what a failure contains counts against the target, even if it does not repeat', async () => {
  const report = await withFront(({ keys }) => {
    const seen = new Set<string>();
    return (incoming) => {
      const request = asked(incoming);
      if (incoming.headers.authorization !== undefined || seen.has(request)) return undefined;
      seen.add(request);
      return { status: 500, carriedOut: `Bearer ${keys.write}` };
    };
  }, /^presentation\/key-required\/no-header$/);
  expect(requirementsThat(report, 'fail')).toEqual(['presentation/key-required']);
  const findings = report.requirements.flatMap(({ scenarios }) =>
    scenarios.flatMap(({ cells }) => cells.flatMap((cell) => cell.findings.map(({ kind }) => kind))),
  );
  expect([...new Set(findings)]).toEqual(['leak']);
});

test('a failure of real work is reported, although the work had been done', async () => {
  const report = await withFront(({ keys }) => {
    let count = 0;
    return (incoming) => {
      const transfers = incoming.url?.endsWith('/transfer') === true;
      if (!transfers || incoming.headers.authorization !== `Bearer ${keys.write}`) return undefined;
      count += 1;
      return count === 1 ? { ...failure, carriedOut: true } : undefined;
    };
  }, /^permissions\/write-key-has-full-access\/real-work$/);
  expect(requirementsThat(report, 'inconclusive')).toEqual(['permissions/write-key-has-full-access']);
  expect(report.exchanges.some(({ response }) => response?.status === 502)).toBe(true);
});

test('the answer of key control to one of two regenerations that is lost decides nothing', async () => {
  const report = await withFront(() => {
    const counts = new Map<string, number>();
    return ({ url = '' }) => {
      if (!url.endsWith('/regenerate')) return undefined;
      counts.set(url, (counts.get(url) ?? 0) + 1);
      return counts.get(url) === 2 ? { ...failure, carriedOut: true } : undefined;
    };
  }, /^regeneration\/one-key-survives/);
  expect(requirementsThat(report, 'fail', 'pass')).toEqual([]);
  const [requirement] = report.requirements.filter(({ verdict }) => verdict === 'inconclusive');
  expect(requirement?.reason).toContain('did not answer one of two simultaneous regenerations');
});

test('a failure on the made-up path makes no operation available', async () => {
  let count = 0;
  const front: Front = ({ url }) => {
    if (url !== '/v1/conformance-made-up-path') return undefined;
    count += 1;
    return count === 1 ? failure : undefined;
  };
  const report = await throughFront(
    front,
    { depth: 'quick', families: ['permissions'] },
    { variants: ['users-only'] },
  );
  expect(requirementsThat(report, 'fail', 'warn')).toEqual([]);
  const there = report.target.operations.filter(({ availability }) => availability === 'available');
  expect(there.every(({ id }) => id.includes('/v1/users/'))).toBe(true);
});
