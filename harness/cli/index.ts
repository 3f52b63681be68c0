#!/usr/bin/env node
import { endOnClosedOutput } from './output.ts';
import { createProgram } from './program.ts';

endOnClosedOutput();
process.exitCode = await createProgram().run(process.argv.slice(2));
