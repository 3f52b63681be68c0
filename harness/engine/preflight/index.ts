import { randomBytes } from 'node:crypto';
import { defined } from '../../model/defined.ts';
import type { Family, Key, Operation, RunOptions, TargetConfiguration } from '../../model/index.ts';
import { isNamed } from '../configuration/addresses.ts';
import { ConfigurationError } from '../configuration/configuration-error.ts';
import { loadDocument, operationsOf } from '../configuration/operations.ts';
import { checkWithout } from '../configuration/without.ts';
import { algorithmOf, parseKey } from '../credentials/parsed-key.ts';
import type { Tape } from '../evidence/cassette.ts';
import { createRecording } from '../evidence/cassette-file.ts';
import type { CountedTape, EvidenceStart } from '../evidence/evidence.ts';
import { createKeyShapes } from '../evidence/key-shape.ts';
import type { SecretsFile } from '../evidence/shared-secrets.ts';
import { ControlError, type Description } from '../key-control/protocol.ts';
import { emptyFixture, emptyOtherProject } from '../matrix/fixture-sets.ts';
import { nextStepAfter } from '../probe/failure.ts';
import { withTape } from '../session/recorded-session.ts';
import type { Repeated } from '../session/repeat.ts';
import { send } from '../session/send.ts';
import { openSession, type Session } from '../session/session.ts';
import type { SessionState } from '../session/session-state.ts';
import { evidenceStart } from '../session/start.ts';
import { lookAtOperations, statusOfUnknownPath } from './availability.ts';
import { capabilitiesOf } from './capabilities.ts';
import { causeOf, causeOfReadKey } from './causes.ts';
import { makeExtraKeys, noExtraKeys, withoutExtraKeys } from './extra-keys.ts';
import { buildFixture, projectOf } from './fixture.ts';
import { buildOtherProject } from './other-project.ts';
import { tryOwnActions } from './own-action/index.ts';
import { findPublicKeys } from './public-keys.ts';
import { doRealWork } from './real-work.ts';
import { judgeRealWork } from './real-work-result.ts';

export interface FirstLookInputs {
  readonly target: TargetConfiguration;
  readonly baseUrl: string;
  /** True where the suite started the target itself. */
  readonly embedded?: boolean;
  readonly options: RunOptions;
  readonly catalogue: readonly Family[];
  /** File through which the processes tell each other their secrets; absent where there is one process only. */
  readonly secretsFile?: SecretsFile;
  /** Resolves when somebody ends the run: what was made by then is revoked, however long the target takes. */
  readonly interrupted?: Promise<void>;
  /** Takes the work of revoking it, which is bounded. */
  readonly onRelease?: (work: Promise<unknown>) => void;
  /** A recording that takes the place of the target, and when it was made. */
  readonly replay?: { readonly tape: Tape; readonly start: Pick<SessionState, 'runId' | 'startedAt'> };
}

/** The state for the engine, and what has to be called when the run is done. */
export interface FirstLook {
  readonly state: SessionState;
  /** Revokes the keys that the suite made for the run; never throws. */
  finish(): Promise<void>;
  /** What was learnt from outside, where the run is recorded. */
  readonly recorded?: { readonly start: EvidenceStart; readonly tape: CountedTape };
}

/**
 * Looks at the target once before the matrix runs: is it there, what can it do, do the keys work, is the fixture
 * in place. Never throws for what the target does; that becomes `cause`.
 */
export async function firstLook(inputs: FirstLookInputs): Promise<FirstLook> {
  const { replay, options } = inputs;
  const session = await openSession({ ...unseenState(inputs), ...replay?.start });
  const release = async (): Promise<void> => session.control?.revokeLeftovers();
  void inputs.interrupted?.then(() => inputs.onRelease?.(release()));
  try {
    if (replay !== undefined) return await look(withTape(session, replay.tape), inputs);
    if (options.record !== true) return counted(await look(session, inputs), session);
    const recording = createRecording('', session);
    const shapes = createKeyShapes('supplied');
    const start = evidenceStart(session.state, shapes);
    const looked = counted(await look(withTape(session, recording, shapes), inputs), session);
    const { requests } = session.prober;
    const durationMs = Date.now() - session.state.startedAt;
    return { ...looked, recorded: { start, tape: { ...recording.content(), requests, durationMs } } };
  } catch (error) {
    // Nobody learns of the keys that were made by then.
    await release();
    throw error;
  } finally {
    await session.close();
  }
}

/** No scenario will say what was sent where there is nothing to test. */
function counted(looked: FirstLook, { prober, redactor }: Session): FirstLook {
  const { cause, secretsFile } = looked.state;
  const state = {
    ...looked.state,
    ...(secretsFile === undefined ? { made: redactor.made } : {}),
    ...(cause === undefined ? {} : { requests: prober.requests }),
  };
  return { ...looked, state };
}

async function look(session: Session, inputs: FirstLookInputs): Promise<FirstLook> {
  const { target, baseUrl, options, catalogue } = inputs;
  const unreachable = await checkReachable(session);
  if (unreachable !== undefined) {
    const cause = `${baseUrl} cannot be tested: ${unreachable}`;
    return { state: { ...session.state, cause }, finish: async () => undefined };
  }
  const asked = await describeTarget(session);
  const described = typeof asked === 'string' ? undefined : asked;
  const told = described?.jwks_url;
  // What key control says may lead anywhere; what the configuration names is meant.
  const jwksUrl = told !== undefined && isNamed(told, target) ? told : undefined;
  if (jwksUrl !== undefined) session.prober.allow(jwksUrl);
  const jwksCandidates = [target.jwksUrl, jwksUrl, `${baseUrl}/.well-known/jwks.json`];
  const jwks = await session.tape.fact('the public keys', () =>
    findPublicKeys(session.prober, jwksCandidates, target.keys),
  );

  const built: Repeated[] = [];
  const mayWrite = options.mode === 'full';
  const { fixture, projectId } = await buildFixture(session, mayWrite, built);
  const withFixture: Session = { ...session, state: { ...session.state, fixture } };
  const worked: Repeated[] = [];
  if (mayWrite) await doRealWork(withFixture, fixture.main, worked);
  const operations = await lookAtOperations(withFixture, [...built, ...worked]);
  const unknownPath = await statusOfUnknownPath(withFixture);
  const features = described === undefined ? undefined : described.features;
  const looked: Session = { ...withFixture, state: { ...withFixture.state, operations } };
  const untestable = (await causeOf(looked, operations)) ?? (await causeOfReadKey(withFixture, operations));
  const own =
    untestable === undefined
      ? await tryOwnActions({ session: looked, catalogue, features, projectId })
      : undefined;
  const cause = untestable ?? own?.cause;
  const { avoid } = own?.ownActions ?? {};
  const extra =
    session.control === undefined || features === undefined || cause !== undefined
      ? typeof asked === 'string'
        ? withoutExtraKeys(asked)
        : noExtraKeys
      : await makeExtraKeys(
          session.control,
          features,
          target.keys,
          projectId,
          avoid?.create ?? avoid?.revoke,
        );
  const keys = { ...extra.keys, ...target.keys };
  const assumed =
    session.control !== undefined && features === undefined
      ? ['keys', 'expiring-keys', 'clock', 'projects']
      : features;
  const withKeys: Session = { ...session, state: { ...session.state, target: { ...target, keys } } };
  const elsewhere: Repeated[] = [];
  const otherProject =
    cause === undefined ? await buildOtherProject(withKeys, mayWrite, elsewhere) : emptyOtherProject;
  const isSupplied = target.keys['other-project-write'] !== undefined;
  const sameProject = isSupplied && projectId !== undefined && projectOf(elsewhere) === projectId;
  const capabilities = capabilitiesOf({
    target: { ...target, keys },
    baseUrl,
    features: assumed,
    publicKeyKnown: jwks !== undefined,
    algorithm: session.state.algorithm,
  });
  const realWork = mayWrite ? judgeRealWork(looked, catalogue, built, worked) : undefined;
  return {
    state: {
      ...session.state,
      target: { ...target, keys },
      operations,
      capabilities: [...capabilities],
      ...(extra.refused.length === 0 ? {} : { refused: extra.refused }),
      fixture,
      otherProject,
      ...(sameProject ? { sameProject } : {}),
      ...(described === undefined ? {} : { implementation: implementationOf(described) }),
      ...defined({ jwks, projectId, unknownPath, realWork }),
      ...(own === undefined ? {} : { ownActions: own.ownActions }),
      ...defined({ cause }),
    },
    finish: async () => session.control?.revokeLeftovers(),
  };
}

/** The state of a run before anything was sent. Throws ConfigurationError where a key is no JWT. */
export function unseenState(inputs: FirstLookInputs): SessionState {
  const { target, baseUrl, options } = inputs;
  const operations = operationsOf(loadDocument(options.openapi));
  checkWithout(target.without, operations);
  for (const key of Object.values(target.keys)) requireJwt(key);
  requireAge(target.keys['long-lived']);
  const algorithm = target.keys.write === undefined ? undefined : algorithmOf(parseKey(target.keys.write));
  return {
    runId: process.env.CONFORMANCE_RUN_ID ?? randomBytes(8).toString('hex'),
    startedAt: Date.now(),
    baseUrl,
    embedded: inputs.embedded ?? false,
    ...defined({ secretsFile: inputs.secretsFile }),
    target,
    options,
    operations: operations.map((operation) => ({ operation, availability: 'unknown' as const })),
    capabilities: [
      ...capabilitiesOf({ target, baseUrl, features: undefined, publicKeyKnown: false, algorithm }),
    ],
    fixture: emptyFixture,
    otherProject: emptyOtherProject,
    ...defined({ algorithm }),
  };
}

/** Forging reads the supplied keys, so they have to be what Mufi says a key is. Throws ConfigurationError. */
function requireJwt(key: Key): void {
  try {
    parseKey(key);
  } catch (error) {
    throw new ConfigurationError(
      `${error instanceof Error ? error.message : 'a key cannot be read'}; copy it again.`,
    );
  }
}

/** Days after which a key counts as issued long ago. */
const longLivedDays = 30;

/** A key of today shows nothing about old keys. Where a key says when it was issued (RFC 7519 section 4.1.6) that is held against it. */
function requireAge(key: Key | undefined): void {
  const issued = key === undefined ? undefined : parseKey(key).payload.iat;
  if (typeof issued !== 'number') return;
  const days = Math.floor((Date.now() / 1000 - issued) / 86_400);
  if (days >= longLivedDays) return;
  throw new ConfigurationError(
    `${key?.variable} was issued ${days} days ago, as its claim iat says; set a key that is at least ${longLivedDays} days old, or unset it.`,
  );
}

/** Why nothing can be tested at all, with what to do about it: without a key, and then with the write key. */
async function checkReachable(session: Session): Promise<string | undefined> {
  const { operations, target } = session.state;
  const first = operations.find(({ operation }) => operation.permission === 'read') ?? operations[0];
  if (first === undefined) return 'the OpenAPI document has no operations; check --openapi';
  for (const key of [undefined, target.keys.write]) {
    const failure = await failureOf(session, first.operation, key);
    if (failure === undefined) continue;
    const when = key === undefined ? '' : ', once a request carries MUFI_WRITE_KEY';
    return `${failure.message}${when}; ${nextStepAfter(failure)}`;
  }
  return undefined;
}

/** A connection may fail once by accident; what takes long is not asked for twice. */
async function failureOf(session: Session, operation: Operation, key: Key | undefined) {
  for (let attempt = 0; ; attempt += 1) {
    const { exchange } = await send(session, { operation, key, variant: 'repeatable' });
    const { failure } = exchange;
    if (failure === undefined) return undefined;
    if (attempt === 1 || ['timeout', 'rate-limited'].includes(failure.kind)) return failure;
  }
}

/** What key control says of itself; a sentence where it does not answer, undefined where there is none. */
async function describeTarget(session: Session): Promise<Description | string | undefined> {
  try {
    return await session.control?.describe();
  } catch (error) {
    if (error instanceof ControlError) return error.message;
    throw error;
  }
}

function implementationOf({ implementation }: Description): NonNullable<SessionState['implementation']> {
  const { name, version, url } = implementation;
  return url === undefined ? { name, version } : { name, version, url };
}
