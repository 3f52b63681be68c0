import { defined } from '../../model/defined.ts';
import type { Family } from '../../model/index.ts';
import type { Report } from '../../model/report.ts';
import type { Degenerate } from '../../reference/degenerates.ts';
import { type Algorithm, algorithms } from '../../reference/signer.ts';
import { startReference } from '../../reference/start.ts';
import { type Variant, variants } from '../../reference/variants.ts';
import { startIndependent } from '../independent/start.ts';
import { type EngineOptions, runEngine, runReference } from './engine.ts';
import { incompleteVariants, variantsShownOn } from './exceptions.ts';

/** The result of one server without a named fault; `wrong` has a sentence for each problem. */
export interface ServerProof {
  readonly id: string;
  readonly says: string;
  readonly verdict: string;
  readonly cause?: string;
  readonly durationMs: number;
  readonly wrong: readonly string[];
}

/**
 * A server that keeps the contract: a variant, the reference server with another algorithm, or a separate
 * implementation.
 */
export type Conformant = Variant & {
  readonly algorithm?: Algorithm;
  readonly start?: typeof startIndependent;
};

/** Every server that must be conformant. */
export const conformants: readonly Conformant[] = [
  ...variants,
  ...algorithms.map((algorithm) => ({
    id: `keys-signed-with-${algorithm}`,
    differs: `Keys are signed with ${algorithm}.`,
    algorithm,
  })),
  {
    id: 'independent',
    differs:
      'It shares no code with the reference server, frames HTTP on sockets itself and always has the same 404 body.',
    start: startIndependent,
  },
];

/** Runs the catalogue against a conformant server: everything passes except the warnings that it names. */
export async function proveConformant(
  server: Conformant,
  catalogue: readonly Family[],
): Promise<ServerProof> {
  const { id, algorithm } = server;
  const operations = variantsShownOn[id];
  const options: Omit<EngineOptions, 'catalogue'> =
    operations === undefined
      ? { depth: 'quick', atATime: id === 'slow' ? 8 : 4 }
      : { depth: 'full', atATime: 4, operations };
  const report =
    server.start === undefined
      ? await runReference(algorithm === undefined ? { variants: [id] } : { algorithm }, {
          ...options,
          catalogue,
        })
      : await runStarted(server.start, { ...options, catalogue });
  return summary(id, server.differs, report, wrongWithConformant(server, report));
}

async function runStarted(start: typeof startIndependent, options: EngineOptions): Promise<Report> {
  const server = await start();
  try {
    return await runEngine(server.environment, options);
  } finally {
    await server.close();
  }
}

function wrongWithConformant(
  { id, warns = [], algorithm, transport, without: claims = [] }: Conformant,
  report: Report,
): string[] {
  // A server that speaks plain HTTP cannot claim requirements about its transport.
  const otherwise = (profile: string): string =>
    profile === 'transport' && transport === undefined ? 'not-tested' : 'pass';
  // A shared secret has no public key that could be misused.
  const without = [
    ...(algorithm === 'HS256' ? ['token/public-key-is-no-secret'] : []),
    ...(claims.length === 0 ? ['contract/claimed-absent-is-absent'] : []),
    ...(transport !== undefined && transport.http2 !== true ? ['transport/http2-like-http1'] : []),
  ];
  const wanted: Readonly<Record<string, string>> = {
    ...Object.fromEntries(warns.map((warned) => [warned, 'warn'])),
    ...Object.fromEntries(without.map((absent) => [absent, 'not-applicable'])),
  };
  const tolerated = incompleteVariants.includes(id) ? ['not-applicable'] : [];
  return [
    ...(report.verdict === 'conformant' ? [] : [`the run is ${report.verdict}: ${report.reason}`]),
    ...(report.cause === undefined ? [] : [report.cause]),
    ...report.requirements
      .filter(
        (one) =>
          one.verdict !== (wanted[one.id] ?? otherwise(one.profile)) && !tolerated.includes(one.verdict),
      )
      .map((one) => `${one.id} is ${one.verdict}`),
  ];
}

/** The time limit for one answer of a degenerate server. */
const patienceMs = 1_000;

/** Keys for degenerate servers, which ignore them. */
export async function anyKeys(): Promise<Record<string, string>> {
  const { keys, close } = await startReference();
  await close();
  return { MUFI_WRITE_KEY: keys.write, MUFI_READ_KEY: keys.read };
}

/**
 * Runs the catalogue against a server that does not implement Mufi: never conformant, and always one cause or a
 * failure.
 */
export async function proveDegenerate(
  degenerate: Degenerate,
  catalogue: readonly Family[],
  keys: Readonly<Record<string, string>>,
): Promise<ServerProof> {
  const { id, does } = degenerate;
  const server = await degenerate.start();
  try {
    const environment = { ...keys, MUFI_BASE_URL: server.url, MUFI_TIMEOUT_MS: String(patienceMs) };
    const report = await runEngine(environment, { catalogue, depth: 'quick' });
    return summary(id, `It ${does}.`, report, wrongWithDegenerate(report));
  } finally {
    await server.close();
  }
}

function wrongWithDegenerate(report: Report): string[] {
  const failing = report.requirements.some(({ verdict }) => verdict === 'fail');
  return [
    ...(['nonconformant', 'inconclusive'].includes(report.verdict) ? [] : [`the run is ${report.verdict}`]),
    ...(report.cause === undefined && !failing ? ['there is neither a cause nor a failure'] : []),
    ...report.suiteFaults.map((fault) => `the suite fails: ${fault}`),
  ];
}

function summary(id: string, says: string, report: Report, wrong: readonly string[]): ServerProof {
  const { verdict, cause, durationMs } = report;
  return { id, says, verdict, ...defined({ cause }), durationMs, wrong };
}
