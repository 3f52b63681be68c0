// The command line of this repository: compiled, or from its sources if it cannot be compiled.
import './temporary.mjs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compiledSuite } from './compile.mjs';

const folder = await compiledSuite();
if (folder === undefined) (await import('tsx/esm/api')).register();
await import(
  folder === undefined ? './cli/index.ts' : pathToFileURL(join(folder, 'harness', 'cli', 'index.js')).href
);
