import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { repository } from '../support/cli.ts';

const textOf = (name: string): string => readFileSync(join(repository, name), 'utf8');

test('the README names each command as it is called here and with the package', () => {
  const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
  const commands = Object.entries(scripts).flatMap(([name, script]) =>
    script.includes('node harness/start.mjs ') && name !== 'conformance' ? [name] : [],
  );
  const [, commandsSection = ''] = textOf('README.md').split(/^## .*$/m);
  expect(commandsSection).toMatch(/`npm run conformance -- OPTIONS` +\| +`npx mufi-conformance run OPTIONS`/);
  const [, named = ''] = /^NAME is (.*)\.$/m.exec(commandsSection) ?? [];
  expect([...named.matchAll(/`([\w-]+)`/g)].map(([, name]) => name).sort()).toEqual(commands.sort());
});
