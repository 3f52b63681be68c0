import type { BaselineEntryReport, Report, RequirementReport } from '../../model/report.ts';
import { type Fix, type Fixes, fixesOf } from '../findings/ranking.ts';
import { claimOf, operationsInWords } from '../operations.ts';
import { entryMark, outOfDateOf, scopeOf } from './baseline.ts';
import { consequenceOf, headlineOf, linesOf, reachOf, restOf, sourceOf } from './plain.ts';
import { type FamilyTally, familiesOf } from './tally.ts';
import { excerpt, printable, printableDeep } from './text.ts';
import { afterDemo } from './words.ts';

/** `junit.xml`: one case per requirement, one suite per family. */
export function renderJUnit(untrusted: Report): string {
  const report = printableDeep(untrusted);
  const fixes = fixesOf(report);
  const suites = familiesOf(report).map((family) => suiteOf(family, fixes));
  const { fail, inconclusive } = report.counts.verdicts;
  const entries = report.baseline?.entries ?? [];
  const beyond = beyondRequirements(report);
  const operations = report.target.operations.filter(isNotThere);
  const unclaimed = operations.filter((one) => one.unclaimed === true).length;
  const attributes = attributesOf({
    name: `${report.suite.name} ${afterDemo(report) === undefined ? '' : 'demo: '}${report.target.baseUrl}`,
    tests: report.requirements.length + entries.length + operations.length + beyond.length,
    failures: fail + outOfDateOf(report).length,
    errors: inconclusive + beyond.length + unclaimed,
    time: (report.durationMs / 1000).toFixed(3),
    timestamp: report.startedAt,
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes}>`,
    ...suites,
    ...(operations.length > 0 ? [operationSuite(operations, report)] : []),
    ...(entries.length > 0 ? [baselineSuite(entries, outOfDateOf(report).length)] : []),
    ...(beyond.length > 0 ? [errorSuite(beyond)] : []),
    '</testsuites>',
    '',
  ].join('\n');
}

function suiteOf(family: FamilyTally, fixes: Fixes): string {
  const attributes = attributesOf({
    name: family.family,
    tests: family.requirements.length,
    failures: family.fail,
    errors: family.inconclusive,
    skipped: family.notTested + family.notApplicable,
    time: seconds(family.requirements),
  });
  const cases = family.requirements.map((requirement) => caseOf(requirement, fixes));
  return [`<testsuite${attributes}>`, ...cases, '</testsuite>'].join('\n');
}

function caseOf(requirement: RequirementReport, fixes: Fixes): string {
  const attributes = attributesOf({
    classname: requirement.family,
    name: requirement.id,
    time: seconds([requirement]),
  });
  return `<testcase${attributes}>${outcomeOf(requirement, fixes)}</testcase>`;
}

function outcomeOf(requirement: RequirementReport, fixes: Fixes): string {
  const reason = excerpt(requirement.reason ?? requirement.verdict, 1000);
  const fix = [...fixes.failing, ...fixes.warning, ...fixes.known].find(
    (candidate) => candidate.requirement === requirement,
  );
  switch (requirement.verdict) {
    case 'fail':
      return element('failure', { message: messageOf(fix, reason), type: fix?.kind ?? 'fail' }, textOf(fix));
    case 'inconclusive':
      return element('error', { message: reason, type: 'inconclusive' }, '');
    case 'not-tested':
    case 'not-applicable':
      return element('skipped', { message: `${requirement.verdict}: ${reason}` }, '');
    case 'warn':
    case 'known':
      return element('system-out', {}, `${requirement.verdict}: ${messageOf(fix, reason)}\n${textOf(fix)}`);
    case 'pass':
      return requirement.reason === undefined ? '' : element('system-out', {}, `pass: ${reason}`);
  }
}

function messageOf(fix: Fix | undefined, reason: string): string {
  const [block] = fix?.blocks ?? [];
  if (fix === undefined || block === undefined) return reason;
  return `${excerpt(block.messages[0] ?? block.actual, 1000)} (${reachOf(fix)})`;
}

function textOf(fix: Fix | undefined): string {
  if (fix === undefined) return '';
  const blocks = fix.blocks.slice(0, 10).map((block) => {
    const lines = linesOf(block).map(
      ([label, value]) => `  ${label.padEnd(8)}  ${excerpt(value, label === 'replay' ? value.length : 600)}`,
    );
    return [block.scenario, ...lines].join('\n');
  });
  const said = [consequenceOf(fix), restOf(fix)].filter((line) => line !== undefined);
  const headline = `${fix.requirement.level}  ${headlineOf(fix)} (${sourceOf(fix)})`;
  return ['', headline, ...said, ...blocks, ''].join('\n');
}

/** One case per entry: a failure if the file has to be changed. */
function baselineSuite(entries: readonly BaselineEntryReport[], failures: number): string {
  const cases = entries.map((entry) => {
    const { state, why, reason, owner, expires } = entry;
    const attributes = attributesOf({ classname: 'baseline', name: scopeOf(entry), time: '0' });
    const message = `${entryMark(entry).word}: ${why} (${reason}; ${owner}, until ${expires})`;
    const outcome =
      state === 'known'
        ? element('system-out', {}, message)
        : state === 'not-judged'
          ? element('skipped', { message }, '')
          : element('failure', { message, type: state }, '');
    return `<testcase${attributes}>${outcome}</testcase>`;
  });
  const skipped = entries.filter(({ state }) => state === 'not-judged').length;
  const attributes = attributesOf({ name: 'baseline', tests: entries.length, failures, errors: 0, skipped });
  return [`<testsuite${attributes}>`, ...cases, '</testsuite>'].join('\n');
}

type Operation = Report['target']['operations'][number];

function isNotThere({ availability, claimedAbsent }: Operation): boolean {
  return availability === 'absent' || claimedAbsent === true;
}

/** One case per operation that was not tested: an error if nobody claims it absent, so that no tool shows green. */
function operationSuite(operations: readonly Operation[], { target }: Report): string {
  const unclaimed = operations.filter((one) => one.unclaimed === true);
  const cases = operations.map(({ id, note = 'it is not there', unclaimed: isOpen }) => {
    const attributes = attributesOf({ classname: 'operations', name: id, time: '0' });
    const type = 'unclaimed';
    const outcome = isOpen
      ? element(
          'error',
          { message: `${note}; if the target does not implement it: ${claimOf([id])}`, type },
          '',
        )
      : element('skipped', { message: `not-applicable: ${note} (${operationsInWords(target)})` }, '');
    return `<testcase${attributes}>${outcome}</testcase>`;
  });
  const attributes = attributesOf({
    name: 'operations',
    tests: operations.length,
    failures: 0,
    errors: unclaimed.length,
    skipped: operations.length - unclaimed.length,
  });
  return [`<testsuite${attributes}>`, ...cases, '</testsuite>'].join('\n');
}

interface RunError {
  readonly name: string;
  readonly message: string;
  readonly type: 'suite' | 'interrupted';
}

/** What is wrong with the run itself. No requirement covers it, and no tool may mistake this for a complete run. */
function beyondRequirements({ suiteFaults, interrupted, reason }: Report): readonly RunError[] {
  return [
    ...suiteFaults.map(
      (message, index) => ({ name: `suite fault ${index + 1}`, message, type: 'suite' }) as const,
    ),
    ...(interrupted ? [{ name: 'interrupted', message: reason, type: 'interrupted' } as const] : []),
  ];
}

function errorSuite(errors: readonly RunError[]): string {
  const cases = errors.map(({ name, message, type }) => {
    const attributes = attributesOf({ classname: 'suite', name, time: '0' });
    return `<testcase${attributes}>${element('error', { message, type }, '')}</testcase>`;
  });
  const attributes = attributesOf({
    name: 'suite',
    tests: errors.length,
    failures: 0,
    errors: errors.length,
  });
  return [`<testsuite${attributes}>`, ...cases, '</testsuite>'].join('\n');
}

function seconds(requirements: readonly RequirementReport[]): string {
  const spent = requirements.flatMap(({ scenarios }) => scenarios.map(({ durationMs }) => durationMs));
  return (spent.reduce((sum, next) => sum + next, 0) / 1000).toFixed(3);
}

type Attributes = Readonly<Record<string, string | number>>;

function element(name: string, attributes: Attributes, text: string): string {
  return `<${name}${attributesOf(attributes)}>${escaped(text)}</${name}>`;
}

function attributesOf(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escaped(String(value)).replaceAll('\n', '&#10;')}"`)
    .join('');
}

function escaped(text: string): string {
  return printable(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
