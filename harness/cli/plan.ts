import { type KindOfRequests, leastRequests } from '../engine/run/estimate.ts';
import { isSelected } from '../engine/run/index.ts';
import { type Capability, exitCodes, type Reason } from '../model/index.ts';
import { count, figure, inLog } from '../report/render/text.ts';
import { everyFeature, howToUnlock, plannedRun } from './planned.ts';
import { checkInput, type RunArguments } from './run.ts';
import { tableOf } from './table.ts';

/** Prints what a run would send. Sends nothing; where only the target knows the answer, it states its assumption. */
export async function planCommand(args: RunArguments): Promise<number> {
  const { target, options } = await checkInput(args, false);
  const {
    planned: all,
    documented,
    operations,
    production,
    leftOut,
  } = plannedRun(target, options, everyFeature);
  const { without = [] } = target;
  const planned = all.filter((one) => isSelected(options.selection, one));
  const sent = planned.filter(({ skip }) => skip === undefined);
  const cells = sent.flatMap(({ operations: own }) => own);
  const missing = new Map<Capability, number>();
  for (const capability of planned.flatMap(({ skip }) => skip?.missing ?? [])) {
    missing.set(capability, (missing.get(capability) ?? 0) + 1);
  }
  const spared = planned.filter(({ skip }) => skip?.sparesProduction === true);
  const leftOutBy = (code: Reason['code']) => planned.filter(({ skip }) => skip?.because.code === code);
  const byMode = leftOutBy('mode-excludes-operations');
  const byDepth = leftOutBy('seldom-at-quick');
  const writes = cells.filter(({ permission }) => permission === 'write').length;
  const kinds = leastRequests(planned, operations, {
    mayWrite: options.mode === 'full',
    depth: options.depth,
  });
  const requests = kinds.reduce((sum, one) => sum + one.requests, 0);
  const lines = [
    `target        ${target.baseUrl ?? 'the embedded reference server'}`,
    `mode          ${options.mode}, depth ${options.depth}`,
    `operations    ${inWords(documented.length, without)}`,
    `requirements  ${new Set(sent.map(({ requirement }) => requirement.id)).size}`,
    `scenarios     ${sent.length} of ${planned.length}`,
    `cells         ${cells.length}, of them ${writes} on write operations`,
    `requests      at least ${figure(requests)}, including preflight, controls and warm-up`,
    '',
    ...kindsTable(kinds),
    '',
    missing.size + byMode.length + byDepth.length + spared.length === 0
      ? 'Nothing is missing.'
      : 'Not tested, and what unlocks it:',
    ...(byMode.length === 0
      ? []
      : [
          `  mode ${options.mode} (${count(byMode.length, 'scenario')}): It leaves out every operation that they use; run with --mode full.`,
        ]),
    ...(byDepth.length === 0
      ? []
      : [
          `  depth quick (${count(byDepth.length, 'scenario')}): It sends those that catch the most faults per request; run with --depth full.`,
        ]),
    ...(spared.length === 0
      ? []
      : [
          `  production ${production} (${count(spared.length, 'scenario')}): Its access logs would keep the key in the query; test another host.`,
        ]),
    ...[...missing].map(
      ([capability, amount]) =>
        `  ${capability} (${count(amount, 'scenario')}): ${howToUnlock(capability, leftOut)}`,
    ),
    '',
    'Nothing was sent.',
  ];
  process.stdout.write(inLog(`${lines.join('\n')}\n`));
  return planned.length === 0 ? exitCodes.broken : exitCodes.done;
}

/** One line for each kind of scenario, and one for requests without a scenario. */
function kindsTable(kinds: readonly KindOfRequests[]): string[] {
  const rows = kinds.map(({ kind = 'preflight and controls', scenarios, requests }) => [
    kind,
    scenarios === 0 ? '' : figure(scenarios),
    figure(requests),
  ]);
  return tableOf([['kind', 'scenarios', 'requests'], ...rows], [1, 2]);
}

/** How many operations are tried, which are claimed absent, and what happens to both. */
function inWords(all: number, without: readonly string[]): string {
  if (without.length === 0) {
    return `${all} (if the target does not implement a documented one, name it with --without; otherwise the run is partial)`;
  }
  return `${all - without.length} of ${all}; without ${without.join(', ')} (for every kind of key, these must answer like an unknown path)`;
}
