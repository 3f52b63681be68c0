import type { Family } from '../../harness/model/index.ts';
import { spelledPaths } from './presentation/paths.ts';
import { onlyPlace } from './presentation/places.ts';
import { raw } from './presentation/raw.ts';
import { required } from './presentation/required.ts';
import { spelling } from './presentation/spelling.ts';

export const presentation: Family = {
  id: 'presentation',
  title: 'How a key is presented',
  requirements: [...required, ...onlyPlace, ...spelling, ...raw, ...spelledPaths],
};
