import { randomBytes } from 'node:crypto';
import { defined } from '../../model/defined.ts';
import {
  because,
  type Key,
  type Operation,
  type Reason,
  type TargetConfiguration,
} from '../../model/index.ts';
import { ConfigurationError } from '../configuration/configuration-error.ts';
import { loadDocument, operationsOf } from '../configuration/operations.ts';
import { checkWithout } from '../configuration/without.ts';
import { algorithmOf, parseKey } from '../credentials/parsed-key.ts';
import { createRecordingCassette } from '../evidence/cassette-file.ts';
import type { CountedCassette, EvidenceStart } from '../evidence/evidence.ts';
import { createKeyShapes } from '../evidence/key-shape.ts';
import type { Description } from '../key-control/protocol.ts';
import { tracked } from '../key-control/tracked.ts';
import { emptyFixture, emptyOtherProject } from '../matrix/fixture-sets.ts';
import { nextStepAfter } from '../probe/failure.ts';
import { withCassette } from '../session/recorded-session.ts';
import { send } from '../session/send.ts';
import { openControl, openSession, type Session } from '../session/session.ts';
import type { SessionState } from '../session/session-state.ts';
import { evidenceStart } from '../session/start.ts';
import { capabilitiesOf } from './capabilities.ts';
import { isRecorded, type PreflightInputs } from './inputs.ts';
import { askKeyControl, describeTarget } from './steps.ts';
import { assumedAvailable, examine } from './surroundings.ts';

/** The state for the engine, and what to call when the run is done. */
export interface PreflightResult {
  readonly state: SessionState;
  /** Revokes the keys that the suite created for the run; never throws. */
  finish(): Promise<void>;
  /** The ids of these keys, for `revokeLeft` in another thread; waits for revocations that are under way. */
  left(): Promise<readonly string[]>;
  /** What was learned from outside, if the run is recorded. */
  readonly recorded?: { readonly start: EvidenceStart; readonly cassette: CountedCassette };
}

/**
 * Looks at the target once before the matrix: is it there, what can it do, do the keys work, does the fixture exist.
 * Never throws because of the target; that becomes `cause`.
 */
export async function runPreflight(inputs: PreflightInputs): Promise<PreflightResult> {
  const { replay, options } = inputs;
  const session = await openSession({ ...unseenState(inputs), ...replay?.start });
  const release = async (): Promise<void> => session.control?.revokeLeftovers();
  void inputs.interrupted?.then(() => inputs.onRelease?.(release()));
  try {
    if (replay !== undefined) return await look(withCassette(session, replay.cassette), inputs);
    if (options.record !== true) return counted(await look(session, inputs), session);
    const recording = createRecordingCassette('', session);
    const shapes = createKeyShapes('supplied');
    const start = evidenceStart(session.state, shapes);
    const looked = counted(await look(withCassette(session, recording, shapes), inputs), session);
    const { requests } = session.prober;
    const durationMs = Date.now() - session.state.startedAt;
    return { ...looked, recorded: { start, cassette: { ...recording.content(), requests, durationMs } } };
  } catch (error) {
    // Nobody else knows the keys that were created so far.
    await release();
    throw error;
  } finally {
    await session.close();
  }
}

/** If nothing can be tested, no scenario counts these requests. */
function counted(looked: PreflightResult, { prober, redactor }: Session): PreflightResult {
  const { cause, secretsFile } = looked.state;
  const state = {
    ...looked.state,
    ...(secretsFile === undefined ? { made: redactor.made } : {}),
    ...(cause === undefined ? {} : { requests: prober.requests }),
  };
  return { ...looked, state };
}

/** Looks in steps; each adds what it learned to the state of the session. */
async function look(session: Session, inputs: PreflightInputs): Promise<PreflightResult> {
  const reaching = checkReachable(session);
  const describing = isRecorded(inputs) ? undefined : describeTarget(session);
  // Their errors are thrown where they are needed.
  for (const begun of [reaching, describing]) begun?.catch(() => undefined);
  const assumed = await assumedAvailable(session, inputs);
  if (assumed === undefined) {
    const unreachable = await reaching;
    if (unreachable !== undefined) return notReached(session, unreachable);
  }
  const asking = askKeyControl(session, inputs, describing);
  const [unreachable, asked, protocol, { seen, own, made, other, cause, discarding }] = await Promise.all([
    reaching,
    asking,
    protocolOf(session),
    examine({ session, assumed, asking, inputs }),
  ]);
  if (unreachable !== undefined) return notReached(session, unreachable);
  const keys = { ...made.keys, ...inputs.target.keys };
  const capabilities = capabilitiesOf({
    target: { ...inputs.target, keys },
    baseUrl: inputs.baseUrl,
    features: asked.assumed,
    publicKeyKnown: asked.jwks !== undefined,
    algorithm: session.state.algorithm,
    protocol,
  });
  const { description, jwks: found } = asked;
  const jwks = found?.text;
  const { projectId, unknownPath, nearestMs } = seen;
  return {
    state: {
      ...session.state,
      target: { ...inputs.target, keys },
      operations: seen.session.state.operations,
      capabilities: [...capabilities],
      ...(made.refused.length === 0 ? {} : { refused: made.refused }),
      fixture: seen.session.state.fixture,
      ...other,
      ...(description === undefined ? {} : { implementation: implementationOf(description) }),
      ...defined({ jwks, projectId, unknownPath, nearestMs, realWork: seen.realWork() }),
      ...(found?.isPublished === false ? { jwksComputed: true as const } : {}),
      ...defined({ ownActions: own?.ownActions, cause }),
    },
    ...endOf(session, discarding),
  };
}

function notReached({ state, control }: Session, cause: Reason): PreflightResult {
  return { state: { ...state, cause }, ...endOf({ control }) };
}

function endOf(
  { control }: Pick<Session, 'control'>,
  discarding?: Promise<void>,
): Pick<PreflightResult, 'finish' | 'left'> {
  return {
    finish: async () => control?.revokeLeftovers(),
    async left() {
      await discarding;
      return control?.activeKeys() ?? [];
    },
  };
}

/** Revokes the keys that the preflight of another thread left active, by their ids; never throws. */
export async function revokeLeft({ target, options }: SessionState, ids: readonly string[]): Promise<void> {
  const control = ids.length === 0 ? undefined : openControl({ target, options });
  if (control !== undefined) await tracked(control).revokeLeftovers(ids);
}

/** The state of a run before the first request. Throws ConfigurationError if a key is not a JWT. */
export function unseenState(inputs: PreflightInputs): SessionState {
  const { target, baseUrl, options } = inputs;
  const operations = operationsOf(loadDocument(options.openapi));
  checkWithout(target.without, operations);
  for (const key of Object.values(target.keys)) requireJwt(key);
  requireAge(target.keys['long-lived']);
  requireWriter(target.keys);
  requireCurrent(target.keys['other-token']);
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

/** Forging parses the supplied keys, so they must have the documented form. Throws ConfigurationError. */
function requireJwt(key: Key): void {
  try {
    parseKey(key);
  } catch (error) {
    throw new ConfigurationError(
      `${error instanceof Error ? error.message : 'a key cannot be read'}; copy it again.`,
    );
  }
}

/** A key of at least this many days counts as issued long ago. */
const longLivedDays = 30;

/**
 * A new key shows nothing about old keys. If a key says when it was issued (RFC 7519 section 4.1.6), that is checked.
 */
function requireAge(key: Key | undefined): void {
  const issued = key === undefined ? undefined : parseKey(key).payload.iat;
  if (typeof issued !== 'number') return;
  const days = Math.floor((Date.now() / 1000 - issued) / 86_400);
  if (days >= longLivedDays) return;
  throw new ConfigurationError(
    `${key?.variable} was issued ${days} days ago, by its claim iat; set a key that is at least ${longLivedDays} days old, or unset it.`,
  );
}

/** A read key is rightly denied every write, so that it would look as if an old key lost its permission. */
function requireWriter({ write, read, 'long-lived': old }: TargetConfiguration['keys']): void {
  if (write === undefined || read === undefined || old === undefined) return;
  const [writer, reader, given] = [write, read, old].map((key) => parseKey(key).payload);
  const claim = Object.keys(given ?? {}).find((name) => {
    const [may, mayNot, says] = [writer, reader, given].map((payload) => JSON.stringify(payload?.[name]));
    return says === mayNot && says !== may && /read/i.test(says ?? '');
  });
  if (claim === undefined) return;
  throw new ConfigurationError(
    `${old.variable} is a read key, by its claim ${claim}; set a write key, or unset it.`,
  );
}

/** Every server rejects an expired token, so it would show nothing (RFC 7519 section 4.1.4). */
function requireCurrent(token: Key | undefined): void {
  const ends = token === undefined ? undefined : parseKey(token).payload.exp;
  if (typeof ends !== 'number' || ends > Date.now() / 1000) return;
  throw new ConfigurationError(
    `${token?.variable} has expired, as its claim exp says; set one that is still valid, or unset it.`,
  );
}

/** Why nothing can be tested at all, and what to do: first without a key, then with the write key. */
export async function checkReachable(
  session: Session,
  keys: readonly (Key | undefined)[] = [undefined, session.state.target.keys.write],
): Promise<Reason | undefined> {
  const { operations, baseUrl } = session.state;
  const first = operations.find(({ operation }) => operation.permission === 'read') ?? operations[0];
  if (first === undefined) return because('document-empty', { baseUrl });
  // One after the other: the second shows whether a kept connection still answers.
  for (const key of keys) {
    const failure = await failureOf(session, first.operation, key);
    if (failure === undefined) continue;
    const { message } = failure;
    const nextStep = nextStepAfter(failure);
    return because('target-unreachable', { baseUrl, message, withKey: key !== undefined, nextStep });
  }
  return undefined;
}

/** The protocol that the target selects by ALPN (RFC 7301); empty if it selects none or does not answer. */
async function protocolOf({ state: { baseUrl }, prober }: Session): Promise<string> {
  return /^https:/i.test(baseUrl) ? ((await prober.alpn(baseUrl)) ?? '') : '';
}

/** A connection may fail once by accident; a timeout is not tried again. */
async function failureOf(session: Session, operation: Operation, key: Key | undefined) {
  for (let attempt = 0; ; attempt += 1) {
    const { exchange } = await send(session, { operation, key, variant: 'repeatable' });
    const { failure } = exchange;
    if (failure === undefined) return undefined;
    if (attempt === 1 || ['timeout', 'rate-limited'].includes(failure.kind)) return failure;
  }
}

function implementationOf({ implementation }: Description): NonNullable<SessionState['implementation']> {
  const { name, version, url } = implementation;
  return url === undefined ? { name, version } : { name, version, url };
}
