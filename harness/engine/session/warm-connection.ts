import { defined } from '../../model/defined.ts';
import { because, isAccepted, type Key, type Reason } from '../../model/index.ts';
import { CassetteMismatch } from '../evidence/cassette.ts';
import type { Connection, Http2Connection } from '../probe/http2-connection.ts';
import type { RawConnection } from '../probe/raw-connection.ts';
import { type SendSpec, type SentRequest, send } from './send.ts';
import type { Session } from './session.ts';

/** How a finding describes a credential that is accepted only on a connection that carried the unmodified key. */
export const onlyWarm = 'only on a connection that carried the unmodified key before';

/** The result of a request on a connection that carried the unmodified key just before. */
export interface SentWarm {
  /** Both requests in order; the replay line of the second sends both. */
  readonly sent: readonly SentRequest[];
  /** The request itself; missing if the unmodified key was not accepted or the connection ended. */
  readonly second?: SentRequest;
  readonly undecided?: Reason;
}

/** Where a credential that should be rejected is accepted. */
export interface ConnectionLook {
  /**
   * `anywhere`: on a new connection too. `only-warm`: rejected there, and accepted on one that carried the unmodified
   * key. `nowhere`: rejected on both. `undecided`: it could not be tried, for this reason.
   */
  readonly accepted: 'anywhere' | 'only-warm' | 'nowhere' | 'undecided';
  /** Everything that was sent, to be kept as evidence. */
  readonly sent: readonly SentRequest[];
  /** Set for `only-warm`: the accepted request; its record also replays the one before it. */
  readonly second?: SentRequest;
  readonly undecided?: Reason;
}

/**
 * Tries a request with an accepted credential on a new connection and, if it is rejected there, on a connection that
 * carried the unmodified key just before. Everything goes through the cassette. `key`: the unmodified key, if it is not
 * the one that the request starts from.
 */
export async function lookAtConnection(session: Session, spec: SendSpec, key?: Key): Promise<ConnectionLook> {
  const fresh = await onConnection(session, spec, (connection) => send(session, { ...spec, connection }));
  if ('undecided' in fresh) return { accepted: 'undecided', sent: [], undecided: fresh.undecided };
  const { failure } = fresh.exchange;
  if (failure !== undefined)
    return {
      accepted: 'undecided',
      sent: [fresh],
      undecided: because('no-answer', { message: failure.message }),
    };
  if (wasAccepted(fresh)) return { accepted: 'anywhere', sent: [fresh] };
  const { second, undecided, sent } = await sendWarm(session, spec, key);
  const all = [fresh, ...sent];
  if (second === undefined || undecided !== undefined) {
    return { accepted: 'undecided', sent: all, undecided: undecided ?? because('nothing-sent') };
  }
  return wasAccepted(second)
    ? { accepted: 'only-warm', sent: all, second }
    : { accepted: 'nowhere', sent: all };
}

/** Sends the unmodified key and then a request over one new connection. */
export async function sendWarm(
  session: Session,
  spec: SendSpec,
  key = spec.key ?? session.state.target.keys.write,
): Promise<SentWarm> {
  const before: SendSpec = {
    operation: spec.operation,
    key,
    variant: 'repeatable',
    ...defined({ baseUrl: spec.baseUrl }),
  };
  const both = await onConnection(session, spec, async (connection): Promise<SentWarm> => {
    const first = await send(session, { ...before, connection });
    const { response, failure } = first.exchange;
    if (response === undefined || response.status === 401 || response.status === 403) {
      const answer = { status: response?.status, message: failure?.message };
      return { sent: [first], undecided: because('unmodified-not-accepted', answer) };
    }
    const second = await send(session, { ...spec, connection, replayAfter: before });
    const lost = second.exchange.failure;
    if (lost?.kind === 'broken') {
      // If the target keeps no connection open, none carries two keys.
      const alone = await send(session, spec);
      return { sent: [first, second, alone], second: alone };
    }
    return {
      sent: [first, second],
      second,
      ...(lost === undefined ? {} : { undecided: because('no-answer', { message: lost.message }) }),
    };
  });
  return 'sent' in both ? both : { sent: [], ...both };
}

/** Opens a connection for a few requests. Only a failure to open it is returned; the end of a recording is thrown. */
export function onConnection<T>(
  { prober, state }: Session,
  { baseUrl = state.baseUrl }: Pick<SendSpec, 'baseUrl'>,
  use: (connection: RawConnection) => Promise<T>,
): Promise<T | { readonly undecided: Reason }> {
  return whileOpen(() => prober.connect(baseUrl), use);
}

/** The same over HTTP/2: each request is a stream of the connection. */
export function onHttp2Connection<T>(
  { prober, state }: Session,
  use: (connection: Http2Connection) => Promise<T>,
): Promise<T | { readonly undecided: Reason }> {
  return whileOpen(() => prober.connectHttp2(state.baseUrl), use);
}

async function whileOpen<C extends Connection, T>(
  open: () => Promise<C>,
  use: (connection: C) => Promise<T>,
): Promise<T | { readonly undecided: Reason }> {
  let connection: C;
  try {
    connection = await open();
  } catch (error) {
    if (error instanceof CassetteMismatch) throw error;
    return { undecided: because('no-further-connection') };
  }
  return use(connection).finally(() => connection.close());
}

function wasAccepted({ exchange: { response } }: SentRequest): boolean {
  return isAccepted(response?.status);
}
