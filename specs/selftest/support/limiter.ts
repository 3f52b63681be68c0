import { createServer, request } from 'node:http';
import { listening } from './server.ts';

export interface LimiterOptions {
  /** Requests per second that pass; 0: none. */
  readonly perSecond: number;
  /** How many more may come at once. */
  readonly burst: number;
  readonly status: 429 | 503;
  readonly retryAfter?: string;
  /** Requests, counted from 0, that find the limit used up by another client, however slow they are. */
  readonly usedUp?: readonly [from: number, to: number];
}

/** A front end that limits the rate of requests as nginx `limit_req` does, by default without `Retry-After`. */
export interface Limiter {
  readonly url: string;
  readonly passed: () => number;
  readonly refused: () => number;
  close(): Promise<void>;
}

const page = '<html><head><title>Limited</title></head><body><center>nginx</center></body></html>\r\n';

/** Starts a limiter in front of a target. A rejected request does not count, as with nginx. */
export async function startLimiter(target: string, options: LimiterOptions): Promise<Limiter> {
  let [passed, refused, excess, lastMs] = [0, 0, 0, 0];
  const takes = (): boolean => {
    const now = performance.now();
    const [from, to] = options.usedUp ?? [0, 0];
    const arrived = passed + refused;
    if (arrived >= from && arrived < to) return false;
    const next = Math.max(0, excess - ((now - lastMs) * options.perSecond) / 1000) + 1;
    if (options.perSecond === 0 || (lastMs > 0 && next > options.burst + 1)) return false;
    [excess, lastMs] = [next, now];
    return true;
  };
  const server = createServer({ maxHeaderSize: 1_048_576 }, (incoming, outgoing) => {
    if (!takes()) {
      refused += 1;
      incoming.resume();
      const { status, retryAfter } = options;
      const headers = { server: 'nginx', 'content-type': 'text/html' };
      outgoing
        .writeHead(status, retryAfter === undefined ? headers : { ...headers, 'retry-after': retryAfter })
        .end(page);
      return;
    }
    passed += 1;
    const { method = 'GET', url = '/', rawHeaders } = incoming;
    const onward = request(target, {
      path: url,
      method,
      maxHeaderSize: 1_048_576,
      headers: rawHeaders as unknown as [],
    });
    onward.on('error', () => outgoing.destroy());
    onward.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 0, answer.rawHeaders);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  });
  return {
    ...(await listening(server)),
    passed: () => passed,
    refused: () => refused,
  };
}
