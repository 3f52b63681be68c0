import type { IncomingMessage } from 'node:http';
import { expect, test } from '@playwright/test';
import { replayWith } from '../../../../harness/cli/replay-evidence.ts';
import { packEvidence } from '../../../../harness/engine/evidence/evidence.ts';
import type { Report } from '../../../../harness/model/report.ts';
import { type Reference, startReference } from '../../../../harness/reference/start.ts';
import { fixesOf } from '../../../../harness/report/findings/ranking.ts';
import { exitCodeOf } from '../../../../harness/report/run-verdict.ts';
import { conformance, leaksIn, startRecorder, through } from '../../support/cli.ts';
import { type EngineOptions, requirementsThat, runEngine } from '../../support/engine.ts';
import { behind, type Front, type Instead } from '../../support/front.ts';
import { only, recordRun } from '../../support/recorded.ts';

test.describe.configure({ timeout: 240_000 });

const siblings = 'regeneration/siblings-untouched';
const guesses = 'token/key-survives-guesses';
const revoked = 'regeneration/revoked-key-rejected';
const about: EngineOptions = {
  depth: 'quick',
  families: ['token', 'regeneration'],
  scenarios: new RegExp(`^(${siblings}|${guesses})/`),
};

let server: Reference;

async function started(...faults: string[]): Promise<Reference> {
  server = await startReference({ faults });
  return server;
}

test.afterEach(() => server?.close());

function verdictsOf(report: Report): unknown[] {
  return report.requirements.flatMap(({ scenarios }) => scenarios.map(({ verdict }) => verdict));
}

/** Two keys and key control, all behind a front end. */
function behindAll(front: Front, options = about): Promise<Report> {
  return behind(server.url, front, (url) => {
    // The revoked key is one that the suite makes.
    const { MUFI_BASE_URL: _, MUFI_REVOKED_KEY: __, ...rest } = server.environment;
    const control = { MUFI_CONTROL_URL: `${url}/control` };
    return runEngine({ ...rest, ...control, MUFI_BASE_URL: url }, options);
  });
}

const description = JSON.stringify({
  implementation: { name: 'without projects', version: '1' },
  features: ['keys'],
});
const withoutProjects: Front = ({ url = '' }) =>
  /\/control\/?$/.test(url) ? { status: 200, body: description } : undefined;

test('without projects it is tried in the own project, and what kills the supplied key there is the finding', async () => {
  await started('regenerate-ends-all-of-permission');
  const report = await behindAll(withoutProjects, { depth: 'quick' });
  expect(exitCodeOf(report)).toBe(1);
  expect(fixesOf(report).failing.map(({ requirement }) => requirement.id)).toEqual([siblings]);
  const { reason } = report.requirements.find(({ id }) => id === 'token/signature-verified')!;
  expect(reason).toBe(
    `MUFI_WRITE_KEY gets 401 since the suite tried to regenerate another key (see ${siblings}); create a new one before the next run`,
  );
});

test('a conformant target without projects passes in its own project', async () => {
  await started();
  expect(new Set(verdictsOf(await behindAll(withoutProjects)))).toEqual(new Set(['pass']));
});

for (const limit of [2, 3, 4]) {
  test(`where a project may have ${limit} keys more, own actions leave a place for the key that is revoked`, async () => {
    await started();
    let made = 0;
    const revokedIds = new Set<string>();
    const limited: Front = (request) => {
      const { method = '', url = '' } = request;
      if (method === 'DELETE') revokedIds.add(url);
      if (method !== 'POST' || !/\/control\/keys$/.test(url)) return withoutProjects(request);
      if (made - revokedIds.size >= limit) return { status: 409 };
      made += 1;
      return undefined;
    };
    const scenarios = new RegExp(`^(${siblings}|${guesses}|${revoked})/`);
    const { requirements } = await behindAll(limited, { ...about, scenarios });
    const { scenarios: ended } = requirements.find(({ id }) => id === revoked)!;
    expect(new Set(ended.map(({ verdict }) => verdict))).toEqual(new Set(['pass']));
  });
}

test('no key that was made for it is active in the end', async () => {
  await started();
  const recorder = await startRecorder(server.url);
  try {
    await runEngine(through(recorder, server.url, server.environment), about);
    expect(recorder.keys.length).toBeGreaterThan(7);
    const answers = recorder.keys.map((key) =>
      fetch(`${server.url}/v1/version`, { headers: { authorization: `Bearer ${key}` } }),
    );
    expect(new Set((await Promise.all(answers)).map(({ status }) => status))).toEqual(new Set([401]));
  } finally {
    await recorder.close();
  }
});

/** Rejects one request after the first regeneration or revocation of a key. */
function oneRefusalAfter(deed: RegExp): Front {
  let asked = 0;
  let refused = 0;
  return ({ method, url }) => {
    if (deed.test(`${method} ${url}`)) asked += 1;
    else if (asked === 1 && refused === 0) {
      refused += 1;
      return { status: 401 };
    }
    return undefined;
  };
}

for (const [deed, request] of [
  ['regeneration', /^POST .*regenerate$/],
  ['revocation', /^DELETE /],
] as const) {
  test(`a key that is refused once after a ${deed} is no finding`, async () => {
    await started();
    const { scenarios: _, ...all } = about;
    const report = await behindAll(oneRefusalAfter(request), { ...all, scenarios: /siblings-untouched/ });
    expect(verdictsOf(report)).toEqual(['pass', 'pass', 'pass']);
  });
}

/** Limits an address that guesses keys, for a second. */
function limiting(status: number, headers: Record<string, string>): Front {
  const good = new Set([server.keys.write, server.keys.read]);
  let until = 0;
  let bad = 0;
  return ({ headers: { authorization = '' } }: IncomingMessage): Instead | undefined => {
    if (Date.now() < until) return { status, headers };
    bad = good.has(authorization.replace('Bearer ', '')) || authorization === '' ? 0 : bad + 1;
    if (bad < 5) return undefined;
    bad = 0;
    until = Date.now() + 1_000;
    return undefined;
  };
}

for (const [status, headers, verdict] of [
  [429, { 'retry-after': '1' }, 'pass'],
  [401, {}, 'fail'],
  [403, {}, 'fail'],
] as const) {
  test(`an address that guesses and is answered ${status} comes to ${verdict}`, async () => {
    await started();
    const { write, read } = server.keys;
    const report = await behind(server.url, limiting(status, headers), (url) =>
      runEngine({ MUFI_BASE_URL: url, MUFI_WRITE_KEY: write, MUFI_READ_KEY: read }, about),
    );
    expect(report.requirements.find(({ id }) => id === guesses)?.verdict).toBe(verdict);
  });
}

for (const fault of [
  undefined,
  'regenerate-ends-all-of-permission',
  'regenerate-ends-other-projects',
  'guesses-lock-project',
]) {
  test(`a run with ${fault ?? 'no fault'} is judged again from its evidence and comes to the same`, async () => {
    const families = only(siblings, guesses, 'permissions/write-key-has-full-access');
    const run = await recordRun(fault === undefined ? {} : { faults: [fault] }, families);
    expect(run.report.verdict).toBe(fault === undefined ? 'conformant' : 'nonconformant');
    const again = await replayWith(families)(
      packEvidence(run.evidence),
      run.report.durationMs,
      () => undefined,
    );
    expect(JSON.parse(JSON.stringify(again.requirements))).toEqual(
      JSON.parse(JSON.stringify(run.report.requirements)),
    );
    expect(leaksIn([['evidence', JSON.stringify(run.evidence)]], run.keys)).toEqual([]);
  });
}

test('the command line ends with 1 if the supplied key stopped working, and says what to fix first', async () => {
  await started('regenerate-ends-other-projects');
  const out = test.info().outputPath('report');
  const { exitCode, report, stdout } = await conformance(out, ['--depth', 'quick'], {
    environment: server.environment,
  });
  expect([exitCode, report.verdict]).toEqual([1, 'nonconformant']);
  expect(fixesOf(report).failing.map(({ requirement }) => requirement.id)).toEqual([siblings]);
  expect(stdout).toContain('MUFI_WRITE_KEY gets 401');
});

for (const [times, failing] of [
  [1, []],
  [Number.POSITIVE_INFINITY, ['contract/body-matches-schema', 'contract/json-content-type']],
] as const) {
  test(`a page that answers ${times} forgeries on an operation fails ${failing.length} requirements about bodies`, async () => {
    await started();
    const signatures = new Map<string, string>();
    let answered = 0;
    const suspicious: Front = ({ method, url, headers: { authorization = '' } }) => {
      const [signed = '', signature = ''] = [
        authorization.replace(/\.[^.]*$/, ''),
        authorization.replace(/.*\./, ''),
      ];
      const isFirst = !signatures.has(signed);
      if (isFirst) signatures.set(signed, signature);
      if (isFirst || signatures.get(signed) === signature) return undefined;
      if (`${method} ${url}` !== 'POST /v1/users/activate' || answered >= times) return undefined;
      answered += 1;
      return { status: 403, headers: { 'content-type': 'text/html' }, body: '<h1>Suspicious</h1>' };
    };
    const report = await behindAll(suspicious, {
      depth: 'quick',
      families: ['token', 'contract'],
      scenarios: new RegExp(`^(${guesses}|contract/(json-content-type|body-matches-schema))/`),
    });
    expect(answered).toBe(times === 1 ? 1 : 10);
    expect(requirementsThat(report, 'fail')).toEqual(failing);
  });
}
