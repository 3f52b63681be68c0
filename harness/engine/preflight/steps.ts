import type { Reason, TargetConfiguration } from '../../model/index.ts';
import { isNamed } from '../configuration/addresses.ts';
import { ControlError, type Description } from '../key-control/protocol.ts';
import { emptyOtherProject } from '../matrix/fixture-sets.ts';
import type { Repeated } from '../session/repeat.ts';
import type { Session } from '../session/session.ts';
import type { SessionState } from '../session/session-state.ts';
import { lookAtOperations, statusOfUnknownPath } from './availability.ts';
import { causeOf, causeOfReadKey } from './causes.ts';
import { makeExtraKeys, noExtraKeys, withoutExtraKeys } from './extra-keys.ts';
import { buildFixture, projectOf } from './fixture.ts';
import type { PreflightInputs } from './inputs.ts';
import { buildOtherProject } from './other-project.ts';
import { tryOwnActions } from './own-action/index.ts';
import { findPublicKeys } from './public-keys.ts';
import { doRealWork } from './real-work.ts';
import { judgeRealWork } from './real-work-result.ts';

/** What key control says of itself and what it offers, and the public keys of the target. */
export async function askKeyControl(session: Session, { target, baseUrl }: PreflightInputs) {
  const asked = await describeTarget(session);
  const description = asked !== undefined && 'features' in asked ? asked : undefined;
  const silent = asked !== undefined && 'code' in asked ? asked : undefined;
  const told = description?.jwks_url;
  // What key control says may lead anywhere; what the configuration names is meant.
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

type Asked = Awaited<ReturnType<typeof askKeyControl>>;

/** Makes the fixture, does real work with it where it may write, and looks at every operation. */
export async function lookAround(session: Session, { options, catalogue }: PreflightInputs) {
  const mayWrite = options.mode === 'full';
  const built: Repeated[] = [];
  const worked: Repeated[] = [];
  const { fixture, projectId } = await buildFixture(session, mayWrite, built);
  const withFixture: Session = { ...session, state: { ...session.state, fixture } };
  if (mayWrite) await doRealWork(withFixture, fixture.main, worked);
  const [operations, unknownPath] = await Promise.all([
    lookAtOperations(withFixture, [...built, ...worked]),
    statusOfUnknownPath(withFixture),
  ]);
  const looked: Session = { ...withFixture, state: { ...withFixture.state, operations } };
  // Judged in the end: until then requests of the look are counted and repeated.
  const realWork = () => (mayWrite ? judgeRealWork(looked, catalogue, built, worked) : undefined);
  const times = built.map(({ exchange }) => exchange.endedMs - exchange.startedMs);
  const nearestMs = times.length === 0 ? undefined : Math.min(...times);
  return { session: looked, withFixture, projectId, unknownPath, nearestMs, realWork };
}

type Seen = Awaited<ReturnType<typeof lookAround>>;

/** Whether the supplied keys work, what the suite's own actions do to them, and meanwhile what is elsewhere. */
export async function tryKeys(
  { session, withFixture, projectId }: Seen,
  { features }: Asked,
  inputs: PreflightInputs,
) {
  const { operations } = session.state;
  const untestable = (await causeOf(session, operations)) ?? (await causeOfReadKey(withFixture, operations));
  if (untestable !== undefined)
    return { own: undefined, other: undefined, cause: untestable, avoid: undefined };
  const { keys } = inputs.target;
  const [own, other] = await Promise.all([
    tryOwnActions({ session, catalogue: inputs.catalogue, features, projectId }),
    keys['other-project-write'] === undefined ? undefined : lookElsewhere(session, keys, projectId, inputs),
  ]);
  return { own, other, cause: own.cause, avoid: own.ownActions.avoid };
}

/** The supplied keys, and those that key control makes in place of others. */
export async function makeKeys(
  { session, projectId }: Seen,
  { features, silent }: Asked,
  { cause, avoid }: Pick<Awaited<ReturnType<typeof tryKeys>>, 'cause' | 'avoid'>,
) {
  const { control, state } = session;
  const { keys } = state.target;
  const mayAsk = control !== undefined && features !== undefined && cause === undefined;
  const extra = mayAsk
    ? await makeExtraKeys(control, features, keys, projectId, avoid?.create ?? avoid?.revoke)
    : silent === undefined
      ? noExtraKeys
      : withoutExtraKeys(silent);
  return { keys: { ...extra.keys, ...keys }, refused: extra.refused };
}

type Elsewhere = Pick<SessionState, 'otherProject' | 'sameProject'>;

/** Where nothing can be tested, nothing of a second project is. */
export const nothingElsewhere: Elsewhere = { otherProject: emptyOtherProject };

/** What a second project holds, and whether it is a second one. */
export async function lookElsewhere(
  session: Session,
  keys: TargetConfiguration['keys'],
  projectId: string | undefined,
  { target, options }: PreflightInputs,
): Promise<Elsewhere> {
  const withKeys: Session = { ...session, state: { ...session.state, target: { ...target, keys } } };
  const sent: Repeated[] = [];
  const otherProject = await buildOtherProject(withKeys, options.mode === 'full', sent);
  const isSupplied = target.keys['other-project-write'] !== undefined;
  const isSame = isSupplied && projectId !== undefined && projectOf(sent) === projectId;
  return { otherProject, ...(isSame ? { sameProject: true } : {}) };
}

/** What key control says of itself; the reason where it does not answer, undefined where there is none. */
async function describeTarget(session: Session): Promise<Description | Reason | undefined> {
  try {
    return await session.control?.describe();
  } catch (error) {
    if (error instanceof ControlError) return error.because;
    throw error;
  }
}
