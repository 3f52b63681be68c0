import { type ExchangeRecord, isSuccess } from '../../model/index.ts';
import { withProjectKeys } from '../older-reports.ts';

/** The parts of an answer that tell who gave it. */
export type FrontAnswer = NonNullable<ExchangeRecord['response']>;

/** Text, markup and JSON are different kinds of answers; JSON of any media type is one kind. */
export type BodyKind = 'json' | 'markup' | 'text' | 'other' | 'none';

/** What the API's own answers look like: the answers to an unmodified key of the project. */
export interface OwnAnswers {
  readonly kinds: ReadonlySet<BodyKind>;
  /** Values of `Server` without versions; an empty text if the field was missing. */
  readonly servers: ReadonlySet<string>;
  readonly via: boolean;
  /** Names of header fields that at least one of them had. */
  readonly names: ReadonlySet<string>;
  /** "name: value" of fields that frameworks write. */
  readonly marks: ReadonlySet<string>;
}

const frameworkFields = ['x-powered-by', 'x-aspnet-version', 'x-aspnetmvc-version', 'x-runtime'];

/** The API's own answers among exchanges; undefined if none succeeded. */
export function ownAnswersOf(exchanges: readonly ExchangeRecord[]): OwnAnswers | undefined {
  const answers = withProjectKeys(exchanges).flatMap(({ response }) =>
    response !== undefined && isSuccess(response.status) ? [response] : [],
  );
  if (answers.length === 0) return undefined;
  return {
    kinds: new Set(answers.map(bodyKindOf)),
    servers: new Set(answers.map(productOf)),
    via: answers.some((answer) => fieldOf(answer, 'via') !== undefined),
    names: new Set(answers.flatMap(({ headers }) => headers.map(([name]) => name.toLowerCase()))),
    marks: new Set(answers.flatMap(frameworkMarks)),
  };
}

/** The fields of an answer that frameworks write, as "name: value". */
export function frameworkMarks(answer: FrontAnswer): string[] {
  return frameworkFields.flatMap((name) => {
    const value = fieldOf(answer, name);
    // A run time differs each time, so only its presence is the mark.
    if (value === undefined || /^(ARR|ASP\.NET)/i.test(value)) return [];
    return [name === 'x-runtime' ? name : `${name}: ${value}`];
  });
}

/** The first value of a header field. */
export function fieldOf({ headers }: FrontAnswer, name: string): string | undefined {
  return headers.find(([candidate]) => candidate.toLowerCase() === name)?.[1];
}

/** "text/html" */
export function mediaTypeOf(answer: FrontAnswer): string | undefined {
  return fieldOf(answer, 'content-type')?.split(';')[0]?.trim().toLowerCase();
}

export function bodyKindOf(answer: FrontAnswer): BodyKind {
  if (answer.body === '') return 'none';
  const type = mediaTypeOf(answer) ?? '';
  if (/json/.test(type)) return 'json';
  if (/html|xml/.test(type)) return 'markup';
  return type.startsWith('text/') ? 'text' : 'other';
}

/** "nginx" of "nginx/1.22.1 (Debian)"; empty if the answer names none. */
export function productOf(answer: FrontAnswer): string {
  return (fieldOf(answer, 'server') ?? '').split(/[/( ]/)[0]?.toLowerCase() ?? '';
}
