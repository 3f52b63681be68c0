import { because, isSuccess, type Operation } from '../../model/index.ts';
import type { CellContext, CellOutcome } from '../session/cell.ts';
import { type ProcedureFinding, procedureOutcome } from '../session/outcome.ts';
import { type SentRequest, send, statusOf } from '../session/send.ts';
import { hstsProblem } from '../verdict/hsts.ts';
import { headerOf, headersOf } from '../verdict/judgement.ts';
import { attemptWrite } from './leave-no-trace.ts';
import { type AttemptResult, inTheClear, madeUpKey, type Sender, withExpendableKey } from './plain-port.ts';

/**
 * An active key and a made-up one get the same answer over plain HTTP, and neither is accepted (RFC 6750 section 5.3).
 */
export function doesNotLookAtKeys(context: CellContext): Promise<CellOutcome[]> {
  return withExpendableKey(context, (key) =>
    inTheClear(context, async (_operation, sendIt) => {
      const control = await sendIt({ key }, 'secure');
      const status = statusOf(control);
      if (status === undefined || status === 401) {
        return { found: [], sent: [control], undecided: because('sent-key-dead', { status }) };
      }
      const compare = async (): Promise<AttemptResult> => {
        const madeUp = [await sendIt({ forge: madeUpKey }), await sendIt({ forge: madeUpKey })];
        const valid = await sendIt({ key });
        return { found: judgePair(valid, madeUp, key.value), sent: [...madeUp, valid] };
      };
      let tried = await compare();
      // A difference by accident does not repeat; a port for HTTPS may close before its rejection is read.
      for (let more = 1; more < mostPairs && !tried.sent.every(isAnswered); more += 1)
        tried = await compare();
      return tried.found.length === 0 ? tried : compare();
    }),
  );
}

/** How often an active key and a made-up one are compared until both have an answer. */
const mostPairs = 4;

function isAnswered({ exchange }: SentRequest): boolean {
  return exchange.response !== undefined;
}

function judgePair(valid: SentRequest, madeUp: readonly SentRequest[], key: string): ProcedureFinding[] {
  const status = statusOf(valid);
  if (isSuccess(status)) {
    return [{ kind: 'let-in', message: `an active key gets ${status} over plain HTTP`, sent: valid }];
  }
  // A connection that ends before the answer does not show whether the server looked at the key.
  if (![valid, ...madeUp].every(isAnswered)) return [];
  const [one = [], again = []] = madeUp.map((sent) => marksOf(sent, madeUpKey.literal));
  const other = marksOf(valid, key);
  const different = one.findIndex((mark, index) => mark === again[index] && mark !== other[index]);
  if (different < 0) return [];
  const message = `over plain HTTP an active key and a made-up key get different answers: ${other[different]}, and ${one[different]}`;
  return [{ kind: 'inconsistent', message, sent: valid }];
}

/** The parts of an answer that show whether the server looked at the key; they may contain the key. */
function marksOf({ exchange }: SentRequest, key: string): string[] {
  const { response } = exchange;
  if (response === undefined) return [];
  const shown = (name: string): string =>
    `${name} ${headersOf(exchange, name).join(', ').replaceAll(key, '(the key)') || 'absent'}`;
  return [`${response.status}`, shown('location'), shown('www-authenticate')];
}

/**
 * A made-up key is not accepted over plain HTTP. If it is rejected as over HTTPS, only an active key could show more.
 */
export function letsNobodyIn(context: CellContext): Promise<CellOutcome[]> {
  const canTellMore = context.session.state.capabilities.some(
    ([name, state]) => name === 'expendable-key' && state === 'have',
  );
  return inTheClear(context, async (_operation, sendIt, url) => {
    const plain = await sendIt({ forge: madeUpKey });
    const status = statusOf(plain);
    if (status === undefined) return { found: [], sent: [plain] };
    if (isSuccess(status)) {
      const message = `a made-up key gets ${status} over plain HTTP`;
      return { found: [{ kind: 'let-in', message, sent: plain }], sent: [plain] };
    }
    if (canTellMore) return { found: [], sent: [plain] };
    const secure = await sendIt({ forge: madeUpKey }, 'secure');
    const alike = status >= 400 && statusOf(secure) === status;
    const undecided = because('made-up-key-refused-alike', { url, status });
    return { found: [], sent: [plain, secure], ...(alike ? { undecided } : {}) };
  });
}

/** Whatever the answer is, what an active key writes over plain HTTP is looked up over HTTPS. */
export function leavesNoTrace(context: CellContext): Promise<CellOutcome[]> {
  return withExpendableKey(context, (key) =>
    inTheClear(context, (operation, _sendIt, url) =>
      attemptWrite(context, operation, { key, forge: undefined, baseUrl: url }),
    ),
  );
}

/** Sends a made-up key over plain HTTP and checks the answer, if there is one. */
function answered(
  context: CellContext,
  problemOf: (answer: SentRequest, operation: Operation) => Omit<ProcedureFinding, 'sent'> | undefined,
): Promise<CellOutcome[]> {
  return inTheClear(context, async (operation, sendIt: Sender) => {
    const answer = await sendIt({ forge: madeUpKey });
    const problem = problemOf(answer, operation);
    return { found: problem === undefined ? [] : [{ ...problem, sent: answer }], sent: [answer] };
  });
}

/** No redirect or rejection over plain HTTP repeats the key. */
export function doesNotRepeatTheKey(context: CellContext): Promise<CellOutcome[]> {
  return answered(context, ({ exchange: { response } }) => {
    const signature = madeUpKey.literal.split('.').at(-1) ?? '';
    const field = response?.headers.find(([, value]) => value.includes(signature))?.[0];
    const where = field ?? (response?.body.includes(signature) === true ? 'its body' : undefined);
    if (where === undefined) return undefined;
    return { kind: 'leak', message: `the answer over plain HTTP repeats the key in ${where}` };
  });
}

const redirects = [301, 302, 303, 307, 308];

/** A redirect of plain HTTP leads to https (RFC 6797 section 7.2). */
export function redirectsToHttps(context: CellContext): Promise<CellOutcome[]> {
  return answered(context, ({ exchange }) => {
    const location = headerOf(exchange, 'location');
    if (location === undefined || !redirects.includes(exchange.response?.status ?? 0)) return undefined;
    const { url } = exchange.request;
    const to = URL.canParse(location, url) ? new URL(location, url) : undefined;
    if (to?.protocol === 'https:') return undefined;
    const where = to === undefined ? 'nowhere' : `${to.protocol}//${to.host}`;
    return { kind: 'redirect', message: `plain HTTP is redirected to ${where}, not to https` };
  });
}

/** The field has no meaning over plain HTTP, where anybody could have added it (RFC 6797 section 7.2). */
export function hstsNotInTheClear(context: CellContext): Promise<CellOutcome[]> {
  return answered(context, ({ exchange }) =>
    headerOf(exchange, 'strict-transport-security') === undefined
      ? undefined
      : { kind: 'unsafe-header', message: 'Strict-Transport-Security is sent over plain HTTP' },
  );
}

/** Answers over HTTPS have one valid Strict-Transport-Security field. */
export function hstsInForce(context: CellContext): Promise<CellOutcome[]> {
  const { session, planned } = context;
  return Promise.all(
    planned.operations.map(async (operation) => {
      const key = session.state.target.keys.write;
      const sent = await send(session, { operation, key, variant: 'repeatable' });
      const silent = sent.exchange.response === undefined ? sent.exchange.failure?.message : undefined;
      const problem = silent ?? hstsProblem(headersOf(sent.exchange, 'strict-transport-security'));
      const found: ProcedureFinding[] =
        problem === undefined || silent !== undefined
          ? []
          : [{ kind: 'unsafe-header', message: problem, sent }];
      const undecided = silent === undefined ? undefined : because('no-answer', { message: silent });
      return procedureOutcome(context, operation, found, [sent], undecided);
    }),
  );
}
