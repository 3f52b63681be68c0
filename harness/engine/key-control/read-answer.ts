/** The longest answer of key control. */
export const mostAnswerBytes = 1024 * 1024;

/**
 * The JSON value of an answer; undefined for an empty one. Warnings before or after it are ignored: a key that was
 * created must not be lost because of them. Of several documents, the last one that matches the first of `wanted`
 * counts, or else the next of `wanted` that any matches. Throws SyntaxError if there is none.
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

/** How many start positions are tried, so that noise with many braces costs little. */
const mostTries = 100;

/** Pieces that could be the document, the last one first. */
function* documentsIn(text: string): Generator<string> {
  const end = text.lastIndexOf('}') + 1;
  const starts = [...text.matchAll(/^[ \t]*\{/gm)].map(({ index }) => index);
  for (const start of starts.slice(-mostTries).reverse()) {
    const rest = text.slice(start, end);
    yield rest;
    yield /^.*/.exec(rest)?.[0] ?? '';
    yield /^[\s\S]*?^\}/m.exec(rest)?.[0] ?? '';
  }
  // On the same line as the noise before it.
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
