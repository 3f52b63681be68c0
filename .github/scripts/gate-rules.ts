import { readFileSync } from 'node:fs';
import type { Report } from '../../harness/model/report.ts';
import { inPartInWords, testedInPart } from '../../harness/report/coverage.ts';
import { operationsInWords } from '../../harness/report/operations.ts';
import { NotAReport, parseReport } from '../../harness/report/parse.ts';
import { asClause } from '../../harness/report/render/text.ts';
import { unlockInWords } from '../../harness/report/render/unlocks.ts';

/** What a release requires. */
export interface GateRequest {
  readonly baseUrl: string;
  readonly profiles: readonly string[];
}

/**
 * Why a release is blocked, by its merged report; empty if it may go out. The report has to be conformant, be about the
 * requested server, not be cut short in any way, and have every required profile complete.
 */
export function objectionsTo(report: Report, wanted: GateRequest): string[] {
  const { verdict, reason, options, suiteFaults } = report;
  const [asked, tested] = [wanted.baseUrl, report.target.baseUrl].map((url) => url.replace(/\/+$/, ''));
  return [
    ...suiteFaults.map((fault) => `A fault of the suite: ${fault}`),
    ...(verdict === 'conformant' ? [] : [`The run is ${verdict}: ${reason}`]),
    ...(tested === asked ? [] : [`The report is about ${tested}, not about ${asked}.`]),
    ...(options.selection === undefined ? [] : [`The run has only what -g ${options.selection} selects.`]),
    ...(options.depth === 'full' && options.mode === 'full'
      ? []
      : [
          `The run had depth ${options.depth} and mode ${options.mode}; a release needs depth full and mode full.`,
        ]),
    ...wanted.profiles
      .map((id) => ({ id, is: report.profiles.find((profile) => profile.id === id)?.verdict ?? 'unknown' }))
      .filter(({ is }) => is !== 'conformant')
      .map(({ id, is }) => `The required profile ${id} is ${is}.`),
  ];
}

/**
 * Which requirements of the required profiles were tested in part, how many of their scenarios, and what unlocks the
 * rest; empty if there are none. They do not close a gate (harness/README.md, Words), so the gate has to report them.
 */
export function testedInPartOf(report: Report, profiles: readonly string[]): string[] {
  return report.requirements
    .filter(({ profile }) => profiles.includes(profile))
    .flatMap((requirement) => {
      const part = testedInPart(requirement);
      if (part === undefined) return [];
      const unlocks = report.notTested
        .filter(({ requirements }) => requirements.includes(requirement.id))
        .map((entry) => asClause(unlockInWords(entry)));
      const rest = unlocks.length === 0 ? '' : `; to test the rest, ${unlocks.join('; ')}`;
      return [`${requirement.id}: ${inPartInWords(part)}${rest}`];
    });
}

/**
 * Which operations the run left out, and which of them only because the input `without` claims them absent; undefined
 * if it left out none.
 */
export function operationsTestedInWords(target: Report['target']): string | undefined {
  const left = operationsInWords(target);
  const claimed = target.operations.filter(({ claimedAbsent }) => claimedAbsent === true).map(({ id }) => id);
  if (left === undefined || claimed.length === 0) return left;
  return `${left}; claimed absent by the input without: ${claimed.join(', ')}`;
}

/** The merged report of a gate; undefined if it does not exist or cannot be read. */
export function readMerged(file: string): Report | undefined {
  try {
    return parseReport(readFileSync(file, 'utf8'), file);
  } catch (error) {
    if (!(error instanceof NotAReport) && (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return undefined;
  }
}
