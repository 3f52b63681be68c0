import { defined } from '../../model/defined.ts';
import { isSuccess, type Reason } from '../../model/index.ts';
import { send, statusOf } from '../session/send.ts';
import type { Session } from '../session/session.ts';
import type { OwnActions } from '../session/session-state.ts';
import { type ExtraKeys, noExtraKeys, withoutKeys } from './extra-keys.ts';
import { isRecorded, type PreflightInputs } from './inputs.ts';
import {
  type OwnActionInputs,
  type TriedKeyActions,
  type TriedOwnActions,
  tryGuesses,
  tryKeyActions,
  whileGuessing,
} from './own-action/index.ts';
import { keyPlaces } from './own-action/looks.ts';
import {
  build,
  type ControlAnswers,
  type Elsewhere,
  lookAround,
  lookElsewhere,
  makeKeysElsewhere,
  makeKeyToRevoke,
  nothingElsewhere,
} from './steps.ts';

/** What is around the supplied keys: operations, fixture, the second project, and the effect of the suite's own actions. */
export interface Surroundings {
  readonly seen: Awaited<ReturnType<typeof lookAround>>;
  /** Undefined if nothing can be tested. */
  readonly own?: TriedOwnActions;
  /** What key control created in place of supplied keys. */
  readonly made: ExtraKeys;
  readonly other: Elsewhere;
  /** Why nothing can be tested. */
  readonly cause: Reason | undefined;
  /** The revocation of keys that were only tried. */
  readonly discarding?: Promise<void>;
}

/** A second project: its keys, if key control created them, and its objects. */
interface SecondProject {
  readonly made: ExtraKeys;
  readonly other: Elsewhere;
}

/** What is examined, and with what. */
export interface Examined {
  readonly session: Session;
  /** See `assumedAvailable`. */
  readonly assumed: Session | undefined;
  readonly asking: Promise<ControlAnswers>;
  readonly inputs: PreflightInputs;
}

/**
 * Looks at the target with the supplied keys, and tries own actions on keys that are created for it. Each step takes a
 * round trip, so both go on at the same time if the target answers the write key as it should; what one may have spoiled
 * for the other is done again, alone.
 */
export async function examine({ session, assumed, asking, inputs }: Examined): Promise<Surroundings> {
  const building = build(session, inputs);
  const projectId = building.then((built) => built.projectId);
  // An error of it is thrown below; not everybody who asks has asked by then.
  projectId.catch(() => undefined);
  const actingIn = async (where: Session): Promise<OwnActionInputs> => {
    const { features } = await asking;
    return { session: where, catalogue: inputs.catalogue, features, projectId };
  };
  const second = async (): Promise<SecondProject> => {
    const made = await makeKeysElsewhere(session, await asking);
    const keys = { ...made.keys, ...inputs.target.keys };
    return { made, other: await lookElsewhere(session, keys, projectId, inputs) };
  };
  const [looked, acted, beside] = await allEnded(
    building.then((built) => lookAround(session, built, inputs)),
    assumed && actingIn(assumed).then(tryKeyActions),
    assumed && second(),
  );
  let actions: TriedKeyActions | undefined = acted;
  const discard = async (): Promise<void> => actions?.discard();
  const withCause = async (
    seen: Surroundings['seen'],
    cause: Reason,
    own?: TriedOwnActions,
  ): Promise<Surroundings> => {
    await discard();
    const { silent } = await asking;
    const made = silent === undefined ? noExtraKeys : withoutKeys(silent);
    return { seen, made, other: nothingElsewhere, cause, ...defined({ own }) };
  };
  try {
    if (acted?.cause !== undefined) {
      const { cause } = acted;
      // The write key may have ended before its work did.
      const seen = { ...looked, realWork: () => undefined };
      return await withCause(seen, cause, { ownActions: judged(acted), cause });
    }
    const isHarmful = acted !== undefined && acted.harmful.length > 0;
    const seen = isHarmful ? await lookAround(session, await build(session, inputs), inputs) : looked;
    if (seen.untestable !== undefined) {
      return await withCause(seen, seen.untestable, isHarmful ? { ownActions: judged(acted) } : undefined);
    }
    const acting = await actingIn(seen.session);
    if (!isHarmful && !isDecided(acted, seen.session)) {
      await acted?.discard();
      actions = await tryKeyActions(acting);
    }
    const toRevoke = async (): Promise<ExtraKeys> =>
      makeKeyToRevoke(session, await asking, seen.projectId, actions?.avoid);
    const overlaps = assumed !== undefined && !isHarmful;
    const [own, early] = await allEnded(
      actions && tryGuesses(acting, actions),
      overlaps ? toRevoke() : undefined,
      overlaps ? whileGuessing(seen.judge) : undefined,
    );
    if (own?.cause !== undefined) return await withCause(seen, own.cause, own);
    // A target may limit the keys of a project or of an account, and who guesses at keys.
    const againAlone = [early, beside?.made].filter((made) => made?.mayBeLimited === true);
    const discarding = discard();
    if (!overlaps || againAlone.length > 0 || acting.features?.includes('projects') !== true)
      await discarding;
    const revoked = early === undefined || againAlone.includes(early) ? await toRevoke() : early;
    const { made, other } =
      beside === undefined || isHarmful || againAlone.includes(beside.made) ? await second() : beside;
    return { seen, made: both(revoked, made), other, cause: undefined, discarding, ...defined({ own }) };
  } catch (error) {
    await discard();
    throw error;
  }
}

/**
 * The session as if every operation were available; undefined if the target does not accept the write key and reject
 * requests without a key. A recording keeps one order, so nothing overlaps in it.
 */
export async function assumedAvailable(
  session: Session,
  inputs: PreflightInputs,
): Promise<Session | undefined> {
  if (isRecorded(inputs)) return undefined;
  const { operations, target } = session.state;
  const assumed = operations
    .filter(({ operation }) => target.without?.includes(operation.id) !== true)
    .map(({ operation }) => ({ operation, availability: 'available' as const }));
  const operation = keyPlaces(assumed, false)?.read;
  if (operation === undefined) return undefined;
  const [withKey, without] = await Promise.all(
    [target.keys.write, undefined].map((key) => send(session, { operation, key, variant: 'repeatable' })),
  );
  const accepts = withKey !== undefined && isSuccess(statusOf(withKey));
  const rejects = without !== undefined && statusOf(without) === 401;
  return accepts && rejects ? { ...session, state: { ...session.state, operations: assumed } } : undefined;
}

function both(one: ExtraKeys, other: ExtraKeys): ExtraKeys {
  return { keys: { ...one.keys, ...other.keys }, refused: [...one.refused, ...other.refused] };
}

function judged({ results, avoid }: TriedKeyActions): OwnActions {
  return { results: results(), avoid };
}

/** True if actions were tried on the operations that turned out to be right for it, with a result. */
function isDecided(acted: TriedKeyActions | undefined, { state }: Session): boolean {
  if (acted === undefined || acted.isUndecided) return false;
  const places = keyPlaces(state.operations, state.options.mode === 'full');
  return acted.places?.read.id === places?.read.id && acted.places?.write?.id === places?.write?.id;
}

/** Waits until all have ended; throws the first error after that, so that nothing goes on behind it. */
async function allEnded<T extends readonly unknown[]>(
  ...work: { readonly [K in keyof T]: Promise<T[K]> | T[K] }
): Promise<T> {
  const ended = await Promise.allSettled(work);
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
  return ended.map((one) => (one.status === 'fulfilled' ? one.value : undefined)) as unknown as T;
}
