/** The preflight of a run in a thread of its own; see `begin.ts` and `early-look.ts`. */

import { parentPort } from 'node:worker_threads';
import { runPreflight } from '../../harness/engine/run/index.ts';
import { defined } from '../../harness/model/defined.ts';
import { catalogue } from '../requirements/index.ts';
import type { ThreadMessage } from './early-look.ts';
import { givenRun } from './given.ts';
import { givenSecrets } from './secrets.ts';

const port = parentPort;
if (port === null) throw new Error('preflight-thread is not a program; the test runner starts it');
const say = (message: ThreadMessage): void => port.postMessage(message);
const { configured: target, options } = givenRun();
const { baseUrl } = target;
if (baseUrl === undefined) throw new Error('a preflight in a thread needs a server');
const { state, left } = await runPreflight({
  target,
  baseUrl,
  options,
  catalogue,
  ...defined({ secretsFile: givenSecrets() }),
  interrupted: new Promise((resolve) => {
    port.once('message', () => resolve());
  }),
  onRelease: (work) => void work.finally(() => say({ released: true })),
});
say({ state });
say({ left: await left() });
