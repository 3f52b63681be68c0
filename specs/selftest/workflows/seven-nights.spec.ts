import { expect, test } from '@playwright/test';
import type { Report } from '../../../harness/model/report.ts';
import type { FakeIssue } from '../support/fake-gh.ts';
import { firstLine, follow } from '../support/followed-nights.ts';
import {
  cache,
  isDown,
  keyIsDead,
  lessTarget,
  night,
  sevenNights,
  unchecked,
  varies,
} from '../support/seven-nights.ts';

const rowsIn = ({ body }: FakeIssue): string[] =>
  body.split('\n').filter((line) => line.startsWith('| MUST') || line.startsWith('| SHOULD'));

const since2 = 'fails since 2 January 2026: A cache forgets a regenerated key at once';

test('seven nights: one issue, which says what is true and forgets nothing', () => {
  const after = follow(sevenNights);
  expect(after[0]).toEqual([]);
  for (const issues of after.slice(1)) expect(issues).toHaveLength(1);
  const issues = after.slice(1).map(([issue]) => issue!);
  expect(issues.map(({ state }) => state)).toEqual(['open', 'open', 'open', 'open', 'open', 'closed']);
  const two = `Nightly conformance: ${since2} (and 1 more)`;
  expect(issues.slice(0, 2).map(({ title }) => title)).toEqual([`Nightly conformance: ${since2}`, two]);
  expect(issues.slice(2).map(({ title }) => title)).toEqual([two, two, two, two]);
  const first = `**F${since2.slice(1)} (and 1 more).**`;
  expect(issues.slice(0, 5).map(firstLine)).toEqual([
    `**F${since2.slice(1)}.**`,
    first,
    ...[keyIsDead, isDown, varies].map(
      (cause) =>
        `${first} Tonight: could not decide: ${cause.replaceAll('_', '\\_')}. What failed before is still open.`,
    ),
  ]);
});

test('the table says what fails, since which night, and what changed tonight', () => {
  const tables = follow(sevenNights)
    .slice(1, 6)
    .map(([issue]) => rowsIn(issue!));
  const row = (id: string, what: string): unknown =>
    expect.stringMatching(new RegExp(`\`${id}\`.*${what} \\|$`));
  const on = (date: string, what: string): string => `\\| ${date} January 2026, 02:17 UTC \\| ${what}`;
  expect(tables).toEqual([
    [row(cache, on('2', '\\*\\*new\\*\\*'))],
    [row(cache, on('2', 'still fails')), row(unchecked, on('3', '\\*\\*new\\*\\*'))],
    ...Array.from({ length: 3 }, () => [
      row(cache, on('2', 'could not be decided')),
      row(unchecked, on('3', 'could not be decided')),
    ]),
  ]);
});

test('each night that could not decide adds its one cause as a comment; the last one says that all passes', () => {
  const [issue] = follow(sevenNights).at(-1)!;
  const [second, ...others] = issue!.comments;
  expect(second).toContain(`\`${unchecked}\``);
  expect(others).toHaveLength(4);
  for (const [at, cause] of [keyIsDead, isDown, varies].entries()) {
    expect(others[at]!.replaceAll('\\', '')).toContain(`could not decide: ${cause}`);
  }
  expect(others[3]).toContain('keeps the contract again');
  expect(others[3]).toContain('**passes again**');
});

test('nights that cannot decide with nothing open have the cause as title and first line, and close', () => {
  const [down, dead, green] = follow([night(1, [], isDown), night(2, [], keyIsDead), night(3, [])]);
  expect(down![0]!.title).toBe(`Nightly conformance: could not decide: ${isDown}`);
  expect(firstLine(down![0]!)).toBe(`**Could not decide: ${isDown}.**`);
  expect(dead).toHaveLength(1);
  expect(dead![0]!.title).toBe(`Nightly conformance: could not decide: ${keyIsDead}`);
  expect(green![0]!.state).toBe('closed');
});

test('red closes when everything that was red passes, though the night tested less; that is an issue of its own', () => {
  const less = night(2, [], undefined, { target: lessTarget });
  const [, issues] = follow([night(1, [cache]), less]);
  expect(issues!.map(({ title, state }) => [title, state])).toEqual([
    ['Nightly conformance: tested less than the night before: POST /v1/other is gone', 'open'],
    ['Nightly conformance: fails since 1 January 2026: A cache forgets a regenerated key at once', 'closed'],
  ]);
  expect(firstLine(issues![0]!)).toBe('**Tested less than the night before: POST /v1/other is gone.**');
});

test('a night that is partial closes what was red and passes, and says why it is partial', () => {
  const partial: Report = {
    ...night(2, []),
    verdict: 'partial',
    reason: 'core: 3 requirements were not tested',
  };
  const [, issues] = follow([night(1, [cache]), partial]);
  expect(issues!.map(({ title, state }) => [title, state])).toEqual([
    ['Nightly conformance: could not decide: core: 3 requirements were not tested', 'open'],
    [expect.stringContaining('fails since 1 January'), 'closed'],
  ]);
});

test('a green night in which the red one was not tested leaves it open, and says so', () => {
  const untested = night(2, []);
  const requirements = untested.requirements.map((one) =>
    one.id === cache ? { ...one, verdict: 'not-tested' as const, reason: 'no key control' } : one,
  );
  for (const verdict of ['conformant', 'partial'] as const) {
    const [, issues] = follow([night(1, [cache]), { ...untested, verdict, requirements }]);
    const red = issues!.find(({ title }) => title.includes('fails since 1 January'))!;
    expect(red.state).toBe('open');
    expect(rowsIn(red)).toEqual([expect.stringContaining('was not tested: no key control')]);
  }
});

test('one of two that passes again is said, and the other stays with its night', () => {
  const [, , third] = follow([night(1, [cache]), night(2, [cache, unchecked]), night(3, [unchecked])]);
  const [issue] = third!;
  expect(issue!.title).toContain('fails since 2 January 2026: A read key gets 403');
  expect(rowsIn(issue!)).toEqual([
    expect.stringContaining('still fails'),
    expect.stringContaining('**passes again**'),
  ]);
  expect(issue!.comments.at(-1)).toContain('**passes again**');
  const [, , , fourth] = follow([
    night(1, [cache]),
    night(2, [cache, unchecked]),
    night(3, [unchecked]),
    night(4, [unchecked]),
  ]);
  expect(rowsIn(fourth![0]!)).toHaveLength(1);
});

test('a red night that tested less says what is gone in addition to what fails', () => {
  const [, issues] = follow([night(1, [cache]), night(2, [cache], undefined, { target: lessTarget })]);
  const red = issues!.find(({ state, title }) => state === 'open' && title.includes('fails since'))!;
  expect(firstLine(red)).toMatch(/Tested less than the night before: POST \/v1\/other is gone\.$/);
});

test('what a report says cannot leave the memory of an issue, and is text in it', () => {
  const evil = '--> <script>x</script> @everyone <!-- open: [] -->';
  const hostile = (report: Report): Report => ({
    ...report,
    requirements: report.requirements.map((one) => ({ ...one, title: `${one.title} ${evil}`, reason: evil })),
  });
  const [, issues] = follow([hostile(night(1, [cache])), hostile(night(2, [], evil))]);
  const [issue] = issues!;
  expect(issue!.body.match(/-->/g)).toHaveLength(2);
  expect(issue!.body).not.toMatch(/<script|(?<!\\)@everyone/);
  expect(rowsIn(issue!)).toHaveLength(1);
  expect(issue!.title.length).toBeLessThanOrEqual(256);
});
