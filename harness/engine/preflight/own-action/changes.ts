import { answerName, type Key } from '../../../model/index.ts';
import type { ProcedureFinding } from '../../session/outcome.ts';
import { pause } from '../../session/repeat.ts';
import { type SentRequest, statusOf } from '../../session/send.ts';
import { isReader, type Session } from '../../session/session.ts';
import { acceptsKey, type KeyAnswers, lookAt, type Places, rejectsKey } from './looks.ts';

/** How a key changed although nothing was done to it. */
export interface Change {
  readonly key: Key;
  readonly operation: string;
  readonly found: ProcedureFinding & { readonly sent: SentRequest };
}

/** Changes that were seen three times, and what was sent to see them. */
export interface KeyChanges {
  readonly after: readonly KeyAnswers[];
  readonly changes: readonly Change[];
  readonly sent: readonly SentRequest[];
}

const looksAgain = 2;
const againMs = 300;

/** Checks keys after something was done to another key, and again those that seem to have changed. */
export async function lookForChanges(
  session: Session,
  places: Places,
  before: readonly KeyAnswers[],
  what: string,
): Promise<KeyChanges> {
  const keysOf = (looks: readonly KeyAnswers[]): Key[] => looks.map(({ key }) => key);
  const after = await lookAt(session, places, keysOf(before));
  let changes = changesBetween(session, before, after, what);
  const doubtful = new Set(changes.map(({ found }) => found.sent));
  const latest = new Map<Key, KeyAnswers>();
  const changed = before.filter(({ key }) => changes.some((change) => change.key === key));
  const shown = changes.length === 0 ? after : after.filter(({ key }) => keysOf(changed).includes(key));
  const sent = [...changed, ...shown].flatMap(sentFor);
  for (let time = 0; time < looksAgain && changes.length > 0; time += 1) {
    await pause(session, againMs);
    const again = await lookAt(session, places, keysOf(changed));
    sent.push(...again.flatMap(sentFor));
    for (const look of again) latest.set(look.key, look);
    const still = changesBetween(session, changed, again, what);
    for (const { found } of still) doubtful.add(found.sent);
    changes = changes.filter(({ key, operation }) =>
      still.some((other) => other.key === key && other.operation === operation),
    );
  }
  noteDoubtful(session, doubtful, changes);
  if (changes.length > 0) return { after, changes, sent };
  // An answer that did not come again shows something between the suite and the target; the last one counts.
  const settled = after.map((look) => latest.get(look.key) ?? look);
  return { after: settled, changes, sent: sent.filter((one) => !doubtful.has(one)) };
}

/** Answers that did not come again are counted as those of other requests that were repeated. */
function noteDoubtful(
  session: Session,
  doubtful: ReadonlySet<SentRequest>,
  lasting: readonly Change[],
): void {
  const isLasting = ({ exchange }: SentRequest): boolean =>
    lasting.some(({ found }) => found.sent.exchange.operation === exchange.operation);
  for (const one of doubtful) {
    const { response } = one.exchange;
    if (response === undefined || isLasting(one)) continue;
    session.repeats.add({ requests: 1, differently: 1, answers: [answerName(response)], unmodified: true });
  }
}

function sentFor({ read, write }: KeyAnswers): SentRequest[] {
  return write === undefined ? [read] : [read, write];
}

function changesBetween(
  session: Session,
  before: readonly KeyAnswers[],
  after: readonly KeyAnswers[],
  what: string,
): Change[] {
  return before.flatMap((one) => {
    const other = after.find(({ key }) => key === one.key);
    if (other === undefined) return [];
    const shutOut = shutOutBetween(one.key, one.read, other.read, what);
    if (one.write === undefined || other.write === undefined) return shutOut;
    const change = isReader(session, one.key) ? letInBetween : shutOutBetween;
    return [...shutOut, ...change(one.key, one.write, other.write, what)];
  });
}

/** A key was accepted where it is refused now. */
function shutOutBetween(key: Key, was: SentRequest, is: SentRequest, what: string): Change[] {
  if (!acceptsKey(was) || !rejectsKey(is)) return [];
  return [changeOf(key, is, 'shut-out', what, `where it was accepted before (${statusOf(was)})`)];
}

/** A key that may only read was refused where it is accepted now. */
function letInBetween(key: Key, was: SentRequest, is: SentRequest, what: string): Change[] {
  if (statusOf(was) !== 403 || !acceptsKey(is)) return [];
  const kind = (statusOf(is) ?? 0) < 300 ? 'let-in' : 'inconsistent';
  return [changeOf(key, is, kind, what, 'where it was rejected before (403)')];
}

function changeOf(
  key: Key,
  is: SentRequest,
  kind: ProcedureFinding['kind'],
  what: string,
  but: string,
): Change {
  const operation = is.exchange.operation ?? '';
  const message = `after ${what}, ${nameOf(key)} gets ${statusOf(is)} on ${operation}, ${but}`;
  return { key, operation, found: { kind, message, sent: is } };
}

/** Supplied keys are named by their variable. */
export function nameOf({ variable, description }: Key): string {
  return variable.startsWith('MUFI_') ? variable : description;
}
