import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Permission } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Fault } from './fault.ts';

/** A connection remembers this many keys. */
const roomForKeys = 12;
/** A body that arrives this many milliseconds after its head is late. */
const lateMs = 150;

/** How long an answer takes in milliseconds; some callers do not wait for it. */
const answerMs = 5;

/** Faults that mix up the callers of two requests. */
export const mixedUp: readonly Fault[] = [
  {
    id: 'crowded-connection-mixes-keys',
    breaks: 'Each request has the permission of its own key, however many keys use a connection.',
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
    breaks: 'The server forgets the sender of an aborted request.',
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
    breaks: 'The key of a request decides what it may do, however late its body arrives.',
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
