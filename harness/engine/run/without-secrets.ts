import { type Reason, type ScenarioResult, withTexts } from '../../model/index.ts';
import type { Redactor } from '../evidence/redaction.ts';

/** Records are redacted when they are created; this redacts the texts about them, such as quoted headers. */
export function withoutSecrets(result: ScenarioResult, { redact, refresh }: Redactor): ScenarioResult {
  refresh();
  const said = <T extends { because?: Reason | undefined }>(value: T): T =>
    value.because === undefined ? value : { ...value, because: withTexts(value.because, redact) };
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
