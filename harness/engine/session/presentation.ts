import { defined } from '../../model/defined.ts';
import type { Forgery, Key, Presentation } from '../../model/index.ts';
import { eachText } from '../evidence/each-text.ts';

interface CredentialParts {
  readonly key: Key | undefined;
  readonly forge?: Forgery | undefined;
  readonly present?: Presentation | undefined;
}

/** How the key of a request is presented; undefined: as Mufi documents it. */
export function presentationOf(spec: CredentialParts): Presentation | undefined {
  const bare = spec.key === undefined && spec.forge?.literal === undefined;
  return spec.present ?? (bare ? { headers: {} } : undefined);
}

/** Fills in what a presentation says about the operation; a request line contains the method that is sent. */
export function withNames(presentation: Presentation, names: Readonly<Record<string, string>>): Presentation {
  const { requestLine, ...rest } = presentation;
  const filled = eachText(rest, (text) =>
    text.replaceAll(/\{(method|path|relative-path|dotted-host)\}/g, (_, name: string) => names[name] ?? ''),
  );
  return { ...filled, ...defined({ requestLine }) };
}
