import { expect, test } from '@playwright/test';
import { startReference } from '../../../../harness/reference/start.ts';
import { exitCodeOf } from '../../../../harness/report/run-verdict.ts';
import { findingsOf, requirementsThat, runEngine, runReference } from '../../support/engine.ts';
import { behind, type Front, throughFront } from '../../support/front.ts';

test.describe.configure({ timeout: 180_000 });

const quick = { depth: 'quick', atATime: 4 } as const;

/** Numbers between 0 and 1 that are the same in every run. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

/** A front end that rejects some requests, whatever they contain. */
function refusing(share: number, status = 403): Front {
  const next = sequence(7);
  return () =>
    next() < share
      ? { status, headers: { 'content-type': 'text/html' }, body: '<h1>Request blocked</h1>' }
      : undefined;
}

for (const share of [0.3, 0.1]) {
  test(`something in front that refuses ${share * 100} % of all requests is one cause and no finding`, async () => {
    const report = await throughFront(refusing(share), quick);
    expect(requirementsThat(report, 'fail', 'warn')).toEqual([]);
    expect([report.verdict, exitCodeOf(report)]).toEqual(['inconclusive', 2]);
    expect(report.cause).toMatch(
      /^\d+ of \d+ repeated requests got different answers, for example 403 text\/html( and [^,]+)?, to the unmodified key as well;/,
    );
    const reasons = report.requirements.flatMap(({ scenarios }) =>
      scenarios.flatMap(({ cells }) => cells.filter(({ unrepeated }) => unrepeated)),
    );
    expect(new Set(reasons.map(({ reason }) => reason))).toEqual(new Set([report.cause]));
  });
}

test('what is wrong behind something that refuses at random is found all the same', async () => {
  const server = await throughFront(refusing(0.1), quick, { faults: ['signature-ignored'] });
  expect([server.verdict, exitCodeOf(server)]).toEqual(['nonconformant', 1]);
  expect(requirementsThat(server, 'fail')).toContain('token/signature-verified');
  expect(Object.keys(findingsOf(server))).toEqual(expect.arrayContaining(['let-in']));
});

test('a wrong status that repeats is a failure, and is not repeated for ever', async () => {
  const right = await runReference({}, quick);
  const wrong = await runReference({ faults: ['bad-signature-forbidden'] }, quick);
  expect(requirementsThat(right, 'fail', 'warn', 'inconclusive')).toEqual([]);
  expect(wrong.verdict).toBe('nonconformant');
  expect(findingsOf(wrong)['wrong-status']).toContain('token/signature-verified');
  expect(wrong.counts.requests).toBeLessThan(right.counts.requests * 1.25);
});

test('a revoked key that is accepted in any scenario is a failure of the requirement that guards it', async () => {
  const server = await startReference();
  const { write, read } = server.keys;
  const revoked = String(server.environment.MUFI_REVOKED_KEY);
  let uses = 0;
  // A list of revoked keys that is full forgets this one in the middle of the run.
  const front: Front = ({ headers }) => {
    if (headers.authorization !== `Bearer ${revoked}`) return undefined;
    uses += 1;
    return uses > 2 ? { status: 200, carriedOut: `Bearer ${write}` } : undefined;
  };
  try {
    const report = await behind(server.url, front, (url) =>
      runEngine(
        { MUFI_BASE_URL: url, MUFI_WRITE_KEY: write, MUFI_READ_KEY: read, MUFI_REVOKED_KEY: revoked },
        {
          depth: 'quick',
          scenarios: /^(regeneration\/revoked-key-rejected\/every-operation|contract\/bad-keys-)/,
        },
      ),
    );
    expect(uses).toBeGreaterThan(2);
    expect(requirementsThat(report, 'fail')).toEqual(['regeneration/revoked-key-rejected']);
    expect(exitCodeOf(report)).toBe(1);
  } finally {
    await server.close();
  }
});

test('a key behind a tab or a no-break space that is accepted is a warning', async () => {
  const report = await runReference(
    { faults: ['separator-any-whitespace'] },
    {
      ...quick,
      families: ['presentation'],
    },
  );
  expect(requirementsThat(report, 'fail')).toEqual([]);
  expect(requirementsThat(report, 'warn')).toEqual(['presentation/malformed-credentials-rejected']);
});

for (const [what, which, verdict] of [
  ['the connection breaks once', (count: number) => count === 1, 'pass'],
  ['it is too busy once', (count: number) => count === 1, 'pass'],
] as const) {
  test(`a request is judged by its next answer if ${what}`, async () => {
    let count = 0;
    const front: Front = ({ headers }) => {
      if (headers.authorization?.startsWith('Basic ') !== true) return undefined;
      count += 1;
      if (!which(count)) return undefined;
      return what.includes('busy')
        ? { status: 503, body: '<h1>busy</h1>' }
        : Promise.reject(new Error('gone'));
    };
    const report = await throughFront(front, { ...quick, families: ['presentation'] });
    expect(count).toBeGreaterThan(1);
    expect(requirementsThat(report, 'fail', 'warn', 'inconclusive')).toEqual([]);
    expect(report.requirements.find(({ id }) => id === 'presentation/bearer-scheme-only')?.verdict).toBe(
      verdict,
    );
  });
}

test('a front end that takes no trailer field and drops what is too large costs a warning at most', async () => {
  const front: Front = ({ headers, rawHeaders }) => {
    if (rawHeaders.join('').length > 32 * 1024) return Promise.reject(new Error('dropped without an answer'));
    if (headers['transfer-encoding'] !== 'chunked') return undefined;
    return {
      status: 503,
      headers: { 'content-type': 'text/html', 'retry-after': '5' },
      body: '<h1>Error 503 Backend fetch failed</h1>',
    };
  };
  const families = ['presentation', 'token', 'contract'];
  const report = await throughFront(front, { ...quick, families });
  expect(requirementsThat(report, 'fail', 'inconclusive')).toEqual([]);
  expect(requirementsThat(report, 'warn')).toEqual(['contract/no-server-error']);
  expect(exitCodeOf(report)).toBe(0);
});
