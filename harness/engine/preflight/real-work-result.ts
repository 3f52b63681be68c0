import { defined } from '../../model/defined.ts';
import { type CellResult, type Family, type ScenarioResult, summarise } from '../../model/index.ts';
import { allScenarios } from '../matrix/expand.ts';
import { createObserver } from '../session/observer.ts';
import { allOf, didNotRepeat, lastOf, type RepeatedRequest } from '../session/repeat.ts';
import { logged } from '../session/repeat-log.ts';
import type { SentRequest } from '../session/send.ts';
import type { Session } from '../session/session.ts';
import { judge } from '../verdict/expectations.ts';
import { type Judgement, stands, verdictOfFindings } from '../verdict/judgement.ts';

/**
 * Judges what the write key did in the preflight, as the scenario of real work in the catalogue. Returns a function that
 * adds the requests and the time of the preflight so far.
 */
export function judgeRealWork(
  session: Session,
  catalogue: readonly Family[],
  built: readonly RepeatedRequest[],
  worked: readonly RepeatedRequest[],
): (() => ScenarioResult) | undefined {
  const found = allScenarios(catalogue).find(({ scenario }) => scenario.procedure === 'real work');
  if (found === undefined) return undefined;
  const operations = session.state.operations.map(({ operation }) => operation);
  const observer = createObserver(catalogue, operations, session.validate);
  const { strict } = session.state.options;
  const writing = new Set(operations.filter(({ permission }) => permission === 'write').map(({ id }) => id));
  const created = built.filter(({ exchange }) => writing.has(exchange.operation ?? ''));
  const all = [...created, ...worked].sort(byStart);
  const present = session.state.operations.filter(({ availability }) => availability !== 'absent');
  const cells = present.flatMap(({ operation }): CellResult[] => {
    const sent = all.filter(({ exchange }) => exchange.operation === operation.id);
    if (sent.length === 0) return [];
    const judgements = sent.map((one): Judgement => {
      const doubt = didNotRepeat(one);
      // The first of two requests may have had an effect before it failed, and so the second is rejected.
      if (doubt !== undefined) return { findings: [], undecided: doubt };
      const { exchange } = lastOf(one);
      return judge('accepted', {
        requirement: found.requirement.id,
        exchange,
        operation,
        succeeds: true,
        otherProjectIds: [],
      });
    });
    const findings = judgements.flatMap((judgement) => judgement.findings);
    const undecided = judgements.find((judgement) => judgement.undecided !== undefined)?.undecided;
    const verdict =
      undecided !== undefined && findings.length === 0
        ? ('inconclusive' as const)
        : verdictOfFindings(findings, found.requirement.level, strict);
    return [
      {
        operation: operation.id,
        verdict,
        ...defined({ because: undecided }),
        findings,
        exchanges: sent.flatMap(allOf).map(({ exchange }) => exchange.id),
      },
    ];
  });
  // For requests that only look for objects, an answer with something wrong is also evidence.
  const elsewhere = built.filter(
    (one) => !created.includes(one) && observer(lastOf(one).exchange, false).length > 0,
  );
  const judged = new Set(cells.flatMap((cell) => cell.findings.map(({ exchange }) => exchange)));
  const result = {
    scenario: found.id,
    ...summarise(cells),
    sent: found.scenario.title,
    expected: 'success',
    cells,
    observed: [...built, ...worked]
      .filter(({ exchange }) => present.some(({ operation }) => operation.id === exchange.operation))
      .sort(byStart)
      .flatMap((one) =>
        allOf(one).flatMap(({ exchange }) =>
          exchange === lastOf(one).exchange
            ? observer(exchange, judged.has(exchange.id))
            : observer(exchange, true).filter(stands),
        ),
      ),
    exchanges: [...all, ...elsewhere].flatMap(allOf).map(({ record }) => record),
  };
  return () => ({
    ...result,
    ...logged(session.repeats),
    requests: session.prober.requests,
    durationMs: Date.now() - session.state.startedAt,
  });
}

/** The fixture is created with several requests at a time. Sorted by start, the same run always reads the same. */
function byStart({ exchange: one }: SentRequest, { exchange: other }: SentRequest): number {
  return one.startedMs - other.startedMs;
}
