import { defined } from '../../model/defined.ts';
import { type ExchangeRecord, isSuccess } from '../../model/index.ts';
import type { Seems } from '../../model/seems.ts';
import { cacheFieldOf } from './cached.ts';
import { inFrontOf } from './in-front.ts';
import type { FrontAnswer, OwnAnswers } from './own.ts';

/** Shorter bodies may be the same for everybody. */
const tellingCharacters = 64;
const momentMs = 60_000;

/**
 * Says who seems to have answered the exchanges that show a failure. Compares them with the answers to an unmodified
 * key of the project. `evidence`: ids of those exchanges.
 */
export function seemsOf(
  exchanges: readonly ExchangeRecord[],
  evidence: ReadonlySet<string>,
  own: OwnAnswers | undefined,
): ReadonlyMap<string, Seems> {
  const others = byPlace(exchanges);
  const writers = acceptedToWrite(exchanges);
  const told = new Map<string, Seems>();
  for (const exchange of exchanges) {
    const { id, response } = exchange;
    if (response === undefined || !evidence.has(id)) continue;
    const inFront = own && inFrontOf(response, own);
    const repeats = (): string | undefined =>
      writers.has(exchange.credential.description)
        ? undefined
        : sameAsBefore(exchange, response, others.get(placeOf(exchange)) ?? []);
    const cache = cacheFieldOf(response) ?? repeats();
    if (inFront === undefined && cache === undefined) continue;
    told.set(id, {
      ...defined({ inFront, cache }),
    });
  }
  return told;
}

/** Says if another key got the same body for the same URL shortly before. */
function sameAsBefore(
  { request, startedMs, credential }: ExchangeRecord,
  answer: FrontAnswer,
  others: readonly ExchangeRecord[],
): string | undefined {
  const { body, bodyCut } = answer;
  const isTelling = body.length >= tellingCharacters && bodyCut !== true && isCacheable(request.method);
  if (!isTelling || !isSuccess(answer.status)) return undefined;
  const same = others.filter(({ response }) => isSuccess(response?.status) && response?.body === body);
  const before = same.find(
    (other) =>
      other.credential.variable !== undefined &&
      other.credential.description !== credential.description &&
      other.endedMs <= startedMs &&
      other.endedMs >= startedMs - momentMs,
  );
  return before && `the same body as for the ${before.credential.description} a moment before`;
}

/** Credentials that were accepted with methods that no cache answers. Their acceptance needs no cache to explain it. */
function acceptedToWrite(exchanges: readonly ExchangeRecord[]): ReadonlySet<string> {
  return new Set(
    exchanges
      .filter(({ request, response }) => isSuccess(response?.status) && !isCacheable(request.method))
      .map(({ credential }) => credential.description),
  );
}

function byPlace(exchanges: readonly ExchangeRecord[]): ReadonlyMap<string, readonly ExchangeRecord[]> {
  const places = new Map<string, ExchangeRecord[]>();
  for (const exchange of exchanges) {
    const place = placeOf(exchange);
    const known = places.get(place);
    if (known === undefined) places.set(place, [exchange]);
    else known.push(exchange);
  }
  return places;
}

/** What a request asked for; the key is not part of it. */
function placeOf({ request }: ExchangeRecord): string {
  return `${request.method} ${request.url}`;
}

function isCacheable(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}
