import { isDeepStrictEqual } from 'node:util';
import type { Report } from '../model/report.ts';
import { isEmbedded } from '../report/older-reports.ts';
import { canonicalDigest } from './digest.ts';
import { CertificateRejection } from './errors.ts';
import { attestedBy, type CertificatePayload } from './payload.ts';

/** The identity of the suite that verifies. */
export interface OwnSuite {
  readonly name: string;
  readonly version: string;
  readonly catalogueDigest: string;
  readonly openapiDigest: string;
}

/** The clocks of two machines differ by at most this many milliseconds. */
const clockSkewMs = 60_000;
/** A certificate is signed at most this many milliseconds after its run. */
const longestDelayMs = 3_600_000;

/** Rejects a certificate that another version of the suite has to verify, or that a modified suite signed. */
export function checkSuite({ suite, digests }: CertificatePayload, own: OwnSuite): void {
  if (suite.name !== own.name)
    throw new CertificateRejection(`the certificate was made by ${suite.name}, not by ${own.name}`);
  if (suite.version !== own.version) {
    throw new CertificateRejection(
      `the certificate was made by ${suite.name} ${suite.version}, but this is ${own.version}: install ${suite.name}@${suite.version} and verify with that`,
    );
  }
  if (digests.catalogue !== own.catalogueDigest) {
    throw new CertificateRejection(
      `the catalogue of the run is not the one of ${own.name} ${own.version}: it was changed`,
    );
  }
  if (digests.openapi !== own.openapiDigest) {
    throw new CertificateRejection(
      `the OpenAPI document of the run is not the one of ${own.name} ${own.version}: it was changed`,
    );
  }
}

/** Rejects a certificate with impossible times; `nowMs` is in milliseconds since 1970. */
export function checkTimes({ iat, run }: CertificatePayload, nowMs: number): void {
  const issuedMs = iat * 1000;
  const [startedMs, finishedMs] = [Date.parse(run.startedAt), Date.parse(run.finishedAt)];
  if (issuedMs > nowMs + clockSkewMs)
    throw new CertificateRejection('the certificate has an issue date in the future');
  if (finishedMs < startedMs) throw new CertificateRejection('the run ended before it started');
  if (issuedMs + 1000 < finishedMs)
    throw new CertificateRejection('the certificate was issued before its run ended');
  if (issuedMs > finishedMs + longestDelayMs) {
    throw new CertificateRejection(
      'the certificate was issued more than an hour after its run, so it is not from that run',
    );
  }
}

/** Rejects a report that was not the signed one, or that the certificate describes differently. */
export function checkReport(payload: CertificatePayload, report: Report): void {
  const attested = attestedBy(report);
  if (report.runId !== payload.run.id) {
    throw new CertificateRejection(
      `report.json is from run ${report.runId}, the certificate from run ${payload.run.id}`,
    );
  }
  for (const { id, verdict } of report.requirements) {
    const said = payload.requirements[id];
    if (said !== verdict) {
      throw new CertificateRejection(
        `${id} is ${verdict} in report.json and ${said ?? 'missing'} in the certificate`,
      );
    }
  }
  for (const { id, claimed, verdict } of report.profiles) {
    const said = payload.profiles.find((profile) => profile.id === id);
    if (said === undefined || said.claimed !== claimed || said.verdict !== verdict) {
      throw new CertificateRejection(
        `the profile ${id} is ${verdict} in report.json, but not in the certificate`,
      );
    }
  }
  for (const [name, value] of Object.entries(attested)) {
    if (isDeepStrictEqual(withoutUndefined(value), withoutUndefined(payload[name as keyof typeof attested])))
      continue;
    throw new CertificateRejection(`"${name}" differs between the certificate and report.json`);
  }
  if (report.suite.catalogueDigest !== payload.digests.catalogue) {
    throw new CertificateRejection('report.json has another catalogue than the certificate');
  }
  if (canonicalDigest(report) !== payload.digests.report) {
    throw new CertificateRejection('report.json is not the report that was signed: its digest differs');
  }
}

/** Rejects a certificate if its implementation lacks other operations than the run was told. */
export function checkClaim(
  { implementation }: Pick<CertificatePayload, 'implementation'>,
  report: Report,
): void {
  if (implementation.without === undefined) return;
  const claimed = report.target.operations.filter((one) => one.claimedAbsent === true).map(({ id }) => id);
  if (isDeepStrictEqual([...new Set(implementation.without)].sort(), claimed.sort())) return;
  const [says, ran] = [implementation.without, claimed].map((ids) => ids.join(', ') || 'no operation');
  throw new CertificateRejection(`the certificate names as not implemented: ${says}; the run named: ${ran}`);
}

/** A certificate names what was tested; key control, if there is one, has to use the same name. */
export function isCalledOtherwise(
  { name, version, embedded }: CertificatePayload['implementation'],
  told: Report['target']['implementation'],
): boolean {
  if (told === undefined || embedded === true) return false;
  return told.name.trim() !== name || told.version.trim() !== version;
}

/** Rejects a certificate that names another implementation than key control does. */
export function checkName(
  { implementation }: Pick<CertificatePayload, 'implementation'>,
  report: Report,
): void {
  const told = report.target.implementation;
  if (told === undefined || !isCalledOtherwise(implementation, told)) return;
  throw new CertificateRejection(
    `the certificate names ${implementation.name} ${implementation.version}, but key control reported ${told.name} ${told.version}`,
  );
}

/** Rejects a report that never gets a certificate. */
export function checkVerdict(report: Report, embedded: boolean | undefined): void {
  const { options, verdict } = report;
  if (verdict !== 'conformant')
    throw new CertificateRejection(`the verdict of the run is ${verdict}, not conformant`);
  if (options.depth !== 'full' || options.mode !== 'full' || options.selection !== undefined) {
    throw new CertificateRejection(
      'the run was not complete: a certificate needs depth full, mode full and every scenario',
    );
  }
  const claimed = report.profiles.filter((profile) => profile.claimed);
  if (!claimed.some(({ id }) => id === 'core'))
    throw new CertificateRejection('the profile core is not claimed');
  const open = claimed.find((profile) => profile.verdict !== 'conformant');
  if (open !== undefined)
    throw new CertificateRejection(`the profile ${open.id} is claimed and ${open.verdict}`);
  if (report.requirements.some((requirement) => requirement.verdict === 'known')) {
    throw new CertificateRejection('the run had a baseline, which a certificate does not allow');
  }
  const wasEmbedded = isEmbedded(report);
  if (wasEmbedded !== (embedded === true)) {
    throw new CertificateRejection(
      wasEmbedded
        ? 'the run tested the embedded reference server, but the certificate does not say so'
        : 'the certificate says that the run tested the embedded reference server, but it did not',
    );
  }
}

function withoutUndefined(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null));
}
