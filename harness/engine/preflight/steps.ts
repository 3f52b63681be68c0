import type { Reason, TargetConfiguration } from '../../model/index.ts';
import { isNamed } from '../configuration/addresses.ts';
import { ControlError, type Description } from '../key-control/protocol.ts';
import { emptyOtherProject } from '../matrix/fixture-sets.ts';
import type { RepeatedRequest } from '../session/repeat.ts';
import type { Session } from '../session/session.ts';
import type { OwnActions, SessionState } from '../session/session-state.ts';
import { lookAtOperations, statusOfUnknownPath } from './availability.ts';
import { answersToReadKey, causeOf, causeOfReadKey } from './causes.ts';
import {
  type ExtraKeys,
  type KeySource,
  makeOtherProjectKeys,
  makeRevokedKey,
  noExtraKeys,
  withoutKeys,
} from './extra-keys.ts';
import { buildFixture, type FoundFixture, projectOf } from './fixture.ts';
import type { PreflightInputs } from './inputs.ts';
import { buildOtherProject } from './other-project.ts';
import { findPublicKeys } from './public-keys.ts';
import { doRealWork } from './real-work.ts';
import { judgeRealWork } from './real-work-result.ts';

/** The self-description and features of key control, and the public keys of the target. */
export async function askKeyControl(
  session: Session,
  { target, baseUrl }: PreflightInputs,
  describing = describeTarget(session),
) {
  const asked = await describing;
  const description = asked !== undefined && 'features' in asked ? asked : undefined;
  const silent = asked !== undefined && 'code' in asked ? asked : undefined;
  const told = description?.jwks_url;
  // Key control could name any address; only one on a configured host is used.
  const jwksUrl = told !== undefined && isNamed(told, target) ? told : undefined;
  if (jwksUrl !== undefined) session.prober.allow(jwksUrl);
  const candidates = [target.jwksUrl, jwksUrl, `${baseUrl}/.well-known/jwks.json`];
  const jwks = await session.cassette.value('the public keys', () =>
    findPublicKeys(session.prober, candidates, target.keys),
  );
  const features = description?.features;
  const isSilent = session.control !== undefined && features === undefined;
  const assumed = isSilent ? ['keys', 'expiring-keys', 'clock', 'projects'] : features;
  return { description, silent, features, assumed, jwks };
}

export type ControlAnswers = Awaited<ReturnType<typeof askKeyControl>>;

/** The answers while the fixture was built: what was found or created. */
export interface Built extends FoundFixture {
  readonly sent: readonly RepeatedRequest[];
}

/** Finds or creates the objects of the suite in the project of the supplied keys. */
export async function build(session: Session, { options }: PreflightInputs): Promise<Built> {
  const sent: RepeatedRequest[] = [];
  return { ...(await buildFixture(session, options.mode === 'full', sent)), sent };
}

/** Does real work with the fixture if it may write, and tries every operation. */
export async function lookAround(
  session: Session,
  { fixture, projectId, sent: built }: Built,
  { options, catalogue }: PreflightInputs,
) {
  const mayWrite = options.mode === 'full';
  const worked: RepeatedRequest[] = [];
  const withFixture: Session = { ...session, state: { ...session.state, fixture } };
  if (mayWrite) await doRealWork(withFixture, fixture.main, worked);
  const [operations, unknownPath, readAnswers] = await Promise.all([
    lookAtOperations(withFixture, [...built, ...worked]),
    statusOfUnknownPath(withFixture),
    answersToReadKey(withFixture),
  ]);
  const looked: Session = { ...withFixture, state: { ...withFixture.state, operations } };
  let judged: ReturnType<typeof judgeRealWork>;
  const judge = () => {
    judged ??= mayWrite ? judgeRealWork(looked, catalogue, built, worked) : undefined;
    return judged;
  };
  // Counted at the end, because requests of the preflight are sent and repeated until then.
  const realWork = () => judge()?.();
  const times = built.map(({ exchange }) => exchange.endedMs - exchange.startedMs);
  const nearestMs = times.length === 0 ? undefined : Math.min(...times);
  const untestable =
    (await causeOf(looked, operations)) ?? (await causeOfReadKey(withFixture, operations, readAnswers));
  return { session: looked, projectId, unknownPath, nearestMs, judge, realWork, untestable };
}

/** The keys of a second project, if key control creates them in place of supplied ones. */
export async function makeKeysElsewhere(session: Session, asked: ControlAnswers): Promise<ExtraKeys> {
  if (asked.silent !== undefined) return withoutKeys(asked.silent);
  const source = sourceOf(session, asked);
  return source === undefined ? noExtraKeys : makeOtherProjectKeys(source);
}

/** A revoked key, if key control creates it in place of a supplied one, and `avoid` does not forbid that. */
export async function makeKeyToRevoke(
  session: Session,
  asked: ControlAnswers,
  projectId: string | undefined,
  avoid: OwnActions['avoid'] | undefined,
): Promise<ExtraKeys> {
  const source = sourceOf(session, asked);
  return source === undefined
    ? noExtraKeys
    : makeRevokedKey(source, projectId, avoid?.create ?? avoid?.revoke);
}

function sourceOf({ control, state }: Session, { features }: ControlAnswers): KeySource | undefined {
  if (control === undefined || features === undefined) return undefined;
  return { control, features, supplied: state.target.keys };
}

export type Elsewhere = Pick<SessionState, 'otherProject' | 'sameProject'>;

/** If nothing can be tested, the second project is not examined. */
export const nothingElsewhere: Elsewhere = { otherProject: emptyOtherProject };

/** The objects of the second project, and whether it really is another one than `project`. */
export async function lookElsewhere(
  session: Session,
  keys: TargetConfiguration['keys'],
  project: Promise<string | undefined>,
  { target, options }: PreflightInputs,
): Promise<Elsewhere> {
  const withKeys: Session = { ...session, state: { ...session.state, target: { ...target, keys } } };
  const sent: RepeatedRequest[] = [];
  const otherProject = await buildOtherProject(withKeys, options.mode === 'full', sent);
  const isSupplied = target.keys['other-project-write'] !== undefined;
  const projectId = await project;
  const isSame = isSupplied && projectId !== undefined && projectOf(sent) === projectId;
  return { otherProject, ...(isSame ? { sameProject: true } : {}) };
}

/** The self-description of key control; the reason if it does not answer, undefined if there is none. */
export async function describeTarget(session: Session): Promise<Description | Reason | undefined> {
  try {
    return await session.control?.describe();
  } catch (error) {
    if (error instanceof ControlError) return error.because;
    throw error;
  }
}
