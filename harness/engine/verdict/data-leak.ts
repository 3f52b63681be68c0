import type { Exchange, WireRequest } from '../../model/index.ts';

/** A shorter text may be in an answer by accident. */
const shortest = 8;

/** Whether the body of an answer contains one of these texts although the request did not name it. */
export function leaksData({ request, response }: Exchange, texts: readonly string[]): boolean {
  const body = response?.body.toLowerCase() ?? '';
  if (body === '') return false;
  const held = texts.map((text) => text.toLowerCase()).filter((text) => holds(body, text));
  if (held.length === 0) return false;
  const named = spoken(request);
  return held.some((text) => !named.includes(text));
}

/** Matches whole words: a text inside a longer one is another text. */
function holds(body: string, text: string): boolean {
  if (text.length < shortest) return false;
  for (let at = body.indexOf(text); at >= 0; at = body.indexOf(text, at + 1)) {
    const around = `${body[at - 1] ?? ''}${body[at + text.length] ?? ''}`;
    if (!/[a-z0-9]/.test(around)) return true;
  }
  return false;
}

/** Everything in a request in lower case, as it was sent and with its URL decoded. */
function spoken({ url, headers, body, lines, trailer }: WireRequest): string {
  const fields = headers.map(([, value]) => value);
  return [url, decoded(url), ...fields, body ?? '', ...(lines ?? []), trailer ?? ''].join('\n').toLowerCase();
}

function decoded(url: string): string {
  return url.replaceAll(/%([0-9a-f]{2})/gi, (_whole, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
