import type { Depth, Mode, Operation, OperationSelector, Scenario } from '../../model/index.ts';
import { namesAnId } from './requests.ts';

const readExample = 'GET /v1/version';

/** The operations that a selector names, in the order of the document. */
export function selectOperations(
  selector: OperationSelector,
  operations: readonly Operation[],
): readonly Operation[] {
  if (typeof selector === 'object') {
    return operations.filter(({ id }) => selector.operations.includes(id));
  }
  switch (selector) {
    case 'every operation':
      return operations;
    case 'every read operation':
      return operations.filter(({ permission }) => permission === 'read');
    case 'every write operation':
      return operations.filter(({ permission }) => permission === 'write');
    case 'every operation with a body':
      return operations.filter(({ takesBody }) => takesBody);
    case 'every operation with an id':
      return operations.filter(namesAnId);
    case 'every operation that is claimed absent':
      return [];
    case 'one operation of each kind':
      return oneOfEachKind(operations);
    case 'one write operation of each method':
      return oneOfEachKind(operations).filter(({ permission }) => permission === 'write');
    case 'one read operation': {
      const chosen = operations.find(({ id }) => id === readExample) ?? firstOf(operations, 'read');
      return chosen === undefined ? [] : [chosen];
    }
  }
}

/** At depth quick one read and one write operation stand for all; lifecycle of one operation stays as it is. */
export function limitToDepth(operations: readonly Operation[], depth: Depth): readonly Operation[] {
  if (depth === 'full') return operations;
  const chosen = [firstOf(operations, 'read'), firstOf(operations, 'write')];
  return chosen.filter((operation) => operation !== undefined);
}

/** What a mode leaves out. A write operation is only sent a key that has to be refused unless the mode is full. */
export function limitToMode(
  operations: readonly Operation[],
  scenario: Scenario,
  mode: Mode,
): readonly Operation[] {
  if (mode === 'full') return operations;
  const livesAtFirst = /^(warmed|used)\b/.test(scenario.prepare ?? '');
  const { key, forge, procedure, expect } = scenario;
  const isRefused = /^(unauthorized|forbidden)/.test(expect) && procedure === undefined && !livesAtFirst;
  const refused = isRefused || (expect === 'no such operation' && (key ?? forge) !== undefined);
  return operations.filter(({ permission }) => permission === 'read' || (mode === 'reject-only' && refused));
}

function firstOf(operations: readonly Operation[], permission: 'read' | 'write'): Operation | undefined {
  return operations.find((operation) => operation.permission === permission);
}

function oneOfEachKind(operations: readonly Operation[]): readonly Operation[] {
  return operations.filter(
    ({ method, permission }, index) =>
      operations.findIndex((one) => one.method === method && one.permission === permission) === index,
  );
}
