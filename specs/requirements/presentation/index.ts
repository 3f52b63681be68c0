import type { Family } from '../../../harness/model/index.ts';
import { exemptions } from './exemptions.ts';
import { methods } from './methods.ts';
import { spelledPaths } from './paths.ts';
import { onlyPlace } from './places.ts';
import { raw } from './raw.ts';
import { redirects } from './redirects.ts';
import { required } from './required.ts';
import { sessions } from './sessions.ts';
import { spelling } from './spelling.ts';

export const presentation: Family = {
  id: 'presentation',
  title: 'How a key is presented',
  requirements: [
    ...required,
    ...onlyPlace,
    ...sessions,
    ...spelling,
    ...raw,
    ...spelledPaths,
    ...redirects,
    ...methods,
    ...exemptions,
  ],
};
