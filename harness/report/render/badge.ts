import type { Report } from '../schema.ts';
import { count } from './text.ts';
import { verdictInWords } from './words.ts';

const colors: Readonly<Record<Report['verdict'], string>> = {
  conformant: 'brightgreen',
  nonconformant: 'red',
  partial: 'yellow',
  inconclusive: 'lightgrey',
};

/** `badge.json`: what the endpoint badge of shields.io reads. */
export function renderBadge(report: Report): string {
  const badge = {
    schemaVersion: 1,
    label: 'mufi auth',
    message: messageOf(report),
    color: colors[report.verdict],
    isError: report.verdict === 'nonconformant',
  };
  return `${JSON.stringify(badge, null, 2)}\n`;
}

function messageOf(report: Report): string {
  if (report.verdict === 'conformant') {
    const claimed = report.profiles.filter((profile) => profile.claimed).map((profile) => profile.id);
    return `conformant (${claimed.join(', ')})`;
  }
  const failing = report.counts.verdicts.fail;
  return report.verdict === 'nonconformant' && failing > 0
    ? `nonconformant, ${count(failing, 'requirement')} failing`
    : verdictInWords(report);
}
