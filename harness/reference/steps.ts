import { complaints } from './document.ts';
import type { Keyring } from './keyring.ts';
import type { Call, Step } from './model.ts';
import { handlers } from './operations/index.ts';
import type { Policy } from './policy.ts';
import { Refusal } from './refusal.ts';
import { Scope, type Store } from './store.ts';

/** The parts of one server instance. */
export interface World {
  readonly policy: Policy;
  readonly ring: Keyring;
  readonly store: Store;
}

/** The checks of a request. Each lets the call pass or throws a Refusal. */
export const steps: Readonly<Record<Step, (world: World, call: Call) => void | Promise<void>>> = {
  throttle,
  authenticate,
  authorize,
  validate,
  locate,
  perform,
};

function throttle({ policy }: World, call: Call): void {
  if (policy.throttle(call)) throw new Refusal('throttled');
}

async function authenticate({ policy, ring }: World, call: Call): Promise<void> {
  const exempt = await policy.exempt(call, ring);
  if (exempt !== undefined) {
    call.caller = { claims: exempt, project: exempt.project, permission: exempt.permission };
    return;
  }
  const credential = await policy.readCredential(call.request, policy.parseAuthorization);
  if (credential.kind !== 'token') throw new Refusal(credential.kind);
  call.presented = credential.token;
  const claims = await policy.verify(credential.token, ring, call);
  if (claims === undefined) throw new Refusal('unverified');
  if (!policy.isLive(ring.find(claims.sub), claims, call)) throw new Refusal('dead');
  if (policy.isExpired(claims, ring.now())) throw new Refusal('expired');
  if (!policy.isHere(claims, ring.environment)) throw new Refusal('environment');
  call.caller = {
    claims,
    project: await policy.projectOf(claims, call.request),
    permission: policy.permissionOf(claims, call.request),
  };
}

async function authorize({ policy }: World, call: Call): Promise<void> {
  const { operation, caller } = call;
  if (operation === undefined) throw new Refusal('missing');
  if (caller === undefined) throw new Refusal('none');
  if (!(await policy.mayCall(caller.permission, operation, call.request))) throw new Refusal('permission');
}

async function validate(_: World, call: Call): Promise<void> {
  if (call.operation === undefined) return;
  await readBody(call);
  const found = complaints(call.operation, call.params, call.request.query, call.body);
  if (found.length > 0) throw new Refusal('invalid', ...found);
}

async function locate(world: World, call: Call): Promise<void> {
  const handler = handlers[call.operation?.operationId ?? ''];
  if (handler?.locate === undefined || !(await canRead(call))) return;
  if (!handler.locate(scopeOf(world, call), call)) throw new Refusal('missing');
}

async function perform(world: World, call: Call): Promise<void> {
  const handler = handlers[call.operation?.operationId ?? ''];
  if (handler === undefined) throw new Refusal('missing');
  await readBody(call);
  call.result = handler.perform(scopeOf(world, call), call);
}

function scopeOf({ store, policy }: World, call: Call): Scope {
  return new Scope(store, policy, call.caller?.project ?? '', call.operation?.operationId ?? '');
}

async function canRead(call: Call): Promise<boolean> {
  return readBody(call).then(
    () => true,
    () => false,
  );
}

async function readBody(call: Call): Promise<void> {
  if (call.body !== undefined || (call.operation ?? call.request).method === 'GET') return;
  try {
    call.body = JSON.parse(await call.request.text());
  } catch {
    throw new Refusal('invalid', 'body must be JSON');
  }
}
