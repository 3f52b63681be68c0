import { createServer, get, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import * as z from 'zod';

const outcomeSchema = z.object({
  /** In the order of the catalogue. */
  scenarios: z.array(
    z.object({
      /** `id: title` */
      title: z.string(),
      status: z.enum(['passed', 'skipped', 'failed']),
      /** What is wrong, or why nothing was decided. */
      message: z.string().optional(),
    }),
  ),
});
/** The result of a requirement, as a Playwright test shows it. Contains nothing secret. */
export type RequirementOutcome = z.infer<typeof outcomeSchema>;

/** The id of the test that stands for all requirements. */
export const wholeCatalogue = 'catalogue';

const variable = 'CONFORMANCE_OUTCOMES';

/** Tells the tests their outcomes, on the loopback interface. */
export interface OutcomeServer {
  close(): void;
}

/**
 * Tells the workers the result of each requirement as soon as it is known. The workers find the port in their
 * environment.
 */
export async function serveOutcomes(
  outcomeOf: (requirement: string) => Promise<RequirementOutcome>,
): Promise<OutcomeServer> {
  const server = createServer(({ url = '' }, response) => {
    void outcomeOf(decodeURIComponent(url.slice(1))).then((outcome) => response.end(JSON.stringify(outcome)));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  server.unref();
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the loopback interface has no port');
  process.env[variable] = String(address.port);
  return {
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Waits, in a worker, for the result of a requirement. Throws if the run cannot say. */
export async function askOutcome(requirement: string): Promise<RequirementOutcome> {
  const address = { host: '127.0.0.1', port: process.env[variable], path: `/${requirement}`, agent: false };
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    get(address, resolve).on('error', reject);
  });
  return outcomeSchema.parse(await json(answer));
}
