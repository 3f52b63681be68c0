/**
 * What is wrong with the Strict-Transport-Security fields of an answer (RFC 6797 section 6.1); undefined if nothing is.
 */
export function hstsProblem(fields: readonly string[]): string | undefined {
  const [field, ...more] = fields;
  if (field === undefined) return 'Strict-Transport-Security is missing';
  if (more.length > 0)
    return `there are ${fields.length} Strict-Transport-Security fields, but only one is allowed`;
  const directives = new Map<string, string>();
  for (const directive of split(field)) {
    const [, name, plain, quoted] = grammar.exec(directive) ?? [];
    if (name === undefined) return `Strict-Transport-Security does not parse at "${directive.slice(0, 60)}"`;
    const known = name.toLowerCase();
    if (directives.has(known)) return `Strict-Transport-Security names ${known} twice`;
    directives.set(known, plain ?? quoted ?? '');
  }
  const age = directives.get('max-age');
  if (age === undefined) return 'Strict-Transport-Security has no max-age';
  if (!/^\d+$/.test(age)) return `max-age is "${age.slice(0, 60)}", which is not a number of seconds`;
  return Number(age) > 0 ? undefined : 'max-age is 0, which disables HSTS';
}

const token = "[\\w!#$%&'*+.^`|~-]+";
const grammar = new RegExp(`^(${token})(?:\\s*=\\s*(?:(${token})|"((?:[^"\\\\]|\\\\.)*)"))?$`);

/** The directives, without the empty ones that the grammar allows. */
function split(field: string): string[] {
  const parts = field.match(/(?:"(?:[^"\\]|\\.)*"|[^;"]|")+/g) ?? [];
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}
