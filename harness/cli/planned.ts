import { catalogue } from '../../specs/requirements/index.ts';
import { controlLeftOut } from '../engine/configuration/control-left-out.ts';
import { loadDocument, operationsOf } from '../engine/configuration/operations.ts';
import { productionHostOf } from '../engine/configuration/production.ts';
import { unlockOf } from '../engine/configuration/unlocks.ts';
import { capabilitiesOf } from '../engine/preflight/capabilities.ts';
import { chosenAt, expand } from '../engine/run/index.ts';
import type { Capability, RunOptions, TargetConfiguration } from '../model/index.ts';
import { unlockInWords } from '../report/render/unlocks.ts';

/** The features that key control may offer, and that the embedded reference server offers. */
export const everyFeature: readonly string[] = ['keys', 'projects', 'expiring-keys', 'clock'];

/**
 * Capabilities of the keys and variables of the embedded reference server; the others depend on key control and its
 * URL.
 */
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

/** What key control makes instead of supplied keys, and the feature that it needs for this. */
const fromControl: Readonly<Partial<Record<Capability, string>>> = {
  'revoked-key': 'keys',
  'other-project-keys': 'projects',
};

/**
 * The scenarios of a run, as far as they are known before it. `features`: what key control offers, or is assumed to
 * offer.
 */
export function plannedRun(
  target: TargetConfiguration,
  options: RunOptions & { readonly selection?: string | undefined },
  features: readonly string[],
) {
  const production = productionHostOf(target);
  const embedded = target.baseUrl === undefined;
  const hasControl = embedded || target.control !== undefined;
  const leftOut = controlLeftOut(target, options.mode, hasControl);
  const controlled = hasControl && leftOut === undefined;
  const found = capabilitiesOf({
    target,
    baseUrl: target.baseUrl ?? 'http://127.0.0.1',
    features: controlled ? features : undefined,
    publicKeyKnown: true,
  });
  const isMade = (name: Capability): boolean => controlled && features.includes(fromControl[name] ?? '');
  const capabilities = new Map(
    [...found].map(([name, state]) => [
      name,
      (embedded && supplied(name)) || isMade(name) ? ('have' as const) : state,
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
    chosen: chosenAt(options.depth, catalogue, options.selection !== undefined),
    mode: options.mode,
    production,
  });
  return { planned, documented, operations, production, leftOut };
}

/** How to supply a capability, in words. `leftOut`: why the mode excludes key control, if it does. */
export function howToUnlock(capability: Capability, leftOut: Parameters<typeof unlockOf>[1]): string {
  const { sentence: unlock, variables } = unlockOf(capability, leftOut);
  return unlockInWords({ unlock, variables: [...variables] });
}
