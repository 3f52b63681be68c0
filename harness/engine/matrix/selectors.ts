import {
  type Depth,
  dueAnswers,
  type Mode,
  type Operation,
  type OperationSelector,
  preparationSteps,
  type RequestVariant,
  type Scenario,
} from '../../model/index.ts';
import { known } from './operations/index.ts';
import { type KnownOperation, offers } from './operations/known-operation.ts';
import { growsByIt, namesAnId } from './requests.ts';

/** The operations of a group, in the order of the document. `request` is what the scenario sends to them. */
export function selectOperations(
  selector: OperationSelector,
  operations: readonly Operation[],
  request: RequestVariant = 'valid',
): readonly Operation[] {
  if (selector === 'one operation of each kind') return oneOfEachKind(operations);
  if (selector === 'one write operation of each method') return oneOfEachKind(operations).filter(writes);
  if (selector !== 'one read operation') {
    return operations.filter((operation) => groups[selector](operation, known(operation), request));
  }
  const stands = groups['one read and one write operation'];
  const reading = operations.filter(reads);
  const chosen = reading.find((operation) => stands(operation, known(operation), request)) ?? reading[0];
  return chosen === undefined ? [] : [chosen];
}

type IsInGroup = (
  operation: Operation,
  knowledge: KnownOperation | undefined,
  request: RequestVariant,
) => boolean;

const reads = ({ permission }: Operation): boolean => permission === 'read';
const writes = ({ permission }: Operation): boolean => permission === 'write';
const needsSomething: IsInGroup = (_operation, knowledge) => knowledge?.needs !== undefined;

const groups: Readonly<
  Record<
    Exclude<
      OperationSelector,
      'one read operation' | 'one operation of each kind' | 'one write operation of each method'
    >,
    IsInGroup
  >
> = {
  'every operation': () => true,
  'every read operation': reads,
  'every write operation': writes,
  'every operation with a body': ({ takesBody }) => takesBody,
  'every operation with an id': namesAnId,
  'every write operation with an id in its path': (operation) =>
    writes(operation) && operation.path.includes('{'),
  'every operation that needs something': needsSomething,
  'every read operation that needs something': (...one) => reads(one[0]) && needsSomething(...one),
  'every write operation that needs something': (...one) => writes(one[0]) && needsSomething(...one),
  'every write operation that needs something but an item': (...one) =>
    writes(one[0]) && needsSomething(...one) && one[1]?.needs?.includes('item') !== true,
  'every write operation that offers the request': (operation, knowledge, request) =>
    writes(operation) && knowledge !== undefined && offers(knowledge, request),
  'every GET operation': ({ method }) => method === 'GET',
  'every list': (_operation, knowledge) => knowledge?.paging !== undefined,
  'every repeatable write': (operation, knowledge) =>
    writes(operation) && knowledge !== undefined && !growsByIt(operation),
  'every repeatable write about an event': (operation, knowledge, request) =>
    groups['every repeatable write'](operation, knowledge, request) && knowledge?.about === 'event',
  'every read operation about a user': (operation, knowledge) =>
    reads(operation) && knowledge?.about === 'user',
  'every traceable write': (operation, knowledge) => writes(operation) && knowledge?.lookup !== undefined,
  'every write that is traceable by its text': (operation, knowledge) =>
    writes(operation) && knowledge?.lookup?.unmistakable === true,
  'every write that is traceable across projects': (operation, knowledge) =>
    writes(operation) && knowledge?.lookup !== undefined && knowledge.lookup.staysWithWriter !== true,
  'every read operation of one thing': (operation, knowledge) =>
    reads(operation) && knowledge?.lookup !== undefined,
  'operations that show access': (_operation, knowledge) => knowledge?.showsAccess === true,
  'one read and one write operation': (_operation, knowledge) => knowledge?.stands === true,
  'every operation that is claimed absent': () => false,
};

/**
 * At depth quick one read and one write operation represent all; lifecycle scenarios on one operation do not change.
 */
export function limitToDepth(operations: readonly Operation[], depth: Depth): readonly Operation[] {
  if (depth === 'full') return operations;
  const chosen = [firstOf(operations, 'read'), firstOf(operations, 'write')];
  return chosen.filter((operation) => operation !== undefined);
}

/** The operations that a mode allows. Except in mode full, write operations only get keys that must be rejected. */
export function limitToMode(
  operations: readonly Operation[],
  scenario: Scenario,
  mode: Mode,
): readonly Operation[] {
  if (mode === 'full') return operations;
  const { key, forge, prepare, procedure, expect } = scenario;
  const usesIt = prepare !== undefined && preparationSteps[prepare].uses !== undefined;
  const isDue = [401, 403].includes(dueAnswers[expect].status ?? 0);
  const isRefused = isDue && procedure === undefined && !usesIt;
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
