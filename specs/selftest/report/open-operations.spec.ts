import { expect, test } from '@playwright/test';
import { fixesOf } from '../../../harness/report/findings/ranking.ts';
import { renderHtml } from '../../../harness/report/render/html/document.ts';
import { renderSummary } from '../../../harness/report/render/summary.ts';
import { renderTerminal } from '../../../harness/report/render/terminal.ts';
import { cell, finding, record, report, requirement, result } from '../support/reports.ts';

const [version, events] = ['GET /v1/version', 'GET /v1/events'];
const keyRequired = 'presentation/key-required';

/** A run in which these requirements accept on operations what they should reject; all others pass. */
function letIn(hits: Readonly<Record<string, readonly string[]>>, kind: 'let-in' | 'bad-body' = 'let-in') {
  const ids = Object.keys(hits);
  const catalogue = [{ id: 'f', title: 'A family', requirements: ids.map((id) => requirement(id)) }];
  const results = ids.map((id) =>
    result(`${id}/one`, 'fail', {
      cells: [...(hits[id] ?? [])].map((operation) =>
        cell('fail', { operation, findings: [finding(id, { kind: id === keyRequired ? 'let-in' : kind })] }),
      ),
    }),
  );
  return report(catalogue, results);
}

const order = (made: ReturnType<typeof letIn>): string[] =>
  fixesOf(made).failing.map(({ requirement: { id } }) => id);

test('an operation that answers without a key comes before what only it accepts, and every page says so', () => {
  const made = letIn({
    'token/signature-verified': [version],
    'token/signature-covers-content': [version],
    'permissions/read-key-does-not-write': [events, version],
    [keyRequired]: [version],
  });
  expect(order(made)[0]).toBe(keyRequired);
  const note = `2 of the 3 other requirements fail only on ${version}, which answers without any key: fix ${keyRequired} first`;
  expect(fixesOf(made).note).toBe(note);
  expect(made.reason).toContain(`breaks "Sentence of ${keyRequired}" (${keyRequired}) and 3 more`);
  const terminal = renderTerminal(made, { color: false, columns: 300, reportPath: 'report.html' });
  expect(terminal.replaceAll(/\s+/g, ' ')).toContain(note);
  expect(renderHtml(made)).toContain(`${note}.`);
  expect(renderSummary(made).replaceAll('\\', '')).toContain('which answers without any key');
});

test('if it explains nothing, the worst comes first and nothing is said', () => {
  const apart = letIn({ 'token/signature-verified': [version, events], [keyRequired]: [version] });
  expect(order(apart)).toEqual(['token/signature-verified', keyRequired]);
  expect(fixesOf(apart).note).toBeUndefined();
  const other = letIn({ 'contract/body-matches-schema': [version], [keyRequired]: [version] }, 'bad-body');
  expect(fixesOf(other).note).toBeUndefined();
  expect(fixesOf(letIn({ 'token/signature-verified': [version] })).note).toBeUndefined();
});

test('a hole in one operation comes after one that is as bad in many, and still before its consequences', () => {
  const many = Array.from({ length: 17 }, (_, at) => `GET /${at}`);
  const made = letIn({
    'permissions/read-key-does-not-write': ['GET /0'],
    'token/signature-covers-content': ['GET /0'],
    'token/signature-verified': many,
    [keyRequired]: ['GET /0'],
  });
  expect(order(made).slice(0, 2)).toEqual(['token/signature-verified', keyRequired]);
  expect(made.reason).toContain(
    'breaks "Sentence of token/signature-verified" (token/signature-verified) and 3 more',
  );
});

test('what is as bad on more operations comes first; those that are open do not count', () => {
  const rows = (...own: string[]) =>
    letIn({
      'permissions/read-key-does-not-write': own,
      'token/signature-covers-content': [version],
      [keyRequired]: [version],
    });
  const first = (...own: string[]) => order(rows(...own))[0];
  expect(first('POST /a', 'POST /b')).toBe('permissions/read-key-does-not-write');
  expect(first('POST /a', version)).toBe(keyRequired);
  expect(first('POST /a', 'POST /b', version)).toBe('permissions/read-key-does-not-write');
});

test('of many operations the first three are named', () => {
  const operations = ['GET /a', 'GET /b', 'GET /c', 'GET /d'];
  const made = letIn({ 'token/signature-verified': ['GET /d'], [keyRequired]: operations });
  expect(fixesOf(made).note).toBe(
    `the other requirement fails only on GET /a, GET /b, GET /c and 1 more, which answer without any key: fix ${keyRequired} first`,
  );
});

test('what a requirement sends itself comes before what others sent, even if that affects more operations', () => {
  const id = 'token/signature-verified';
  const hit = (operation: string) => cell('fail', { operation, findings: [finding(id)] });
  const catalogue = [{ id: 'f', title: 'A family', requirements: [requirement(id)] }];
  const made = report(catalogue, [result(`${id}/one`, 'fail', { cells: [hit(version)] })]);
  const [own] = made.requirements[0]!.scenarios;
  const elsewhere = { ...own!, id: `${id}/elsewhere`, cells: [hit(version), hit(events)] };
  const requirements = [{ ...made.requirements[0]!, scenarios: [elsewhere, own!] }];
  expect(fixesOf({ ...made, requirements }).failing[0]?.blocks.map(({ scenario }) => scenario)).toEqual([
    `${id}/one`,
    `${id}/elsewhere`,
  ]);
});

const [forged, texts] = ['token/signature-verified', 'presentation/placeholders-rejected'];

/** A run in which requirements accept this Authorization header, or none, on operations. */
function accepting(
  rows: readonly (readonly [id: string, operations: readonly string[], authorization?: string])[],
  textRejectedOn?: string,
) {
  const catalogue = [{ id: 'f', title: 'A family', requirements: rows.map(([id]) => requirement(id)) }];
  const results = rows.map(([id, operations, authorization]) => {
    const headers: [string, string][] = authorization === undefined ? [] : [['Authorization', authorization]];
    const sent = { ...record(id), request: { ...record(id).request, headers } };
    const findings = [finding(id, { exchange: id })];
    const cells = operations.map((operation) => cell('fail', { operation, findings, exchanges: [id] }));
    const passing =
      id === texts && textRejectedOn !== undefined ? [cell('pass', { operation: textRejectedOn })] : [];
    return result(`${id}/one`, 'fail', { cells: [...cells, ...passing], exchanges: [sent] });
  });
  return report(catalogue, results);
}

test('if any text after Bearer is accepted, unverified signatures are the one cause of all that is accepted like this', () => {
  const made = accepting([
    [
      'presentation/malformed-credentials-rejected',
      [version, events],
      'Bearer \u2039write key\u203a, Bearer x',
    ],
    [texts, [version, events], 'Bearer null'],
    ['permissions/read-key-does-not-write', [events], 'bearer  \u2039read key\u203a'],
    [forged, [version, events], 'Bearer \u2039write key\u203a'],
    ['presentation/bearer-scheme-only', [version], 'Token \u2039write key\u203a'],
    ['presentation/authorization-header-only', [version]],
  ]);
  const { failing, note } = fixesOf(made);
  expect(failing[0]?.requirement.id).toBe(forged);
  expect(note).toBe(
    `3 of the 5 other requirements fail only on ${version}, ${events}, which accept any text after Bearer: fix ${forged} first`,
  );
  expect(made.reason).toContain(`breaks "Sentence of ${forged}" (${forged}) and 5 more`);
  const causes = failing.filter(({ consequenceOf }) => consequenceOf === undefined);
  expect(causes.map(({ requirement: { id } }) => id)).toEqual([
    forged,
    'presentation/bearer-scheme-only',
    'presentation/authorization-header-only',
  ]);
  const terminal = renderTerminal(made, { color: false, columns: 300, reportPath: 'report.html' });
  expect(terminal.replaceAll(/\s+/g, ' ')).toContain(note);
  expect(renderHtml(made)).toContain(`${note}.`);
});

test('an unchecked permission is a cause of its own if a text that is not a key is rejected', () => {
  const rows = [
    ['permissions/read-key-does-not-write', [events], 'Bearer \u2039read key\u203a'],
    [forged, [version, events], 'Bearer \u2039write key\u203a'],
  ] as const;
  expect(fixesOf(accepting(rows)).failing.map(({ consequenceOf }) => consequenceOf)).toEqual([
    undefined,
    undefined,
  ]);
  // Such a text was also sent to the other operation, and it was rejected.
  const elsewhere = accepting([...rows, [texts, [version], 'Bearer null']], events);
  expect(
    fixesOf(elsewhere).failing.find(({ requirement: { id } }) => id === rows[0][0])?.consequenceOf,
  ).toBeUndefined();
});

test('if all operations that were tried accept such a text, others accept it for the same reason', () => {
  const made = accepting([
    ['permissions/read-key-does-not-write', ['POST /a', 'POST /b'], 'Bearer \u2039read key\u203a'],
    [forged, [version, events], 'Bearer \u2039write key\u203a'],
    [texts, [version], 'Bearer null'],
  ]);
  const { failing } = fixesOf(made);
  expect(failing.map(({ consequenceOf }) => consequenceOf)).toEqual([undefined, forged, forged]);
});
