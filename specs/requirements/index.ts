import type { Family } from '../../harness/model/index.ts';
import { contract } from './contract.ts';
import { expiry } from './expiry.ts';
import { hygiene } from './hygiene.ts';
import { isolation } from './isolation.ts';
import { permissions } from './permissions.ts';
import { presentation } from './presentation.ts';
import { regeneration } from './regeneration.ts';
import { token } from './token.ts';
import { transport } from './transport.ts';

/** The catalogue in reading order; expiry comes last because it moves the clock of the target. */
export const catalogue: readonly Family[] = [
  presentation,
  token,
  permissions,
  regeneration,
  isolation,
  contract,
  hygiene,
  transport,
  expiry,
];
