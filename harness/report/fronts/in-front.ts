import { defined } from '../../model/defined.ts';
import { applicationServers, frameworkPages, type KnownFront, knownFronts } from './known.ts';
import {
  bodyKindOf,
  type FrontAnswer,
  fieldOf,
  frameworkMarks,
  mediaTypeOf,
  type OwnAnswers,
  productOf,
} from './own.ts';

/** What seems to stand in front of the API and to have answered in its place. */
export interface InFront {
  /** "nginx"; absent where nothing tells. */
  readonly name?: string;
  /** "text/html"; absent where the answer had no body. */
  readonly type?: string;
}

/** Error pages are recognised by the beginning of a body. */
const pageCharacters = 8192;

/**
 * Who seems to have answered in place of the API; undefined where the answer looks like the API's own ones. What
 * counts is a difference in kind: a server whose every answer says `Server: nginx` is no other one for that.
 */
export function inFrontOf(answer: FrontAnswer, own: OwnAnswers): InFront | undefined {
  const body = answer.body.slice(0, pageCharacters);
  const otherKind = body !== '' && !own.kinds.has(bodyKindOf(answer));
  const byPage = knownFronts.find(({ page }) => otherKind && page?.test(body));
  if (byPage !== undefined) return said(byPage.name, answer);
  if (frameworkPages.some((page) => page.test(body)) || isOfTheApi(answer, own)) return undefined;
  const byField = knownFronts.find((known) => hasForeignField(known, answer, own));
  if (byField !== undefined) return said(byField.name, answer);
  if (hasForeignServer(answer, own)) return said(fieldOf(answer, 'server')?.slice(0, 60), answer);
  const foreignVia = !own.via && fieldOf(answer, 'via') !== undefined;
  return foreignVia || (otherKind && bodyKindOf(answer) === 'markup') ? said(undefined, answer) : undefined;
}

function said(name: string | undefined, answer: FrontAnswer): InFront {
  const type = answer.body === '' ? undefined : mediaTypeOf(answer)?.slice(0, 100);
  return { ...defined({ name, type }) };
}

/** Carries what only the program behind the API writes: the mark of its framework or of its own server. */
function isOfTheApi(answer: FrontAnswer, own: OwnAnswers): boolean {
  const product = productOf(answer);
  if (frameworkMarks(answer).some((mark) => own.marks.has(mark))) return true;
  const value = fieldOf(answer, 'server') ?? '';
  const isFront = knownFronts.some(({ headers = [] }) =>
    headers.some(([name, pattern]) => name === 'server' && pattern.test(value)),
  );
  return product !== '' && own.servers.has(product) && !isFront;
}

/** A field that names a front end, which no own answer carried in that form. */
function hasForeignField({ headers = [] }: KnownFront, answer: FrontAnswer, own: OwnAnswers): boolean {
  return headers.some(([name, pattern]) => {
    const value = fieldOf(answer, name);
    if (value === undefined || !pattern.test(value)) return false;
    return name === 'server' ? !own.servers.has(productOf(answer)) : !own.names.has(name);
  });
}

function hasForeignServer(answer: FrontAnswer, own: OwnAnswers): boolean {
  const product = productOf(answer);
  return product !== '' && !own.servers.has(product) && !applicationServers.test(product);
}
