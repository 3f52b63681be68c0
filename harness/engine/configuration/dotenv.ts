import { parseEnv } from 'node:util';
import { NotReadable, readInputFile } from '../../model/index.ts';
import { ConfigurationError } from './configuration-error.ts';

const longest = 1024 * 1024;
const blank = '[ \\t]*';
/** A line that sets a variable, and its value up to the end of the line. */
const setting = new RegExp(`^${blank}(?:export[ \\t]+)?([A-Za-z_][\\w.-]*)${blank}=${blank}(.*)$`);
/** What a person may have meant as a setting of ours: the name in any case and spelling, after words of some shell. */
const meant =
  /^(?!\s*#)[^\p{L}\p{N}#]*(?:(?:export|set|setx|setenv|declare|let|env)[^\p{L}\p{N}]+)*(?:x[^\p{L}\p{N}]+)?mufi(?:[^\p{L}\p{N}]|$)/iu;
/** A setting of ours after another one or after words of a shell; quotes and comments do not count. */
const further = /(?:^|[\s;&=])MUFI_[A-Z0-9_]+(?:[ \t]*=|[ \t]+[^\s=])/;
const quoted = /"[^"]*"|'[^']*'|`[^`]*`/g;

/** The variables of a `.env` file; empty if the file does not exist. Throws ConfigurationError. */
export function readDotenv(path: string): Readonly<Record<string, string | undefined>> {
  let text: string;
  try {
    text = decoded(readInputFile(path, longest));
  } catch (error) {
    if (!(error instanceof NotReadable)) throw error;
    if (error.code === 'ENOENT') return {};
    throw new ConfigurationError(`The file ${path} cannot be read: ${error.why}.`);
  }
  const variables = parseEnv(text) as Record<string, string>;
  refuseUnread(path, text.split('\n'), variables);
  if (Object.keys(variables).some((name) => name.startsWith('MUFI_'))) return variables;
  throw new ConfigurationError(
    `The file ${path} sets no MUFI_ variable; add MUFI_BASE_URL=... to it, or remove or rename it.`,
  );
}

/** The text of a file in UTF-8 or UTF-16, with or without a byte order mark; each line ends with `\n`. */
function decoded(bytes: Buffer): string {
  const text = new TextDecoder(encodingOf(bytes)).decode(bytes);
  if (text.includes('\0')) throw new NotReadable('it is neither UTF-8 nor UTF-16');
  return text.replace(/^\ufeff+/, '').replace(/\r\n?/g, '\n');
}

/** In UTF-16 every second byte of ASCII letters is 0. */
function encodingOf(bytes: Buffer): 'utf-8' | 'utf-16le' | 'utf-16be' {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first !== 0 && second === 0) return 'utf-16le';
  return first === 0 && second !== 0 && second !== undefined ? 'utf-16be' : 'utf-8';
}

/** A line that should set a variable of ours but cannot be read could silently switch off the production guard. */
function refuseUnread(path: string, lines: readonly string[], variables: Record<string, string>): void {
  const before = new Set<string>();
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    const [, name, value = ''] = setting.exec(line) ?? [];
    const isRead = name !== undefined && Object.hasOwn(variables, name);
    const isOurs = isRead && /^MUFI_[A-Z0-9_]+$/.test(name);
    if (
      (meant.test(line.replace(/\p{Cf}/gu, '')) && !isOurs) ||
      (name !== 'MUFI_CONTROL_COMMAND' && setsMore(isRead ? value : line))
    ) {
      throw new ConfigurationError(
        `The file ${path}, line ${index + 1}, names a variable of the suite but cannot be read; write NAME=value, with the name in capitals.`,
      );
    }
    if (isOurs && before.has(name)) {
      throw new ConfigurationError(
        `The file ${path}, line ${index + 1}, sets ${name} again; keep one of the two lines.`,
      );
    }
    if (isOurs) before.add(name);
    if (isRead) index = endOfValue(lines, index, value);
  }
}

function setsMore(text: string): boolean {
  return /MUFI_/.test(text) && further.test(text.replaceAll(quoted, '').replace(/#.*$/, ''));
}

/** The last line of a quoted value; its own line if the quotes end there or never. */
function endOfValue(lines: readonly string[], start: number, value: string): number {
  const quote = value.charAt(0);
  if (!['"', "'", '`'].includes(quote) || value.includes(quote, 1)) return start;
  const end = lines.findIndex((line, index) => index > start && line.includes(quote));
  return end < 0 ? start : end;
}
