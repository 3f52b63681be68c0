import type {
  CellResult,
  CellVerdict,
  ExchangeRecord,
  Family,
  Finding,
  Requirement,
  Scenario,
  ScenarioResult,
} from '../../../harness/model/index.ts';
import { type Report, reportSchema } from '../../../harness/model/report.ts';
import type { RunHeader } from '../../../harness/model/run-header.ts';
import { buildReport, type ReportInputs } from '../../../harness/report/build.ts';

/** A scenario made by hand. */
export function scenario(id: string, more: Partial<Scenario> = {}): Scenario {
  return { id, title: `title of ${id}`, to: 'every operation', expect: 'unauthorized', catches: [], ...more };
}

/** A requirement made by hand: a MUST of core with one scenario, `one`. */
export function requirement(id: string, more: Partial<Requirement> = {}): Requirement {
  return {
    id,
    level: 'MUST',
    profile: 'core',
    sentence: `Sentence of ${id}.`,
    source: { document: 'A document', section: 'A section', link: 'https://example.org' },
    advice: `Advice for ${id}.`,
    scenarios: [scenario('one')],
    ...more,
  };
}

export function family(...requirements: readonly Requirement[]): Family[] {
  return [{ id: 'f', title: 'A family', requirements }];
}

export function operation(
  permission: 'read' | 'write',
  availability: 'available' | 'absent' = 'available',
): RunHeader['target']['operations'][number] {
  return { id: `POST /v1/${permission}`, permission, availability };
}

export function header(more: Partial<RunHeader> = {}): RunHeader {
  return {
    runId: 'run-1',
    embedded: false,
    suite: { name: 'suite', version: '1.2.3', catalogueDigest: 'sha256:0' },
    target: { baseUrl: 'http://target', operations: [operation('read'), operation('write')] },
    startedAt: Date.parse('2026-01-02T03:04:05Z'),
    options: { profiles: [], depth: 'full', mode: 'full', strict: false },
    configuration: [{ name: 'MUFI_BASE_URL', value: 'http://target' }],
    capabilities: [],
    unlocks: [],
    ...more,
  };
}

export function cell(verdict: CellVerdict, more: Partial<CellResult> = {}): CellResult {
  return { operation: 'GET /v1/version', verdict, findings: [], exchanges: [], ...more };
}

export function finding(requirementId: string, more: Partial<Finding> = {}): Finding {
  return { kind: 'let-in', requirement: requirementId, message: 'a message', ...more };
}

export function record(id: string): ExchangeRecord {
  return {
    id,
    variant: 'valid',
    credential: { description: 'write key' },
    request: { method: 'GET', url: 'http://target/', headers: [] },
    startedMs: 0,
    endedMs: 1,
    replay: 'curl',
  };
}

/** The result of a scenario, with one cell that has its verdict. */
export function result(id: string, verdict: CellVerdict, more: Partial<ScenarioResult> = {}): ScenarioResult {
  return {
    scenario: id,
    verdict,
    sent: `sent by ${id}`,
    expected: '401',
    cells: [cell(verdict)],
    observed: [],
    exchanges: [],
    requests: 3,
    durationMs: 5,
    ...more,
  };
}

/** Builds a report that is valid against the published schema. */
export function report(
  catalogue: readonly Family[],
  results: readonly ScenarioResult[],
  more: Partial<ReportInputs> = {},
): Report {
  const made = buildReport({
    header: header(),
    catalogue,
    results,
    finishedAt: Date.parse('2026-01-02T03:04:07.500Z'),
    suiteFaults: [],
    ...more,
  });
  return reportSchema.strict().parse(made);
}
