import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { Command } from 'commander';
import { catalogue } from '../../../specs/requirements/index.ts';
import { blockIn, withBlock } from '../../generate/readme-block.ts';
import { commonDigest, provenBefore } from './again.ts';
import { type KillMatrix, killMatrix, wrongWith } from './matrix.ts';
import { inProcesses } from './processes.ts';
import { renderKillMatrixHtml } from './render/html.ts';
import { renderKillMatrixMarkdown } from './render/markdown.ts';
import { proofBlock, proofMark } from './render/readme.ts';
import { isOutcomeOf, type Task, tasks } from './tasks.ts';

const lastFile = 'reports/kill-matrix.json';

/**
 * `npm run prove`: runs the engine against every fault, every conformant server and every degenerate server. Writes the
 * kill matrix into `reports`. Exit code 1 if anything is not proven, or if the README has other figures.
 */
async function main(): Promise<void> {
  const program = new Command('prove')
    .option('--write', 'write the figures into README.md')
    .option(
      '--again',
      'only what the last whole proof did not prove, if nothing but faults has changed since',
    )
    .option('-g, --grep <pattern>', 'only faults and servers with a matching id; writes nothing');
  const { write, again, grep } = program.parse().opts<{ write?: boolean; again?: boolean; grep?: string }>();
  const pattern = new RegExp(grep ?? '');
  const digest = again || grep === undefined ? await commonDigest() : '';
  const last = again ? await lastProof() : undefined;
  const kept = last === undefined ? [] : provenBefore(last, digest);
  const keptOf = (task: Task) => kept.find((outcome) => isOutcomeOf(outcome, task));
  const chosen = tasks.filter((task) => pattern.test(task.id) && keptOf(task) === undefined);
  if (chosen.length === 0 && last === undefined) {
    process.stderr.write(
      `No fault and no server has an id that matches ${grep}. "npm run -s reference -- --faults" lists the faults.\n`,
    );
    process.exitCode = 1;
    return;
  }
  const started = Date.now();
  let count = 0;
  const made = await inProcesses(chosen, ({ kind, id }, { ok }) => {
    count += 1;
    process.stdout.write(`${ok ? 'ok   ' : 'WRONG'} ${count}/${chosen.length} ${kind} ${id}\n`);
  });
  const outcomes = tasks.flatMap((task) => keptOf(task) ?? made[chosen.indexOf(task)] ?? []);
  const matrix = killMatrix(catalogue, outcomes, {
    startedAt: last?.startedAt ?? new Date(started).toISOString(),
    durationMs: Date.now() - started + (last?.durationMs ?? 0),
    commonDigest: digest,
    ...(last === undefined ? {} : { again: [...(last.again ?? []), ...chosen.map(({ id }) => id)] }),
    machine: `${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.versions.node}`,
  });
  const isWhole = outcomes.length === tasks.length;
  const wrong = isWhole ? [...matrix.wrong] : outcomes.flatMap(wrongWith);
  if (isWhole) {
    await mkdir('reports', { recursive: true });
    await writeFile(lastFile, `${JSON.stringify(matrix, null, 1)}\n`);
    await writeFile('reports/kill-matrix.md', renderKillMatrixMarkdown(matrix));
    await writeFile('reports/kill-matrix.html', renderKillMatrixHtml(matrix));
    const readme = await readFile('README.md', 'utf8');
    const block = proofBlock(matrix);
    if (write) await writeFile('README.md', withBlock(readme, proofMark, block));
    else if (blockIn(readme, proofMark) !== block)
      wrong.push('README.md has other figures: npm run prove -- --write');
    process.stdout.write(`\n${block.split('\n').slice(1, -1).join('\n')}\n`);
  }
  const seconds = Math.round((Date.now() - started) / 1000);
  process.stdout.write(`\n${wrong.length === 0 ? 'Everything is proven' : 'Not proven'}, in ${seconds} s.\n`);
  for (const what of wrong) process.stdout.write(`- ${what}\n`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
}

/** The last whole proof; throws a sentence if there is none. */
async function lastProof(): Promise<KillMatrix> {
  const text = await readFile(lastFile, 'utf8').catch(() => undefined);
  if (text === undefined) throw new Error(`there is no ${lastFile}; run the proof without --again`);
  return JSON.parse(text) as KillMatrix;
}

try {
  await main();
} catch (error) {
  process.stderr.write(`prove: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
