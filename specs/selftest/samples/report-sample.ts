/** Reports that look like those of real runs, built without a run. */

import type { CellResult, ExchangeRecord, FindingKind } from '../../../harness/model.ts';
import {
  type Report,
  type RequirementReport,
  reportSchema,
  requirementVerdicts,
  type ScenarioReport,
} from '../../../harness/report/schema.ts';
import { type SampleRequirement, sampleOperations, sampleRequirements } from './report-requirements.ts';

export type SampleVariant = 'conformant' | 'failing' | 'stopped' | 'partial' | 'hostile';

/** What is wrong with a target of the sample, by requirement. */
interface Flaw {
  readonly kind: FindingKind;
  readonly status: number;
  readonly message?: string;
  readonly scenarios?: number;
  readonly operations?: (id: string, permission: string) => boolean;
}

const flaws: Readonly<Record<string, Flaw>> = {
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
    message: 'a 401 carries no WWW-Authenticate challenge',
  },
  'hygiene/cors': {
    kind: 'unsafe-header',
    status: 200,
    message: 'pages of any origin are invited to send keys: Access-Control-Allow-Origin is "*"',
  },
};

const hostileText =
  '</pre><script>window.owned = true</script><img src="http://tracker.example.test/x.png" onerror="window.owned = true">' +
  ' \' " & | `code` [link](javascript:alert(1)) \u001b[31mred\u001b[0m \u001b]0;title\u0007 \u0000\u0008\u009b31m \u202Egnp.exe\u202C \u2066\u200F\u061C \ufeff \ud800 \ufffe\r\n::error::line ]]> -->';

/** A report of the given kind; `size` is the number of scenarios that every requirement is padded to. */
export function sampleReport(variant: SampleVariant, size = 0): Report {
  const exchanges: ExchangeRecord[] = [];
  const requirements = sampleRequirements.map((sample) => requirementOf(sample, variant, size, exchanges));
  const amount = (verdict: RequirementReport['verdict']): number =>
    requirements.filter((requirement) => requirement.verdict === verdict).length;
  const scenarios = requirements.flatMap((requirement) => requirement.scenarios);
  const cells = scenarios.reduce((sum, scenario) => sum + scenario.cells.length, 0);
  const stopped = variant === 'stopped';
  const cause =
    'the run stopped early: 5 requests in a row found nobody at https://api.staging.example.test/v1 (connection refused)';
  const text = (plain: string): string => (variant === 'hostile' ? `${plain} ${hostileText}` : plain);
  const full = variant === 'conformant';
  return reportSchema.parse({
    schemaVersion: '1.0',
    suite: {
      name: 'mufi-auth-conformance',
      version: '0.1.0',
      catalogueDigest: 'sha256:3f1c6d0b9e5a7742c8d1',
    },
    target: {
      baseUrl: 'https://api.staging.example.test',
      ...(stopped
        ? {}
        : {
            implementation: {
              name: text('mufi-gateway'),
              version: '4.2.0',
              url: variant === 'hostile' ? 'javascript:alert(1)' : 'https://example.test/gateway',
            },
          }),
      operations: sampleOperations.map(([id, permission]) => ({
        id,
        permission,
        availability: stopped ? 'unknown' : id === 'GET /v1/events' ? 'absent' : 'available',
        ...(id === 'GET /v1/events' && !stopped ? { note: text('404 to the write key') } : {}),
      })),
      algorithm: 'EdDSA',
    },
    runId: 'sample-0c5f6a3e',
    startedAt: '2026-11-22T21:13:13.000Z',
    durationMs: stopped ? 6120 : 41_230,
    verdict: stopped
      ? 'inconclusive'
      : full
        ? 'conformant'
        : variant === 'partial'
          ? 'partial'
          : 'nonconformant',
    reason: stopped
      ? cause
      : full
        ? 'every MUST of core, lifecycle, isolation and transport is kept'
        : variant === 'partial'
          ? 'lifecycle is claimed, but 8 of its MUST requirements were not tested'
          : text(
              `${amount('fail')} MUST requirements fail; the worst: a key whose signature does not verify is let in`,
            ),
    ...(stopped ? { cause } : {}),
    options: {
      profiles: full ? ['core', 'lifecycle', 'isolation', 'transport'] : ['core', 'lifecycle'],
      depth: 'full',
      mode: 'full',
      strict: false,
    },
    configuration: [
      { name: 'MUFI_BASE_URL', value: 'https://api.staging.example.test' },
      { name: 'MUFI_WRITE_KEY', value: 'set' },
      { name: 'MUFI_READ_KEY', value: 'set' },
      { name: 'MUFI_REVOKED_KEY', value: full ? 'set' : 'not set' },
      { name: 'MUFI_USER_AGENT', value: text('mufi-auth-conformance/0.1.0') },
    ],
    profiles: [
      {
        id: 'core',
        claimed: true,
        verdict: stopped ? 'inconclusive' : full || variant === 'partial' ? 'conformant' : 'nonconformant',
        ...(full || stopped || variant === 'partial'
          ? {}
          : { reason: text('7 of 36 MUST requirements fail') }),
      },
      {
        id: 'lifecycle',
        claimed: true,
        verdict: stopped
          ? 'inconclusive'
          : full
            ? 'conformant'
            : variant === 'partial'
              ? 'partial'
              : 'nonconformant',
      },
      { id: 'isolation', claimed: full, verdict: full ? 'conformant' : 'not-claimed' },
      { id: 'transport', claimed: full, verdict: full ? 'conformant' : 'not-claimed' },
    ],
    counts: {
      requirements: requirements.length,
      scenarios: scenarios.length,
      cells,
      requests: stopped ? 11 : cells + scenarios.length * 2,
      verdicts: Object.fromEntries(requirementVerdicts.map((verdict) => [verdict, amount(verdict)])),
    },
    requirements,
    exchanges,
    notTested: full || stopped ? [] : notTestedOf(requirements),
    suiteFaults: [],
  });

  function requirementOf(
    sample: SampleRequirement,
    kind: SampleVariant,
    least: number,
    log: ExchangeRecord[],
  ): RequirementReport {
    const family = sample.id.split('/')[0] ?? '';
    const [verdict, reason] = outcomeOf(sample, kind);
    const titles = [
      ...sample.scenarios,
      ...Array.from(
        { length: Math.max(0, least - sample.scenarios.length) },
        (_, index) => `variation ${index + 1}`,
      ),
    ];
    return {
      id: sample.id,
      family,
      title: sample.sentence,
      level: sample.level,
      profile: sample.profile,
      verdict,
      ...(reason === undefined ? {} : { reason: kind === 'hostile' ? `${reason} ${hostileText}` : reason }),
      source: {
        document: 'Authentication',
        section: 'Using your API key',
        link: 'https://docs.mufi.app/docs/authentication',
      },
      advice: sample.advice,
      scenarios: titles.map((title, index) => scenarioOf(sample, title, index, verdict, reason, kind, log)),
    };
  }
}

function outcomeOf(
  { id, level }: SampleRequirement,
  variant: SampleVariant,
): readonly [RequirementReport['verdict'], string?] {
  if (variant === 'stopped') return ['inconclusive'];
  if (variant === 'conformant') return ['pass'];
  if (
    [
      'expiry/ten-years',
      'expiry/explicit',
      'regeneration/concurrent',
      'regeneration/linearizable',
      'regeneration/identity-kept',
    ].includes(id)
  )
    return ['not-tested', 'needs key control'];
  if (id.startsWith('isolation/')) return ['not-tested', 'needs the keys of a second project'];
  if (id === 'regeneration/replicas') return ['not-applicable', 'the target has one base URL'];
  if (variant === 'partial') return id === 'hygiene/cors' ? ['warn'] : ['pass'];
  if (id === 'presentation/large-header' || id === 'token/large')
    return ['inconclusive', 'the control after the scenario failed: the connection was closed'];
  if (id === 'presentation/two-lines-agree')
    return ['inconclusive', 'the target answers 429 again and again'];
  if (flaws[id] === undefined) return ['pass'];
  return [level === 'SHOULD' ? 'warn' : 'fail'];
}

function scenarioOf(
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
    ...(reason === undefined ? {} : { reason }),
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
      `401 was due; the answer is ${status} application/json${flaw.kind === 'let-in' ? ', let in' : ''}`;
    return {
      operation,
      verdict: own === 'warn' ? 'warn' : 'fail',
      findings: [
        {
          kind: flaw.kind,
          requirement: sample.id,
          message: variant === 'hostile' ? `${message} ${hostileText}` : message,
          exchange: exchange.id,
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

function notTestedOf(requirements: readonly RequirementReport[]): Report['notTested'] {
  const ids = (reason: string): string[] =>
    requirements.filter((requirement) => requirement.reason?.startsWith(reason)).map(({ id }) => id);
  return [
    {
      capability: 'key-control',
      unlock: 'Offer key control (schemas/control.openapi.yaml) and set its URL and token, or set a command.',
      variables: ['MUFI_CONTROL_URL', 'MUFI_CONTROL_TOKEN', 'MUFI_CONTROL_COMMAND'],
      requirements: ids('needs key control'),
    },
    {
      capability: 'other-project-keys',
      unlock: 'Set the two keys of a second project, or offer key control with the feature "projects".',
      variables: ['MUFI_OTHER_PROJECT_WRITE_KEY', 'MUFI_OTHER_PROJECT_READ_KEY'],
      requirements: ids('needs the keys'),
    },
  ];
}
