import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** No document of a person nests deeper than a fraction of this; parsers run out of stack some time after. */
const deepest = 200;
const scalarFollows = '\u001f';

/** Whether a YAML or JSON text nests deeper than a parser can follow: where one runs out of stack the process may end. */
export function nestsTooDeep(text: string): boolean {
  // Loaded here, because every process loads this file and few read YAML.
  const { Lexer } = require('yaml') as typeof import('yaml');
  let [flow, onLine, indent] = [0, 0, 0];
  let previous = '';
  for (const token of new Lexer().lex(text)) {
    if (previous !== scalarFollows) {
      if (token === '[' || token === '{') flow += 1;
      else if (token === ']' || token === '}') flow -= 1;
      else if (token === '-' || token === '?') onLine += 1;
      else if (token.endsWith('\n')) [onLine, indent] = [0, 0];
      else if (previous.endsWith('\n') && /^ +$/.test(token)) indent = token.length;
    }
    // Every level of a block is further to the right than the one around it.
    if (flow > deepest || onLine + indent > 10 * deepest || onLine > deepest) return true;
    previous = token;
  }
  return false;
}

/** The value of a YAML or JSON text. Throws an Error whose first line says why there is none. */
export function parseYaml(text: string): unknown {
  if (nestsTooDeep(text)) throw new Error(`it nests deeper than ${deepest} levels`);
  const { isScalar, parseDocument, visit } = require('yaml') as typeof import('yaml');
  // Its warnings would go to standard error, with lines of the text; its own look at names takes the square of their number.
  const document = parseDocument(text, { logLevel: 'error', uniqueKeys: false });
  const [wrong] = document.errors;
  if (wrong !== undefined) throw wrong;
  visit(document, {
    Map(_, { items }) {
      const names = items.map(({ key }) => (isScalar(key) ? key.value : key));
      if (new Set(names).size < names.length) throw new Error('Map keys must be unique');
    },
  });
  return document.toJS();
}
