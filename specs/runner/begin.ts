/**
 * The program of the test runner when the command line starts it: the preflight begins in a thread of its own, because
 * the libraries of the test runner keep this thread busy for most of a second.
 */

import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { lookInThread } from './early-look.ts';

// Before anything else is loaded.
const thread = new Worker(new URL('./preflight-thread.js', import.meta.url));
lookInThread(thread);
const { heedSignals } = await import('./lifetime.ts');
heedSignals();
createRequire(import.meta.url)('@playwright/test/cli');
