import { execFileSync } from 'node:child_process';
import { readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { CertificateRejection } from '../../../harness/attestation/errors.ts';
import { openCertificate } from '../../../harness/attestation/open.ts';
import { forgeableValue } from '../../../harness/engine/evidence/cassette.ts';
import { createRecordingCassette } from '../../../harness/engine/evidence/cassette-file.ts';
import { packEvidence, unpackEvidence } from '../../../harness/engine/evidence/evidence.ts';
import { createRedactor } from '../../../harness/engine/evidence/redaction.ts';
import { createReplayCassette } from '../../../harness/engine/evidence/replay.ts';
import type { Family } from '../../../harness/model/index.ts';
import type { Report } from '../../../harness/model/report.ts';
import { makeCertifier, signText } from '../support/certificates.ts';
import { certifiedAnyway, only, type RecordedRun, recordRun } from '../support/recorded.ts';

test.describe.configure({ mode: 'default' });

const respelled = 'regeneration/respelled-old-key-rejected';
let families: Family[];
let honest: RecordedRun;

test.beforeAll('a small run is recorded', async () => {
  families = only('token/signature-present', respelled);
  honest = await recordRun({}, families);
});

test('the run verifies as it is', async () => {
  expect(await certifiedAnyway(honest, families)).toBe('verified');
});

test('a certificate for another name or version than key control said is refused, whoever signs it', async () => {
  const said = (says: object): Promise<string> =>
    certifiedAnyway(honest, families, async () => undefined, says);
  const told = 'but key control reported mufi-reference 0.1.0';
  expect(await said({ name: 'Acme Wallet' })).toBe(`the certificate names Acme Wallet 0.1.0, ${told}`);
  expect(await said({ version: '9' })).toBe(`the certificate names mufi-reference 9, ${told}`);
});

test('a run verifies even if its secrets look like texts that the suite sends to everybody', async () => {
  for (const controlToken of [
    `control-${'x'.repeat(40)}`,
    'mufi-auth-conformance-token',
    'conformance-event-main-token',
    'application/json-token',
    '1764392126000176439212600017643921260001764392126000',
    'mufi-reference-0.1.0',
  ]) {
    const some = only(
      'presentation/oversized-header-harmless',
      'token/signature-present',
      'regeneration/new-key-works-at-once',
    );
    const run = await recordRun({ controlToken }, some);
    expect(await certifiedAnyway(run, some), controlToken).toBe('verified');
    const texts = run.report.exchanges.flatMap(({ request }) => request.headers.flat());
    expect(texts.filter((text) => text.includes('redacted'))).toEqual([]);
  }
});

test('a run verifies that the target slowed down', async () => {
  const some = only('token/signature-present');
  const run = await recordRun({ variants: ['rate-limited'] }, some, undefined, (environment) => ({
    ...environment,
    // At such a low rate each overload answer counts.
    MUFI_MAX_RPS: '19',
  }));
  expect(run.report.slowestPerSecond).toBeLessThan(19);
  expect(await certifiedAnyway(run, some)).toBe('verified');
});

/** The result of verifying after the text of `report.json` was changed and not signed again. */
function rewritten(change: (text: string) => string): Promise<string> {
  return certifiedAnyway(honest, families, async (folder) => {
    const file = join(folder, 'report.json');
    await writeFile(file, change(await readFile(file, 'utf8')));
  });
}

test('report.json is rejected if another reader could see something else in it', async () => {
  const edited = 'report.json is not what this suite writes for the report: it was edited';
  const twice = '{\n"verdict": "nonconformant",\n"reason": "it fails",\n';
  expect(await rewritten((text) => text.replace('{\n', twice))).toBe(edited);
  expect(await rewritten((text) => text.replace('"cells":[{', '"cells":[{"verdict":"fail",'))).toBe(edited);
  expect(await rewritten((text) => `${text} `)).toBe(edited);
  expect(await rewritten((text) => `\ufeff${text}`)).toBe('report.json is not JSON');
  expect(await rewritten((text) => text.replace('{\n', '{\n"note": "audited",\n'))).toBe(
    'report.json has members that a report does not have',
  );
});

test('what nobody signed and nobody can read is refused', async () => {
  const deep = '['.repeat(200_000) + ']'.repeat(200_000);
  const said = (name: string, edit: (file: string) => unknown): Promise<string> =>
    certifiedAnyway(honest, families, async (folder) => {
      const file = join(folder, name);
      await edit(file);
    });
  expect(await rewritten((text) => text.replace('{\n', `{\n"note": ${deep},\n`))).toContain(
    'report.json has members that',
  );
  const header = Buffer.from(`{"alg":${'['.repeat(20_000)}${']'.repeat(20_000)}}`).toString('base64url');
  expect(await said('certificate.jws', (file) => writeFile(file, `${header}.e30.AA`))).toBe(
    'a file in the folder is too long or too deeply nested to be read',
  );
  expect(await said('certificate.jws', (file) => truncate(file, 600 * 1024 * 1024))).toBe(
    'certificate.jws is longer than 64 KiB',
  );
  expect(await said('report.json', (file) => truncate(file, 600 * 1024 * 1024))).toBe(
    'report.json is longer than 262144 KiB',
  );
  test.skip(process.platform === 'win32', 'Windows has no such files');
  const pipe = async (file: string): Promise<void> => {
    await rm(file);
    execFileSync('mkfifo', [file], { stdio: 'ignore' });
  };
  expect(await said('report.json', pipe)).toBe('report.json is not a regular file');
});

test('what only the edited report has is refused, whoever signs it', async () => {
  const said = (more: object): Promise<string> =>
    certifiedAnyway({ ...honest, report: { ...honest.report, ...more } as Report }, families);
  const otherwise = (name: string): string =>
    `"${name}" in report.json differs from the replay of the evidence`;
  expect(await said({ interrupted: true })).toBe(otherwise('interrupted'));
  expect(await said({ cause: 'nobody listens' })).toBe(otherwise('cause'));
  expect(await said({ baseline: { file: 'known.yaml', entries: [] } })).toBe(otherwise('baseline'));
  expect(await said({ note: 'audited by Mufi' })).toBe('report.json has members that a report does not have');
});

test('exchanges that are shown twice or in another order are refused, whoever signs it', async () => {
  const { exchanges } = honest.report;
  const said = (shown: Report['exchanges']): Promise<string> =>
    certifiedAnyway({ ...honest, report: { ...honest.report, exchanges: shown } }, families);
  const complaint = 'report.json shows exchanges twice, or in another order than the evidence';
  expect(await said([...exchanges, exchanges[0]!])).toBe(complaint);
  expect(await said(exchanges.toReversed())).toBe(complaint);
});

test('an observation that nobody asks for is rejected, whoever signs it', async () => {
  const evidence = structuredClone(honest.evidence);
  const cassette = evidence.cassettes.at(-1)!;
  cassette.facts.push({ name: 'the clock', value: 5 });
  expect(await certifiedAnyway({ ...honest, evidence }, families)).toContain(
    `${cassette.scenario}: it does not ask for what is recorded of the clock`,
  );
});

test('a respelled key that the run could make is not impossible, whoever signs it', async () => {
  const evidence = structuredClone(honest.evidence);
  const cassette = evidence.cassettes.find(({ scenario }) => scenario === `${respelled}/standard-alphabet`)!;
  expect(cassette.facts).toContainEqual({ name: forgeableValue, value: true });
  const impossible = 'the key has no character that this spelling changes';
  cassette.exchanges = cassette.exchanges.map((one) =>
    'response' in one && one.response?.status === 401 ? { of: one.of, impossible, onlyThisKey: true } : one,
  );
  expect(await certifiedAnyway({ ...honest, evidence }, families)).toContain(
    `a request is recorded as impossible that is not: ${impossible}`,
  );
});

test('if a value consists of others, only the whole is recorded, because only the whole is asked for', async () => {
  const redactor = createRedactor();
  const recording = createRecordingCassette('s', { redactor, originMs: 0 });
  const part = (): Promise<number> => recording.value('a part', () => 1);
  const failing = (): Promise<number> => recording.value('another', () => Promise.reject(new Error('no')));
  const whole = async (): Promise<number> =>
    (await Promise.all([part(), part(), failing().catch(() => 1)])).length;
  expect([await recording.value('the whole', whole), await part()]).toEqual([3, 1]);
  const content = recording.content();
  expect(content.facts.map(({ name }) => name)).toEqual(['the whole', 'a part']);
  const replaying = createReplayCassette(content);
  const live = (): never => {
    throw new Error('nothing is asked of the world');
  };
  expect([await replaying.value('the whole', live), await replaying.value('a part', live)]).toEqual([3, 1]);
  replaying.finish();
});

test('evidence is read only as this suite writes it', () => {
  const text = JSON.stringify(honest.evidence);
  expect(unpackEvidence(packEvidence(honest.evidence))).toEqual(honest.evidence);
  const twice = text.replace('{', '{"start":{},');
  expect(() => unpackEvidence(gzipSync(twice))).toThrow('is not in the form that this suite writes');
});

test('a signed text with a repeated member is rejected', async () => {
  const by = await makeCertifier('k');
  let payload = '';
  await certifiedAnyway(honest, families, async (folder) => {
    const jws = await readFile(join(folder, 'certificate.jws'), 'utf8');
    payload = Buffer.from(jws.split('.')[1]!, 'base64url').toString('utf8');
  });
  const open = async (text: string): Promise<unknown> => {
    return openCertificate(await signText(text, by), [by.publicJwk]).catch((error: unknown) => error);
  };
  expect(await open(payload)).toMatchObject({ kid: 'k' });
  for (const text of [
    payload.replace('{', '{"iat":1,'),
    ` ${payload}`,
    payload.replace('"counts":{', '"counts":{"x":1,'),
  ]) {
    const said = await open(text);
    expect(said).toBeInstanceOf(CertificateRejection);
    expect(String(said)).toContain('the signed text is not in the form that this suite writes');
  }
});
