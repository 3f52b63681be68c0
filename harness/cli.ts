#!/usr/bin/env node
import { createProgram } from './cli/program.ts';
import { onClosedOutput } from './report/closed-output.ts';

onClosedOutput((why) => {
  process.stderr.write(`Standard output was closed before everything was said: ${why}.\n`);
  process.exit(3);
});

process.exitCode = await createProgram().run(process.argv.slice(2));
