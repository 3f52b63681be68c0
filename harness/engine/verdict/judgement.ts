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

/** Everything that is needed to judge one exchange. */
export interface JudgeInput {
  readonly requirement: string;
  readonly exchange: Exchange;
  readonly operation: Operation;
  /** True if a server that accepts the key answers this request with success. */
  readonly succeeds: boolean;
  /** Ids of the first project, which no other project's key may see. */
  readonly otherProjectIds: readonly string[];
  /** Ids, reference ids and e-mail addresses of objects in the first project; no rejection may contain them. */
  readonly texts?: readonly string[];
  /** The status of a path that does not exist, with the unmodified write key. */
  readonly unknownPath?: number | undefined;
  /** Says why a body is not the documented one of an operation and a status. */
  readonly validate?: (operation: string, status: number, body: string) => string | undefined;
}

/** The verdict of an expectation on an exchange; `undecided` if neither pass nor fail is certain. */
export interface Judgement {
  readonly findings: readonly Finding[];
  readonly undecided?: Reason;
}

export const passed: Judgement = { findings: [] };

/** A fault of the suite itself; ends the run with exit code 3 and never counts against the target. */
export class SuiteFault extends Error {
  override readonly name = 'SuiteFault';
}

/** How a finding is reported, in addition to its message. */
interface FindingOptions {
  readonly level?: Level | undefined;
  /** The answer, if the message does not say anything else. */
  readonly tells?: string | undefined;
}

/** A judgement with one finding. */
export function failed(
  input: JudgeInput,
  kind: FindingKind,
  message: string,
  { level, tells }: FindingOptions = {},
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

/** True for a message that only a raw socket sends, such as one with a trailer field. */
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
