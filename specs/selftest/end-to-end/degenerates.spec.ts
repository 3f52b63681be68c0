import { expect, test } from '@playwright/test';
import { type DegenerateKind, startDegenerate } from '../../../harness/reference/degenerates.ts';
import { startReference } from '../../../harness/reference/start.ts';
import { conformance } from '../support/cli.ts';
import { findingsOf, requirementsThat, runEngine } from '../support/engine.ts';

test.describe.configure({ timeout: 300_000 });

let keys: Record<string, string>;
test.beforeAll(async () => {
  const { keys: made, close } = await startReference();
  keys = { MUFI_WRITE_KEY: made.write, MUFI_READ_KEY: made.read };
  await close();
});

/** Everything that wants a refusal and can be tried with two keys. */
const refusals = [
  'presentation/key-required',
  'presentation/scheme-alone-rejected',
  'presentation/placeholders-rejected',
  'presentation/refused-before-validation',
  'presentation/unknown-paths-reveal-nothing',
  'presentation/head-requires-key',
  'presentation/bearer-scheme-only',
  'presentation/authorization-header-only',
  'presentation/second-place-never-helps',
  'presentation/malformed-credentials-rejected',
  'presentation/trailer-is-no-header',
  'presentation/path-spelling-requires-key',
  'token/three-segments',
  'token/segments-hold-json-objects',
  'token/size-is-harmless',
  'token/signature-present',
  'token/signature-verified',
  'token/signature-covers-content',
  'token/signed-by-issuer',
  'token/algorithm-none-rejected',
  'token/algorithm-fixed-by-server',
  'token/secret-not-guessable',
  'token/brought-key-not-trusted',
  'token/key-id-is-data',
  'token/header-members-change-nothing',
  'permissions/read-key-does-not-write',
  'permissions/permission-before-content',
  'permissions/nothing-else-grants-permission',
  'permissions/path-spelling-is-no-bypass',
  'permissions/content-type-is-no-bypass',
];
/** Two Authorization lines are wanted to be refused, which is no MUST. */
const oneLine = 'presentation/one-authorization-line';
const schema = 'contract/body-matches-schema';
const type = 'contract/json-content-type';

/** Servers that let everybody in, and what their bodies break. 200 is not what every operation documents. */
const open: readonly (readonly [DegenerateKind, readonly string[]])[] = [
  ['always-200', [schema]],
  ['html-200', [schema, type]],
  ['empty-200', [schema]],
  ['wrong-json-200', [schema]],
];

const shutOut = (status: number): string =>
  `every operation refuses MUFI_WRITE_KEY (it answers the untouched write key with ${status}); either the supplied keys are not keys of this target or it shuts everybody out, which cannot be told apart from here`;
const broken = (how: string): string =>
  `no operation answers the untouched write key properly (${how}), so a refusal would prove nothing`;

/** Servers of which nothing can be said, and the one cause; {url} is the address. */
const undecided: readonly (readonly [DegenerateKind, string])[] = [
  ['always-401', shutOut(401)],
  ['always-403', shutOut(403)],
  [
    'always-404',
    '{url} has none of the operations (it answers the untouched write key with 404); check that MUFI_BASE_URL ends where /v1 begins',
  ],
  ['always-500', broken('it answers 500')],
  ['always-429', '{url} cannot be tested: the target still answers 429 after 4 waits'],
  ['always-redirect', broken('it redirects (302)')],
  ['hang', '{url} cannot be tested: no complete answer within 500 ms'],
  ['reset', '{url} cannot be tested: the connection is closed before the answer is complete'],
  ['half', '{url} cannot be tested: the connection is closed before the answer is complete'],
  ['garbage', '{url} cannot be tested: the answer is not valid HTTP'],
];

/** These differ from another row in nothing that the command line sees, so the engine alone is enough. */
const inProcess: readonly DegenerateKind[] = ['empty-200', 'wrong-json-200', 'always-429', 'always-redirect'];

async function runAgainst(kind: DegenerateKind) {
  const server = await startDegenerate(kind);
  const patience = kind === 'hang' ? { MUFI_TIMEOUT_MS: '500' } : {};
  const environment = { ...keys, MUFI_BASE_URL: server.url, ...patience };
  try {
    const ended = inProcess.includes(kind)
      ? { exitCode: undefined, stderr: '', report: await runEngine(environment, { depth: 'quick' }) }
      : await conformance(test.info().outputPath('report'), ['--depth', 'quick'], { environment });
    return { ...ended, url: server.url };
  } finally {
    await server.close();
  }
}

for (const [kind, bodies] of open) {
  test(`${kind}: a server that lets everybody in fails what wants a refusal, and nothing else`, async () => {
    const { exitCode, stderr, report } = await runAgainst(kind);
    expect([exitCode ?? 1, stderr]).toEqual([1, '']);
    expect(report.verdict).toBe('nonconformant');
    expect(requirementsThat(report, 'fail')).toEqual([...refusals, ...bodies]);
    expect(requirementsThat(report, 'warn')).toEqual([oneLine, 'contract/status-documented']);
    expect(findingsOf(report)).toEqual({
      'let-in': refusals,
      'bad-body': bodies,
      'wrong-status': [oneLine, 'contract/status-documented'],
    });
  });
}

for (const [kind, cause] of undecided) {
  test(`${kind}: a server that shows nothing is one cause and no failure`, async () => {
    const { exitCode, stderr, report, url } = await runAgainst(kind);
    expect([exitCode ?? 2, stderr]).toEqual([2, '']);
    expect(report.verdict).toBe('inconclusive');
    expect(report.cause?.replaceAll(url, '{url}')).toBe(cause);
    expect(requirementsThat(report, 'fail', 'warn', 'pass')).toEqual([]);
    const reasons = report.requirements.map(({ reason }) => reason?.replaceAll(url, '{url}'));
    expect([...new Set(reasons)]).toEqual([cause]);
  });
}

const believed = [
  'token/three-segments',
  'token/segments-hold-json-objects',
  'token/size-is-harmless',
  'token/signature-present',
  'token/signature-verified',
  'token/signature-covers-content',
  'token/signed-by-issuer',
  'token/algorithm-none-rejected',
  'token/algorithm-fixed-by-server',
  'token/secret-not-guessable',
  'token/public-key-is-no-secret',
  'token/brought-key-not-trusted',
  'token/key-id-is-data',
  'token/header-members-change-nothing',
];

test('a server that believes any well-formed JWT lets forged keys in', async () => {
  const server = await startReference({ faults: ['signature-ignored'] });
  try {
    const { exitCode, stderr, report } = await conformance(
      test.info().outputPath('report'),
      ['--depth', 'quick'],
      { environment: server.environment },
    );
    expect([exitCode, stderr]).toEqual([1, '']);
    expect(findingsOf(report)).toEqual({
      'let-in': ['presentation/head-requires-key', ...believed, 'expiry/configured-expiry-honoured'],
      // The payload of the read key makes it a read key (403); an invalid body is looked at (400).
      'wrong-status': ['presentation/refused-before-validation', 'token/signature-covers-content'],
      'side-effect': ['permissions/refused-writes-leave-no-trace'],
      inconsistent: ['contract/bad-keys-answered-alike'],
    });
    expect(requirementsThat(report, 'fail')).toEqual([
      'presentation/refused-before-validation',
      'presentation/head-requires-key',
      ...believed,
      'permissions/refused-writes-leave-no-trace',
      'expiry/configured-expiry-honoured',
    ]);
    expect(requirementsThat(report, 'warn')).toEqual(['contract/bad-keys-answered-alike']);
    expect(requirementsThat(report, 'inconclusive', 'not-tested')).toEqual([]);
  } finally {
    await server.close();
  }
});

test('a server that refuses the write key on a single operation shuts out', async () => {
  const server = await startReference({ faults: ['write-key-cannot-read'] });
  try {
    const { exitCode, stderr, report } = await conformance(test.info().outputPath('report'), [], {
      environment: server.environment,
    });
    expect([exitCode, stderr]).toEqual([1, '']);
    const access = 'permissions/write-key-has-full-access';
    expect(requirementsThat(report, 'fail', 'warn')).toEqual([access]);
    expect(findingsOf(report)).toEqual({ 'shut-out': [access] });
    const cells = report.requirements.flatMap(({ scenarios }) => scenarios.flatMap((one) => one.cells));
    const operations = (verdict: string): string[] => [
      ...new Set(cells.filter((cell) => cell.verdict === verdict).map(({ operation }) => operation)),
    ];
    // Where the untouched key is refused a refusal proves nothing, and what it would show cannot be looked up.
    expect(operations('fail')).toEqual(['POST /v1/users/activation']);
    expect(operations('inconclusive').sort()).toEqual([
      'POST /v1/users/activate',
      'POST /v1/users/activation',
    ]);
  } finally {
    await server.close();
  }
});
