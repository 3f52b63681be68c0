import { distance } from 'fastest-levenshtein';
import { catalogue } from '../../../specs/requirements/index.ts';
import { ConfigurationError } from '../../engine/configuration/configuration-error.ts';
import { allScenarios } from '../../engine/run/index.ts';
import { type RunOptions, spokenCommand, type TargetConfiguration } from '../../model/index.ts';
import type { Report } from '../../model/report.ts';
import { isElsewhere } from '../../report/elsewhere.ts';
import { oneLine } from '../../report/render/text.ts';
import { scenariosBehind } from '../last-failed.ts';
import { everyFeature, plannedRun } from '../planned.ts';

const nearestShown = 3;

type Found = ReturnType<typeof allScenarios>[number];

/**
 * The scenario with a full id. Throws ConfigurationError with the nearest ids. If the id is that of a finding in
 * exchanges of other scenarios, the error names these scenarios from the earlier report.
 */
export function scenarioWith(id: string, earlier: () => Report | string): Found {
  const all = allScenarios(catalogue);
  const found = all.find((one) => one.id === id);
  if (found !== undefined) return found;
  if (isElsewhere(id)) throw new ConfigurationError(behind(id, earlier()));
  const ids = all.map((one) => one.id);
  const own = ids.filter((one) => one.startsWith(`${id.replace(/\/$/, '')}/`));
  const near = own.length > 0 ? own : nearest(id, ids);
  const more = near.length > nearestShown ? `, and ${near.length - nearestShown} more` : '';
  const what = own.length > 0 ? 'It has' : 'The nearest are';
  throw new ConfigurationError(
    `There is no scenario ${JSON.stringify(oneLine(id))}. ${what} ${near.slice(0, nearestShown).join(', ')}${more}; list all with: ${spokenCommand('list')}`,
  );
}

/** The operation with that id, if the scenario uses it. Throws ConfigurationError with the operations that it uses. */
export function checkOperation(
  id: string,
  scenario: string,
  target: TargetConfiguration,
  options: RunOptions,
): void {
  const { planned, operations } = plannedRun(target, { ...options, selection: scenario }, everyFeature);
  const own = planned.find((one) => one.id === scenario);
  // If a scenario is not tested, its operations are unknown; the run says why it is not tested.
  const possible = own?.skip === undefined ? (own?.operations ?? []) : operations;
  const ids = possible.map((one) => one.id);
  if (ids.includes(id)) return;
  const many = ids.length > nearestShown;
  const shown = many ? nearest(id, ids) : ids;
  throw new ConfigurationError(
    `${scenario} is not sent to the operation ${JSON.stringify(oneLine(id))}; ${many ? 'the nearest of its operations are' : 'its operations are'} ${shown.join(', ')}.`,
  );
}

function behind(id: string, report: Report | string): string {
  const what = `${oneLine(id)} stands for findings in exchanges of other scenarios`;
  const ids = typeof report === 'string' ? [] : scenariosBehind(report, id);
  if (ids.length === 0) return `${what}; replay one of those.`;
  return `${what}; replay one of those: ${ids.slice(0, nearestShown).join(', ')}.`;
}

function nearest(word: string, all: readonly string[]): string[] {
  return all
    .map((one) => [one, distance(word, one)] as const)
    .toSorted(([, one], [, other]) => one - other)
    .slice(0, nearestShown)
    .map(([one]) => one);
}
