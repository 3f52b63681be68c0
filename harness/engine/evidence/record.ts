import { defined } from '../../model/defined.ts';
import type { Exchange, ExchangeRecord, WireRequest } from '../../model/index.ts';
import type { Redactor } from './redaction.ts';

const keptCharacters = 16 * 1024;

/** The same request without its key, twice: as people read it, and as a shell sends it. */
export interface ShownRequest {
  readonly request: WireRequest;
  readonly replay: string;
  /** Which parts came from outside, such as ids, if known. The rest is the suite's own text and is shown unchanged. */
  readonly outside?: () => readonly string[];
}

/** Turns an exchange into evidence, which can contain no key. Times are relative to `originMs`. */
export function recordExchange(
  exchange: Exchange,
  shown: ShownRequest,
  redactor: Redactor,
  originMs: number,
): ExchangeRecord {
  const { response, failure } = exchange;
  const sent = (text: string): string => redactSent(text, shown.outside, redactor);
  const asSent = (headers: WireRequest['headers']): [string, string][] =>
    headers.map(([name, value]) => [sent(name), sent(value)]);
  const pairs = (headers: WireRequest['headers']): [string, string][] =>
    headers.map(([name, value]) => [redactor.redact(name), redactor.redact(value)]);
  return {
    id: exchange.id,
    ...defined({ operation: exchange.operation }),
    variant: exchange.variant,
    credential: exchange.credential,
    request: {
      method: shown.request.method,
      url: sent(shown.request.url),
      ...defined({ version: shown.request.version }),
      headers: [...asSent(shown.request.headers), ...asSent(rawLines(shown.request))],
      ...(shown.request.body === undefined ? {} : { body: cut(sent(shown.request.body)) }),
    },
    ...(response === undefined
      ? {}
      : {
          response: {
            status: response.status,
            headers: pairs(response.headers),
            body: cut(redactor.redact(response.body.slice(0, keptCharacters * 2))),
            bodyBytes: response.bodyBytes,
            ...(response.bodyCut || response.body.length > keptCharacters ? { bodyCut: true } : {}),
          },
        }),
    ...(failure === undefined ? {} : { failure: { kind: failure.kind, message: failure.message } }),
    startedMs: round(exchange.startedMs - originMs),
    endedMs: round(exchange.endedMs - originMs),
    replay: cut(sent(shown.replay)),
  };
}

/** The suite's own text in a request stays readable, even if a secret happens to contain the same characters. */
function redactSent(text: string, outside: ShownRequest['outside'], redactor: Redactor): string {
  const redacted = redactor.redact(text);
  if (redacted === text || outside === undefined) return redacted;
  let own = text;
  for (const given of outside()) {
    for (const spelled of [given, encodeURIComponent(given)]) own = own.replaceAll(spelled, '\0');
  }
  return redactor.redactOutside(text, own.split('\0'));
}

/** Raw lines for people: control characters are spelled out. */
function rawLines({ requestLine, lines = [], trailer }: WireRequest): [string, string][] {
  const visible = (text: string): string =>
    text.replaceAll(
      /[\0-\x1f\x7f-\xff]/g,
      (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
    );
  const first: [string, string][] =
    requestLine === undefined ? [] : [['(request line)', visible(requestLine)]];
  const shown = [...first, ...lines.map((line): [string, string] => ['(raw line)', visible(line)])];
  return trailer === undefined ? shown : [...shown, ['(trailer)', visible(trailer)]];
}

function cut(text: string): string {
  return text.length > keptCharacters ? text.slice(0, keptCharacters) : text;
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 100) / 100;
}
