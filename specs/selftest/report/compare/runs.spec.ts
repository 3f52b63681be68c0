import { expect, test } from '@playwright/test';
import { defined } from '../../../../harness/model/defined.ts';
import type { CellVerdict } from '../../../../harness/model/index.ts';
import type { Report } from '../../../../harness/model/report.ts';
import { renderComparisonMarkdown } from '../../../../harness/report/compare/render/markdown.ts';
import { renderText } from '../../../../harness/report/compare/render/text.ts';
import { compared, reportOf, run } from '../../support/compared.ts';
import { family, header, requirement, result } from '../../support/reports.ts';

test('a run that stopped early is undecided for its one cause, in one entry', () => {
  const cause = 'the target refuses every connection';
  const many = family(...Array.from({ length: 9 }, (_, index) => requirement(`must/${index}`)));
  const runs = (verdict: CellVerdict, reason?: string) =>
    many[0]!.requirements.map(({ id }) =>
      result(`${id}/one`, verdict, reason === undefined ? {} : { reason, cells: [] }),
    );
  const stopped = reportOf(many, runs('inconclusive', cause), { cause });
  const { comparison, exitCode } = compared(reportOf(many, runs('pass')), stopped);
  expect([exitCode, comparison.reason]).toEqual([2, cause]);
  const markdown = renderComparisonMarkdown(comparison);
  expect(markdown.match(/^- MUST `9 requirements`: the target refuses every connection/gm)).toHaveLength(1);
  expect(compared(stopped, stopped)).toMatchObject({ exitCode: 2, changes: { 'must/0': 'still-undecided' } });
});

test('differences in how the two ran are noted', () => {
  const options = {
    profiles: [],
    depth: 'quick',
    mode: 'observe',
    strict: false,
    selection: 'token/',
  } as const;
  const later = run({}, { options: { ...options, profiles: [] } });
  const earlier = run({}, { startedAt: 0 });
  expect(compared(later, earlier).comparison.notes).toEqual([
    'the second report is older than the first',
    'the option --depth differs: quick before, full now',
    'the option --mode differs: observe before, full now',
    'the selection -g differs: token/ before, all now',
  ]);
  expect(compared(later, later).comparison.notes).toEqual(['both reports are of the same run']);
});

test('an operation that is gone decides nothing: exit 2 for one target, a note for two', () => {
  const having = (availability: 'available' | 'absent' | 'unknown', baseUrl = 'http://target') => {
    const { target } = header();
    const operations = target.operations.map((one, index) => (index === 0 ? { ...one, availability } : one));
    return run({}, { target: { ...target, baseUrl, operations } });
  };
  const [before, after] = [having('available'), having('absent')];
  const { id } = before.target.operations[0]!;
  const { exitCode, comparison } = compared(before, after);
  expect([exitCode, comparison.reason]).toEqual([2, `${id} was there before and is absent now`]);
  expect(comparison.notes).toEqual([`only the first has ${id}`]);
  expect(compared(after, before)).toMatchObject({ exitCode: 0, comparison: { notes: [] } });
  expect(compared(having('unknown'), after)).toMatchObject({ exitCode: 0, comparison: { notes: [] } });
  expect(compared(before, having('absent', 'http://mock'))).toMatchObject({
    exitCode: 0,
    comparison: { notes: [`only the first has ${id}`] },
  });
});

test('a later run that tried fewer cells by more than a tenth is noted, and decides nothing', () => {
  const tried = (cells: number, baseUrl = 'http://target', depth: 'quick' | 'full' = 'full') => {
    const { target, options } = header();
    const made = run({}, { target: { ...target, baseUrl }, options: { ...options, depth } });
    return { ...made, counts: { ...made.counts, cells } };
  };
  const { comparison, exitCode } = compared(tried(6190), tried(791, 'http://target', 'quick'));
  expect(exitCode).toBe(0);
  const notes = ['the option --depth differs: full before, quick now', 'tested 791 cells, 6,190 before'];
  expect(comparison.notes).toEqual(notes);
  for (const note of notes) {
    expect(renderText(comparison, { color: false, columns: 100 })).toContain(`note    ${note}`);
    expect(renderComparisonMarkdown(comparison)).toContain(`- ${note}`);
  }
  expect(compared(tried(100), tried(90)).comparison.notes).toEqual([]);
  expect(compared(tried(100), tried(89)).comparison.notes).toEqual(['tested 89 cells, 100 before']);
  expect(compared(tried(89), tried(100)).comparison.notes).toEqual([]);
  expect(compared(tried(100), tried(1, 'http://mock')).comparison.notes).toEqual([
    'the second run tested 1 cell, the first 100',
  ]);
});

test('the address decides whether two runs are of one target; another implementation behind it is a note', () => {
  const named = (implementation?: { name: string; version: string }) =>
    run({}, { target: { ...header().target, ...defined({ implementation }) } });
  const [old, acme] = [named(), named({ name: 'Acme', version: '1' })];
  const { sideBySide, notes } = compared(old, acme).comparison;
  expect({ sideBySide, notes }).toEqual({
    sideBySide: false,
    notes: ['the implementation differs: unknown before, Acme 1 now'],
  });
  expect(compared(acme, named({ name: 'Acme', version: '1' })).comparison.notes).toEqual([]);
});

test('two targets are shown side by side; the embedded reference server is one, whatever its port', () => {
  const target = (baseUrl: string) => ({ target: { ...header().target, baseUrl } });
  const { comparison } = compared(
    run({ 'must/b/one': 'fail' }, target('http://mock')),
    run({ 'must/a/one': 'fail' }, target('http://staging')),
  );
  expect(comparison.sideBySide).toBe(true);
  const text = renderText(comparison, { color: false, columns: 100 });
  expect(text).toContain('Fails only on http://staging (1)\n✕ MUST   must/a');
  expect(text).toContain('Better on http://staging (1)\n✓ MUST   must/b');
  const configuration = [{ name: 'MUFI_BASE_URL', value: 'not set: the embedded reference server' }];
  const embedded = (port: number) =>
    run({}, { ...target(`http://127.0.0.1:${port}`), configuration, embedded: true });
  expect(compared(embedded(1), embedded(2)).comparison.sideBySide).toBe(false);
  const before = ({ target: { embedded: _embedded, ...rest }, ...report }: Report) => ({
    ...report,
    target: rest,
  });
  expect(compared(before(embedded(1)), before(embedded(2))).comparison.sideBySide).toBe(false);
  expect(compared(before(run({}, target('http://a'))), embedded(2)).comparison.sideBySide).toBe(true);
});
