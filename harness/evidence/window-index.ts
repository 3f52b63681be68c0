/** Runs of this length that are part of a learnt text are found; shorter ones may be chance. */
export const windowLength = 13;

/**
 * Every window of a learnt text holds one of its grams that start at a multiple of the gram length, with at most six
 * characters before and after it: so only those grams are indexed, and a text is looked at once, whatever is known.
 */
const gramLength = (windowLength + 1) / 2;
const margin = windowLength - gramLength;

const filterBits = 20;
const factor = 0x01000193;
const leaving = Array.from({ length: gramLength }).reduce((power: number) => Math.imul(power, factor), 1);

/** An aligned gram with what stands around it, at most `margin` characters on each side. */
interface Neighbourhood {
  readonly before: string;
  readonly after: string;
}

/** Finds where texts share a run of at least 13 characters with what was learnt. */
export interface WindowIndex {
  learn(text: string): void;
  /** One byte a character, 1 where it belongs to such a run; undefined where there is none. */
  find(text: string): Uint8Array | undefined;
}

/** An empty index. */
export function createWindowIndex(): WindowIndex {
  const grams = new Map<string, Map<string, Neighbourhood>>();
  /** Which hashes of grams occur, one bit each: a rolling hash answers most positions of a text without a look-up. */
  const filter = new Uint32Array(2 ** (filterBits - 5));

  const learn = (text: string): void => {
    if (text.length < windowLength) return;
    for (let at = 0; at + gramLength <= text.length; at += gramLength) {
      const gram = text.slice(at, at + gramLength);
      const slot = slotOf(hashOf(gram));
      filter[slot >>> 5] = (filter[slot >>> 5] ?? 0) | (1 << (slot & 31));
      const before = text.slice(Math.max(0, at - margin), at);
      const after = text.slice(at + gramLength, at + gramLength + margin);
      const known = grams.get(gram);
      const around = `${before}\n${after}`;
      if (known === undefined) grams.set(gram, new Map([[around, { before, after }]]));
      else known.set(around, { before, after });
    }
  };

  const find = (text: string): Uint8Array | undefined => {
    if (grams.size === 0 || text.length < windowLength) return undefined;
    let found: Uint8Array | undefined;
    let hash = 0;
    for (let end = 0; end < text.length; end += 1) {
      hash = (Math.imul(hash, factor) + text.charCodeAt(end)) | 0;
      if (end >= gramLength) hash = (hash - Math.imul(text.charCodeAt(end - gramLength), leaving)) | 0;
      const slot = slotOf(hash);
      if ((((filter[slot >>> 5] ?? 0) >>> (slot & 31)) & 1) === 0 || end + 1 < gramLength) continue;
      const at = end + 1 - gramLength;
      for (const { before, after } of grams.get(text.slice(at, end + 1))?.values() ?? []) {
        const from = at - alikeBefore(text, at, before);
        const to = end + 1 + alikeAfter(text, end + 1, after);
        if (to - from < windowLength) continue;
        found ??= new Uint8Array(text.length);
        found.fill(1, from, to);
      }
    }
    return found;
  };

  return { learn, find };
}

function hashOf(gram: string): number {
  let hash = 0;
  for (let at = 0; at < gram.length; at += 1) hash = (Math.imul(hash, factor) + gram.charCodeAt(at)) | 0;
  return hash;
}

function slotOf(hash: number): number {
  return hash >>> (32 - filterBits);
}

function alikeBefore(text: string, at: number, before: string): number {
  let count = 0;
  while (
    count < before.length &&
    count < at &&
    text.charCodeAt(at - 1 - count) === before.charCodeAt(before.length - 1 - count)
  )
    count += 1;
  return count;
}

function alikeAfter(text: string, at: number, after: string): number {
  let count = 0;
  while (count < after.length && text.charCodeAt(at + count) === after.charCodeAt(count)) count += 1;
  return count;
}
