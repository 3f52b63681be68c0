import type { ExchangeRecord, ScenarioResult } from '../model/index.ts';
import type { Report, ScenarioReport } from '../model/report.ts';

/**
 * Reports and shards from before reasons had codes. Only this file reads meaning out of their sentences; for a reason
 * with a code, only the code counts.
 */

/** Codes of reasons that have another name now. */
const renamedCodes: Readonly<Record<string, string>> = {
  'first-look-could-not-try': 'preflight-could-not-try',
};

/** The JSON text of a report with the new names of renamed codes. In a JSON string, quotation marks are escaped. */
export function withRenamedCodes(text: string): string {
  return Object.entries(renamedCodes).reduce(
    (whole, [old, now]) => whole.replaceAll(new RegExp(`"code":\\s*"${old}"`, 'g'), `"code":"${now}"`),
    text,
  );
}

/** True for a scenario that did not run because the run stopped early. */
export function isStoppedEarly({ because, reason }: Pick<ScenarioResult, 'because' | 'reason'>): boolean {
  if (because !== undefined) return because.code === 'stopped-early';
  return reason?.startsWith('the run stopped early: ') === true;
}

/** The exchanges with an unmodified key of the project. */
export function withProjectKeys(exchanges: readonly ExchangeRecord[]): readonly ExchangeRecord[] {
  const own = exchanges.filter(({ credential }) => credential.ofProject === true);
  if (own.length > 0) return own;
  return exchanges.filter(
    ({ credential: { description, variable } }) =>
      variable !== undefined && ['write key', 'read key'].includes(description),
  );
}

/** True for a scenario that sent an unmodified key of the project. */
export function sendsUnmodified({ unmodified, sent }: Pick<ScenarioReport, 'unmodified' | 'sent'>): boolean {
  return unmodified ?? /\b(untouched|unmodified)\b/.test(sent);
}

/** True for a run against the reference server that the suite started itself. */
export function isEmbedded({ target, configuration }: Pick<Report, 'target' | 'configuration'>): boolean {
  if (target.embedded !== undefined) return target.embedded;
  const given = configuration.find(({ name }) => name === 'MUFI_BASE_URL');
  return given !== undefined && !isSet(given);
}

/** Whether a variable of the configuration was set; a report says so only in its value. */
export function isSet({ value }: Report['configuration'][number]): boolean {
  return !value.startsWith('not set');
}
