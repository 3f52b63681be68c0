import { type ControlRow, having, long, none, of, only } from '../support/hostile-twists.ts';

/** Key control whose keys are strange. */
export const hostileKeys: readonly ControlRow[] = [
  // Keys.
  {
    does: 'answers 500 and makes the key',
    twist: of('create-key', (call) => call.pass({ status: 500 })),
    exit: 2,
    ...none,
  },
  {
    does: 'answers 302 and makes the key',
    twist: of('create-key', (call) => call.pass({ status: 302 })),
    exit: 2,
    ...none,
  },
  {
    does: 'makes keys that are not JWTs',
    twist: of(
      'create-key',
      having(() => ({ key: 'not a key' })),
    ),
    exit: 2,
    ...none,
  },
  {
    does: 'makes keys with line breaks',
    twist: of(
      'create-key',
      having(({ value }) => ({ key: `${value.key}\r\nX: y` })),
    ),
    exit: 2,
    ...none,
  },
  {
    does: 'makes keys of 200,000 characters',
    twist: of(
      'create-key',
      having(({ value }) => ({ key: `${value.key}${long}` })),
    ),
    exit: 2,
    ...none,
  },
  {
    does: 'makes keys of another type',
    twist: of(
      'create-key',
      having(({ value }) => ({ key: [value.key] })),
    ),
    exit: 2,
    ...none,
  },
  {
    does: 'makes keys without a project',
    twist: of(
      'create-key',
      having(() => ({ project_id: undefined })),
    ),
    exit: 2,
    ...none,
  },
  {
    does: 'makes keys with a permission that nobody knows',
    twist: of(
      'create-key',
      having(() => ({ permission: '__proto__' })),
    ),
    exit: 2,
    ...none,
  },
  {
    does: 'says that every key is a read key',
    twist: of(
      'create-key',
      having(() => ({ permission: 'read' })),
    ),
    exit: 0,
    ...none,
  },
  {
    does: 'makes keys whose ids are numbers',
    twist: of(
      'create-key',
      having(() => ({ id: 7 })),
    ),
    exit: 2,
    ...none,
    leaves: 'no id was told',
  },
  {
    does: 'makes keys without an id',
    twist: of(
      'create-key',
      having(() => ({ id: undefined })),
    ),
    exit: 2,
    ...none,
    leaves: 'no id was told',
  },
  {
    does: 'gives all keys one id',
    twist: of(
      'create-key',
      having(() => ({ id: 'one' })),
    ),
    exit: 2,
    ...none,
    leaves: 'no right id was told',
  },
  {
    does: 'gives keys ids that lead elsewhere',
    twist: of(
      'create-key',
      having(() => ({ id: '../../v1/items?x#y' })),
    ),
    exit: 2,
    ...none,
    leaves: 'no right id was told',
  },
  {
    does: 'gives keys ids of a single dot',
    twist: of(
      'create-key',
      having(() => ({ id: '..' })),
    ),
    exit: 2,
    ...none,
    leaves: 'no right id was told',
  },
  {
    does: 'answers a list of keys',
    twist: of('create-key', (call) => call.pass({ value: [call.value] })),
    exit: 2,
    ...none,
    leaves: 'no id was told',
  },
  {
    does: 'answers a key in the middle of noise',
    twist: of('create-key', (call) => call.pass({ text: `warning {\n${call.text}\n{"level":"info"}` })),
    exit: 0,
    ...none,
  },
  {
    does: 'answers a key and then never ends',
    twist: of('create-key', (call) =>
      call.outgoing.writeHead(201, { 'content-length': 99_999 }).write(call.text),
    ),
    exit: 2,
    ...none,
    timeoutMs: 1000,
    leaves: 'no id was told',
  },
  {
    does: 'makes a key and hangs up',
    twist: of('create-key', (call) => call.outgoing.destroy()),
    exit: 2,
    ...none,
    leaves: 'no id was told',
  },
  {
    does: 'makes every second key only',
    twist: of('create-key', (call) => call.pass(call.nth % 2 === 0 ? {} : { status: 503 })),
    exit: 2,
    ...none,
  },
  {
    does: 'regenerates no key',
    twist: (call) => call.pass(),
    refuses: only('regenerate-key'),
    exit: 2,
    ...none,
  },
  {
    does: 'answers the old id of a regenerated key',
    twist: of('regenerate-key', (call) => call.pass()),
    exit: 0,
    ...none,
  },
  {
    does: 'answers a regenerated key that is not a JWT',
    twist: of(
      'regenerate-key',
      having(() => ({ key: 'x' })),
    ),
    exit: 2,
    ...none,
  },
  {
    does: 'regenerates and answers 500',
    twist: of('regenerate-key', (call) => call.pass({ status: 500 })),
    exit: 2,
    ...none,
  },
  {
    does: 'revokes no key',
    twist: (call) => call.pass(),
    refuses: only('revoke-key'),
    exit: 2,
    ...none,
    leaves: 'it refuses to',
  },
  {
    does: 'revokes and answers 500',
    twist: of('revoke-key', (call) => call.pass({ status: 500 })),
    exit: 2,
    ...none,
  },
  {
    does: 'revokes at the second time only',
    twist: (call) => call.pass(),
    refuses: (verb, nth) => verb === 'revoke-key' && nth === 0,
    exit: 2,
    ...none,
  },
  {
    does: 'answers a revocation with 2 MiB',
    twist: of('revoke-key', (call) => call.pass({ status: 200, text: '"'.padEnd(2_000_000) })),
    exit: 2,
    ...none,
  },
  {
    does: 'makes no projects',
    twist: (call) => call.pass(),
    refuses: only('create-project'),
    exit: 2,
    ...none,
  },
];
