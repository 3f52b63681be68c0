import { allScenarios } from '../../harness/engine/run/index.ts';
import type { ScenarioResult } from '../../harness/model/index.ts';
import { catalogue } from '../requirements/index.ts';

const requirements = new Map(allScenarios(catalogue).map(({ id, requirement }) => [id, requirement]));

/** The message of a failing scenario in any Playwright report. */
export function scenarioFailure(result: ScenarioResult): string {
  const requirement = requirements.get(result.scenario);
  const lines = result.cells
    .filter((cell) => cell.verdict === 'fail')
    .flatMap((cell) => cell.findings.map(({ kind, message }) => `  ${cell.operation}  ${kind}: ${message}`));
  return [
    `${requirement?.sentence ?? result.scenario}`,
    ...lines,
    `  fix: ${requirement?.advice ?? ''}`,
  ].join('\n');
}
