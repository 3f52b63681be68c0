import { defined } from '../../../harness/model/defined.ts';
/** Scenarios, cells and exchanges of the sample reports, and the defects in them. */

import type { CellResult, ExchangeRecord, FindingKind } from '../../../harness/model/index.ts';
import type { RequirementReport, ScenarioReport } from '../../../harness/model/report.ts';
import { sampleOperations } from './report-operations.ts';
import type { SampleRequirement } from './report-requirements.ts';

export type SampleVariant = 'conformant' | 'failing' | 'stopped' | 'partial' | 'hostile';

/** A defect of the sample target, by requirement. */
interface Flaw {
  readonly kind: FindingKind;
  readonly status: number;
  readonly message?: string;
  readonly scenarios?: number;
  readonly operations?: (id: string, permission: string) => boolean;
}

export const flaws: Readonly<Record<string, Flaw>> = {
  'token/signature-verified': { kind: 'let-in', status: 201 },
  'token/algorithm-none': { kind: 'let-in', status: 200, scenarios: 4 },
  'regeneration/old-key-dead': { kind: 'let-in', status: 200 },
  'permissions/no-trace': {
    kind: 'side-effect',
    status: 403,
    message: 'the event "conformance-traced" exists after POST /v1/events/create was refused',
    operations: (id) => id.includes('events') && !id.startsWith('GET'),
  },
  'token/key-id': { kind: 'server-error', status: 500, scenarios: 2 },
  'permissions/read-key-forbidden': {
    kind: 'wrong-status',
    status: 401,
    operations: (_, permission) => permission === 'write',
  },
  'permissions/read-key-reads': {
    kind: 'shut-out',
    status: 403,
    operations: (id) => id.includes('balances') || id.includes('activation'),
  },
  'contract/json': {
    kind: 'bad-body',
    status: 401,
    message: 'the content type of 401 is "text/html", not application/json',
    operations: (id) => id.includes('products'),
  },
  'contract/challenge': {
    kind: 'bad-challenge',
    status: 401,
    message: 'a 401 has no WWW-Authenticate challenge',
  },
  'hygiene/cors': {
    kind: 'unsafe-header',
    status: 200,
    message: 'CORS allows pages of every origin to send keys: Access-Control-Allow-Origin is "*"',
  },
};

/** Text that a parser, a browser or a terminal would obey if it could. */
export const hostileText =
  '</pre><script>window.owned = true</script><img src="http://tracker.example.test/x.png" onerror="window.owned = true">' +
  ' \' " & | `code` [link](javascript:alert(1)) \u001b[31mred\u001b[0m \u001b]0;title\u0007 \u0000\u0008\u009b31m \u202Egnp.exe\u202C \u2066\u200F\u061C \ufeff \ud800 \ufffe\r\n::error::line ]]> -->';

/** One scenario with its cells; exchanges are added to the log. */
export function scenarioOf(
  sample: SampleRequirement,
  title: string,
  index: number,
  verdict: RequirementReport['verdict'],
  reason: string | undefined,
  variant: SampleVariant,
  log: ExchangeRecord[],
): ScenarioReport {
  const id = `${sample.id}/${title.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;
  const flaw = flaws[sample.id];
  const flawed =
    (verdict === 'fail' || verdict === 'warn') && flaw !== undefined && index < (flaw.scenarios ?? 99);
  const own = flawed
    ? verdict === 'warn'
      ? 'warn'
      : 'fail'
    : verdict === 'fail' || verdict === 'warn' || verdict === 'known'
      ? 'pass'
      : verdict;
  const cells =
    ['not-tested', 'not-applicable'].includes(own) || variant === 'stopped'
      ? []
      : sampleOperations.map(([operation, permission], position) => cellOf(operation, permission, position));
  return {
    id,
    title,
    verdict: own,
    ...defined({ reason }),
    sent: variant === 'hostile' ? `${title} ${hostileText}` : `write key, ${title}`,
    expected:
      flaw?.kind === 'shut-out'
        ? 'success'
        : flaw?.message === undefined
          ? '401'
          : 'nothing wrong in any exchange of the run',
    ...(cells.length > 0
      ? { control: { operation: 'POST /v1/users/profile', before: 200, after: 200 } }
      : {}),
    cells,
    durationMs: 180 + index * 7,
  };

  function cellOf(operation: string, permission: string, position: number): CellResult {
    const hit =
      flawed &&
      flaw !== undefined &&
      (flaw.operations?.(operation, permission) ?? true) &&
      operation !== 'GET /v1/events';
    if (operation === 'GET /v1/events')
      return {
        operation,
        verdict: 'not-applicable',
        reason: 'the target does not have it',
        findings: [],
        exchanges: [],
      };
    if (!hit)
      return {
        operation,
        verdict: own === 'inconclusive' ? (position % 3 === 0 ? 'inconclusive' : 'pass') : 'pass',
        findings: [],
        exchanges: [],
      };
    const status = flaw.status === 201 && operation.startsWith('GET') ? 200 : flaw.status;
    const exchange = exchangeOf(`${id}#${position}`, operation, title, status, variant);
    log.push(exchange);
    const message =
      flaw.message ??
      `401 was expected; the answer is ${status} application/json${flaw.kind === 'let-in' ? ', accepted' : ''}`;
    return {
      operation,
      verdict: own === 'warn' ? 'warn' : 'fail',
      findings: [
        {
          kind: flaw.kind,
          requirement: sample.id,
          message: variant === 'hostile' ? `${message} ${hostileText}` : message,
          exchange: exchange.id,
          ...(flaw.message === undefined && variant !== 'hostile'
            ? { tells: `${status} application/json` }
            : {}),
        },
      ],
      exchanges: [exchange.id],
    };
  }
}

function exchangeOf(
  id: string,
  operation: string,
  title: string,
  status: number,
  variant: SampleVariant,
): ExchangeRecord {
  const [method = '', path = ''] = operation.split(' ');
  const url = `https://api.staging.example.test${path.replace(/\{.*?\}/, '0c5f6a3e-3c54-4b0e-9f0a-5f1f8b1b7a11')}`;
  const body =
    '{"referenceId":"conformance-event","name":"Conformance","startsAt":"2026-01-01T00:00:00.000Z"}';
  const variable = `KEY_${title.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}`;
  const sends = method === 'GET' ? {} : { body };
  const answer =
    status < 300
      ? '{"id":"0c5f6a3e-3c54-4b0e-9f0a-5f1f8b1b7a11","referenceId":"conformance-event","name":"Conformance"}'
      : '{"error":"Internal Server Error"}';
  return {
    id,
    operation,
    variant: 'repeatable',
    credential: { description: `write key, ${title}`, variable },
    request: {
      method,
      url,
      headers: [
        ['Host', 'api.staging.example.test'],
        ['Authorization', 'Bearer ‹write key, changed›'],
        ['Content-Type', 'application/json'],
        ['User-Agent', 'mufi-auth-conformance/0.1.0'],
        ['X-Request-Id', id],
      ],
      ...sends,
    },
    response: {
      status,
      headers: [
        ['content-type', 'application/json; charset=utf-8'],
        ['x-powered-by', variant === 'hostile' ? hostileText : 'Express'],
        ['date', 'Sun, 22 Nov 2026 21:13:14 GMT'],
      ],
      body: variant === 'hostile' ? `${hostileText}\n${'ﷺ '.repeat(20)}${'"<&>'.repeat(3000)}` : answer,
      bodyBytes: 96,
    },
    startedMs: 1200.25,
    endedMs: 1213.75,
    replay: `curl -sS -i --path-as-is -X ${method} '${url}' -H "Authorization: Bearer $${variable}" -H 'Content-Type: application/json'${method === 'GET' ? '' : ` --data-binary '${body}'`}${variant === 'hostile' ? hostileText : ''}`,
  };
}
