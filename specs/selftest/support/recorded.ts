import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from '@playwright/test';
import { canonicalDigest, digestOf } from '../../../harness/attestation/digest.ts';
import { CertificateRejection } from '../../../harness/attestation/errors.ts';
import { attestedBy } from '../../../harness/attestation/payload.ts';
import { verifyFolder } from '../../../harness/attestation/verify.ts';
import { replayWith } from '../../../harness/cli/replay-evidence.ts';
import { ownSuite } from '../../../harness/cli/suite-identity.ts';
import { readConfiguration } from '../../../harness/engine/configuration/configuration.ts';
import { readOptions, writeOptions } from '../../../harness/engine/configuration/options.ts';
import { type Evidence, packEvidence, unpackEvidence } from '../../../harness/engine/evidence/evidence.ts';
import { catalogueDigest, openRunner, runHeaderOf, runPreflight } from '../../../harness/engine/run/index.ts';
import { evidenceFile, type Family, type ScenarioResult } from '../../../harness/model/index.ts';
import type { Report } from '../../../harness/model/report.ts';
import { type ReferenceOptions, startReference } from '../../../harness/reference/start.ts';
import { buildReport } from '../../../harness/report/build.ts';
import { renderingsOf } from '../../../harness/report/write.ts';
import { catalogue as whole } from '../../requirements/index.ts';
import { makeCertifier, resign } from './certificates.ts';

/** A catalogue with some of the requirements; it is judged like the whole one. */
export function only(...ids: readonly string[]): Family[] {
  return whole
    .map((family) => ({ ...family, requirements: family.requirements.filter(({ id }) => ids.includes(id)) }))
    .filter(({ requirements }) => requirements.length > 0);
}

/** What a recorded run left behind. */
export interface RecordedRun {
  readonly report: Report;
  readonly evidence: Evidence;
  /** Every key that the server issued at its start. */
  readonly keys: readonly string[];
}

/**
 * Runs a catalogue at full depth against a reference server, in this process, and records it. `patch` replaces
 * verdicts, as a modified suite would.
 */
export async function recordRun(
  reference: ReferenceOptions,
  catalogue: readonly Family[],
  patch: (result: ScenarioResult) => ScenarioResult = (result) => result,
  environmentOf = (environment: Readonly<Record<string, string>>) => environment,
): Promise<RecordedRun> {
  const server = await startReference(reference);
  try {
    const target = readConfiguration(environmentOf(server.environment));
    const options = readOptions(
      writeOptions({ record: true, publicTexts: ['mufi-reference', '0.1.0'] }) as NodeJS.ProcessEnv,
    );
    const { baseUrl = '' } = target;
    const look = await runPreflight({ target, baseUrl, options, catalogue });
    const runner = await openRunner(catalogue, look.state);
    const results: ScenarioResult[] = [];
    const cassettes = [look.recorded!.cassette];
    for (const planned of runner.planned) {
      results.push(patch(await runner.run(planned)));
      cassettes.push(runner.recorded(planned.id)!);
    }
    await runner.close();
    await look.finish();
    const header = runHeaderOf(look.state, catalogue);
    const report = buildReport({ header, catalogue, results, finishedAt: Date.now(), suiteFaults: [] });
    const file = packEvidence({ start: look.recorded!.start, cassettes });
    return { report, evidence: unpackEvidence(file), keys: Object.values(server.keys) };
  } finally {
    await server.close();
  }
}

/**
 * Signs a recorded run with a trusted key, whatever its verdict, and returns the result of verifying it. `edit` may
 * change the folder before that; `says` is what the implementation file says besides the name.
 */
export async function certifiedAnyway(
  run: RecordedRun,
  catalogue: readonly Family[],
  edit: (folder: string) => Promise<void> = async () => undefined,
  says: { readonly without?: string[]; readonly name?: string; readonly version?: string } = {},
): Promise<string> {
  const folder = test.info().outputPath('certificate');
  await mkdir(folder, { recursive: true });
  const files = [...renderingsOf(run.report), [evidenceFile, packEvidence(run.evidence)] as const];
  for (const [name, content] of files) await writeFile(join(folder, name), content);
  const by = await makeCertifier('trusted');
  const own = { ...ownSuite(), catalogueDigest: catalogueDigest(catalogue) };
  const payload = {
    schemaVersion: '1.0',
    iat: Math.ceil(Date.now() / 1000),
    implementation: { name: 'mufi-reference', version: '0.1.0', contact: 'a@example.com', ...says },
    ...attestedBy(run.report),
    digests: {
      catalogue: own.catalogueDigest,
      openapi: own.openapiDigest,
      report: canonicalDigest(JSON.parse(JSON.stringify(run.report))),
      evidence: digestOf(packEvidence(run.evidence)),
    },
  };
  await writeFile(join(folder, 'certificate.jws'), await resign(payload, by));
  await edit(folder);
  try {
    const inputs = { keys: [by.publicJwk], own, nowMs: Date.now(), replayEvidence: replayWith(catalogue) };
    await verifyFolder(folder, inputs);
    return 'verified';
  } catch (error) {
    if (error instanceof CertificateRejection) return error.message;
    throw error;
  }
}
