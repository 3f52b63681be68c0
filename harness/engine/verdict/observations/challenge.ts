/** One challenge of a WWW-Authenticate value (RFC 9110 section 11.6.1). */
export interface Challenge {
  readonly scheme: string;
  readonly token68?: string;
  /** Names in lower case. */
  readonly parameters: ReadonlyMap<string, string>;
}

const token = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y;
const token68 = /[A-Za-z0-9._~+/-]+=*(?=[ \t]*(?:,|$))/y;
const quoted = /"((?:[\t !#-[\]-~\x80-\xff]|\\[\t -~\x80-\xff])*)"/y;
const space = /[ \t]*/y;

/** Parses a WWW-Authenticate value; throws a sentence that says where it breaks the grammar. */
export function parseChallenges(value: string): Challenge[] {
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(value);
    if (match !== null) at += match[0].length;
    return match;
  };
  const fail = (what: string): never => {
    throw new Error(`${what} at position ${at}`);
  };
  const challenges: { scheme: string; token68?: string; parameters: Map<string, string> }[] = [];

  const parameter = (): [string, string] | undefined => {
    const start = at;
    const name = take(token)?.[0];
    take(space);
    if (name === undefined || value[at] !== '=') {
      at = start;
      return undefined;
    }
    at += 1;
    take(space);
    const quotedValue = take(quoted)?.[1]?.replaceAll(/\\(.)/g, '$1');
    const plain = quotedValue ?? take(token)?.[0];
    return [name.toLowerCase(), plain ?? fail(`the value of ${name} is missing or not closed`)];
  };
  const add = (challenge: { parameters: Map<string, string> }, found: [string, string]): void => {
    if (challenge.parameters.has(found[0])) fail(`the parameter ${found[0]} occurs twice`);
    challenge.parameters.set(...found);
  };

  for (;;) {
    take(space);
    while (value[at] === ',') {
      at += 1;
      take(space);
    }
    if (at >= value.length) break;
    const current = challenges.at(-1);
    const continued = current === undefined ? undefined : parameter();
    if (current !== undefined && continued !== undefined) {
      add(current, continued);
    } else {
      const scheme = take(token)?.[0] ?? fail('a scheme is missing');
      const next = { scheme, parameters: new Map<string, string>() };
      challenges.push(next);
      if (value[at] === ' ') {
        take(space);
        const text = take(token68)?.[0];
        const first = text === undefined ? parameter() : undefined;
        if (text !== undefined) Object.assign(next, { token68: text });
        else if (first !== undefined) add(next, first);
      }
    }
    take(space);
    if (at < value.length && value[at] !== ',') fail('an unexpected character is');
  }
  if (challenges.length === 0) throw new Error('it is empty');
  return challenges;
}
