import { isDecidedVerdict, spokenCommand } from '../../model/index.ts';
import type { Report, RequirementReport } from '../../model/report.ts';
import { count } from './text.ts';

/** Requirements of one family, with the number for each verdict. */
export interface FamilyTally {
  readonly family: string;
  readonly requirements: readonly RequirementReport[];
  readonly pass: number;
  readonly warn: number;
  readonly fail: number;
  readonly known: number;
  readonly inconclusive: number;
  readonly notTested: number;
  readonly notApplicable: number;
}

/** Families in the order of the report. */
export function familiesOf(report: Report): readonly FamilyTally[] {
  const families = new Map<string, RequirementReport[]>();
  for (const requirement of report.requirements) {
    families.set(requirement.family, [...(families.get(requirement.family) ?? []), requirement]);
  }
  return [...families].map(([family, requirements]) => {
    const amount = (verdict: RequirementReport['verdict']): number =>
      requirements.filter((requirement) => requirement.verdict === verdict).length;
    return {
      family,
      requirements,
      pass: amount('pass'),
      warn: amount('warn'),
      fail: amount('fail'),
      known: amount('known'),
      inconclusive: amount('inconclusive'),
      notTested: amount('not-tested'),
      notApplicable: amount('not-applicable'),
    };
  });
}

/** True if a single cause explains everything; failures from before the stop are shown as in any other run. */
export function stoppedEarly({ cause, requirements }: Report): boolean {
  return cause !== undefined && !requirements.some(({ verdict }) => verdict === 'fail');
}

/** True where no requirement could be decided: a table of question marks says nothing that the cause does not say. */
export function nothingDecided({ requirements }: Report): boolean {
  return !requirements.some(({ verdict }) => isDecidedVerdict(verdict));
}

/** What to do where nothing could be decided: words, a command, words. */
export function nextStep(report: Report): readonly [before: string, command: string, after: string] {
  const first = report.notTested.length > 0 ? 'Supply what is listed below' : 'Repair what the cause names';
  return [
    `${first}, then run again.`,
    spokenCommand('doctor'),
    'asks the target the same first questions within seconds.',
  ];
}

/** What went wrong with the suite itself, without what the reason of the verdict already says. */
export function faultsOf({ suiteFaults, reason }: Report): readonly string[] {
  return suiteFaults.filter((fault) => fault !== reason);
}

/** "2 requirements not tested, 1 in part": the effect of a missing capability. */
export function untestedInWords(ids: readonly string[], { requirements }: Report): string {
  const verdicts = new Map(requirements.map(({ id, verdict }) => [id, verdict]));
  const whole = ids.filter((id) => (verdicts.get(id) ?? 'not-tested') === 'not-tested').length;
  const inPart = ids.length - whole;
  if (inPart === 0) return `${count(whole, 'requirement')} not tested`;
  if (whole === 0) return `${count(inPart, 'requirement')} tested in part`;
  return `${count(whole, 'requirement')} not tested, ${count(inPart, 'other')} in part`;
}

/** Inconclusive requirements that share one reason. */
export interface UndecidedGroup {
  readonly reason: string;
  readonly requirements: readonly RequirementReport[];
}

/** Inconclusive requirements grouped by their reason, the largest group first. */
export function undecidedOf(report: Report): readonly UndecidedGroup[] {
  const groups = new Map<string, RequirementReport[]>();
  for (const requirement of report.requirements) {
    if (requirement.verdict !== 'inconclusive') continue;
    const own = requirement.reason ?? reasonInside(requirement);
    const reason = stoppedEarly(report) ? (report.cause ?? own) : own;
    groups.set(reason, [...(groups.get(reason) ?? []), requirement]);
  }
  return [...groups]
    .map(([reason, requirements]) => ({ reason, requirements }))
    .toSorted((one, other) => other.requirements.length - one.requirements.length);
}

function reasonInside(requirement: RequirementReport): string {
  const scenario = requirement.scenarios.find(({ verdict }) => verdict === 'inconclusive');
  const cell = scenario?.cells.find(({ verdict }) => verdict === 'inconclusive');
  return scenario?.reason ?? cell?.reason ?? 'no reason given';
}
