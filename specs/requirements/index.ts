import type { Family } from '../../harness/model/index.ts';
import { contract } from './contract.ts';
import { expiry } from './expiry.ts';
import { hygiene } from './hygiene.ts';
import { isolation } from './isolation/index.ts';
import { permissions } from './permissions/index.ts';
import { presentation } from './presentation/index.ts';
import { regeneration } from './regeneration/index.ts';
import { token } from './token/index.ts';
import { transport } from './transport/index.ts';

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
