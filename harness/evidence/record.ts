import type { Exchange, ExchangeRecord, WireRequest } from '../model.ts';
import type { Redactor } from './redaction.ts';

const keptCharacters = 16 * 1024;

/** The same request twice over without its key: as people read it, and as a shell sends it. */
export interface ShownRequest {
  readonly request: WireRequest;
  readonly replay: string;
}

/** Turns an exchange into evidence: nothing that left here can hold a key. Times are relative to `originMs`. */
export function recordExchange(
  exchange: Exchange,
  shown: ShownRequest,
  redactor: Redactor,
  originMs: number,
): ExchangeRecord {
  const { response, failure } = exchange;
  const pairs = (headers: WireRequest['headers']): [string, string][] =>
    headers.map(([name, value]) => [redactor.redact(name), redactor.redact(value)]);
  return {
    id: exchange.id,
    ...(exchange.operation === undefined ? {} : { operation: exchange.operation }),
    variant: exchange.variant,
    credential: exchange.credential,
    request: {
      method: shown.request.method,
      url: redactor.redact(shown.request.url),
      headers: [...pairs(shown.request.headers), ...pairs(rawLines(shown.request))],
      ...(shown.request.body === undefined ? {} : { body: cut(redactor.redact(shown.request.body)) }),
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
    ...(failure === undefined ? {} : { failure }),
    startedMs: round(exchange.startedMs - originMs),
    endedMs: round(exchange.endedMs - originMs),
    replay: cut(redactor.redact(shown.replay)),
  };
}

/** Raw lines as people read them: control characters are spelled out. */
function rawLines({ lines = [], trailer }: WireRequest): [string, string][] {
  const visible = (text: string): string =>
    text.replaceAll(
      /[\0-\x1f\x7f-\xff]/g,
      (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
    );
  const shown = lines.map((line): [string, string] => ['(raw line)', visible(line)]);
  return trailer === undefined ? shown : [...shown, ['(trailer)', visible(trailer)]];
}

function cut(text: string): string {
  return text.length > keptCharacters ? text.slice(0, keptCharacters) : text;
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 100) / 100;
}
