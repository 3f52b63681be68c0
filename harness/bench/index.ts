/**
 * `npm run bench`: the whole matrix by this suite, and the same requests by newman and by undici, one after the other
 * against a target in its own process. `--scale 1,4,16` repeats the suite over so many times the operations,
 * `--write` puts the figures into README.md. Needs Linux; a quiet machine is up to you.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { recordRequests, runFloor, runNewman, runPlaywright, runSuite } from './contestants.ts';
import { figuresOf, withFigures } from './figures.ts';
import { installTools } from './tools.ts';

const program = new Command('bench')
  .option('--scale <list>', 'times the operations', scales, [1, 4, 16])
  .option('--write', 'put the figures into README.md')
  .parse();
const { scale, write = false } = program.opts<{ scale: number[]; write?: boolean }>();

const say = (text: string): boolean => process.stderr.write(`${text}\n`);
const folder = await mkdtemp(join(tmpdir(), 'conformance-bench-'));
try {
  const tools = await installTools();
  say('recording what the suite sends');
  const recording = await recordRequests(folder);
  const suite = [];
  for (const times of scale) {
    say(`the suite over ${times} times the operations`);
    suite.push(await runSuite(times, folder));
  }
  say('undici');
  const floor = await runFloor(recording, tools);
  say('newman with a test of the status');
  const checked = await runNewman(recording, true, tools);
  say('newman without a test');
  const unchecked = await runNewman(recording, false, tools);
  say('Playwright with empty tests');
  const empty = await runPlaywright(suite[0]?.scenarios ?? 0, folder);
  await recording.stop();
  const figures = figuresOf({ suite, floor, checked, unchecked, empty, leftOut: recording.leftOut });
  process.stdout.write(`${figures}\n`);
  if (write) {
    const readme = new URL('../../README.md', import.meta.url);
    await writeFile(readme, withFigures(await readFile(readme, 'utf8'), figures));
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

function scales(text: string): number[] {
  const list = text.split(',').map(Number);
  if (list.every((times) => Number.isInteger(times) && times >= 1 && times <= 32)) return list;
  throw new InvalidArgumentError('it has to look like 1,4,16.');
}
