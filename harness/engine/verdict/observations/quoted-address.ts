import { keySpellings, type WireRequest } from '../../../model/index.ts';

/** The spellings of an address in a text: unchanged, in HTML, in JSON that is safe in HTML, decoded. */
const spellings: readonly ((address: string) => string)[] = [
  ...keySpellings,
  (address) => address.replaceAll('&', '&amp;'),
  (address) => address.replaceAll('&', '\\u0026'),
  decoded,
];

/**
 * The text of an answer without the address of its request. Error pages and challenges of frameworks quote the address
 * to the client that sent it; they do not look for a key in it.
 */
export function withoutAddress(text: string, { url }: WireRequest): string {
  const target = url.replace(/^[a-z]+:\/\/[^/?#]*/i, '');
  const [path = '', query] = target.split(/(?=\?)/);
  const quotes = [target, path, query ?? ''].filter((one) => one.length > 1);
  return quotes
    .flatMap((one) => spellings.map((spell) => spell(one)))
    .reduce((rest, one) => rest.replaceAll(one, ''), text);
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
