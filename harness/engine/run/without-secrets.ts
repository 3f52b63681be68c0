import type { ScenarioResult } from '../../model/index.ts';
import type { Redactor } from '../evidence/redaction.ts';

/** Records are redacted when they are made; this takes what was said about them, such as quoted headers. */
export function withoutSecrets(result: ScenarioResult, { redact, refresh }: Redactor): ScenarioResult {
  refresh();
  const said = <T extends { reason?: string | undefined }>(value: T): T =>
    value.reason === undefined ? value : { ...value, reason: redact(value.reason) };
  const quoted = <T extends { message: string }>(finding: T): T => ({
    ...finding,
    message: redact(finding.message),
  });
  return {
    ...said(result),
    cells: result.cells.map((cell) => ({ ...said(cell), findings: cell.findings.map(quoted) })),
    observed: result.observed.map(quoted),
  };
}
