import { defined } from '../../model/defined.ts';
import {
  answerName,
  type Exchange,
  type Finding,
  type FindingKind,
  type Level,
  type Operation,
  type Reason,
} from '../../model/index.ts';

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
  /** The status with which a path that does not exist answers the unmodified write key. */
  readonly unknownPath?: number | undefined;
  /** Says what keeps a body from being the documented one of an operation and a status. */
  readonly validate?: (operation: string, status: number, body: string) => string | undefined;
}

/** What an expectation says of an exchange; `undecided` where neither pass nor fail would be true. */
export interface Judgement {
  readonly findings: readonly Finding[];
  readonly undecided?: Reason;
}

export const passed: Judgement = { findings: [] };

/** A fault of the suite itself; ends the run with exit code 3 and is never held against the target. */
export class SuiteFault extends Error {
  override readonly name = 'SuiteFault';
}

/** How a finding is told besides its message. */
interface Telling {
  readonly level?: Level | undefined;
  /** The answer, where the message says nothing else. */
  readonly tells?: string | undefined;
}

/** A judgement with one finding. */
export function failed(
  input: JudgeInput,
  kind: FindingKind,
  message: string,
  { level, tells }: Telling = {},
): Judgement {
  const finding: Finding = {
    kind,
    requirement: input.requirement,
    message,
    exchange: input.exchange.id,
    ...defined({ level, tells }),
  };
  return { findings: [finding] };
}

export { stands, verdictOfFindings } from '../../model/index.ts';

/** True of a message that only a raw socket sends, such as one with a trailer field. */
export function isUnusual({ request }: Exchange): boolean {
  return request.lines !== undefined;
}

/** "201 application/json" */
export function describeAnswer(exchange: Exchange): string {
  const { response, failure } = exchange;
  return response === undefined ? (failure?.message ?? 'no answer') : answerName(response);
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
