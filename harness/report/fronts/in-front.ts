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

/** What seems to be in front of the API and to have answered in its place. */
export interface InFront {
  /** "nginx"; undefined if nothing names it. */
  readonly name?: string;
  /** "text/html"; undefined if the answer had no body. */
  readonly type?: string;
}

/** Error pages are recognised by the beginning of the body. */
const pageCharacters = 8192;

/**
 * Who seems to have answered in place of the API; undefined if the answer looks like the API's own. Only a difference
 * in kind counts: if all answers say `Server: nginx`, that field proves nothing.
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

/** The answer has what only the program behind the API writes: the mark of its framework or of its own server. */
function isOfTheApi(answer: FrontAnswer, own: OwnAnswers): boolean {
  const product = productOf(answer);
  if (frameworkMarks(answer).some((mark) => own.marks.has(mark))) return true;
  const value = fieldOf(answer, 'server') ?? '';
  const isFront = knownFronts.some(({ headers = [] }) =>
    headers.some(([name, pattern]) => name === 'server' && pattern.test(value)),
  );
  return product !== '' && own.servers.has(product) && !isFront;
}

/** A field that names a front end and that the API's own answers never have in this form. */
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
