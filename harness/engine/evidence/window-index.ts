/** Runs of this length that occur in a learned text are found; shorter ones may be chance. */
export const windowLength = 13;

/**
 * Every window of a learned text contains one of its grams that start at a multiple of the gram length, with at most
 * six characters before and after it. So only those grams are indexed, and a text is searched once, however much is
 * known.
 */
const gramLength = (windowLength + 1) / 2;
const margin = windowLength - gramLength;

const filterBits = 20;
const factor = 0x01000193;
const leaving = Array.from({ length: gramLength }).reduce((power: number) => Math.imul(power, factor), 1);

/** Finds where a text shares a run of at least 13 characters with a learned text. */
export interface WindowIndex {
  learn(text: string): void;
  readonly isEmpty: boolean;
  /** One byte for each character: 1 if it belongs to such a run; undefined if there is none. */
  find(text: string): Uint8Array | undefined;
}

/**
 * An empty index. A run creates hundreds of keys, so a gram takes only a few bytes: its position and the number of its
 * text.
 */
export function createWindowIndex(): WindowIndex {
  const learnt: string[] = [];
  const grams = createPlaces();
  /** Which hashes of grams occur, one bit each: a rolling hash rules out most positions of a text without a look-up. */
  const filter = new Uint32Array(2 ** (filterBits - 5));

  const learn = (text: string): void => {
    if (text.length < windowLength) return;
    const own = learnt.push(text) - 1;
    for (let at = 0; at + gramLength <= text.length; at += gramLength) {
      const hash = hashOf(text, at);
      const slot = slotOf(hash);
      const bits = filter[slot >>> 5] ?? 0;
      const bit = 1 << (slot & 31);
      filter[slot >>> 5] = bits | bit;
      let known = false;
      if ((bits & bit) !== 0) {
        const from = Math.max(0, at - margin);
        const around = text.slice(from, at + gramLength + margin);
        grams.each(hash, (of, place) => {
          if (known || Math.min(place, margin) !== Math.min(at, margin)) return;
          const start = Math.max(0, place - margin);
          known = (learnt[of] ?? '').slice(start, place + gramLength + margin) === around;
        });
      }
      if (!known) grams.add(hash, own, at);
    }
  };

  const find = (text: string): Uint8Array | undefined => {
    if (learnt.length === 0 || text.length < windowLength) return undefined;
    let found: Uint8Array | undefined;
    let hash = 0;
    for (let end = 0; end < text.length; end += 1) {
      hash = (Math.imul(hash, factor) + text.charCodeAt(end)) | 0;
      if (end >= gramLength) hash = (hash - Math.imul(text.charCodeAt(end - gramLength), leaving)) | 0;
      const slot = slotOf(hash);
      if ((((filter[slot >>> 5] ?? 0) >>> (slot & 31)) & 1) === 0 || end + 1 < gramLength) continue;
      const at = end + 1 - gramLength;
      grams.each(hash, (of, place) => {
        const one = learnt[of] ?? '';
        if (!one.startsWith(text.slice(at, at + gramLength), place)) return;
        const from = at - alikeBefore(text, at, one, place);
        const to = end + 1 + alikeAfter(text, end + 1, one, place + gramLength);
        if (to - from < windowLength) return;
        found ??= new Uint8Array(text.length);
        found.fill(1, from, to);
      });
    }
    return found;
  };

  return {
    learn,
    find,
    get isEmpty() {
      return learnt.length === 0;
    },
  };
}

/** A table from hashes to positions in texts, with several positions for one hash. */
function createPlaces() {
  let size = 0;
  let rows = new Int32Array(3 * 2 ** 16);
  const row = (hash: number, step: number): number =>
    3 * ((Math.imul(hash, 0x9e3779b1) + step) & (rows.length / 3 - 1));
  const put = (hash: number, of: number, place: number): void => {
    let at = row(hash, 0);
    // A row is in use if the number of its text is set; numbers start at 1.
    for (let step = 1; rows[at + 1] !== 0; step += 1) at = row(hash, step);
    rows[at] = hash;
    rows[at + 1] = of;
    rows[at + 2] = place;
  };
  const grow = (): void => {
    const before = rows;
    rows = new Int32Array(2 * before.length);
    for (let at = 0; at < before.length; at += 3) {
      const of = before[at + 1] ?? 0;
      if (of !== 0) put(before[at] ?? 0, of, before[at + 2] ?? 0);
    }
  };
  return {
    add(hash: number, of: number, place: number): void {
      size += 1;
      if (size * 6 > rows.length) grow();
      put(hash, of + 1, place);
    },
    each(hash: number, visit: (of: number, place: number) => void): void {
      let at = row(hash, 0);
      for (let step = 1; rows[at + 1] !== 0; step += 1) {
        if (rows[at] === hash) visit((rows[at + 1] ?? 0) - 1, rows[at + 2] ?? 0);
        at = row(hash, step);
      }
    },
  };
}

function hashOf(text: string, at: number): number {
  let hash = 0;
  for (let end = at; end < at + gramLength; end += 1)
    hash = (Math.imul(hash, factor) + text.charCodeAt(end)) | 0;
  return hash;
}

function slotOf(hash: number): number {
  return hash >>> (32 - filterBits);
}

/** How many characters before a position are equal in both texts, at most as many as a window may reach back. */
function alikeBefore(text: string, at: number, one: string, place: number): number {
  const most = Math.min(margin, at, place);
  let count = 0;
  while (count < most && text.charCodeAt(at - 1 - count) === one.charCodeAt(place - 1 - count)) count += 1;
  return count;
}

function alikeAfter(text: string, at: number, one: string, place: number): number {
  const most = Math.min(margin, text.length - at, one.length - place);
  let count = 0;
  while (count < most && text.charCodeAt(at + count) === one.charCodeAt(place + count)) count += 1;
  return count;
}
