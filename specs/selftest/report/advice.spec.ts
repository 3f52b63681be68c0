import { expect, test } from '@playwright/test';
import type { FindingKind } from '../../../harness/model/index.ts';
import type { Report } from '../../../harness/model/report.ts';
import { adviceFitsOf, dueOf } from '../../../harness/report/due.ts';
import { fixesOf } from '../../../harness/report/findings/ranking.ts';
import { adviceOf } from '../../../harness/report/render/advice.ts';
import { renderAnnotations } from '../../../harness/report/render/annotations.ts';
import { renderHtml } from '../../../harness/report/render/html/document.ts';
import { renderJUnit } from '../../../harness/report/render/junit.ts';
import { renderSummary } from '../../../harness/report/render/summary.ts';
import { renderTerminal } from '../../../harness/report/render/terminal.ts';
import { catalogue } from '../../requirements/index.ts';
import { answeredAs, json, page, type Rewrite, withoutBearer } from '../support/answered.ts';
import { record } from '../support/reports.ts';

test.describe.configure({ timeout: 240_000 });

/** Words that only a text about an accepted key contains. */
const accepted =
  /(?<!not )\blet in\b|(?<!not )\baccepted\b|without any key|verify (the|a) signature|leaked|left a trace/i;

const causesOf = (made: Report): string[] =>
  fixesOf(made).failing.flatMap(({ requirement: { id }, consequenceOf }) =>
    consequenceOf === undefined ? [id] : [],
  );

/**
 * What a report says about its failures and warnings; without the catalogue of the HTML page, which is the same for all
 * runs.
 */
function textsOf(made: Report): Record<string, string> {
  const { failing, note, warning } = fixesOf(made);
  const cards = [...failing, ...warning].flatMap(({ advice, blocks }) => [
    advice,
    ...blocks.flatMap(({ actual, advice: own, messages, answerer }) => [
      actual,
      own,
      ...messages,
      ...answerer,
    ]),
  ]);
  const html = renderHtml(made);
  return {
    cards: [note ?? '', ...cards].join('\n'),
    reason: made.reason,
    html: html.slice(html.indexOf('id="fix"'), html.indexOf('</section>', html.indexOf('id="fix"'))),
    terminal: renderTerminal(made, { color: false, columns: 300, reportPath: 'report.html' }),
    junit: [...renderJUnit(made).matchAll(/<failure[\s\S]*?<\/failure>/g)].join('\n'),
    annotations: renderAnnotations(made),
    summary: renderSummary(made),
  };
}

const quick = { depth: 'quick', atATime: 4 } as const;
const chosen = { ...quick, families: ['presentation', 'contract'] };
const withTokens = { ...quick, families: ['presentation', 'token'] };
const missing = [{ type: 'missing', loc: ['header', 'authorization'], msg: 'Field required', input: null }];
const nginx =
  '<html>\r\n<head><title>401 Authorization Required</title></head>\r\n<body>\r\n<hr><center>nginx/1.22.1</center>\r\n</body>\r\n</html>\r\n';

const everyRefusalForbidden: Rewrite = (_, answer) =>
  answer.status === 401 ? { ...answer, status: 403 } : undefined;

/** Servers with one defect in their rejections, the single cause, and what its advice says. */
const servers: readonly (readonly [what: string, Rewrite, cause: string, advice: RegExp])[] = [
  [
    '403 for a missing or other header, as HTTPBearer of FastAPI does',
    withoutBearer(json(403, { detail: 'Not authenticated' })),
    'presentation/key-required',
    /answer 401 instead of 403 \(FastAPI: use HTTPBearer\(auto_error=False\)/,
  ],
  [
    '422 for a missing header, as Header of FastAPI does',
    withoutBearer(json(422, { detail: missing })),
    'presentation/key-required',
    /answer 401 instead of 422 \(FastAPI: /,
  ],
  [
    '404 for a missing header',
    withoutBearer(json(404, { error: 'not_found' })),
    'presentation/key-required',
    /answer 401 instead of 404, and check the key before everything else/,
  ],
  [
    '400 for a missing header',
    withoutBearer(json(400, { errors: ['authorization is missing'] })),
    'presentation/key-required',
    /answer 401 instead of 400, and check the key before everything else/,
  ],
  [
    'a redirect for a missing header',
    withoutBearer({ status: 302, headers: { location: '/login' }, body: '' }),
    'presentation/key-required',
    /^Answer 401 instead of a redirect/,
  ],
  [
    '500 for a missing header',
    withoutBearer(json(500, { error: 'internal' })),
    'presentation/key-required',
    /handle the error, then answer 401/,
  ],
  [
    '403 in place of every 401',
    everyRefusalForbidden,
    'presentation/key-required',
    /answer 401 instead of 403; 403 is for a valid key/,
  ],
  [
    'HTML in every 401',
    (_, { status, headers }) =>
      status === 401
        ? { ...page(401, '<h1>no</h1>', headers), headers: { ...headers, 'content-type': 'text/html' } }
        : undefined,
    'contract/json-content-type',
    /^To whoever runs the proxy or gateway in front of the API: /,
  ],
  [
    'a page of nginx in the 401 of a missing header',
    withoutBearer(page(401, nginx, { server: 'nginx/1.22.1', 'www-authenticate': 'Bearer realm="x"' })),
    'contract/json-content-type',
    /^To whoever runs nginx in front of the API: /,
  ],
];

for (const [what, rewrite, cause, advice] of servers) {
  test(`${what}: one cause, advice that fits it, and no word of a key that was accepted`, async () => {
    const made = await answeredAs(rewrite, rewrite === everyRefusalForbidden ? withTokens : chosen);
    expect(made.verdict).toBe('nonconformant');
    expect(causesOf(made)).toEqual([cause]);
    expect(fixesOf(made).failing.length).toBeGreaterThan(1);
    expect(fixesOf(made).failing[0]!.advice).toMatch(advice);
    for (const [where, text] of Object.entries(textsOf(made))) expect(text, where).not.toMatch(accepted);
  });
}

test('403 for bad signatures only is one cause, and the missing key none', async () => {
  const made = await answeredAs(
    ({ headers: { authorization = '' } }, answer) =>
      answer.status === 401 && /^bearer +\S/i.test(authorization) ? { ...answer, status: 403 } : undefined,
    withTokens,
  );
  expect(causesOf(made)).toEqual(['token/signature-verified']);
});

test('a key that is accepted next to rejections with a wrong status is a cause of its own', async () => {
  const made = await answeredAs(everyRefusalForbidden, withTokens, { faults: ['alg-none-accepted'] });
  expect(causesOf(made)).toEqual(['presentation/key-required', 'token/algorithm-none-rejected']);
  const none = fixesOf(made).failing.find(
    ({ requirement }) => requirement.id === 'token/algorithm-none-rejected',
  );
  expect(none?.advice).toBe('Give the verifier an explicit list of algorithms without "none".');
});

test('an operation that is open names itself and not those that refuse with another status', async () => {
  const made = await answeredAs(
    withoutBearer(json(403, { detail: 'Not authenticated' })),
    { ...chosen, families: ['presentation'] },
    { faults: ['version-public'] },
  );
  const { note } = fixesOf(made);
  expect(note ?? '').not.toMatch(/users|events|products/);
});

/** Kinds and statuses of findings that are not about acceptance. */
const refusals: readonly (readonly [FindingKind, number])[] = [
  ['wrong-status', 400],
  ['wrong-status', 401],
  ['wrong-status', 403],
  ['wrong-status', 404],
  ['wrong-status', 422],
  ['redirect', 302],
  ['server-error', 500],
];

test('of no requirement does the advice for a refusal speak of keys that are accepted', () => {
  const wrong = catalogue.flatMap(({ requirements }) =>
    requirements.flatMap((requirement) =>
      requirement.scenarios.flatMap((scenario) =>
        refusals.flatMap(([kind, status]) => {
          const exchange = { ...record('x'), response: { status, headers: [], body: '{}', bodyBytes: 2 } };
          const { due } = dueOf(scenario);
          const { advice } = requirement;
          const said = adviceOf({
            requirement: { advice, ...adviceFitsOf(requirement) },
            kind,
            due,
            exchange,
          });
          const fits =
            requirement.adviceFits?.some((fit) => fit === kind) || requirement.observe !== undefined;
          return (said === advice) === fits && !accepted.test(said)
            ? []
            : [`${requirement.id} ${kind} ${said}`];
        }),
      ),
    ),
  );
  expect([...new Set(wrong)]).toEqual([]);
});

test('a refusal that carries data, and a lenient success, get advice of their own', () => {
  const answer = (status: number) => ({
    ...record('x'),
    response: { status, headers: [], body: '{}', bodyBytes: 2 },
  });
  const requirement = { advice: 'The own advice.' };
  const said = (kind: FindingKind, status: number) =>
    adviceOf({ requirement, kind, due: 401, exchange: answer(status) });
  expect(said('leak', 401)).toMatch(/^The request is rejected, but the answer contains data/);
  for (const [kind, status] of [
    ['leak', 200],
    ['let-in', 200],
    ['wrong-status', 200],
    ['shut-out', 401],
  ] as const) {
    expect(said(kind, status)).toBe('The own advice.');
  }
});
