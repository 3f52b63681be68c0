import { because, type Permission, type Reason } from '../../../model/index.ts';
import { inPairs } from '../../key-control/in-pairs.ts';
import { ControlError } from '../../key-control/protocol.ts';
import type { SentRequest } from '../../session/send.ts';
import type { Session } from '../../session/session.ts';
import { type Change, type KeyChanges, lookForChanges, nameOf } from './changes.ts';
import type { KeyMaker } from './keys.ts';
import { acceptsKey, type KeyAnswers, lookAt, type Places, useBefore } from './looks.ts';

/** What the suite does to keys. */
export type Deed = 'create' | 'regenerate' | 'revoke';

/** The effect of one such action on other keys. */
export interface DeedResult {
  readonly deed: Deed;
  readonly changes: readonly Change[];
  readonly sent: readonly SentRequest[];
  /** Set if the action could not be tried, or if a change did not repeat. */
  readonly undecided?: Reason;
}

export interface SiblingTools {
  readonly session: Session;
  readonly places: Places;
  /** Creates the keys that are acted on. */
  readonly maker: KeyMaker;
  /** Creates keys in the project of the supplied ones. */
  readonly home: KeyMaker;
}

export interface Siblings {
  readonly tried: readonly DeedResult[];
  /** Created keys that are active at the end. */
  readonly active: readonly KeyAnswers[];
  /** The supplied keys were looked at after each action, and none of them changed. */
  readonly isHarmless: boolean;
}

/** In this order a limit to the number of keys affects a key of each permission. */
const made: readonly Permission[] = ['write', 'read', 'write', 'read', 'write'];
/** The fewest keys with which one can have been changed by another. */
const fewest = 3;
const deeds = ['regenerate', 'revoke'] as const;
/** One key of each is acted on at the same time: over a network each step takes a round trip. */
const actedOn: readonly Permission[] = ['write', 'read'];

type Round = KeyChanges & { readonly group: readonly KeyAnswers[] };

/**
 * Creates, regenerates and revokes keys that were created for this, and checks the others and the supplied keys each
 * time. A change must repeat with other keys. Ends if a supplied key was affected, and does not repeat an action that
 * affected others.
 */
export async function trySiblings(tools: SiblingTools, supplied: readonly KeyAnswers[]): Promise<Siblings> {
  const { session, places } = tools;
  const tried: DeedResult[] = [];
  let bystanders = supplied;
  let group: readonly KeyAnswers[] = [];
  /** False if nothing more may be done. */
  const take = async (
    deed: Deed,
    first: Round,
    repeat: (others: KeyAnswers[]) => Promise<Round>,
  ): Promise<boolean> => {
    group = first.group;
    if (first.changes.length === 0) {
      if (deed === 'create') tried.push({ deed, changes: [], sent: first.sent });
      return true;
    }
    const hit = bystanders.filter(({ key }) => first.changes.some((change) => change.key === key));
    bystanders = bystanders.filter((one) => !hit.includes(one));
    const stranger = hit.length === 0 ? [] : [await tools.home.make('write')];
    const second = await repeat([...bystanders, ...(await lookAt(session, places, stranger, useBefore))]);
    group = [];
    const sent = [...first.sent, ...second.sent];
    const undecided = because('not-again-with-others', { finding: first.changes[0]?.found.message ?? '' });
    tried.push(
      second.changes.length > 0
        ? { deed, changes: first.changes, sent }
        : { deed, changes: [], sent, undecided },
    );
    return hit.length === 0;
  };
  let isHarmless = false;
  try {
    const creating = (others: readonly KeyAnswers[]) => create(tools, others);
    if (!(await take('create', await creating(bystanders), creating)))
      return { tried, active: [], isHarmless: false };
    for (const deed of deeds) {
      if (targetsIn(group).length === 0) group = (await create(tools, [])).group;
      const first = await act(tools, deed, group, bystanders);
      const again = async (others: readonly KeyAnswers[]): Promise<Round> =>
        act(tools, deed, (await create(tools, [])).group, others);
      if (!(await take(deed, first, again))) break;
    }
    isHarmless = tried.every(({ changes, undecided }) => changes.length === 0 && undecided === undefined);
  } catch (error) {
    if (!(error instanceof ControlError)) throw error;
    const nothing = { deed: 'create' as const, changes: [], sent: [], undecided: error.because };
    if (!tried.some(({ deed }) => deed === 'create')) tried.push(nothing);
    // What was done before key control failed may have ended some of them.
    group = await lookAt(
      session,
      places,
      group.map(({ key }) => key),
    );
  }
  const active = group.filter(({ read }) => acceptsKey(read));
  return { tried, active, isHarmless };
}

/** Creates a few keys, uses each at once, and all of them again when the last one exists. */
async function create(
  { session, places, maker }: SiblingTools,
  others: readonly KeyAnswers[],
): Promise<Round> {
  const looking: Promise<KeyAnswers[]>[] = [];
  let refusal: unknown;
  for await (const answers of inPairs(made, (permission) => maker.make(permission))) {
    for (const answer of answers) {
      if (answer.status === 'fulfilled') looking.push(lookAt(session, places, [answer.value], useBefore));
      else refusal ??= answer.reason;
    }
  }
  const born = (await Promise.all(looking)).flat();
  // A server may limit the number of keys.
  const isLimit = refusal instanceof ControlError && born.length >= fewest;
  if (refusal !== undefined && !isLimit) throw refusal;
  const seen = await lookForChanges(session, places, [...born, ...others], `creating ${born.length} keys`);
  return { ...seen, group: seen.after.filter(({ key }) => born.some((one) => one.key === key)) };
}

/** Acts on a key of each permission in a group, and checks the others and keys of other projects. */
async function act(
  { session, places, maker }: SiblingTools,
  deed: Exclude<Deed, 'create'>,
  group: readonly KeyAnswers[],
  others: readonly KeyAnswers[],
): Promise<Round> {
  const targets = targetsIn(group);
  if (targets.length === 0) throw new ControlError(because('made-key-refused', { permission: 'write' }));
  const keys = targets.map(({ key }) => key);
  const next = await Promise.all(
    keys.map(async (key) => (deed === 'revoke' ? maker.revoke(key) : maker.regenerate(key))),
  );
  const what = `${deed === 'revoke' ? 'revoking' : 'regenerating'} ${keys.map(nameOf).join(' and ')}`;
  const left = group.filter((one) => !targets.includes(one));
  const [seen, taken] = await Promise.all([
    lookForChanges(session, places, [...left, ...others], what),
    lookAt(
      session,
      places,
      next.flatMap((key) => key ?? []),
      useBefore,
    ),
  ]);
  const own = seen.after.filter((look) => left.some((one) => one.key === look.key));
  return { ...seen, group: [...own, ...taken] };
}

/** One key of each permission, if there is another one of it that could be affected. */
function targetsIn(group: readonly KeyAnswers[]): KeyAnswers[] {
  return actedOn.flatMap((permission) => {
    const [target, ...others] = activeOf(group, permission);
    return target === undefined || others.length === 0 ? [] : [target];
  });
}

function activeOf(group: readonly KeyAnswers[], permission: Permission): KeyAnswers[] {
  return group.filter(({ key, read }) => key.permission === permission && acceptsKey(read));
}
