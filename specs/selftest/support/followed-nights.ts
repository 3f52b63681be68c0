import { followNight } from '../../../.github/scripts/follow-night.ts';
import { nightOf } from '../../../.github/scripts/nights.ts';
import type { Report } from '../../../harness/model/report.ts';
import { exitCodeOfComparison } from '../../../harness/report/compare/compare.ts';
import { testedLess } from '../../../harness/report/history/less.ts';
import { nightOf as kept, saysSomething } from '../../../harness/report/history/night.ts';
import { exitCodeOf } from '../../../harness/report/run-verdict.ts';
import { compared } from './compared.ts';
import { type FakeIssue, type FakeState, fakeGh } from './fake-gh.ts';

/** What the workflow does night after night; returns the issues as they are after each night. */
export function follow(nights: readonly Report[]): FakeIssue[][] {
  const state: FakeState = { issues: [], runs: [], labels: [], calls: [] };
  return nights.map((report, at) => {
    const before = nights.slice(0, at).findLast(saysSomething);
    const comparison = before && compared(before, report).comparison;
    const code = comparison === undefined ? '' : `${exitCodeOfComparison(comparison)}`;
    followNight((...args) => fakeGh(state, args), 'mufi/suite', {
      night: nightOf(`${exitCodeOf(report)}`, code),
      regression: code === '1',
      summary: '## the summary',
      comparison: '## the comparison',
      runUrl: 'https://github.example/run',
      report,
      less:
        before === undefined || !saysSomething(report) ? [] : testedLess(kept(before, ''), kept(report, '')),
    });
    return structuredClone(state.issues);
  });
}

/** The first visible line. */
export const firstLine = ({ body }: FakeIssue): string =>
  body.split('\n').find((line) => /^[^<\s]/.test(line)) ?? '';
