import { because } from '../../model/index.ts';
import { leaksData } from './data-leak.ts';
import { describeAnswer, failed, type JudgeInput, type Judgement, passed } from './judgement.ts';

/** What the request names could not be made, so the answer says nothing. */
export const notMade = because('names-not-made');

/** Objects of another project must look as if they did not exist, or as if the key had no access to them. */
const hidden = [400, 403, 404, 409, 422];

function crossRefused(input: JudgeInput, status: number): Judgement {
  const answer = describeAnswer(input.exchange);
  if (hidden.includes(status)) return passed;
  if (status === 401) return { findings: [], undecided: deadKey };
  if (status >= 500)
    return failed(input, 'server-error', `404 was expected; the server fails with ${answer}`, {
      tells: answer,
    });
  const kind = status < 400 ? 'redirect' : 'wrong-status';
  return failed(input, kind, `404 was expected; the answer is ${answer}`, { tells: answer });
}

/** The key of the other project is rejected. */
export const deadKey = because('other-key-dead');

/** A thing of another project is answered as one that does not exist. */
export function notFound(input: JudgeInput, status: number): Judgement {
  if (!input.succeeds && hidden.includes(status)) return { findings: [], undecided: notMade };
  return status < 300 ? crossSuccess(input, status, '404 was expected; ') : crossRefused(input, status);
}

/** An answer may be a success, but shows nothing of the other project. */
export function nothingOfOthers(input: JudgeInput, status: number): Judgement {
  const vacuous = !input.succeeds || input.otherProjectIds.length === 0;
  if (vacuous && (status < 300 || hidden.includes(status))) return { findings: [], undecided: notMade };
  if (status >= 300) return crossRefused(input, status);
  return crossIdIn(input) === undefined ? passed : crossSuccess(input, status, '');
}

/** Where a request names a thing of the other project, only what it does not name shows that the thing was found. */
export function nothingUnnamed(input: JudgeInput, status: number): Judgement {
  const { exchange, otherProjectIds, texts = [] } = input;
  const isPlain = !input.succeeds || otherProjectIds.length === 0 || status >= 300;
  if (isPlain) return nothingOfOthers(input, status);
  return leaksData(exchange, [...otherProjectIds, ...texts]) ? crossSuccess(input, status, '') : passed;
}

function crossIdIn({ exchange, otherProjectIds }: JudgeInput): string | undefined {
  return otherProjectIds.find((id) => exchange.response?.body.includes(id));
}

/** For methods that need no key: an answer is fine if it shows nothing of the project but what was asked for. */
export function showsNothing(input: JudgeInput, status: number): Judgement {
  if (status >= 500)
    return failed(input, 'server-error', `the server fails with ${status}`, { tells: String(status) });
  const { exchange, otherProjectIds, texts = [] } = input;
  if (otherProjectIds.length === 0) return { findings: [], undecided: notMade };
  if (!leaksData(exchange, [...otherProjectIds, ...texts])) return passed;
  return failed(input, 'leak', `the answer ${describeAnswer(exchange)} shows what belongs to the project`);
}

/** Quotes the other project's id if the answer contains it: in a list nothing else shows the owner. */
function crossSuccess(input: JudgeInput, status: number, due: string): Judgement {
  const id = crossIdIn(input);
  const what = id === undefined ? 'what belongs' : `${id}, which belongs`;
  const [kind, does] =
    input.operation.permission === 'read' ? (['leak', 'shows'] as const) : (['let-in', 'changes'] as const);
  return failed(input, kind, `${due}${status} ${does} ${what} to the other project`);
}
