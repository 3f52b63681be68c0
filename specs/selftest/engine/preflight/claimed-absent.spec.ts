import { expect, test } from '@playwright/test';
import { parse } from 'yaml';
import { testedInPartOf } from '../../../../.github/scripts/gate-rules.ts';
import { readImplementation } from '../../../../harness/attestation/implementation.ts';
import { verifiedInWords } from '../../../../harness/cli/verify.ts';
import { readConfiguration } from '../../../../harness/engine/configuration/configuration.ts';
import { bundledDocument, operationsOf } from '../../../../harness/engine/configuration/operations.ts';
import { checkWithout } from '../../../../harness/engine/configuration/without.ts';
import type { Operation } from '../../../../harness/model/index.ts';
import type { Report } from '../../../../harness/model/report.ts';
import { renderBadge } from '../../../../harness/report/render/badge.ts';
import { renderHtml } from '../../../../harness/report/render/html/document.ts';
import { renderJUnit } from '../../../../harness/report/render/junit.ts';
import { renderSummary } from '../../../../harness/report/render/summary.ts';
import { exitCodeOf } from '../../../../harness/report/run-verdict.ts';
import { cell, family, header, operation, report, requirement, result } from '../../support/reports.ts';

const [read, write] = ['POST /v1/read', 'POST /v1/write'];
const words = `1 of 2 operations; without ${write}`;

/** A run in which the write operation looks absent, with or without a claim. */
function lacking(mark: 'claimedAbsent' | 'unclaimed', cells = [cell('pass', { operation: read })]): Report {
  const lost = { ...operation('write', 'absent'), note: 'a note', [mark]: true } as const;
  const third = { ...operation('write'), id: 'POST /v1/more' };
  const operations = mark === 'unclaimed' ? [operation('read'), third, lost] : [operation('read'), lost];
  const target = { baseUrl: 'http://target', operations };
  return report(family(requirement('f/a')), [result('f/a/one', 'pass', { cells })], {
    header: header({ target, requestedProfiles: ['core'] }),
  });
}

/** Two read operations, so that something to write remains. */
function claimed(): Report {
  const lost = { ...operation('write', 'absent'), note: 'a note', claimedAbsent: true } as const;
  const operations = [operation('read'), { ...operation('write'), id: 'POST /v1/more' }, lost];
  return report(family(requirement('f/a')), [result('f/a/one', 'pass')], {
    header: header({ target: { baseUrl: 'http://target', operations } }),
  });
}

const claimWords = `2 of 3 operations; without ${write}`;

test('everything that shows a verdict names what is claimed absent', () => {
  const made = claimed();
  expect([made.verdict, exitCodeOf(made)]).toEqual(['conformant', 0]);
  expect(made.reason).toBe(`the target http://target keeps every MUST of core (${claimWords})`);
  expect(JSON.parse(renderBadge(made)).message).toBe(`conformant (core), ${claimWords}`);
  expect(renderSummary(made).replaceAll('\\', '')).toContain(claimWords);
  expect(renderHtml(made)).toContain(claimWords);
  const junit = renderJUnit(made);
  expect(junit).toContain(`<testcase classname="operations" name="${write}" time="0"><skipped message="`);
  expect(junit).toContain(claimWords);
  expect(junit).toMatch(/<testsuites [^>]*tests="2" failures="0" errors="0"/);
  const implementation = { name: 'Example', version: '1', contact: 'a@example.com' };
  expect(verifiedInWords(implementation, made)).toContain(`(${claimWords})`);
  expect(testedInPartOf(made, ['core'])).toEqual([]);
});

test('a nonconformant verdict names it as well', () => {
  const made = claimed();
  const failing = report(family(requirement('f/a')), [result('f/a/one', 'fail')], {
    header: header({ target: made.target }),
  });
  expect(failing.reason).toBe(`the target http://target breaks "Sentence of f/a" (f/a) (${claimWords})`);
});

test('what looks absent without a claim is exit 2, an error in JUnit, and says how to claim it', () => {
  const made = lacking('unclaimed');
  const sentence = `${write} answers like a path that does not exist; if the target does not implement it, add --without "${write}"`;
  expect([made.verdict, made.reason, exitCodeOf(made)]).toEqual(['partial', sentence, 2]);
  const junit = renderJUnit(made);
  expect(junit).toMatch(/<testsuites [^>]*errors="1"/);
  expect(junit).toContain('type="unclaimed"');
  expect(JSON.parse(renderBadge(made)).message).toBe('partial');
});

test('what answered otherwise in any cell is there', () => {
  const made = lacking('unclaimed', [cell('pass', { operation: write })]);
  expect([made.verdict, made.reason]).toEqual([
    'partial',
    `${write} first answered like a path that does not exist, and later did not, so the target implements it; run it again`,
  ]);
});

test('a target without any write operation left is partial', () => {
  const made = lacking('claimedAbsent');
  expect([made.verdict, made.reason]).toEqual([
    'partial',
    `core: the target has no write operation, so no write could be tested (${words})`,
  ]);
});

const environment = { MUFI_BASE_URL: 'http://127.0.0.1', MUFI_WRITE_KEY: 'a.b.c', MUFI_READ_KEY: 'a.b.d' };
const operations: readonly Operation[] = operationsOf(bundledDocument);
const transfer = 'POST /v1/products/{id}/transfer';

test('MUFI_WITHOUT names operations with commas, in any order and however often', () => {
  const without = (MUFI_WITHOUT: string) => readConfiguration({ ...environment, MUFI_WITHOUT }).without;
  expect(without(`${transfer}, PUT /v1/events/update,${transfer}`)).toEqual([
    transfer,
    'PUT /v1/events/update',
  ]);
  expect(without('')).toBeUndefined();
  expect(() => without(`${transfer},`)).toThrow('MUFI_WITHOUT has an empty entry; remove the extra comma.');
});

test('a name that is not an operation is one sentence with the nearest', () => {
  expect(() => checkWithout(['POST /v1/product/{id}/transfer'], operations)).toThrow(
    `--without (MUFI_WITHOUT) names "POST /v1/product/{id}/transfer", which is not an operation; the nearest is "${transfer}".`,
  );
  expect(() => checkWithout([transfer], operations)).not.toThrow();
  expect(() => checkWithout(undefined, operations)).not.toThrow();
});

test('all operations cannot be claimed absent', () => {
  const all = operations.map(({ id }) => id);
  expect(() => checkWithout(all, operations)).toThrow(
    `names all ${all.length} operations, so nothing is left to test`,
  );
  expect(() => checkWithout(all.slice(1), operations)).not.toThrow();
});

test('the file of an implementation may claim operations absent', () => {
  const text = `name: A\nversion: '1'\ncontact: a@example.com\nwithout: ['${transfer}']\n`;
  expect(readImplementation(text, 'i.yaml', false).without).toEqual([transfer]);
  expect(() => readImplementation(`${text.split('without')[0]}without: all\n`, 'i.yaml', false)).toThrow(
    /without/,
  );
  expect(parse(text).without).toHaveLength(1);
});
