// The command line of this repository, compiled; where that is not possible, from its sources.
import './temporary.mjs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compiledSuite } from './compile.mjs';

const folder = await compiledSuite();
if (folder === undefined) (await import('tsx/esm/api')).register();
await import(
  folder === undefined ? './cli/index.ts' : pathToFileURL(join(folder, 'harness', 'cli', 'index.js')).href
);
