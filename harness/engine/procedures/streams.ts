import { defined } from '../../model/defined.ts';
import { isAccepted, type Key, type Operation } from '../../model/index.ts';
import type { Http2Connection } from '../probe/http2-connection.ts';
import { blockedReason, type CellContext, type CellOutcome } from '../session/cell.ts';
import { type ProcedureFinding, procedureOutcome, unanswered } from '../session/outcome.ts';
import { type SendSpec, type SentRequest, send, statusOf } from '../session/send.ts';
import { keyOf } from '../session/session.ts';
import { onHttp2Connection } from '../session/warm-connection.ts';
import { isWrong } from './keys-apart.ts';

/** How often each kind of credential takes its turn on the connection. */
const rounds = 3;

/** What a stream presents, and whether its operation allows that. */
interface StreamCredential {
  readonly called: string;
  readonly key: Key | undefined;
  readonly isForged: boolean;
  readonly isAllowed: boolean;
}

/** Sends the streams of one connection, one for each kind of credential, and returns the results. */
type StreamSender = (
  presented: readonly StreamCredential[],
  over: (one: StreamCredential, connection?: Http2Connection) => Promise<SentRequest>,
  connection: Http2Connection,
) => Promise<readonly SentRequest[]>;

/** A stream begins when the one before it has been answered. */
export function streamsInTurn(context: CellContext): Promise<CellOutcome[]> {
  return tryStreams(context, async (presented, over, connection) => {
    const sent: SentRequest[] = [];
    for (const one of presented) {
      const answer = await over(one, connection.open ? connection : undefined);
      // If the target closes the connection after some streams, no more can share it.
      const isLost = answer.exchange.failure?.kind === 'broken' && !connection.open;
      sent.push(isLost ? await over(one) : answer);
    }
    return sent;
  });
}

/** All streams are open at the same time, as far as the rate of the run allows. */
export function streamsAtOnce(context: CellContext): Promise<CellOutcome[]> {
  return tryStreams(context, (presented, over, connection) =>
    Promise.all(presented.map((one) => over(one, connection))),
  );
}

async function tryStreams(context: CellContext, sending: StreamSender): Promise<CellOutcome[]> {
  const outcomes: CellOutcome[] = [];
  for (const operation of context.planned.operations) outcomes.push(await tryOn(context, operation, sending));
  return outcomes;
}

async function tryOn(
  context: CellContext,
  operation: Operation,
  sending: StreamSender,
): Promise<CellOutcome> {
  const { session, planned } = context;
  const blocked = blockedReason(session, planned, operation);
  if (blocked !== undefined) return procedureOutcome(context, operation, [], [], blocked);
  const kinds = kindsFor(context, operation);
  // If a credential fails alone, the other streams are not the cause.
  const alone = await Promise.all(kinds.map((one) => send(session, specOf(context, operation, one))));
  const presented = Array.from({ length: rounds }, () => kinds).flat();
  const first = kinds[0] && specOf(context, operation, kinds[0]);
  const sent = await onHttp2Connection(session, (connection) =>
    sending(
      presented,
      (one, shared) => {
        const spec = specOf(context, operation, one);
        if (shared === undefined) return send(session, spec);
        return send(session, { ...spec, connection: shared, ...defined({ replayAfter: first }) });
      },
      connection,
    ),
  );
  if ('undecided' in sent) return procedureOutcome(context, operation, [], alone, sent.undecided);
  const found = [
    ...kinds.flatMap((one, at) => acceptedAlone(one, alone[at])),
    ...presented.flatMap((one, at) => judged(one, alone[at % kinds.length], sent[at])),
  ];
  const all = [...alone, ...sent];
  const silent = all.find(({ exchange }) => exchange.response === undefined);
  return procedureOutcome(context, operation, found.slice(0, 1), all, silent && unanswered(silent));
}

function kindsFor({ session }: CellContext, operation: Operation): readonly StreamCredential[] {
  const [write, read] = [keyOf(session, {}, 'write'), keyOf(session, {}, 'read')];
  const isRead = operation.permission === 'read';
  return [
    { called: 'the write key', key: write, isForged: false, isAllowed: true },
    { called: 'the read key', key: read, isForged: false, isAllowed: isRead },
    { called: 'no key', key: undefined, isForged: false, isAllowed: false },
    { called: 'a forged key', key: write, isForged: true, isAllowed: false },
  ];
}

/** A request that may be carried out changes nothing; a request that is wrongly accepted leaves something visible. */
function specOf({ planned }: CellContext, operation: Operation, one: StreamCredential): SendSpec {
  const { id, scenario } = planned;
  return {
    operation,
    key: one.key,
    variant: one.isAllowed ? 'repeatable' : 'valid',
    scenario: { id, title: scenario.title },
    over: scenario.over,
    ...(one.isForged ? { forge: scenario.forge } : {}),
  };
}

function acceptedAlone(
  { called, isAllowed }: StreamCredential,
  alone: SentRequest | undefined,
): ProcedureFinding[] {
  const status = alone && statusOf(alone);
  if (alone === undefined || isAllowed || !isAccepted(status)) return [];
  const message = `a rejection was expected; the answer to ${called} on a connection of its own is ${status}`;
  return [{ kind: 'let-in', message, sent: alone }];
}

function judged(
  { called, isAllowed }: StreamCredential,
  alone: SentRequest | undefined,
  shared: SentRequest | undefined,
): ProcedureFinding[] {
  if (alone === undefined || shared === undefined) return [];
  const [own, status] = [statusOf(alone), statusOf(shared)];
  if (own === undefined || status === undefined || isWrong(own, isAllowed)) return [];
  const answer = `the answer to ${called} on a connection of its own was ${own}; as one of several streams it is ${status}`;
  if (isAllowed && isWrong(status, isAllowed)) return [{ kind: 'shut-out', message: answer, sent: shared }];
  if (isWrong(status, isAllowed)) return [{ kind: 'let-in', message: answer, sent: shared }];
  return !isAllowed && own !== status ? [{ kind: 'inconsistent', message: answer, sent: shared }] : [];
}
