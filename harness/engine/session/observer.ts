import { defined } from '../../model/defined.ts';
import {
  type BadCredential,
  type Exchange,
  type Family,
  type Finding,
  isAccepted,
  type Observation,
  type Operation,
} from '../../model/index.ts';
import { known } from '../matrix/operations/index.ts';
import { describeAnswer } from '../verdict/judgement.ts';
import { observeContract } from '../verdict/observations/contract.ts';
import { observeHygiene } from '../verdict/observations/hygiene.ts';
import type { BodyValidator } from '../verdict/observations/schemas.ts';
import { observeTransport } from '../verdict/observations/transport.ts';

/** A finding of a requirement that watches every exchange. */
export interface OperationFinding extends Finding {
  readonly operation: string;
}

/**
 * Checks one exchange for every watching requirement. `flagged`: the scenario already has a finding, so status and body
 * are not judged a second time. `accepted`: the finding is that a credential was accepted.
 */
export type Observer = (
  exchange: Exchange,
  flagged: boolean,
  accepted?: boolean,
) => readonly OperationFinding[];

export function createObserver(
  catalogue: readonly Family[],
  operations: readonly Operation[],
  validate: BodyValidator,
): Observer {
  const watchers = new Map<Observation, string>(
    catalogue
      .flatMap(({ requirements }) => requirements)
      .flatMap(({ id, observe }) => (observe === undefined ? [] : [[observe, id] as const])),
  );
  const guards = new Map<BadCredential, string>(
    catalogue
      .flatMap(({ requirements }) => requirements)
      .flatMap(({ id, guards: guarded }) => (guarded === undefined ? [] : [[guarded, id] as const])),
  );
  /** An accepted bad credential is a failure of a MUST, whichever scenario sent it and whatever for. */
  const guarded = (exchange: Exchange): readonly OperationFinding[] => {
    const { bad, response, id, operation } = exchange;
    const requirement = bad === undefined ? undefined : guards.get(bad);
    if (requirement === undefined || operation === undefined || !isAccepted(response?.status)) return [];
    const message = `the answer is ${describeAnswer(exchange)}: a request with ${withArticle[bad ?? 'no key']} is accepted`;
    return [{ kind: 'let-in', level: 'MUST', requirement, message, exchange: id, operation }];
  };
  const byId = new Map(operations.map((operation) => [operation.id, operation]));
  return (exchange, flagged, accepted = false) => {
    const operation = exchange.operation === undefined ? undefined : byId.get(exchange.operation);
    const conflicts = operation !== undefined && known(operation)?.conflicts === true;
    const contract = flagged ? [] : observeContract(exchange, operation, validate, conflicts);
    const watched = [...contract, ...observeHygiene(exchange), ...observeTransport(exchange)].flatMap(
      ({ observation, kind, message, level, tells }) => {
        const requirement = watchers.get(observation);
        const where = exchange.operation ?? `${exchange.request.method} elsewhere`;
        return requirement === undefined
          ? []
          : [
              {
                kind,
                requirement,
                message,
                ...defined({ level, tells }),
                exchange: exchange.id,
                operation: where,
              },
            ];
      },
    );
    return accepted ? watched : [...watched, ...guarded(exchange)];
  };
}

const withArticle: Readonly<Record<BadCredential, string>> = {
  'no key': 'no key',
  'unsigned key': 'an unsigned key',
  'forged key': 'a forged key',
  'revoked key': 'a revoked key',
  'key of another environment': 'a key of another environment',
};
