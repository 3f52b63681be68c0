/** Reports that look like those of real runs, built without a run. */

import { type ExchangeRecord, requirementVerdicts } from '../../../harness/model/index.ts';
import { type Report, type RequirementReport, reportSchema } from '../../../harness/model/report.ts';
import { sampleBaseline } from './report-baseline.ts';
import { flaws, hostileText, type SampleVariant, scenarioOf } from './report-cells.ts';
import { sampleOperations } from './report-operations.ts';
import { type SampleRequirement, sampleRequirements } from './report-requirements.ts';

/** A report of the given kind; `size` is the number of scenarios that each requirement is padded to. */
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
              `${amount('fail')} MUST requirements fail; the worst: a key whose signature does not verify is accepted`,
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
    ...(variant === 'hostile' ? { baseline: sampleBaseline(text) } : {}),
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
