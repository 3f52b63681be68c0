import { createHmac } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { exportSPKI, importJWK } from 'jose';
import { canonicalDigest } from '../../../harness/attestation/digest.ts';
import { packEvidence } from '../../../harness/engine/evidence/evidence.ts';
import { evidenceFile } from '../../../harness/model/index.ts';
import {
  type CertificateCommands,
  type Certifier,
  type Copy,
  certifyByPage,
  copyOf,
  makeCertifier,
  payloadOf,
  resign,
  verifying,
} from '../support/certificates.ts';
import { cli, leaksIn, textsIn } from '../support/cli.ts';

test.describe.configure({ mode: 'default', timeout: 300_000 });

const kid = 'example-2026';
let folder: string;
let keyFile: string;
let certified: CertificateCommands;
let certifier: Certifier;
let stranger: Certifier;

const verified = (copy: Copy): Promise<string> => verifying(copy.path, [certifier.publicJwk]);

test.beforeAll('a loopback server is certified by the commands of the page', async () => {
  test.setTimeout(300_000);
  certified = await certifyByPage(test.info().outputPath('home'));
  ({ folder, keyFile, by: certifier } = certified);
  stranger = await makeCertifier(kid);
  expect(certified.exitCode, certified.stdout + certified.stderr).toBe(0);
});

test('the certificate names what was tested and what it came to', async () => {
  const { report, jws } = await copyOf(folder);
  const payload = payloadOf(jws);
  expect(payload).toMatchObject({
    schemaVersion: '1.0',
    implementation: { name: 'Example Server', version: '1.2.3', contact: 'auth@example.com' },
    target: { baseUrl: report.target.baseUrl },
    suite: { name: 'mufi-auth-conformance' },
    run: { id: report.runId, strict: false },
    counts: report.counts,
  });
  expect(payload.profiles.filter(({ claimed }) => claimed).map(({ verdict }) => verdict)).toEqual(
    Array(3).fill('conformant'),
  );
  expect(Object.keys(payload.requirements)).toEqual(report.requirements.map(({ id }) => id));
  expect(certified.stdout).toMatch(/certifies Example Server 1\.2\.3( \(.+\))?, signed by the key example-/);
});

test('verify accepts it, and its digest is of the report however report.json is formatted', async () => {
  const { report, jws } = await copyOf(folder);
  const line = `Verified: Example Server 1.2.3 keeps the contract in core, lifecycle, isolation${/( \(.+\))?$/.exec(report.reason)![0]}.`;
  expect(certified.stdout).toContain(line);
  const reversed: unknown = JSON.parse(JSON.stringify(Object.fromEntries(Object.entries(report).reverse())));
  expect(canonicalDigest(reversed)).toBe(payloadOf(jws).digests.report);
});

test('no part of the private key or of a key of the server stands in the folder or on the terminal', async () => {
  const secret = `.${certifier.privateJwk.d}`;
  const { evidence, jws } = await copyOf(folder);
  // Keys and certificate both say when they were issued, which looks alike in base64.
  const files = (await textsIn(folder)).filter(([name]) => name !== 'certificate.jws');
  const { keys, by: _by, ...said } = certified;
  const more = [evidence, payloadOf(jws), said].map((value): [string, string] => ['', JSON.stringify(value)]);
  expect(keys.length).toBeGreaterThan(50);
  expect(leaksIn([...files, ...more], [...keys, secret])).toEqual([]);
  expect(
    leaksIn(
      [
        ['planted', keys[20]!],
        ['planted', secret],
      ],
      [keys[20]!, secret],
    ),
  ).toHaveLength(2);
});

test('another signer is refused, under the same name and under an unknown one', async () => {
  const copy = await copyOf(folder);
  await copy.write('certificate.jws', await resign(payloadOf(copy.jws), stranger));
  expect(await verified(copy)).toContain('signature of the certificate does not verify');
  await copy.write('certificate.jws', await resign(payloadOf(copy.jws), certifier, { kid: 'signer-2' }));
  expect(await verified(copy)).toContain('"signer-2", which is not one of the trusted keys');
});

test('an unsigned certificate and one keyed with the public key are refused', async () => {
  const copy = await copyOf(folder);
  const [, payload = ''] = copy.jws.split('.');
  const header = (members: object): string =>
    Buffer.from(JSON.stringify({ kid: kid, typ: 'mufi-conformance-certificate+jwt', ...members })).toString(
      'base64url',
    );
  for (const alg of ['none', 'None', '']) {
    await copy.write('certificate.jws', `${header({ alg })}.${payload}.`);
    expect(await verified(copy)).toContain(`names the algorithm "${alg}"`);
  }
  const pem = await exportSPKI((await importJWK(certifier.publicJwk, 'EdDSA')) as CryptoKey);
  for (const secret of [
    pem,
    JSON.stringify(certifier.publicJwk),
    Buffer.from(certifier.publicJwk.x ?? '', 'base64url'),
  ]) {
    const input = `${header({ alg: 'HS256' })}.${payload}`;
    await copy.write(
      'certificate.jws',
      `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`,
    );
    expect(await verified(copy)).toContain('names the algorithm "HS256"');
  }
});

test('a JWS of another type, with an unknown header or with a changed byte is refused', async () => {
  const copy = await copyOf(folder);
  const payload = payloadOf(copy.jws);
  await copy.write('certificate.jws', await resign(payload, certifier, { typ: 'JWT' }));
  expect(await verified(copy)).toContain('its type is "JWT"');
  await copy.write('certificate.jws', await resign(payload, certifier, { jku: 'https://example.com/jwks' }));
  expect(await verified(copy)).toContain('has "jku"');
  const [header, , signature] = copy.jws.split('.');
  const edited = Buffer.from(JSON.stringify({ ...payload, iat: payload.iat - 1 })).toString('base64url');
  await copy.write('certificate.jws', `${header}.${edited}.${signature}`);
  expect(await verified(copy)).toContain('signature of the certificate does not verify');
});

test('dates that cannot be are refused, though correctly signed', async () => {
  const copy = await copyOf(folder);
  const payload = payloadOf(copy.jws);
  const dated = async (change: object): Promise<string> => {
    await copy.write('certificate.jws', await resign({ ...payload, ...change }, certifier));
    return verified(copy);
  };
  expect(await dated({ iat: payload.iat + 86_400 })).toBe('the certificate has an issue date in the future');
  expect(await dated({ iat: payload.iat - 86_400 })).toBe('the certificate was issued before its run ended');
  const startedAt = new Date(Date.parse(payload.run.startedAt) - 86_400_000).toISOString();
  expect(await dated({ run: { ...payload.run, startedAt } })).toContain('"run" differs between');
  expect(await verifying(folder, [certifier.publicJwk], Date.now() - 86_400_000)).toContain('in the future');
});

test('one changed verdict, in the report or in the certificate, is refused', async () => {
  const copy = await copyOf(folder);
  const [first] = copy.report.requirements;
  const changed = { ...first!, verdict: 'warn' as const };
  const requirements = [changed, ...copy.report.requirements.slice(1)];
  await copy.write('report.json', JSON.stringify({ ...copy.report, requirements }));
  expect(await verified(copy)).toBe(`${first!.id} is warn in report.json and pass in the certificate`);
  await copy.write('report.json', JSON.stringify(copy.report));
  const payload = payloadOf(copy.jws);
  const verdicts = { ...payload.requirements, [first!.id]: 'fail' };
  await copy.write('certificate.jws', await resign({ ...payload, requirements: verdicts }, certifier));
  expect(await verified(copy)).toBe(`${first!.id} is pass in report.json and fail in the certificate`);
});

test('one changed status and one removed cell in report.json are refused', async () => {
  const copy = await copyOf(folder);
  const [exchange, ...exchanges] = copy.report.exchanges;
  const response = { ...exchange!.response!, status: 418 };
  await copy.write(
    'report.json',
    JSON.stringify({ ...copy.report, exchanges: [{ ...exchange!, response }, ...exchanges] }),
  );
  expect(await verified(copy)).toContain('its digest differs');
  const shortened = structuredClone(copy.report);
  shortened.requirements[0]!.scenarios[0]!.cells.pop();
  await copy.write('report.json', JSON.stringify(shortened));
  expect(await verified(copy)).toContain('its digest differs');
});

test('a dropped profile and changed digests are refused', async () => {
  const copy = await copyOf(folder);
  const payload = payloadOf(copy.jws);
  const changed = async (change: object): Promise<string> => {
    await copy.write('certificate.jws', await resign({ ...payload, ...change }, certifier));
    return verified(copy);
  };
  expect(await changed({ profiles: payload.profiles.filter(({ id }) => id !== 'lifecycle') })).toContain(
    'the profile lifecycle is conformant in report.json, but not in the certificate',
  );
  const digests = async (digest: object) => changed({ digests: { ...payload.digests, ...digest } });
  const other = `sha256:${'0'.repeat(64)}`;
  expect(await digests({ catalogue: other })).toContain('the catalogue of the run is not the one');
  expect(await digests({ openapi: other })).toContain('the OpenAPI document of the run is not the one');
  expect(await digests({ report: other })).toContain('its digest differs');
  expect(await changed({ suite: { ...payload.suite, version: '0.0.9' } })).toContain(
    'install mufi-auth-conformance@0.0.9 and verify with that',
  );
  const embedded = { ...payload.implementation, embedded: true };
  expect(await changed({ implementation: embedded })).toContain(
    'tested the embedded reference server, but it did not',
  );
  expect(await changed({ counts: { ...payload.counts, cells: 1 } })).toContain('"counts" differs between');
});

test('the certificate of another run and an edited page are refused', async () => {
  const copy = await copyOf(folder);
  const html = await readFile(join(folder, 'report.html'), 'utf8');
  await copy.write('report.html', html.replace('Conformant', 'Perfect'));
  expect(await verified(copy)).toContain('report.html is not what this suite writes');
  await rm(join(copy.path, 'report.html'));
  expect(await verified(copy)).toBe('report.html is missing in the folder');
  await copy.write('report.json', JSON.stringify({ ...copy.report, runId: 'another' }));
  expect(await verified(copy)).toContain('report.json is from run another');
});

test('a verdict made better, and what is missing in the report, are refused by the evidence, whoever signs it', async () => {
  const copy = await copyOf(folder);
  const refused = async (change: (report: typeof copy.report) => unknown): Promise<string> => {
    const changed = structuredClone(copy.report);
    change(changed);
    await copy.replaceReport(changed, certifier);
    return verified(copy);
  };
  const { id, cells } = copy.report.requirements[0]!.scenarios[0]!;
  const [first, last] = [cells[0]!.operation, cells.at(-1)!.operation];
  expect(
    await refused(({ requirements }) => {
      requirements[0]!.scenarios[0]!.cells[0]!.verdict = 'warn';
    }),
  ).toBe(`${id} @ ${first} is warn in report.json, but pass in the replay of the evidence`);
  expect(await refused(({ requirements }) => requirements[0]!.scenarios[0]!.cells.pop())).toBe(
    `${id} @ ${last} is missing in report.json`,
  );
  expect(await refused(({ requirements }) => requirements[0]!.scenarios.shift())).toBe(
    `${id} is in the evidence but not in report.json`,
  );
  expect(await refused(({ exchanges }) => exchanges.pop())).toContain(
    'report.json does not show the exchange',
  );
});

test('one answer changed in the evidence is refused, whoever signs it', async () => {
  const copy = await copyOf(folder);
  const { evidence } = copy;
  const changed = structuredClone(evidence);
  const one = changed.cassettes.find(({ scenario }) => scenario.endsWith('/flip-first-bit'))!;
  const answer = one.exchanges.flatMap((sent) => ('response' in sent ? (sent.response ?? []) : []));
  answer.find(({ status }) => status === 401)!.status = 200;
  await copy.write(evidenceFile, packEvidence(changed));
  expect(await verified(copy)).toContain('its digest differs');
  await copy.replaceEvidence(changed, certifier);
  const why = 'nothing is recorded of the connection';
  expect(await verified(copy)).toContain(`cannot be replayed: ${one.scenario}: ${why}`);
});

test('an exchange, a scenario or the preflight missing in the evidence is refused, whoever signs it', async () => {
  const copy = await copyOf(folder);
  const { evidence } = copy;
  const refused = async (cassettes: typeof evidence.cassettes): Promise<string> => {
    await copy.replaceEvidence({ ...evidence, cassettes }, certifier);
    return verified(copy);
  };
  const [opening, ...cassettes] = evidence.cassettes;
  const [first, ...rest] = cassettes.toSorted((one, two) => two.exchanges.length - one.exchanges.length);
  const shorter = { ...first!, exchanges: first!.exchanges.slice(0, -1) };
  expect(await refused([opening!, shorter, ...rest])).toContain(
    `${first!.scenario}: no exchange is recorded for`,
  );
  const longer = { ...first!, exchanges: [...first!.exchanges, first!.exchanges[0]!] };
  expect(await refused([opening!, longer, ...rest])).toContain(
    '1 exchanges are recorded that it does not make',
  );
  const { of } = first!.exchanges[0]!;
  const skipped = { of, impossible: 'no key is like that', onlyThisKey: true };
  const lazy = { ...first!, exchanges: [skipped, ...first!.exchanges.slice(1)] };
  expect(await refused([opening!, lazy, ...rest])).toContain('is recorded as impossible that is not');
  expect(await refused([opening!, first!, first!])).toContain(`${first!.scenario} is recorded twice`);
  expect(await refused([opening!, first!])).toContain('nothing is recorded of');
  expect(await refused([first!, ...rest])).toContain('the preflight of the target is not recorded');
  const blind = { ...opening!, exchanges: opening!.exchanges.slice(1) };
  expect(await refused([blind, first!, ...rest])).toContain('no exchange is recorded for');
  await rm(join(copy.path, evidenceFile));
  expect(await verified(copy)).toBe(`${evidenceFile} is missing in the folder`);
  await copy.write(evidenceFile, 'no evidence');
  expect(await verified(copy)).toContain('its digest differs');
});

test('a nonconformant report is refused although everything about it is signed', async () => {
  const copy = await copyOf(folder);
  await copy.replaceReport({ ...copy.report, verdict: 'partial' }, certifier);
  expect(await verified(copy)).toBe('the verdict of the run is partial, not conformant');
});

test('verify says the reason and ends with 1 where it refuses, with 3 where there is nothing to verify', async () => {
  const copy = await copyOf(folder);
  await copy.write('certificate.jws', await resign(payloadOf(copy.jws), stranger));
  const refused = await cli(['verify', copy.path, '--keys', keyFile]);
  expect([refused.exitCode, refused.stderr]).toEqual([1, '']);
  expect(refused.stdout).toMatch(/^Refused: the signature of the certificate does not verify.*\.\n$/);
  const nothing = await cli(['verify', test.info().outputDir, '--keys', keyFile]);
  expect([nothing.exitCode, nothing.stdout]).toEqual([3, '']);
  expect(nothing.stderr).toContain('does not contain certificate.jws');
});
