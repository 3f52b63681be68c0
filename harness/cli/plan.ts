import { catalogue } from '../../specs/requirements/index.ts';
import { controlLeftOut } from '../engine/configuration/control-left-out.ts';
import { loadDocument, operationsOf } from '../engine/configuration/operations.ts';
import { productionHostOf } from '../engine/configuration/production.ts';
import { unlockOf } from '../engine/configuration/unlocks.ts';
import { capabilitiesOf } from '../engine/preflight/capabilities.ts';
import { type KindOfRequests, leastRequests } from '../engine/run/estimate.ts';
import { expand, isSelected } from '../engine/run/index.ts';
import { type Capability, exitCodes } from '../model/index.ts';
import { count, figure, inLog } from '../report/render/text.ts';
import { unlockInWords } from '../report/render/unlocks.ts';
import { checkInput, type RunArguments } from './run.ts';

/** What the embedded reference server offers, and what key control may offer once it is asked. */
const offered = ['keys', 'projects', 'expiring-keys', 'clock'];

/** What comes with the keys and variables of the embedded reference server; the rest is up to key control and its URL. */
const supplied = (name: Capability): boolean =>
  ![
    'key-control',
    'expiring-keys',
    'clock',
    'projects',
    'expendable-key',
    'https',
    'http2',
    'plain-http',
  ].includes(name);

/** Prints what a run would send. Sends nothing: what only the target can tell is assumed and said so. */
export async function planCommand(args: RunArguments): Promise<number> {
  const { target, options } = await checkInput(args);
  const production = productionHostOf(target);
  const embedded = target.baseUrl === undefined;
  const hasControl = embedded || target.control !== undefined;
  const leftOut = controlLeftOut(target, options.mode, hasControl);
  const controlled = hasControl && leftOut === undefined;
  const found = capabilitiesOf({
    target,
    baseUrl: target.baseUrl ?? 'http://127.0.0.1',
    features: controlled ? offered : undefined,
    publicKeyKnown: true,
  });
  const fromControl: Capability[] = ['revoked-key', 'other-project-keys'];
  const capabilities = new Map(
    [...found].map(([name, state]) => [
      name,
      (embedded && supplied(name)) || (controlled && fromControl.includes(name)) ? ('have' as const) : state,
    ]),
  );
  const documented = operationsOf(loadDocument(options.openapi));
  const { without = [] } = target;
  const operations = documented.filter(({ id }) => !without.includes(id));
  const planned = expand(catalogue, {
    operations,
    claimedAbsent: documented.filter(({ id }) => without.includes(id)),
    capabilities,
    depth: options.depth,
    mode: options.mode,
    production,
  }).filter((one) => isSelected(options.selection, one));
  const sent = planned.filter(({ skip }) => skip === undefined);
  const cells = sent.flatMap(({ operations: own }) => own);
  const missing = new Map<Capability, number>();
  for (const capability of planned.flatMap(({ skip }) => skip?.missing ?? [])) {
    missing.set(capability, (missing.get(capability) ?? 0) + 1);
  }
  const spared = planned.filter(({ skip }) => skip?.sparesProduction === true);
  const byMode = planned.filter(
    ({ skip }) =>
      skip?.verdict === 'not-tested' && skip.missing.length === 0 && skip.sparesProduction !== true,
  );
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
    ...tableOf(kinds),
    '',
    missing.size + byMode.length + spared.length === 0
      ? 'Nothing is missing.'
      : 'Not tested, and what unlocks it:',
    ...(byMode.length === 0
      ? []
      : [
          `  mode ${options.mode} (${count(byMode.length, 'scenario')}): It leaves out every operation that they use; run with --mode full.`,
        ]),
    ...(spared.length === 0
      ? []
      : [
          `  production ${production} (${count(spared.length, 'scenario')}): Its access logs would keep the key in the query; test another host.`,
        ]),
    ...[...missing].map(([capability, amount]) => {
      const { sentence: unlock, variables } = unlockOf(capability, leftOut);
      return `  ${capability} (${count(amount, 'scenario')}): ${unlockInWords({ unlock, variables: [...variables] })}`;
    }),
    '',
    'Nothing was sent.',
  ];
  process.stdout.write(inLog(`${lines.join('\n')}\n`));
  return planned.length === 0 ? exitCodes.broken : 0;
}

/** One line for each kind of scenarios, and for what belongs to none. */
function tableOf(kinds: readonly KindOfRequests[]): string[] {
  const rows = [
    ['kind', 'scenarios', 'requests'],
    ...kinds.map(({ kind = 'preflight and controls', scenarios, requests }) => [
      kind,
      scenarios === 0 ? '' : figure(scenarios),
      figure(requests),
    ]),
  ];
  const widths = [0, 1, 2].map((at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((text, at) => (at === 0 ? text.padEnd(widths[at] ?? 0) : text.padStart(widths[at] ?? 0)))
      .join('  '),
  );
}

/** How many operations are tried, which are claimed absent, and what becomes of either. */
function inWords(all: number, without: readonly string[]): string {
  if (without.length === 0) {
    return `${all} (if the target does not implement one of them, name it with --without; otherwise the run is partial)`;
  }
  return `${all - without.length} of ${all}; without ${without.join(', ')} (for every kind of key, these must answer like an unknown path)`;
}
