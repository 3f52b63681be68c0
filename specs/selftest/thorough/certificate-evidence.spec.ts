import { expect, test } from '@playwright/test';
import { createKeyShapes, standInFor } from '../../../harness/engine/evidence/key-shape.ts';
import { hidePresented, showPresented } from '../../../harness/engine/evidence/marks.ts';
import type { Family, ScenarioResult } from '../../../harness/model/index.ts';
import type { ReferenceOptions } from '../../../harness/reference/start.ts';
import { leaksIn } from '../support/cli.ts';
import { fakeKey } from '../support/keys.ts';
import { certifiedAnyway, only, recordRun } from '../support/recorded.ts';

/** The results of a suite that was modified to let everything pass. */
function alwaysPass(result: ScenarioResult): ScenarioResult {
  const { reason: _reason, ...rest } = result;
  return {
    ...rest,
    verdict: 'pass',
    cells: result.cells.map(({ reason: _why, ...cell }) => ({ ...cell, verdict: 'pass', findings: [] })),
    observed: [],
  };
}

const honest: [what: string, ReferenceOptions, Family[]][] = [
  ['signatures', { algorithm: 'ES256' }, only('token/signature-verified', 'contract/status-documented')],
  [
    'what lives and dies',
    {},
    only(
      'permissions/write-key-has-full-access',
      'regeneration/linearizable',
      'regeneration/one-key-survives',
      'regeneration/identity-kept',
      'regeneration/old-key-rejected-at-once',
      'expiry/keys-keep-working',
    ),
  ],
  [
    'traces and comparisons',
    {},
    only('permissions/refused-writes-leave-no-trace', 'contract/bad-keys-answered-alike'),
  ],
];

for (const [what, reference, families] of honest) {
  test(`an honest run of ${what} is judged again and comes to the same, without a key in its evidence`, async () => {
    const run = await recordRun(reference, families);
    expect(run.report.verdict).toBe('conformant');
    expect(await certifiedAnyway(run, families)).toBe('verified');
    expect(leaksIn([['evidence', JSON.stringify(run.evidence)]], run.keys)).toEqual([]);
  });
}

test('a key leaves its header, the names of its claims and the length of its signature in the evidence', () => {
  const claims = { sub: 'project-1', permission: 'write', roles: ['write', 'project-1'], iat: 5 };
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const key = `${part({ alg: 'EdDSA', kid: 'k' })}.${part(claims)}.${'s'.repeat(86)}`;
  const shapes = createKeyShapes('supplied');
  const shape = shapes.shapeOf(key);
  expect(shape.claims).toEqual({
    sub: 'value 1',
    permission: 'value 2 (write)',
    roles: ['value 2 (write)', 'value 1'],
    iat: 'value 3',
  });
  const [header, payload, signature] = standInFor(shape).split('.');
  expect([header, signature!.length]).toEqual([key.split('.')[0], 86]);
  expect(JSON.parse(Buffer.from(payload!, 'base64url').toString('utf8'))).toEqual(shape.claims);
  expect(shapes.shapeOf(key)).toEqual(shape);
  expect(shapes.shapeOf(fakeKey()).name).not.toBe(shape.name);
  expect(leaksIn([['shape', JSON.stringify(shape)]], [key])).toEqual([]);
});

test('what was presented is marked in an answer, in every spelling, and a stand-in takes its place', () => {
  const [key, standIn] = [fakeKey(), fakeKey()];
  const parts = (text: string): string[] => [text, ...text.split('.').slice(1)];
  const spelt = (text: string): string =>
    [text, text.split('.')[2], encodeURIComponent(text), Buffer.from(text).toString('base64url')].join(
      ' and ',
    );
  const hidden = hidePresented(`you sent ${spelt(key)}`, parts(key));
  expect(leaksIn([['answer', hidden]], [key])).toEqual([]);
  expect(showPresented(hidden, parts(standIn))).toBe(`you sent ${spelt(standIn)}`);
  expect(hidePresented('short keys may come back', ['short'])).toBe('short keys may come back');
});

const patched: [fault: string, requirement: string, why: RegExp][] = [
  ['signature-ignored', 'token/signature-verified', /401 was expected; the answer is 20\d .*accepted/],
  ['refused-after-writing', 'permissions/refused-writes-leave-no-trace', /fail|no exchange is recorded/],
  [
    'verdict-cached-500-ms',
    'regeneration/linearizable',
    /requests with the old key.* after the regeneration ended/,
  ],
  ['key-in-error-body', 'hygiene/key-not-echoed', /the answer repeats the presented key/],
  [
    'racing-regenerations-both-live',
    'regeneration/one-key-survives',
    /regenerations returned work; exactly 1 must/,
  ],
];

for (const [fault, requirement, why] of patched) {
  test(`a patched suite that passes ${fault} is found out by its own evidence`, async () => {
    const families = only(requirement, 'permissions/write-key-has-full-access');
    const run = await recordRun({ faults: [fault] }, families, alwaysPass);
    expect(run.report.verdict).toBe('conformant');
    const said = await certifiedAnyway(run, families);
    expect(said).toMatch(
      new RegExp(
        `^${requirement}/.* is pass in report.json, but fail \\(.*\\) in the replay of the evidence`,
      ),
    );
    expect(said).toMatch(why);
  });
}
