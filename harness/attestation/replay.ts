import { isDeepStrictEqual } from 'node:util';
import type { ScenarioResult } from '../model/index.ts';
import type { Report, ScenarioReport } from '../model/report.ts';
import { CertificateRejection } from './errors.ts';

/** Replays the evidence of a run, scenario by scenario, and returns the complete report that results. */
export type ReplayEvidence = (
  evidence: Uint8Array,
  durationMs: number,
  onReplayed: (result: ScenarioResult) => void,
) => Promise<Report>;

/** How much the clocks of two processes may differ. */
const toleranceMs = 1_000;
/** The preflight makes its exchanges; they are part of its result, unless there are too many. */
const realWork = 'permissions/write-key-has-full-access/real-work';

/**
 * Rejects a report that differs from the result of judging the evidence again. The verifier still has to trust the
 * recorded answers, the counts of requests, the durations and the rates.
 */
export async function checkReplay(
  report: Report,
  evidence: Uint8Array,
  replayEvidence: ReplayEvidence,
): Promise<void> {
  const claimed = new Map(
    report.requirements.flatMap(({ scenarios }) => scenarios.map((one) => [one.id, one])),
  );
  const replayed = plain(
    await replayEvidence(evidence, report.durationMs, (result) =>
      compareScenario(claimed.get(result.scenario), result),
    ),
  );
  const known = new Map(replayed.exchanges.map((exchange) => [exchange.id, exchange]));
  for (const exchange of report.exchanges) {
    const other = known.get(exchange.id);
    if (other === undefined)
      throw new CertificateRejection(
        `report.json shows the exchange ${exchange.id}, which is not in the evidence`,
      );
    const [shown, recorded] = [exchange, other].map(({ replay, ...rest }) => ({
      ...rest,
      replay: commandless(replay),
    }));
    if (!isDeepStrictEqual(shown, recorded)) {
      throw new CertificateRejection(
        `the exchange ${exchange.id} differs between report.json and the evidence`,
      );
    }
  }
  const ids = report.exchanges.map(({ id }) => id);
  const shown = new Set(ids);
  const inOrder = replayed.exchanges.filter(({ id }) => shown.has(id)).map(({ id }) => id);
  if (!isDeepStrictEqual(ids, inOrder)) {
    throw new CertificateRejection(
      'report.json shows exchanges twice, or in another order than the evidence',
    );
  }
  const optional = new Set(
    replayed.requirements.flatMap(({ scenarios }) =>
      scenarios
        .filter(({ id }) => id === realWork)
        .flatMap(({ cells }) => cells.flatMap((cell) => cell.exchanges)),
    ),
  );
  for (const { id, startedMs, endedMs } of replayed.exchanges) {
    if (!shown.has(id) && !optional.has(id))
      throw new CertificateRejection(`report.json does not show the exchange ${id} of the evidence`);
    if (startedMs < -toleranceMs || endedMs > report.durationMs + toleranceMs || endedMs < startedMs) {
      throw new CertificateRejection(`the exchange ${id} of the evidence did not take place during the run`);
    }
  }
  for (const [index, requirement] of replayed.requirements.entries()) {
    if (isDeepStrictEqual(plain(report.requirements[index]), requirement)) continue;
    throw new CertificateRejection(
      `${requirement.id} in report.json differs from the replay of the evidence, where it is ${requirement.verdict}`,
    );
  }
  for (const name of Object.keys({ ...replayed, ...report }) as (keyof Report)[]) {
    if (name === 'exchanges' || isDeepStrictEqual(plain(report[name]), replayed[name])) continue;
    throw new CertificateRejection(`"${name}" in report.json differs from the replay of the evidence`);
  }
}

function compareScenario(claimed: ScenarioReport | undefined, result: ScenarioResult): void {
  const { scenario: id } = result;
  if (claimed === undefined)
    throw new CertificateRejection(`${id} is in the evidence but not in report.json`);
  for (const cell of result.cells) {
    const said = claimed.cells.find(({ operation }) => operation === cell.operation);
    const where = `${id} @ ${cell.operation}`;
    if (said === undefined) throw new CertificateRejection(`${where} is missing in report.json`);
    if (isDeepStrictEqual(plain(said), plain(cell))) continue;
    const why = cell.findings[0]?.message ?? cell.reason;
    const judged = `${cell.verdict}${why === undefined ? '' : ` (${why})`}`;
    throw new CertificateRejection(
      said.verdict === cell.verdict
        ? `${where} in report.json differs from the replay of the evidence: ${judged}`
        : `${where} is ${said.verdict} in report.json, but ${judged} in the replay of the evidence`,
    );
  }
  if (claimed.cells.length !== result.cells.length) {
    throw new CertificateRejection(
      `${id} has ${claimed.cells.length} cells in report.json, but ${result.cells.length} in the replay of the evidence`,
    );
  }
  if (claimed.verdict !== result.verdict) {
    throw new CertificateRejection(
      `${id} is ${claimed.verdict} in report.json, but ${result.verdict} in the replay of the evidence`,
    );
  }
}

/** A report of the source checkout and one of the package use different names for the same command. */
function commandless(replay: string): string {
  return replay.replaceAll(/npm run -s forge -- |npx mufi-conformance forge /g, 'forge ');
}

function plain<T>(value: T): T {
  return value === undefined ? value : JSON.parse(JSON.stringify(value));
}
