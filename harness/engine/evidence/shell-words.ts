/** Marks from the private use area, which no request holds, around expressions that the shell fills in. */
const [open, close] = ['\ue000', '\ue001'];

/** A text of a command is made of bytes: fields leave as Latin-1, bodies as UTF-8. */
export type Bytes = 'latin1' | 'utf8';

/** Marks an expression. */
export function marked(expression: string): string {
  return `${open}${expression}${close}`;
}

/** Puts something in place of each marked expression of a command. */
export function replaceMarked(command: string, by: (expression: string) => string): string {
  return piecesOf(command)
    .map((piece) => (piece.startsWith(open) ? by(piece.slice(1, -1)) : piece))
    .join('');
}

/** Whether a terminal, a page and a copy of either keep a text as it is: printable ASCII, and no two spaces in a row. */
export function survivesCopying(text: string): boolean {
  return piecesOf(text).every((piece) => piece.startsWith(open) || /^(?:[!-~]| (?! ))*$/.test(piece));
}

/** One argument of a command; what would not survive copying is spelled out in octal. */
export function word(text: string, bytes: Bytes): string {
  return survivesCopying(text) ? quoted(text) : `"$(${printf([text, bytes])})"`;
}

/** The command that prints the bytes of a text: `printf` of POSIX, its expressions as arguments. */
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

/** Characters beyond Latin-1 have no byte of their own in a field; they stand as what a shell would send. */
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

/** Leaves marked expressions marked. */
function quoted(text: string): string {
  if (!text.includes(open)) return `'${text.replaceAll("'", `'\\''`)}'`;
  const pieces = piecesOf(text).map((piece) =>
    piece.startsWith(open) ? piece : piece.replaceAll(/["$`\\]/g, '\\$&'),
  );
  return `"${pieces.join('')}"`;
}
