import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Permission } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Fault } from './fault.ts';

/** A connection remembers so many keys. */
const roomForKeys = 12;
/** A body that comes so many milliseconds after its head comes late. */
const lateMs = 150;

/** An answer takes so many milliseconds: some callers do not wait for it. */
const answerMs = 5;

/** Faults that take the caller of one request for that of another. */
export const mixedUp: readonly Fault[] = [
  {
    id: 'crowded-connection-mixes-keys',
    breaks: 'However many keys use a connection, each request has the permission of its own.',
    override: (policy: Policy) => {
      const recent = new WeakMap<object, { readonly key: string; readonly permission: Permission }[]>();
      return {
        permissionOf: (claims, request) => {
          const own = policy.permissionOf(claims, request);
          const before = recent.get(request.connection) ?? [];
          const now = [...before, { key: claims.sub, permission: own }].slice(-roomForKeys);
          recent.set(request.connection, now);
          const isCrowded = new Set(now.map(({ key }) => key)).size === roomForKeys;
          return isCrowded ? (before.at(-1)?.permission ?? own) : own;
        },
      };
    },
  },
  {
    id: 'aborted-caller-left-behind',
    breaks: 'Who sent an aborted request is forgotten with it.',
    override: (policy: Policy) => {
      const left: Permission[] = [];
      const waiting = new Map<object, Permission>();
      const watched = new WeakSet<object>();
      return {
        permissionOf: (claims, request) => {
          const own = policy.permissionOf(claims, request);
          const { connection } = request;
          if (!watched.has(connection)) {
            watched.add(connection);
            (connection as Socket).once('close', () => {
              const permission = waiting.get(connection);
              if (permission !== undefined) left.push(permission);
              waiting.delete(connection);
            });
          }
          waiting.set(connection, own);
          const other = left.findIndex((permission) => permission !== own);
          return other < 0 ? own : (left.splice(other, 1)[0] ?? own);
        },
        finish: async (answer, call, why) => {
          await sleep(answerMs);
          if ((call.request.connection as Socket).destroyed !== true) waiting.delete(call.request.connection);
          return policy.finish(answer, call, why);
        },
      };
    },
  },
  {
    id: 'late-body-has-last-caller',
    breaks: 'A request is allowed what its key is allowed, however late its body comes.',
    override: (policy: Policy) => {
      let last: Permission | undefined;
      return {
        permissionOf: (claims, request) => {
          last = policy.permissionOf(claims, request);
          return last;
        },
        mayCall: async (permission, operation, request) => {
          const began = performance.now();
          if (operation.method !== 'GET') await request.text().catch(() => undefined);
          const isLate = performance.now() - began > lateMs;
          return policy.mayCall(isLate ? (last ?? permission) : permission, operation, request);
        },
      };
    },
  },
];
