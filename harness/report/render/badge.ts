import type { Report } from '../../model/report.ts';
import { operationsInWords } from '../operations.ts';
import { outOfDateOf } from './baseline.ts';
import { count } from './text.ts';
import { afterDemo, verdictInWords } from './words.ts';

const colors: Readonly<Record<Report['verdict'], string>> = {
  conformant: 'brightgreen',
  nonconformant: 'red',
  partial: 'yellow',
  inconclusive: 'lightgrey',
};

const demoColor = 'blueviolet';

/** `badge.json`, in the format of the endpoint badge of shields.io. */
export function renderBadge(report: Report): string {
  const isDemo = afterDemo(report) !== undefined;
  const badge = {
    schemaVersion: 1,
    label: 'mufi auth',
    message: isDemo ? `demo: ${messageOf(report)}` : messageOf(report),
    color: isDemo && report.verdict === 'conformant' ? demoColor : colors[report.verdict],
    isError: report.verdict === 'nonconformant',
  };
  return `${JSON.stringify(badge, null, 2)}\n`;
}

function messageOf(report: Report): string {
  if (report.verdict === 'conformant') {
    const claimed = report.profiles.filter((profile) => profile.claimed).map((profile) => profile.id);
    const { known } = report.counts.verdicts;
    const butFor = known === 0 ? '' : `, ${known} known ${known === 1 ? 'failure' : 'failures'}`;
    const operations = operationsInWords(report.target);
    const less = operations === undefined ? '' : `, ${operations}`;
    return `conformant (${claimed.join(', ')})${butFor}${less}`;
  }
  const failing = report.counts.verdicts.fail;
  if (failing === 0 && outOfDateOf(report).length > 0) return 'baseline out of date';
  return report.verdict === 'nonconformant' && failing > 0
    ? `nonconformant, ${count(failing, 'requirement')} failing`
    : verdictInWords({ ...report, target: { ...report.target, embedded: false } });
}
