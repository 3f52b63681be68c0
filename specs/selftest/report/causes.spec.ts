import { expect, test } from '@playwright/test';
import type { Report } from '../../../harness/model/report.ts';
import { fixesOf } from '../../../harness/report/findings/ranking.ts';
import { renderAnnotations } from '../../../harness/report/render/annotations.ts';
import { renderHtml } from '../../../harness/report/render/html/document.ts';
import { renderJUnit } from '../../../harness/report/render/junit.ts';
import { renderSummary } from '../../../harness/report/render/summary.ts';
import { renderTerminal } from '../../../harness/report/render/terminal.ts';
import { catalogue } from '../../requirements/index.ts';
import { type EngineOptions, runReference } from '../support/engine.ts';
import { cell, family, finding, report, requirement, result } from '../support/reports.ts';

const requirements = catalogue.flatMap((entry) => entry.requirements);
const [version, events] = ['GET /v1/version', 'GET /v1/events'];

interface Failure {
  readonly on: readonly string[];
  readonly explainedBy?: readonly string[];
  readonly kind?: 'let-in' | 'wrong-status';
}

/** A run in which exactly these requirements fail. */
function failing(failures: Readonly<Record<string, Failure>>): Report {
  const made = Object.entries(failures).map(([id, { explainedBy }]) =>
    requirement(id, explainedBy === undefined ? {} : { explainedBy }),
  );
  const results = Object.entries(failures).map(([id, { on, kind = 'wrong-status' }]) =>
    result(`${id}/one`, 'fail', {
      cells: on.map((operation) => cell('fail', { operation, findings: [finding(id, { kind })] })),
    }),
  );
  return report(family(...made), results);
}

/** What fails, in the order of the cards, and the cause of each consequence. */
const cardsOf = (made: Report): (readonly [string, string | undefined])[] =>
  fixesOf(made).failing.map(({ requirement: { id }, consequenceOf }) => [id, consequenceOf]);

test('what explains a requirement is another requirement of the catalogue, without a cycle', () => {
  const reasons = new Map(requirements.map(({ id, explainedBy = [] }) => [id, explainedBy]));
  expect([...reasons.values()].flat().filter((id) => !reasons.has(id))).toEqual([]);
  const leadsTo = (id: string, path: readonly string[]): string[] =>
    path.includes(id)
      ? [[...path, id].join(' < ')]
      : (reasons.get(id) ?? []).flatMap((next) => leadsTo(next, [...path, id]));
  expect([...reasons.keys()].flatMap((id) => leadsTo(id, []))).toEqual([]);
  // It explains everything that is accepted, so if it had a cause itself, the causes would form a cycle.
  expect(reasons.get('presentation/key-required')).toEqual([]);
});

test('a consequence comes after every cause, and names the first cause of the chain', () => {
  const made = failing({
    'f/third': { on: [version], explainedBy: ['f/second'] },
    'f/second': { on: [version, events], explainedBy: ['f/first'] },
    'f/first': { on: [events, version] },
    'f/other': { on: [version] },
  });
  expect(cardsOf(made)).toEqual([
    ['f/first', undefined],
    ['f/other', undefined],
    ['f/second', 'f/first'],
    ['f/third', 'f/first'],
  ]);
  expect(made.reason).toContain('breaks "Sentence of f/first" (f/first) and 3 more');
});

test('what hits more operations than its explanation, or is worse than it, is no consequence', () => {
  const wider = failing({
    'f/wide': { on: [version, events], explainedBy: ['f/narrow'] },
    'f/narrow': { on: [version] },
  });
  expect(cardsOf(wider)).toEqual([
    ['f/wide', undefined],
    ['f/narrow', undefined],
  ]);
  const worse = failing({
    'f/worse': { on: [version], explainedBy: ['f/status'], kind: 'let-in' },
    'f/status': { on: [version] },
  });
  expect(cardsOf(worse).map(([, consequenceOf]) => consequenceOf)).toEqual([undefined, undefined]);
});

test('every rendering says of a consequence what to fix first, and of nothing else', () => {
  const made = failing({
    'f/consequence': { on: [version], explainedBy: ['f/cause'] },
    'f/cause': { on: [version] },
  });
  const terminal = renderTerminal(made, { color: false, columns: 300, reportPath: 'report.html' });
  for (const text of [
    terminal,
    renderHtml(made),
    renderJUnit(made),
    renderAnnotations(made),
    renderSummary(made),
  ]) {
    expect(text.match(/probably caused by f\/cause: fix that first/gi)).toHaveLength(1);
  }
  expect(terminal.indexOf('f/cause: ')).toBeLessThan(terminal.indexOf('f/consequence: '));
});

test('if some bad signatures are rejected, other forged keys that are accepted have a reason of their own', async () => {
  const faults = ['zero-signature-accepted', 'alg-none-accepted', 'embedded-jwk-trusted'];
  const made = await runReference({ faults }, { depth: 'quick', atATime: 4, families: ['token'] });
  const causes = cardsOf(made).filter(([, consequenceOf]) => consequenceOf === undefined);
  expect(causes.map(([id]) => id).toSorted()).toEqual([
    'token/algorithm-none-rejected',
    'token/brought-key-not-trusted',
    'token/signature-verified',
  ]);
});

/** Everything that a server does wrong, and where it shows. */
const servers: readonly {
  readonly fault: string;
  readonly options: Omit<EngineOptions, 'depth'>;
  readonly first: string;
  readonly consequences: readonly string[];
}[] = [
  {
    fault: 'signature-ignored',
    options: { families: ['token'] },
    first: 'token/signature-verified',
    consequences: [
      'token/algorithm-fixed-by-server',
      'token/algorithm-none-rejected',
      'token/brought-key-not-trusted',
      'token/each-request-on-its-own',
      'token/header-members-change-nothing',
      'token/key-id-is-data',
      'token/public-key-is-no-secret',
      'token/secret-not-guessable',
      'token/segments-hold-json-objects',
      'token/signature-covers-content',
      'token/signature-present',
      'token/signed-by-issuer',
      'token/size-is-harmless',
      'token/three-segments',
      'token/verified-whatever-else-is-sent',
    ],
  },
  {
    fault: 'verdict-cached-5-s',
    options: { families: ['regeneration'] },
    first: 'regeneration/caches-forget-at-once',
    consequences: ['regeneration/respelled-old-key-rejected'],
  },
  {
    fault: 'head-public',
    options: { scenarios: /head/ },
    first: 'presentation/head-requires-key',
    consequences: ['regeneration/revoked-key-rejected'],
  },
  {
    fault: 'put-unchecked',
    options: {
      families: ['permissions'],
      operations: ['PUT /v1/events/update', 'GET /v1/events/{IdOrReferenceId}'],
    },
    first: 'permissions/read-key-does-not-write',
    consequences: [
      'permissions/body-framing-is-no-bypass',
      'permissions/content-type-is-no-bypass',
      'permissions/nothing-else-grants-permission',
      'permissions/path-spelling-is-no-bypass',
      'permissions/refused-writes-leave-no-trace',
    ],
  },
  {
    fault: 'forbidden-as-text',
    options: { families: ['permissions', 'contract'] },
    first: 'contract/json-content-type',
    consequences: ['contract/body-matches-schema'],
  },
  {
    fault: 'validation-before-authentication',
    options: { families: ['presentation', 'regeneration'] },
    first: 'presentation/refused-before-validation',
    consequences: ['presentation/authorization-header-only', 'regeneration/revoked-key-rejected'],
  },
];

for (const { fault, options, first, consequences } of servers) {
  test(`the first card of ${fault} is the cause`, async () => {
    const made = await runReference({ faults: [fault] }, { depth: 'quick', atATime: 4, ...options });
    const cards = cardsOf(made);
    expect(cards[0]).toEqual([first, undefined]);
    const after = cards.filter(([, consequenceOf]) => consequenceOf !== undefined);
    expect(after.map(([, consequenceOf]) => consequenceOf)).toEqual(consequences.map(() => first));
    expect(after.map(([id]) => id).toSorted()).toEqual(consequences);
  });
}
