import type { Exchange, Family, Finding, Observation, Operation } from '../model.ts';
import { observeContract } from '../verdict/observations/contract.ts';
import { observeHygiene } from '../verdict/observations/hygiene.ts';
import type { BodyValidator } from '../verdict/observations/schemas.ts';
import { observeTransport } from '../verdict/observations/transport.ts';

/** A finding of a requirement that watches every exchange. */
export interface ObservedFinding extends Finding {
  readonly operation: string;
}

/**
 * Looks at one exchange for every watching requirement. `flagged`: the scenario has found something wrong with it
 * already, so that its status and body are not held against the contract a second time.
 */
export type Observer = (exchange: Exchange, flagged: boolean) => readonly ObservedFinding[];

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
  const byId = new Map(operations.map((operation) => [operation.id, operation]));
  return (exchange, flagged) => {
    const operation = exchange.operation === undefined ? undefined : byId.get(exchange.operation);
    const contract = flagged ? [] : observeContract(exchange, operation, validate);
    return [...contract, ...observeHygiene(exchange), ...observeTransport(exchange)].flatMap(
      ({ observation, kind, message }) => {
        const requirement = watchers.get(observation);
        const where = exchange.operation ?? `${exchange.request.method} elsewhere`;
        return requirement === undefined
          ? []
          : [{ kind, requirement, message, exchange: exchange.id, operation: where }];
      },
    );
  };
}
