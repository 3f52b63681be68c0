import { join } from 'node:path';
import { catalogue } from '../../specs/requirements/index.ts';
import { ConfigurationError } from '../engine/configuration/configuration-error.ts';
import { allScenarios } from '../engine/matrix/expand.ts';
import { isSelected } from '../engine/matrix/selection.ts';
import { NotReadable } from '../model/index.ts';
import type { Report, ScenarioReport } from '../model/report.ts';
import { isElsewhere } from '../report/elsewhere.ts';
import { NotAReport, readReportFile } from '../report/parse.ts';
import { oneLine } from '../report/render/text.ts';

/**
 * The scenarios that failed or were undecided in the report of a folder, if `-g` selects them and this suite still has
 * them. Throws ConfigurationError if there is no report.
 */
export function lastFailed(
  folder: string,
  { grep, shard }: { readonly grep?: string; readonly shard?: string },
): string[] {
  if (shard !== undefined) {
    throw new ConfigurationError('--last-failed and --shard do not go together; leave one of them out.');
  }
  const undecided = undecidedIn(readReport(join(folder, 'report.json')));
  return allScenarios(catalogue)
    .filter((one) => undecided.has(one.id) && isSelected(grep, one))
    .map(({ id }) => id);
}

function readReport(path: string): Report {
  try {
    return readReportFile(path);
  } catch (error) {
    if (error instanceof NotAReport) throw new ConfigurationError(oneLine(error.message));
    if (!(error instanceof NotReadable)) throw error;
    const what = error.code === 'ENOENT' ? 'does not exist' : `cannot be read (${error.why})`;
    throw new ConfigurationError(
      `--last-failed needs the report of a run, and ${oneLine(path)} ${what}; run without it first.`,
    );
  }
}

const isOpen = ({ verdict }: Pick<ScenarioReport, 'verdict'>): boolean =>
  verdict === 'fail' || verdict === 'inconclusive';

/** Ids of scenarios. A finding in exchanges of other scenarios stands for those scenarios. */
function undecidedIn(report: Report): ReadonlySet<string> {
  const open = scenariosIn(report).filter(isOpen);
  const others = scenariosBehind(report, ...open.map(({ id }) => id).filter(isElsewhere));
  return new Set([...open.map(({ id }) => id), ...others]);
}

/** The scenarios whose exchanges have findings of other requirements; `elsewhere`: the ids of these findings. */
export function scenariosBehind(report: Report, ...elsewhere: readonly string[]): string[] {
  const scenarios = scenariosIn(report);
  const found = new Set(
    scenarios
      .filter(({ id }) => elsewhere.includes(id))
      .flatMap(({ cells }) =>
        cells
          .filter(isOpen)
          .flatMap(({ exchanges, findings }) => [
            ...exchanges,
            ...findings.flatMap(({ exchange }) => exchange ?? []),
          ]),
      ),
  );
  return scenarios
    .filter(
      ({ id, cells }) =>
        !isElsewhere(id) && cells.some(({ exchanges }) => exchanges.some((exchange) => found.has(exchange))),
    )
    .map(({ id }) => id);
}

function scenariosIn({ requirements }: Report): ScenarioReport[] {
  return requirements.flatMap(({ scenarios }) => scenarios);
}
