import { because, type Family, type Key, type Reason } from '../../../model/index.ts';
import { ControlError } from '../../key-control/protocol.ts';
import { allScenarios, type PlannedScenario } from '../../matrix/expand.ts';
import { createObserver } from '../../session/observer.ts';
import { scenarioOf } from '../../session/own-action.ts';
import { statusOf } from '../../session/send.ts';
import type { Session } from '../../session/session.ts';
import type { OwnActions } from '../../session/session-state.ts';
import { nameOf } from './changes.ts';
import { type GuessResult, guessAt } from './guesses.ts';
import { type KeyMaker, keyMaker } from './keys.ts';
import { keyPlaces, lookAt, type Places, pause, rejectsKey } from './looks.ts';
import { type ResultInputs, resultOfGuesses, resultOfSiblings } from './results.ts';
import { type DeedResult, type Siblings, trySiblings } from './siblings.ts';

const projectName = 'conformance-keys';

/** What the preflight knows at this point. */
export interface OwnActionInputs {
  /** With fixture and operations in its state. */
  readonly session: Session;
  readonly catalogue: readonly Family[];
  /** The features of key control; undefined if there is none to use. */
  readonly features: readonly string[] | undefined;
  readonly projectId: string | undefined;
}

export interface TriedOwnActions {
  readonly ownActions: OwnActions;
  /** Set if a supplied key is rejected after all this, so that nothing more can be tested. */
  readonly cause?: Reason;
}

const nothing: Siblings = { tried: [], active: [] };

/**
 * Tries what the suite will do, on keys created for this: creating, regenerating and revoking keys, and forging them.
 * If an action harms other keys, that is a finding, and the action is not done to the supplied keys.
 */
export async function tryOwnActions(inputs: OwnActionInputs): Promise<TriedOwnActions> {
  const { session, catalogue, features } = inputs;
  const { state, control } = session;
  const places = keyPlaces(state.operations, state.options.mode === 'full');
  if (places === undefined) return { ownActions: { results: [], avoid: {} } };
  const operations = state.operations.map(({ operation }) => operation);
  const observer = createObserver(catalogue, operations, session.validate);
  const forResults: ResultInputs = { session, observer, startedMs: performance.now() };
  const tried = [places.read, ...(places.write === undefined ? [] : [places.write])];
  const planned = (what: Parameters<typeof scenarioOf>[1]): PlannedScenario | undefined => {
    const found = scenarioOf(allScenarios(catalogue), what);
    return found === undefined ? undefined : { ...found, operations: tried };
  };
  const makers =
    control !== undefined && features?.includes('keys') === true ? await makersOf(inputs) : undefined;
  const supplied = suppliedKeys(session);
  try {
    const asked = (['create', 'regenerate', 'revoke'] as const).some((deed) => planned(deed) !== undefined);
    const siblings =
      makers === undefined || !asked ? nothing : await trySiblings({ session, places, supplied, ...makers });
    const results = siblings.tried.flatMap((one) => {
      const scenario = planned(one.deed);
      const isDecided = one.deed === 'create' || one.changes.length > 0;
      return scenario === undefined || !isDecided ? [] : [resultOfSiblings(forResults, scenario, one, tried)];
    });
    const harmful = siblings.tried.filter(({ changes }) => changes.length > 0);
    const avoid = Object.fromEntries(harmful.map((one) => [one.deed, reasonOf(one)]));
    const dead = siblings.tried.length === 0 ? undefined : await deadAmong(session, places, supplied);
    if (dead !== undefined) {
      return {
        ownActions: { results, avoid },
        cause: because('supplied-key-died', { ...dead, action: harmful[0]?.deed }),
      };
    }
    const guessing = planned('forge');
    if (guessing === undefined) return { ownActions: { results, avoid } };
    const keys = await guessable(makers?.maker, siblings.active, supplied, harmful);
    const guessed = await guessEverywhere(session, guessing, tried, keys);
    results.push(resultOfGuesses(forResults, guessing, guessed));
    const shutOut = guessed.flatMap(({ found }) => found)[0];
    if (shutOut === undefined) return { ownActions: { results, avoid } };
    const late = await deadAmong(session, places, supplied);
    const requirement = guessing.requirement.id;
    const ownActions = {
      results,
      avoid: {
        ...avoid,
        forge: because('forgeries-harm-keys', { requirement, finding: shutOut.message }),
      },
    };
    return late === undefined
      ? { ownActions }
      : { ownActions, cause: because('supplied-key-locked', { ...late, requirement }) };
  } finally {
    await makers?.maker.discard();
    await makers?.home.discard();
  }
}

/** A project that nobody uses, or the project of the supplied keys if there is no other. */
async function makersOf({
  session,
  features,
  projectId,
}: OwnActionInputs): Promise<{ maker: KeyMaker; home: KeyMaker } | undefined> {
  const { control } = session;
  if (control === undefined) return undefined;
  const home = keyMaker(session, control, projectId);
  if (features?.includes('projects') !== true) return { maker: home, home };
  try {
    const { id } = await control.createProject(projectName);
    return { maker: keyMaker(session, control, id), home };
  } catch (error) {
    if (!(error instanceof ControlError)) throw error;
    return { maker: home, home };
  }
}

function suppliedKeys({ state }: Session): Key[] {
  const { keys } = state.target;
  const roles = ['write', 'read', 'other-project-write', 'other-project-read'] as const;
  return roles.flatMap((role) => keys[role] ?? []);
}

/** Keys to guess at: created ones first, so a long lock-out harms nobody. */
async function guessable(
  maker: KeyMaker | undefined,
  active: readonly Key[],
  supplied: readonly Key[],
  harmful: readonly DeedResult[],
): Promise<Key[]> {
  const keys = active.filter(({ permission }) => permission === 'write');
  try {
    while (maker !== undefined && keys.length < 2 && !harmful.some(({ deed }) => deed === 'create')) {
      keys.push(await maker.make('write'));
    }
  } catch (error) {
    if (!(error instanceof ControlError)) throw error;
  }
  return [...keys, ...supplied.slice(0, 2)];
}

/** On a write operation only if the read operation showed nothing, because keys may be locked out otherwise. */
async function guessEverywhere(
  session: Session,
  planned: PlannedScenario,
  operations: PlannedScenario['operations'],
  keys: readonly Key[],
): Promise<GuessResult[]> {
  const guessed: GuessResult[] = [];
  for (const operation of operations) {
    const one = await guessAt(session, planned, operation, keys);
    guessed.push(one);
    if (one.found.length > 0) break;
  }
  return guessed;
}

/** 401 is what a dead key gets. Anything else may come from something in front, which takes longer to find out. */
const looks = { unauthorized: 3, other: 6 };

/** The first supplied key of the project that is rejected several times, and its answers. */
async function deadAmong(
  session: Session,
  places: Places,
  supplied: readonly Key[],
): Promise<{ readonly key: string; readonly status: number } | undefined> {
  let dead = supplied.slice(0, 2);
  let status: number | undefined;
  const most = (): number => (status === undefined || status === 401 ? looks.unauthorized : looks.other);
  for (let time = 0; time < most() && dead.length > 0; time += 1) {
    if (time > 0) await pause(session, 500);
    const refused = (await lookAt(session, { read: places.read }, dead)).filter(({ read }) =>
      rejectsKey(read),
    );
    dead = refused.map(({ key }) => key);
    status = refused[0] === undefined ? status : statusOf(refused[0].read);
  }
  const [key] = dead;
  return key === undefined ? undefined : { key: nameOf(key), status: status ?? 0 };
}

function reasonOf({ deed, changes }: DeedResult): Reason {
  return because('action-harms-keys', { action: deed, finding: changes[0]?.found.message ?? '' });
}
