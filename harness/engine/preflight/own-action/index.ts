import { setTimeout as sleep } from 'node:timers/promises';
import { defined } from '../../../model/defined.ts';
import { because, type Family, type Key, type Reason, type ScenarioResult } from '../../../model/index.ts';
import { type Control, ControlError } from '../../key-control/protocol.ts';
import { allScenarios, type PlannedScenario } from '../../matrix/expand.ts';
import { createObserver } from '../../session/observer.ts';
import { scenarioOf } from '../../session/own-action.ts';
import { pause } from '../../session/repeat.ts';
import { statusOf } from '../../session/send.ts';
import type { Session } from '../../session/session.ts';
import type { OwnActions } from '../../session/session-state.ts';
import { nameOf } from './changes.ts';
import { type GuessedKey, type GuessResult, guessAt } from './guesses.ts';
import { type KeyMaker, keyMaker } from './keys.ts';
import {
  acceptsKey,
  type KeyAnswers,
  keyPlaces,
  lookAt,
  type Places,
  rejectsKey,
  useBefore,
} from './looks.ts';
import { type ResultInputs, resultOfGuesses, resultOfSiblings } from './results.ts';
import { type Deed, type DeedResult, type Siblings, trySiblings } from './siblings.ts';

const projectName = 'conformance-keys';

/** What the preflight knows at this point. */
export interface OwnActionInputs {
  /** With fixture and operations in its state. */
  readonly session: Session;
  readonly catalogue: readonly Family[];
  /** The features of key control; undefined if there is none to use. */
  readonly features: readonly string[] | undefined;
  /** Resolves to the project of the supplied keys as soon as it is known; undefined if the target does not name it. */
  readonly projectId: Promise<string | undefined>;
}

export interface TriedOwnActions {
  readonly ownActions: OwnActions;
  /** Set if a supplied key is rejected after all this, so that nothing more can be tested. */
  readonly cause?: Reason;
}

const nothing: Siblings = { tried: [], active: [], isHarmless: true };

/** What the actions on keys did, and what the guesses at keys need of it. */
export interface TriedKeyActions extends Omit<TriedOwnActions, 'ownActions'> {
  readonly avoid: OwnActions['avoid'];
  /** Judges what was tried: takes longer than a round trip. */
  results(): readonly ScenarioResult[];
  /** True if an action was tried and its effect is not known. */
  readonly isUndecided: boolean;
  readonly places: Places | undefined;
  /** Created keys that are active. */
  readonly active: readonly KeyAnswers[];
  readonly harmful: readonly DeedResult[];
  readonly maker: KeyMaker | undefined;
  /** Revokes the created keys that are left; never throws. */
  discard(): Promise<void>;
}

/**
 * Creates, regenerates and revokes keys that were created for this. If an action harms other keys, that is a finding,
 * and the action is not done to the supplied keys. Call `discard` in the end.
 */
export async function tryKeyActions(inputs: OwnActionInputs): Promise<TriedKeyActions> {
  const { session, features } = inputs;
  const { state, control } = session;
  const places = keyPlaces(state.operations, state.options.mode === 'full');
  const untried: TriedKeyActions = {
    avoid: {},
    results: () => [],
    isUndecided: false,
    places,
    active: [],
    harmful: [],
    maker: undefined,
    discard: async () => undefined,
  };
  if (places === undefined || control === undefined || features?.includes('keys') !== true) return untried;
  const supplied = suppliedKeys(session);
  const forResults = resultInputs(inputs);
  const planned = (deed: Deed) => plannedFor(inputs, deed, places);
  const asked = (['create', 'regenerate', 'revoke'] as const).some((deed) => planned(deed) !== undefined);
  const [{ maker, home }, seen] = await Promise.all([
    makersOf(inputs, control),
    lookAt(session, places, asked ? supplied : [], useBefore),
  ]);
  const discard = async (): Promise<void> => {
    await Promise.all([maker.discard(), home.discard()]);
  };
  try {
    const bystanders = seen.filter(({ read }) => acceptsKey(read));
    const siblings = asked ? await trySiblings({ session, places, maker, home }, bystanders) : nothing;
    const decided = siblings.tried.filter(({ deed, changes }) => deed === 'create' || changes.length > 0);
    const results = () =>
      decided.flatMap((one) => {
        const scenario = planned(one.deed);
        return scenario === undefined
          ? []
          : [resultOfSiblings(forResults, scenario, one, scenario.operations)];
      });
    const harmful = siblings.tried.filter(({ changes }) => changes.length > 0);
    const avoid = Object.fromEntries(harmful.map((one) => [one.deed, reasonOf(one)]));
    const isUndecided = siblings.tried.some(({ undecided }) => undecided !== undefined);
    const isAlive = !asked || (siblings.isHarmless && bystanders.length === supplied.length);
    const dead = isAlive ? undefined : await deadAmong(session, places, supplied);
    const cause = dead && because('supplied-key-died', { ...dead, action: harmful[0]?.deed });
    return {
      ...untried,
      results,
      avoid,
      ...defined({ cause }),
      isUndecided,
      active: siblings.active,
      harmful,
      maker,
      discard,
    };
  } catch (error) {
    await discard();
    throw error;
  }
}

/** After this many milliseconds the first guesses are under way. */
const untilSentMs = 20;

/** Does work that takes longer than a round trip while the first guesses are under way. */
export async function whileGuessing<T>(work: () => T): Promise<T> {
  await sleep(untilSentMs);
  return work();
}

/** Forges keys, created ones first, and adds what that did to the results of the other actions. */
export async function tryGuesses(inputs: OwnActionInputs, before: TriedKeyActions): Promise<TriedOwnActions> {
  const { session } = inputs;
  const { avoid, cause, places } = before;
  const planned = places && plannedFor(inputs, 'forge', places);
  if (cause !== undefined || places === undefined || planned === undefined) {
    return { ownActions: { results: before.results(), avoid }, ...defined({ cause }) };
  }
  const supplied = suppliedKeys(session);
  const spare = await spareKeys(before);
  const forResults = resultInputs(inputs);
  const [guessed, judged] = await Promise.all([
    guessEverywhere(session, planned, spare, supplied.slice(0, 2)),
    whileGuessing(before.results),
  ]);
  const results = [...judged, resultOfGuesses(forResults, planned, guessed)];
  const shutOut = guessed.flatMap(({ found }) => found)[0];
  if (shutOut === undefined) return { ownActions: { results, avoid } };
  const late = await deadAmong(session, places, supplied);
  const requirement = planned.requirement.id;
  const forge = because('forgeries-harm-keys', { requirement, finding: shutOut.message });
  return {
    ownActions: { results, avoid: { ...avoid, forge } },
    ...defined({ cause: late && because('supplied-key-locked', { ...late, requirement }) }),
  };
}

function resultInputs({ session, catalogue }: OwnActionInputs): ResultInputs {
  const operations = session.state.operations.map(({ operation }) => operation);
  const observer = createObserver(catalogue, operations, session.validate);
  return { session, observer, startedMs: performance.now() };
}

/** The scenario that judges an action, on the operations where keys are tried; undefined if it is not in the catalogue. */
function plannedFor(
  { catalogue }: OwnActionInputs,
  action: Parameters<typeof scenarioOf>[1],
  { read, write }: Places,
): PlannedScenario | undefined {
  const found = scenarioOf(allScenarios(catalogue), action);
  return found && { ...found, operations: write === undefined ? [read] : [read, write] };
}

/** A project that nobody uses, or the project of the supplied keys if there is no other. */
async function makersOf(
  { session, features, projectId }: OwnActionInputs,
  control: Control,
): Promise<{ maker: KeyMaker; home: KeyMaker }> {
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

/** Created keys to guess at before the supplied ones, so a long lock-out harms nobody. */
async function spareKeys({ maker, active, harmful }: TriedKeyActions): Promise<GuessedKey[]> {
  const keys: GuessedKey[] = active.filter(({ key }) => key.permission === 'write');
  try {
    while (maker !== undefined && keys.length < 2 && !harmful.some(({ deed }) => deed === 'create')) {
      keys.push({ key: await maker.make('write') });
    }
  } catch (error) {
    if (!(error instanceof ControlError)) throw error;
  }
  return keys;
}

/**
 * On a write operation only if the read operation showed nothing, because keys may be locked out otherwise. With keys to
 * spare, which only these guesses use, both at the same time.
 */
async function guessEverywhere(
  session: Session,
  planned: PlannedScenario,
  spare: readonly GuessedKey[],
  supplied: readonly Key[],
): Promise<GuessResult[]> {
  const { operations } = planned;
  const others = supplied.map((key) => ({ key }));
  if (spare.length >= operations.length) {
    return Promise.all(
      operations.map((operation, at) => {
        const keys = [...spare.slice(at), ...spare.slice(0, at), ...others];
        return guessAt(session, planned, operation, keys);
      }),
    );
  }
  const keys = [...spare, ...others];
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
