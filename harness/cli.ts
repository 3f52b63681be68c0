#!/usr/bin/env node
import { endOnClosedOutput } from './cli/output.ts';
import { createProgram } from './cli/program.ts';

endOnClosedOutput();
process.exitCode = await createProgram().run(process.argv.slice(2));
