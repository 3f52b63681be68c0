import { randomUUID } from 'node:crypto';
import { parsed, unauthorized, type World } from './api.ts';
import type { Grant } from './keys.ts';
import { type Message, type Reply, valuesOf } from './message.ts';
import { invalid, notFound } from './operation.ts';
import { isId, isInteger, isOneOf, isText, problemsIn, type Shape } from './shapes.ts';

/** What key control needs in addition to the world. */
export interface ControlSettings {
  readonly token: string;
  /** Projects by name; the first one is for keys that name none. */
  readonly projects: Map<string, string>;
  readonly jwksUrl: string;
}

const shapes: Readonly<Record<string, Shape>> = {
  projects: { 'name!': isText(1, 255) },
  keys: { 'permission!': isOneOf('read', 'write'), project_id: isId, expires_in: isInteger(1) },
  clock: { 'advance_by!': isInteger(0) },
};

/** Answers one request to key control; the path is relative to its base. */
export function answerControl(
  world: World,
  settings: ControlSettings,
  message: Message,
  path: string,
): Reply {
  const [presented] = valuesOf(message, 'authorization');
  if (presented !== `Bearer ${settings.token}`) return unauthorized;
  const [, kind = '', id = '', action] = path.split('/');
  const step = `${message.method} ${[kind, ...(id === '' ? [] : ['*']), ...(action === undefined ? [] : [action])].join('/')}`;
  if (step === 'GET ') return { status: 200, body: described(settings) };
  if (step === 'POST keys/*/regenerate') return regenerated(world, id);
  if (step === 'DELETE keys/*') return revoked(world, id);
  const shape = shapes[kind];
  if (message.method !== 'POST' || id !== '' || shape === undefined) return notFound;
  const body = parsed(message.body);
  const problems = problemsIn(shape, body);
  if (problems.length > 0) return invalid(problems);
  const asked = body as Readonly<Record<string, unknown>>;
  if (kind === 'projects') return project(settings, String(asked.name));
  if (kind === 'keys') return issued(world, settings, asked);
  return { status: 200, body: { now: world.desk.advance(Number(asked.advance_by)) } };
}

function described({ jwksUrl }: ControlSettings) {
  const implementation = { name: 'mufi-independent', version: '2.0' };
  return { implementation, features: ['keys', 'projects', 'expiring-keys', 'clock'], jwks_url: jwksUrl };
}

function project({ projects }: ControlSettings, name: string): Reply {
  const id = projects.get(name) ?? randomUUID();
  projects.set(name, id);
  return { status: 201, body: { id, name } };
}

function issued(
  { desk }: World,
  { projects }: ControlSettings,
  asked: Readonly<Record<string, unknown>>,
): Reply {
  const [home = ''] = projects.values();
  const { project_id = home, permission, expires_in } = asked;
  const tenant = [...projects.values()].find((one) => one === project_id);
  if (tenant === undefined) return notFound;
  const lifetime = typeof expires_in === 'number' ? expires_in : undefined;
  const { grant, key } = desk.issue({ tenant, mayWrite: permission === 'write', lifetime });
  return { status: 201, body: shown(grant, key) };
}

function regenerated({ desk }: World, id: string): Reply {
  const grant = desk.active(id);
  return grant === undefined ? notFound : { status: 200, body: shown(grant, desk.regenerate(grant)) };
}

function revoked({ desk }: World, id: string): Reply {
  const grant = desk.active(id);
  if (grant === undefined) return notFound;
  grant.isRevoked = true;
  return { status: 204 };
}

function shown({ id, tenant, mayWrite }: Grant, key: string) {
  return { id, key, project_id: tenant, permission: mayWrite ? 'write' : 'read' };
}
