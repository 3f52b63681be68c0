import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { answerApi } from './api.ts';
import { type ControlOptions, controlApp } from './control.ts';
import type { World } from './steps.ts';

/** Where the public keys are. */
export const JWKS_PATH = '/.well-known/jwks.json';

/** The whole server: public keys, key control, and the API on all other paths. */
export function referenceApp(world: World, control: ControlOptions): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>({ strict: false });
  const { publicJwk } = world.ring.signer;
  if (publicJwk !== undefined) {
    const keys = [world.policy.publish(publicJwk)];
    app.get(JWKS_PATH, (context) => context.json({ keys }));
  }
  app.route('/control', controlApp(world, control));
  app.all('*', (context) => answerApi(world, context));
  app.onError((_, context) => context.json({ error: 'internal', message: 'The server failed.' }, 500));
  return app;
}
