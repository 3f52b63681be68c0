import { createHash, timingSafeEqual } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { KeyRecord } from './model.ts';
import type { Projects } from './projects.ts';
import type { World } from './steps.ts';

const projectBody = z.object({ name: z.string().min(1).max(255) });
const keyBody = z.object({
  project_id: z.string().optional(),
  permission: z.enum(['read', 'write']),
  expires_in: z.int().min(1).optional(),
});
const clockBody = z.object({ advance_by: z.int().min(0) });

/** What the control needs to know of its server. */
export interface ControlOptions {
  readonly implementation?: { readonly name: string; readonly version: string } | undefined;
  readonly token: string;
  readonly projects: Projects;
  /** The project of keys that are created without naming one. */
  readonly home: string;
  readonly jwksUrl: () => string | undefined;
}

/** The key control protocol; the server mounts it under its own path. */
export function controlApp(
  { policy, ring }: World,
  options: ControlOptions,
): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.use(async (context, next) => {
    context.header('cache-control', 'no-store');
    if (isToken(context.req.header('authorization'), options.token)) return next();
    context.header('www-authenticate', 'Bearer realm="mufi-control"');
    return context.json({ error: 'unauthorized' }, 401);
  });
  app.get('/', (context) => {
    const jwksUrl = options.jwksUrl();
    return context.json({
      implementation: options.implementation ?? { name: 'mufi-reference', version: '0.1.0' },
      features: ['keys', 'projects', 'expiring-keys', 'clock'],
      ...(jwksUrl === undefined ? {} : { jwks_url: jwksUrl }),
    });
  });
  app.post('/projects', async (context) => {
    const body = await read(context, projectBody);
    return body === undefined ? invalid(context) : context.json(options.projects.named(body.name), 201);
  });
  app.post('/keys', async (context) => {
    const body = await read(context, keyBody);
    if (body === undefined) return invalid(context);
    const project = body.project_id ?? options.home;
    if (!options.projects.has(project)) return context.json({ error: 'not_found' }, 404);
    const order = body.expires_in === undefined ? {} : { expiresIn: body.expires_in };
    const { record, key } = await ring.issue({ project, permission: body.permission, ...order });
    policy.created(record, ring);
    return context.json(shown(record, key), 201);
  });
  app.post('/keys/:id/regenerate', async (context) => {
    const record = ring.find(context.req.param('id'));
    if (record === undefined || record.revoked) return context.json({ error: 'not_found' }, 404);
    const next = await policy.rotate(record, ring);
    return context.json(shown(next.record, next.key), 200);
  });
  app.delete('/keys/:id', (context) =>
    policy.revoke(context.req.param('id'), ring)
      ? context.body(null, 204)
      : context.json({ error: 'not_found' }, 404),
  );
  app.post('/clock', async (context) => {
    const body = await read(context, clockBody);
    return body === undefined ? invalid(context) : context.json({ now: ring.advance(body.advance_by) }, 200);
  });
  app.all('*', (context) => context.json({ error: 'not_found' }, 404));
  return app;
}

function shown(record: KeyRecord, key: string): Record<string, string> {
  return { id: record.id, key, project_id: record.project, permission: record.permission };
}

async function read<T>(context: Context, schema: z.ZodType<T>): Promise<T | undefined> {
  try {
    return schema.safeParse(JSON.parse(await context.req.text())).data;
  } catch {
    return undefined;
  }
}

function invalid(context: Context): Response {
  return context.json({ errors: ['the body does not fit the control protocol'] }, 400);
}

function isToken(header: string | undefined, token: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  const presented = /^bearer +(.+)$/i.exec(header ?? '')?.[1] ?? '';
  return timingSafeEqual(digest(presented), digest(token));
}
