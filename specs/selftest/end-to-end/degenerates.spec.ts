import { expect, test } from '@playwright/test';
import { anyKeys } from '../../../harness/proof/kill-matrix/servers.ts';
import { type Degenerate, degenerates } from '../../../harness/reference/degenerates.ts';
import { conformance } from '../support/cli.ts';
import { findingsOf, requirementsThat, runEngine, runReference } from '../support/engine.ts';

test.describe.configure({ timeout: 300_000 });

let keys: Record<string, string>;
test.beforeAll(async () => {
  keys = await anyKeys();
});

/** Every requirement that expects a rejection and can be tested with two keys. */
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
  'presentation/other-methods-require-key',
  'presentation/nothing-stands-in-for-the-key',
  'token/three-segments',
  'token/segments-hold-json-objects',
  'token/size-is-harmless',
  'token/each-request-on-its-own',
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
  'token/costly-key-answered-in-time',
  'permissions/read-key-does-not-write',
  'permissions/permission-before-content',
  'permissions/nothing-else-grants-permission',
  'permissions/body-framing-is-no-bypass',
  'permissions/content-type-is-no-bypass',
];
/** Two Authorization lines should be rejected, but this is not a MUST. */
const oneLine = 'presentation/one-authorization-line';
const schema = 'contract/body-matches-schema';

const shutOut = (status: number): string =>
  `every operation rejects MUFI_WRITE_KEY (the unmodified write key gets ${status}); either that key is expired, revoked or regenerated, or it is not a key of this target, or the target rejects every key, and the suite cannot tell which`;
const broken = (how: string): string =>
  `no operation works with the unmodified write key (${how}), so a rejection would prove nothing; check MUFI_BASE_URL and the log of the target`;
const unlike = (what: string): string =>
  `no operation answers like an API: a successful answer has ${what} instead of a JSON document; check that MUFI_BASE_URL is the API and not a web page or a proxy in front of it`;
const untestable = (why: string, step: string): string =>
  `{url} cannot be tested: ${why}; check MUFI_BASE_URL${step}`;
const log = ', and the log of the target or of the proxy in front of it';
const late = untestable(
  'no complete answer within 400 ms',
  ' and the health of the target, or give it more time with MUFI_TIMEOUT_MS',
);
const closed = untestable(
  'the connection is closed before the answer is complete',
  ` (a port that expects https closes http connections)${log}`,
);
const exempt =
  'exempt the machine that runs the suite from the rate limit, or find out what keeps the target busy; a lower MUFI_MAX_RPS does not help';
const limited = '; send less with MUFI_MAX_RPS, or wait longer with MUFI_TIMEOUT_MS';

/** The single cause for each server that nothing can be decided about; {url} is its address. */
const causes: Readonly<Record<string, string>> = {
  'always-204': unlike('an empty body'),
  'always-301': broken('it redirects (301)'),
  'always-401': shutOut(401),
  'always-403': shutOut(403),
  'always-404':
    '{url} has none of the operations (the unmodified write key gets 404); check that MUFI_BASE_URL ends just before /v1',
  'always-429': `{url} cannot be tested: the target still answers 429 at 1 request a second, the lowest rate that MUFI_MAX_RPS can set; ${exempt}`,
  'always-429-later': `{url} cannot be tested: the target answers 429 and asks for a wait of 3600 s, longer than MUFI_TIMEOUT_MS${limited}`,
  'always-500': broken('it answers 500'),
  'always-redirect': broken('it redirects (302)'),
  'redirect-loop': broken('it redirects (307)'),
  'html-200': unlike('text/html'),
  'empty-200': unlike('an empty body'),
  'wrong-json-200': unlike('something that is not JSON'),
  'wrong-gzip-200':
    '{url} cannot be tested: the body does not have the encoding that Content-Encoding names; fix the compression of the target or of the proxy in front of it',
  hang: late,
  'hang-with-key': late.replace(';', ', once a request carries MUFI_WRITE_KEY;'),
  reset: closed,
  'reset-midway': closed,
  half: closed,
  'length-too-long': late,
  drip: late,
  'drip-head': late,
  endless: unlike('more than 1 MiB'),
  huge: unlike('more than 1 MiB'),
  garbage: untestable(
    'the answer is not valid HTTP',
    ': what listens there is not an HTTP server, or a broken one',
  ),
  'tls-unknown-authority':
    '{url} cannot be tested: the TLS connection fails: the certificate is not signed by an authority that this machine trusts; use a certificate of a public authority, or set NODE_EXTRA_CA_CERTS to the file of your own authority',
  'http-on-https': untestable(
    'the TLS connection fails: what answers does not speak TLS',
    ': the port may expect http instead of https',
  ),
  'https-on-http': closed,
};

/** Also run through the command line: a cause of the preflight, a connection that fails, and one that waits. */
const endToEnd = ['always-401', 'hang', 'tls-unknown-authority'];

async function runAgainst(degenerate: Degenerate, wholly: boolean) {
  const server = await degenerate.start();
  const patience = causes[degenerate.id]?.includes('400 ms') ? { MUFI_TIMEOUT_MS: '400' } : {};
  const environment = { ...keys, MUFI_BASE_URL: server.url, ...patience };
  try {
    const ended = wholly
      ? await conformance(test.info().outputPath('report'), ['--depth', 'quick'], { environment })
      : {
          exitCode: undefined,
          stdout: '',
          stderr: '',
          report: await runEngine(environment, { depth: 'quick', atATime: 4 }),
        };
    return { ...ended, url: server.url };
  } finally {
    await server.close();
  }
}

for (const degenerate of degenerates) {
  const cause = causes[degenerate.id];
  if (cause === undefined) continue;
  for (const wholly of endToEnd.includes(degenerate.id) ? [false, true] : [false])
    isOneCause(degenerate, cause, wholly);
}

function isOneCause(degenerate: Degenerate, cause: string, wholly: boolean): void {
  const { id, does } = degenerate;
  const [where, tag] = wholly ? [', on the terminal as well', ['@thorough']] : ['', []];
  test(`${id}: a server that ${does} is one cause with a next step and no failure${where}`, {
    tag,
  }, async () => {
    const { exitCode, stdout, stderr, report, url } = await runAgainst(degenerate, wholly);
    expect([exitCode ?? 2, stderr]).toEqual([2, '']);
    expect(report.verdict).toBe('inconclusive');
    expect(report.cause?.replaceAll(url, '{url}')).toBe(cause);
    expect(requirementsThat(report, 'fail', 'warn', 'pass')).toEqual([]);
    const reasons = report.requirements.map(({ reason }) => reason?.replaceAll(url, '{url}'));
    expect([...new Set(reasons)]).toEqual([cause]);
    const said = stdout.replaceAll(/\s+/g, ' ');
    if (wholly) expect(said).toContain(cause.replaceAll('{url}', url));
  });
}

test('a server that accepts everybody fails what requires a rejection, and nothing else', async () => {
  const { report } = await runAgainst(named('always-200'), false);
  expect(report.verdict).toBe('nonconformant');
  expect(requirementsThat(report, 'fail')).toEqual([...refusals, schema]);
  expect(requirementsThat(report, 'warn')).toEqual([oneLine, 'contract/status-documented']);
  expect(findingsOf(report)).toEqual({
    'let-in': refusals,
    'bad-body': [schema],
    'wrong-status': [oneLine, 'contract/status-documented'],
  });
});

test('a server that sends more than it promises is never conformant', async () => {
  const { report } = await runAgainst(named('length-too-short'), false);
  expect(['nonconformant', 'inconclusive']).toContain(report.verdict);
  expect(requirementsThat(report, 'pass')).toEqual([]);
});

test('every degenerate server is distinguished here, and each has its own name', () => {
  const others = ['always-200', 'length-too-short'];
  const ids = degenerates.map(({ id }) => id);
  expect([...Object.keys(causes), ...others].sort()).toEqual([...ids].sort());
  expect(new Set(ids).size).toBe(ids.length);
});

function named(id: string): Degenerate {
  const found = degenerates.find((degenerate) => degenerate.id === id);
  if (found === undefined) throw new Error(`there is no degenerate server ${id}`);
  return found;
}

const believed = [
  'token/three-segments',
  'token/segments-hold-json-objects',
  'token/size-is-harmless',
  'token/each-request-on-its-own',
  'token/signature-present',
  'token/signature-verified',
  'token/signature-covers-content',
  'token/signed-by-issuer',
  'token/verified-whatever-else-is-sent',
  'token/algorithm-none-rejected',
  'token/algorithm-fixed-by-server',
  'token/secret-not-guessable',
  'token/public-key-is-no-secret',
  'token/brought-key-not-trusted',
  'token/key-id-is-data',
  'token/header-members-change-nothing',
];

test('a server that believes any well-formed JWT accepts forged keys', async () => {
  const report = await runReference({ faults: ['signature-ignored'] }, { depth: 'quick', atATime: 4 });
  expect(report.verdict).toBe('nonconformant');
  expect(findingsOf(report)).toEqual({
    'let-in': ['presentation/head-requires-key', ...believed, 'expiry/configured-expiry-honoured'],
    // The payload of the read key makes it a read key (403); an invalid body is validated (400).
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
  const open = requirementsThat(report, 'inconclusive', 'not-tested');
  expect(open.filter((id) => !id.startsWith('transport/'))).toEqual([]);
});

test('a server that rejects the write key on a single operation denies access', async () => {
  const report = await runReference(
    { faults: ['write-key-cannot-read'] },
    {
      depth: 'full',
      atATime: 4,
      operations: [
        'GET /v1/version',
        'POST /v1/users/activation',
        'POST /v1/users/activate',
        'POST /v1/events/create',
        'GET /v1/events/{IdOrReferenceId}',
      ],
    },
  );
  expect(report.verdict).toBe('nonconformant');
  const access = 'permissions/write-key-has-full-access';
  expect(requirementsThat(report, 'fail', 'warn')).toEqual([access]);
  expect(findingsOf(report)).toEqual({ 'shut-out': [access] });
  const cells = report.requirements.flatMap(({ scenarios }) => scenarios.flatMap((one) => one.cells));
  const operations = (verdict: string): string[] => [
    ...new Set(cells.filter((cell) => cell.verdict === verdict).map(({ operation }) => operation)),
  ];
  // If the unmodified key is rejected, a rejection proves nothing, and the effect of a write cannot be read back.
  expect(operations('fail')).toEqual(['POST /v1/users/activation']);
  expect(operations('inconclusive').sort()).toEqual(['POST /v1/users/activate', 'POST /v1/users/activation']);
});
