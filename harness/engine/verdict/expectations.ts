import { because, type Expectation, isAccepted, isOverload, isRedirect, stands } from '../../model/index.ts';
import { leaksData } from './data-leak.ts';
import {
  describeAnswer,
  failed,
  isUnusual,
  type JudgeInput,
  type Judgement,
  passed,
  SuiteFault,
} from './judgement.ts';
import { keyNotRepeated, noRedirect, noWayIn } from './no-way-in.ts';
import {
  deadKey,
  notFound,
  nothingOfOthers,
  nothingUnnamed,
  notMade,
  showsNothing,
} from './other-projects.ts';

type Judge = (input: JudgeInput, status: number) => Judgement;

interface Rule {
  /** In words for people. */
  readonly wanted: string;
  readonly judge: Judge;
}

const tooLarge = [400, 413, 414, 431];

/** Rules for a key that must not be accepted, whatever the exact expected status is. */
function notLetIn(input: JudgeInput, status: number, wanted: string): Judgement {
  const answer = describeAnswer(input.exchange);
  if (isAccepted(status)) {
    return failed(input, 'let-in', `${wanted} was expected; the answer is ${answer}, accepted`, {
      level: 'MUST',
      tells: answer,
    });
  }
  if (isRedirect(status)) {
    return failed(input, 'redirect', `${wanted} was expected; the answer is a redirect (${answer})`, {
      tells: answer,
    });
  }
  if (status >= 500) {
    return failed(input, 'server-error', `${wanted} was expected; the server fails with ${answer}`, {
      tells: answer,
    });
  }
  return failed(input, 'wrong-status', `${wanted} was expected; the answer is ${answer}`, { tells: answer });
}

function refusal(...accepted: readonly number[]): Judge {
  return (input, status) =>
    accepted.includes(status) ? passed : notLetIn(input, status, accepted.slice(0, 1).join());
}

/** A gateway that answers every unknown path with 403, even to a valid key, reveals nothing by that. */
function noSuchPath(input: JudgeInput, status: number): Judgement {
  const uniform = status === 403 && input.unknownPath === 403;
  return uniform ? passed : refusal(401, 404, 405)(input, status);
}

/** The expected status passes, a tolerated one is a warning (level SHOULD), anything else fails. */
function tolerant(wanted: number, tolerated: readonly number[], why: string): Judge {
  return (input, status) => {
    if (status === wanted) return passed;
    if (tolerated.includes(status)) {
      return failed(input, 'wrong-status', `${wanted} was expected; the answer is ${status}: ${why}`, {
        level: 'SHOULD',
      });
    }
    return notLetIn(input, status, String(wanted));
  };
}

/** A MUST with a valid body and known ids. If an object could not be created, a 404 means nothing. */
function forbidden(input: JudgeInput, status: number): Judgement {
  if (notImplemented.includes(status)) return passed;
  if (!input.succeeds && contentProblem.includes(status)) return { findings: [], undecided: notMade };
  return refusal(403)(input, status);
}

const contentProblem = [400, 404, 409, 422];
/** The method is not implemented here, or anywhere (RFC 9110, 15.5.6 and 15.6.2): this grants nothing to anybody. */
const notImplemented = [405, 501];

function accepted(input: JudgeInput, status: number): Judgement {
  const answer = describeAnswer(input.exchange);
  const wanted = input.succeeds ? input.operation.success.join(' or ') : 'anything but 401 or 403';
  if (status === 401 || status === 403) {
    return failed(input, 'shut-out', `${wanted} was expected; the answer is ${answer}, rejected`, {
      tells: answer,
    });
  }
  if (status >= 500 && !notImplemented.includes(status))
    return failed(input, 'server-error', `${wanted} was expected; the server fails with ${answer}`, {
      tells: answer,
    });
  if (status >= 300 && status < 400) {
    return failed(input, 'redirect', `${wanted} was expected; the answer is a redirect (${answer})`, {
      tells: answer,
    });
  }
  // If a write fails on its content, the key was accepted; whether the write could succeed does not depend on the key.
  if (status < 300 || !input.succeeds) return passed;
  const isLetThrough = [...contentProblem, ...notImplemented].includes(status);
  if (input.operation.permission === 'write' && isLetThrough) return passed;
  return {
    findings: [],
    undecided: because('let-through-without-success', { answer }),
  };
}

function acceptedIfAlive(input: JudgeInput, status: number): Judgement {
  return status === 401 ? { findings: [], undecided: deadKey } : accepted(input, status);
}

/** For paths that need not exist: only a success and a server error are wrong. */
function anyRefusal(input: JudgeInput, status: number): Judgement {
  // An unknown transfer or content coding may be answered with 501 (RFC 9112 section 6.1).
  const refused = status === 501 || (status >= 300 && status < 500 && !isAccepted(status));
  return refused ? passed : notLetIn(input, status, 'a rejection');
}

/** Reading a malformed message leniently does not admit an attacker, because the key in it is valid. */
function malformed(input: JudgeInput, status: number): Judgement {
  if (status === 400 || status === 401) return passed;
  if (status >= 500)
    return failed(input, 'server-error', `400 or 401 was expected; the server fails with ${status}`, {
      tells: String(status),
    });
  const kind = status >= 300 && status < 400 ? 'redirect' : 'wrong-status';
  const answer = describeAnswer(input.exchange);
  return failed(input, kind, `400 or 401 was expected; the answer is ${answer}`, { tells: answer });
}

/** A valid key with extra characters that common parsers drop: lenient, but no access for an attacker. */
function lenient(input: JudgeInput, status: number): Judgement {
  if (status === 400) return malformedCredentials(input, status);
  // If a valid request fails on its content, the key was accepted: the object may exist from an earlier request.
  if (!isAccepted(status) && !contentProblem.includes(status)) return refusal(401)(input, status);
  const answer = describeAnswer(input.exchange);
  const message = `401 was expected; the answer is ${answer}: the value is read leniently, and the key in it is valid`;
  return failed(input, 'let-in', message, { level: 'SHOULD' });
}

const malformedCredentials = tolerant(
  401,
  [400],
  'RFC 6750, section 3.1, allows 400 for a malformed Authorization value',
);

const orderOfChecks: Judge = (input, status) =>
  notImplemented.includes(status) ? passed : contentFirst(input, status);
const contentFirst = tolerant(403, contentProblem, 'the content is checked before the permission');

const rules: Readonly<Record<Exclude<Expectation, 'observed'>, Rule>> = {
  unauthorized: { wanted: '401', judge: refusal(401) },
  'unauthorized, 400 tolerated': {
    wanted: '401',
    judge: malformedCredentials,
  },
  'unauthorized, leniency tolerated': { wanted: '401', judge: lenient },
  'unauthorized, or too large': {
    wanted: '401, or 400, 413, 414, 431 for its size',
    judge: refusal(401, ...tooLarge),
  },
  'unauthorized, or no such path': { wanted: '401 or 404', judge: noSuchPath },
  forbidden: { wanted: '403', judge: forbidden },
  'forbidden, order of checks tolerated': { wanted: '403', judge: orderOfChecks },
  accepted: { wanted: 'success', judge: accepted },
  'accepted, 401 undecided': { wanted: 'success', judge: acceptedIfAlive },
  'not found': { wanted: '404', judge: notFound },
  'nothing of another project': {
    wanted: '404, or an answer without anything of the other project',
    judge: nothingOfOthers,
  },
  'nothing unnamed of another project': {
    wanted: '404, or an answer without anything of the other project but what the request names',
    judge: nothingUnnamed,
  },
  'shows nothing of the project': {
    wanted: 'an answer without anything of the project',
    judge: showsNothing,
  },
  'not let in': { wanted: 'any rejection', judge: anyRefusal },
  'no way in': { wanted: 'anything but a success of the operation', judge: noWayIn },
  'no redirect': { wanted: 'anything but a redirect', judge: noRedirect },
  'key not repeated': { wanted: 'an answer without the key', judge: keyNotRepeated },
  'no such operation': { wanted: 'the answer of a path that does not exist', judge: anyRefusal },
  'refused as malformed': { wanted: '400 or 401', judge: malformed },
  'no server error': {
    wanted: 'anything but a server error',
    judge: (input, status) =>
      status >= 500
        ? failed(input, 'server-error', `the server fails with ${status}`, { tells: String(status) })
        : passed,
  },
};

/** What an expectation requires, in words for people. */
export function describeExpectation(expectation: Expectation): string {
  return expectation === 'observed' ? 'nothing wrong in any exchange of the run' : rules[expectation].wanted;
}

/** Expectations for rejected keys, and for objects of another project. */
const refusals: ReadonlySet<Expectation> = new Set<Expectation>([
  'unauthorized',
  'unauthorized, 400 tolerated',
  'unauthorized, leniency tolerated',
  'unauthorized, or too large',
  'unauthorized, or no such path',
  'forbidden',
  'forbidden, order of checks tolerated',
  'not let in',
  'no way in',
]);
const apart: ReadonlySet<Expectation> = new Set<Expectation>([
  'not found',
  'nothing of another project',
  'nothing unnamed of another project',
]);

/** Only the status is a rejection, but the body has data that must stay hidden: the handler continued. */
function withLeak(expectation: Expectation, input: JudgeInput, status: number, judged: Judgement): Judgement {
  const { texts: names = [], otherProjectIds } = input;
  const texts = apart.has(expectation)
    ? [...names, ...otherProjectIds]
    : refusals.has(expectation)
      ? names
      : [];
  if (status < 300 || !leaksData(input.exchange, texts)) return judged;
  const message = `the answer ${describeAnswer(input.exchange)} contains data: ids or names from the project that are not in the request`;
  return failed(input, 'leak', message, { level: 'MUST' });
}

/**
 * Overload says nothing about a key, and only `contract/no-server-error` judges server errors. A front end may answer a
 * message that it does not accept with such a status, which is a rejection.
 */
function overloaded(input: JudgeInput, status: number, judged: Judgement): Judgement {
  if (judged.findings.length === 0 || judged.findings.some(stands)) return judged;
  const refused = isUnusual(input.exchange) && judged.findings.every(({ kind }) => kind !== 'shut-out');
  if (refused) return passed;
  return { findings: [], undecided: because('says-nothing-of-key', { status }) };
}

/** Judges one exchange by one expectation. Throws SuiteFault if the suite itself failed. */
export function judge(expectation: Expectation, input: JudgeInput): Judgement {
  const { response, failure } = input.exchange;
  if (failure?.kind === 'suite') throw new SuiteFault(failure.message);
  if (failure !== undefined) {
    return { findings: [], undecided: because('no-answer', { message: failure.message }) };
  }
  if (response === undefined) throw new SuiteFault('an exchange has neither response nor failure');
  if (expectation === 'observed') return passed;
  const judged = rules[expectation].judge(input, response.status);
  const excused = isOverload(response.status) && expectation !== 'no server error';
  const said = excused ? overloaded(input, response.status, judged) : judged;
  return withLeak(expectation, input, response.status, said);
}
