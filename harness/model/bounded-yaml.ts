import { createRequire } from 'node:module';
import type { Document, LineCounter, Node } from 'yaml';

const require = createRequire(import.meta.url);
/** Loaded only when needed: every process loads this file, and few read YAML. */
const load = (): typeof import('yaml') => require('yaml');

/** No hand-written document is nested nearly this deep. Much deeper ones overflow the stack of a parser. */
const deepest = 200;
const scalarFollows = '\u001f';

/** Why and where a text is not YAML or JSON, in words without a full stop. */
export class NotYaml extends Error {
  override readonly name = 'NotYaml';
  /** Line and column count from 1. */
  readonly line: number;
  readonly column: number | undefined;

  constructor(why: string, line = 1, column?: number) {
    super(why);
    this.line = line;
    this.column = column;
  }
}

/** Parses a YAML or JSON text; its length limits the time and the stack. Throws NotYaml. */
export function parseYamlDocument(
  text: string,
  lineCounter: LineCounter = new (load().LineCounter)(),
): Document {
  if (nestsTooDeep(text)) throw new NotYaml(`it is nested deeper than ${deepest} levels`);
  // With `uniqueKeys: true` the check of a long map takes minutes. Warnings would show lines of the text.
  const options = { lineCounter, uniqueKeys: false, logLevel: 'error' } as const;
  const document = load().parseDocument(text, options);
  const [fault] = document.errors;
  if (fault !== undefined) {
    const [why = ''] = fault.message.split(/ at line |\n/);
    const [place] = fault.linePos ?? [];
    throw new NotYaml(why, place?.line, place?.col);
  }
  refuseTwins(document, lineCounter);
  return document;
}

/** The value of a YAML or JSON text. Throws NotYaml, or another Error if aliases multiply. */
export function parseYaml(text: string): unknown {
  try {
    return parseYamlDocument(text).toJS();
  } catch (error) {
    if (!(error instanceof NotYaml) || error.column === undefined) throw error;
    throw new NotYaml(`${error.message} at line ${error.line}, column ${error.column}`, error.line);
  }
}

/** True if a text is nested deeper than a parser can follow. A stack overflow can end the whole process. */
function nestsTooDeep(text: string): boolean {
  let [flow, onLine, indent] = [0, 0, 0];
  let previous = '';
  for (const token of new (load().Lexer)().lex(text)) {
    if (previous !== scalarFollows) {
      if (token === '[' || token === '{') flow += 1;
      else if (token === ']' || token === '}') flow -= 1;
      else if (token === '-' || token === '?') onLine += 1;
      else if (token.endsWith('\n')) [onLine, indent] = [0, 0];
      else if (previous.endsWith('\n') && /^ +$/.test(token)) indent = token.length;
    }
    // Each level of a block is indented further than the level around it.
    if (flow > deepest || onLine > deepest || indent > 2 * deepest) return true;
    previous = token;
  }
  return false;
}

function refuseTwins(document: Document, lines: LineCounter): void {
  const { isScalar, visit } = load();
  visit(document, {
    Map: (_key, { items }) => {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const [start = 0] = (key as Node).range ?? [];
        if (seen.has(key.value)) {
          const { line, col } = lines.linePos(start);
          throw new NotYaml('Map keys must be unique', line, col);
        }
        seen.add(key.value);
      }
    },
  });
}
