import type { CellVerdict, Exchange, Finding, FindingKind, Level, Operation } from '../model.ts';

/** Everything that one exchange is judged by. */
export interface JudgeInput {
  readonly requirement: string;
  readonly exchange: Exchange;
  readonly operation: Operation;
  /** True where a server that lets the key through answers this request with success. */
  readonly succeeds: boolean;
  /** Ids of the first project, which no other project's key may see. */
  readonly foreignIds: readonly string[];
  /** Ids, reference ids and e-mail addresses of what the first project holds, which no refusal carries. */
  readonly texts?: readonly string[];
  /** The status with which a path that does not exist answers the untouched write key. */
  readonly unknownPath?: number | undefined;
}

/** What an expectation says of an exchange; `undecided` where neither pass nor fail would be true. */
export interface Judgement {
  readonly findings: readonly Finding[];
  readonly undecided?: string;
}

export const passed: Judgement = { findings: [] };

/** A fault of the suite itself; ends the run with exit code 3 and is never held against the target. */
export class SuiteFault extends Error {
  override readonly name = 'SuiteFault';
}

/** A judgement with one finding. */
export function failed(input: JudgeInput, kind: FindingKind, message: string, level?: Level): Judgement {
  const finding: Finding = {
    kind,
    requirement: input.requirement,
    message,
    exchange: input.exchange.id,
    ...(level === undefined ? {} : { level }),
  };
  return { findings: [finding] };
}

/** What findings come to: a SHOULD is a warning, and a failure where the run is strict. */
export function verdictOf(
  findings: readonly { readonly level?: Level | undefined }[],
  level: Level,
  strict: boolean,
): CellVerdict {
  const levels = findings.map((finding) => finding.level ?? level);
  if (levels.length === 0) return 'pass';
  return strict || levels.includes('MUST') ? 'fail' : 'warn';
}

const inexcusable: readonly FindingKind[] = ['let-in', 'side-effect', 'leak'];

/** True of what no failure of a server or of a connection explains. */
export function stands({ kind }: Pick<Finding, 'kind'>): boolean {
  return inexcusable.includes(kind);
}

/** "201 application/json" */
export function describeAnswer(exchange: Exchange): string {
  const { response, failure } = exchange;
  if (response === undefined) return failure?.message ?? 'no answer';
  const type = headerOf(exchange, 'content-type')?.split(';')[0]?.trim();
  return type === undefined || response.body === '' ? `${response.status}` : `${response.status} ${type}`;
}

/** The first value of a response header, by case-insensitive name. */
export function headerOf(exchange: Exchange, name: string): string | undefined {
  return headersOf(exchange, name)[0];
}

/** All values of a response header. */
export function headersOf(exchange: Exchange, name: string): readonly string[] {
  return (exchange.response?.headers ?? [])
    .filter(([candidate]) => candidate.toLowerCase() === name)
    .map(([, value]) => value);
}
