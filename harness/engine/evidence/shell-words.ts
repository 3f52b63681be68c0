/** Marks around expressions that the shell fills in, from the private use area, which no request contains. */
const [open, close] = ['\ue000', '\ue001'];

/** The text of a command is bytes: header fields are sent as Latin-1, bodies as UTF-8. */
export type Bytes = 'latin1' | 'utf8';

/** Marks an expression. */
export function marked(expression: string): string {
  return `${open}${expression}${close}`;
}

/** Replaces each marked expression of a command. */
export function replaceMarked(command: string, by: (expression: string) => string): string {
  return piecesOf(command)
    .map((piece) => (piece.startsWith(open) ? by(piece.slice(1, -1)) : piece))
    .join('');
}

/** True if a text can be copied from a terminal or a page unchanged: printable ASCII, and no two spaces in a row. */
export function survivesCopying(text: string): boolean {
  return piecesOf(text).every((piece) => piece.startsWith(open) || /^(?:[!-~]| (?! ))*$/.test(piece));
}

/** One argument of a command; what cannot be copied unchanged is spelled in octal. */
export function word(text: string, bytes: Bytes): string {
  return survivesCopying(text) ? quoted(text) : `"$(${printf([text, bytes])})"`;
}

/** The command that prints the bytes of a text: POSIX `printf`, with its expressions as arguments. */
export function printf(...texts: readonly (string | readonly [text: string, bytes: Bytes])[]): string {
  const pieces = texts.flatMap((text) => {
    const [of, bytes] = typeof text === 'string' ? ([text, 'latin1'] as const) : text;
    return piecesOf(of).map((piece) => [piece, bytes] as const);
  });
  const format = pieces.map(([piece, bytes]) => (piece.startsWith(open) ? '%s' : spelled(piece, bytes)));
  const expressions = pieces.flatMap(([piece]) => (piece.startsWith(open) ? [`"${piece}"`] : []));
  const joined = format
    .join('')
    .replaceAll(/ (?= )/g, '\\040')
    .replace(/^-/, '\\055');
  return ['printf', quoted(joined), ...expressions].join(' ');
}

const short: Readonly<Record<string, string>> = { '\r': '\\r', '\n': '\\n', '%': '%%', '\\': '\\\\' };

/** Characters beyond Latin-1 have no single byte in a field; they are spelled as a shell would send them. */
function spelled(text: string, bytes: Bytes): string {
  return text.replaceAll(/[^ -~]|[%\\]/gu, (character) => {
    if (short[character] !== undefined) return short[character];
    const coded = Buffer.from(character, character > '\u00ff' ? 'utf8' : bytes);
    return [...coded].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
  });
}

const expressionPattern = new RegExp(`(${open}[^${close}]*${close})`);

function piecesOf(text: string): string[] {
  return text.includes(open) ? text.split(expressionPattern) : [text];
}

/** Keeps marked expressions marked. */
function quoted(text: string): string {
  if (!text.includes(open)) return `'${text.replaceAll("'", `'\\''`)}'`;
  const pieces = piecesOf(text).map((piece) =>
    piece.startsWith(open) ? piece : piece.replaceAll(/["$`\\]/g, '\\$&'),
  );
  return `"${pieces.join('')}"`;
}
