/**
 * `npm run bench`: the whole matrix by this suite, then the same requests by newman and by undici, one after the other,
 * against a target in its own process. `--scale 1,4,16` repeats it with that many times the operations,
 * `--newman-up-to` skips newman above a scale, `--delays` are round trips of a network, `--write` puts the figures into
 * harness/README.md. Needs Linux and a quiet machine.
 */

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { defined } from '../../model/defined.ts';
import { depths } from '../../model/index.ts';
import { type DelayedNewman, figuresOf, type Scale, withFigures } from './figures.ts';
import {
  type DelayedRun,
  type Result,
  recordRequests,
  runDelayed,
  runDelayedNewman,
  runNewman,
  runPlaywright,
  runSuite,
  runUndici,
} from './runners.ts';
import { installTools } from './tools.ts';

const program = new Command('bench')
  .option('--scale <list>', 'times the operations, in ascending order', scales, [1, 4, 16])
  .option('--newman-up-to <times>', 'the largest scale for newman', Number, 4)
  .option('--delays <list>', 'round trips in milliseconds', delays, [20, 80, 200])
  .option('--write', 'put the figures into harness/README.md')
  .parse();
const {
  scale,
  newmanUpTo,
  delays: roundTrips,
  write,
} = program.opts<{
  scale: number[];
  newmanUpTo: number;
  delays: number[];
  write?: boolean;
}>();

/** A measurement of a few seconds is repeated this many times. */
const roundsAtFirst = 3;
/** newman sends one request after the other: over a network, part of the requests shows its pace. */
const [newmanMs, newmanMost] = [80, 1000];
const say = (text: string): boolean => process.stderr.write(`${text}\n`);
const folder = await mkdtemp(join(tmpdir(), 'conformance-bench-'));
try {
  const tools = await installTools({ newman: '6.2.2', undici: '7.30.2' });
  const measured: Scale[] = [];
  let unchecked: Awaited<ReturnType<typeof runNewman>> | undefined;
  let slow: DelayedNewman | undefined;
  for (const times of scale) {
    say(`${times} times the operations: recording what the suite sends`);
    const recording = await recordRequests(times, folder);
    const { leftOut } = recording;
    const first = measured.length === 0;
    const rounds = first ? roundsAtFirst : 1;
    say('the suite');
    const suite = await middleOf(rounds, () => runSuite(recording));
    // After the suite: repeating all requests creates more and more objects in the target.
    say('undici');
    const floor = await middleOf(rounds, () => runUndici(recording, tools));
    if (!first && times > newmanUpTo) {
      measured.push({ suite, undici: floor, leftOut });
    } else {
      say('newman with a test of the status');
      measured.push({ suite, undici: floor, leftOut, checked: await runNewman(recording, true, tools) });
    }
    if (first) say('newman without a test');
    unchecked ??= await runNewman(recording, false, tools);
    if (first && roundTrips.includes(newmanMs)) {
      say(`newman over a round trip of ${newmanMs} ms`);
      slow = { ...(await runDelayedNewman(recording, newmanMs, newmanMost, tools)), roundTripMs: newmanMs };
    }
    await recording.stop();
  }
  if (unchecked === undefined) throw new Error('nothing was measured');
  say('the suite, depth quick');
  const quick = await runDelayed(folder, 0, 'quick');
  const far: DelayedRun[] = [];
  for (const roundTripMs of roundTrips) {
    for (const depth of depths) {
      say(`the suite over a round trip of ${roundTripMs} ms, depth ${depth}`);
      far.push(await runDelayed(folder, roundTripMs, depth));
    }
  }
  say('Playwright with empty tests');
  const empty = await runPlaywright(measured[0]?.suite.scenarios ?? 0, folder);
  const figures = figuresOf({
    scales: measured,
    unchecked,
    empty,
    quick,
    far,
    ...defined({ slow }),
  });
  process.stdout.write(`${figures}\n`);
  if (write === true) {
    const page = new URL('../../README.md', import.meta.url);
    await writeFile(page, withFigures(await readFile(page, 'utf8'), figures));
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** The run with the middle time: other work on the machine disturbs a short run more than a long one. */
async function middleOf<One extends Result>(rounds: number, run: () => Promise<One>): Promise<One> {
  const results: One[] = [];
  while (results.length < rounds) results.push(await run());
  const [middle] = results
    .toSorted((one, other) => one.wallSeconds - other.wallSeconds)
    .slice(Math.floor(results.length / 2));
  if (middle === undefined) throw new Error('nothing was measured');
  return middle;
}

function delays(text: string): number[] {
  const list = text.split(',').map(Number);
  if (list.every((milliseconds) => Number.isInteger(milliseconds) && milliseconds >= 2)) return list;
  throw new InvalidArgumentError('must look like 20,80,200.');
}

function scales(text: string): number[] {
  const list = text.split(',').map(Number);
  if (list.every((times) => Number.isInteger(times) && times >= 1 && times <= 32)) return list;
  throw new InvalidArgumentError('must look like 1,4,16.');
}
