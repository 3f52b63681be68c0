/** The most that one answer of key control may hold. */
export const mostAnswerBytes = 1024 * 1024;

/**
 * The JSON value of an answer; undefined for an empty one. Warnings may stand before or behind it: a key that was made
 * must not be lost for them. Among several documents the latest that `isWanted` counts. Throws SyntaxError if there is none.
 */
export function readAnswer(text: string, isWanted: (value: unknown) => boolean): unknown {
  const trimmed = text.replace(/^\ufeff/, '').trim();
  if (trimmed === '') return undefined;
  try {
    return JSON.parse(trimmed);
  } catch (error) {
    let found: unknown;
    for (const candidate of documentsIn(trimmed)) {
      const value = parsed(candidate);
      if (typeof value !== 'object' || value === null) continue;
      if (isWanted(value)) return value;
      found ??= value;
    }
    if (found === undefined) throw error;
    return found;
  }
}

/** How many beginnings are tried, so that noise full of braces costs little. */
const mostTries = 100;

/** Pieces that could be the document, the latest first. */
function* documentsIn(text: string): Generator<string> {
  const end = text.lastIndexOf('}') + 1;
  const starts = [...text.matchAll(/^[ \t]*\{/gm)].map(({ index }) => index);
  for (const start of starts.slice(-mostTries).reverse()) {
    const rest = text.slice(start, end);
    yield rest;
    yield /^.*/.exec(rest)?.[0] ?? '';
    yield /^[\s\S]*?^\}/m.exec(rest)?.[0] ?? '';
  }
  // On one line with the noise before it.
  const first = text.indexOf('{');
  if (first >= 0) yield text.slice(first, end);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
