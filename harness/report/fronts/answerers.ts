import type { ExchangeRecord, ScenarioResult } from '../../model/index.ts';
import type { ExchangeReport, RequirementReport } from '../../model/report.ts';
import { ownAnswersOf } from './own.ts';
import { seemsOf } from './seems.ts';

/** Made by the preflight; its exchanges are left out if there are too many. */
const realWork = /\/real-work$/;

/** Every exchange of the results once. An exchange that shows a failure also says who seems to have answered. */
export function withAnswerers(
  results: readonly ScenarioResult[],
  requirements: readonly RequirementReport[],
): ExchangeReport[] {
  const exchanges = exchangesOf(results);
  const lasting = exchangesOf(results.filter(({ scenario }) => !realWork.test(scenario)));
  const told = seemsOf(exchanges, evidenceOf(requirements), ownAnswersOf(lasting));
  return exchanges.map((exchange) => {
    const seems = told.get(exchange.id);
    return seems === undefined ? exchange : { ...exchange, seems };
  });
}

function exchangesOf(results: readonly ScenarioResult[]): ExchangeRecord[] {
  const all = results.flatMap((result) => result.exchanges);
  return [...new Map(all.map((exchange) => [exchange.id, exchange])).values()];
}

/** Ids of the exchanges of every cell that deviates. */
function evidenceOf(requirements: readonly RequirementReport[]): ReadonlySet<string> {
  const cells = requirements.flatMap(({ scenarios }) => scenarios.flatMap((scenario) => scenario.cells));
  return new Set(
    cells.flatMap(({ findings, exchanges }) =>
      findings.length === 0 ? [] : [...findings.flatMap(({ exchange }) => exchange ?? []), ...exchanges],
    ),
  );
}
