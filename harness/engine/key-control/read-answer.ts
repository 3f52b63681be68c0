/** The most that one answer of key control may hold. */
export const mostAnswerBytes = 1024 * 1024;

/**
 * The JSON value of an answer; undefined for an empty one. Warnings may stand before or behind it: a key that was made
 * must not be lost for them. Among several documents the latest counts that fits the first of `wanted`, or the next one
 * that any fits. Throws SyntaxError if there is none.
 */
export function readAnswer(text: string, wanted: readonly ((value: unknown) => boolean)[]): unknown {
  const trimmed = text.replace(/^\ufeff/, '').trim();
  if (trimmed === '') return undefined;
  try {
    return JSON.parse(trimmed);
  } catch (error) {
    const documents = [...documentsIn(trimmed)].map(parsed).filter(isObject);
    for (const isWanted of wanted) {
      const found = documents.find(isWanted);
      if (found !== undefined) return found;
    }
    if (documents.length === 0) throw error;
    return documents[0];
  }
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

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
