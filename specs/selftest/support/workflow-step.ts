import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ChildResult, repository, run } from './cli.ts';
import type { FakeState } from './fake-gh.ts';

/** A folder in which scripts of `.github/scripts` run as steps of run 100 on main, with their own `gh`. */
export class WorkflowSteps {
  readonly #folder: string;
  readonly #file: string;

  constructor(folder: string, start: Partial<FakeState> = {}) {
    this.#folder = folder;
    this.#file = join(folder, 'github.json');
    mkdirSync(folder, { recursive: true });
    writeFileSync(this.#file, JSON.stringify({ issues: [], runs: [], labels: [], calls: [], ...start }));
    const program = [...withLoader, fileURLToPath(new URL('fake-gh-cli.ts', import.meta.url))];
    const script = `#!/bin/sh\nexec ${program.map((word) => `'${word}'`).join(' ')} "$@"\n`;
    writeFileSync(join(folder, 'gh'), script, { mode: 0o755 });
  }

  get state(): FakeState {
    return JSON.parse(readFileSync(this.#file, 'utf8'));
  }

  /** Runs one script; returns how it ended and which outputs it wrote. */
  async step(
    script: string,
    args: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ): Promise<ChildResult & { readonly outputs: Readonly<Record<string, string>> }> {
    const output = join(this.#folder, 'output');
    writeFileSync(output, '');
    const path = join(repository, '.github', 'scripts', script);
    const [program = '', ...before] = script.endsWith('.ts') ? withLoader : ['bash'];
    const how = await run(program, [...before, path, ...args], {
      environment: {
        FAKE_GH_STATE: this.#file,
        PATH: `${this.#folder}${delimiter}${process.env.PATH}`,
        GH_TOKEN: 'token-of-the-run',
        GITHUB_OUTPUT: output,
        GITHUB_STEP_SUMMARY: join(this.#folder, 'step-summary.md'),
        GITHUB_REPOSITORY: 'mufi/suite',
        GITHUB_SERVER_URL: 'https://github.example',
        GITHUB_REF_NAME: 'main',
        GITHUB_RUN_ID: '100',
        ...environment,
      },
    });
    const lines = readFileSync(output, 'utf8').split('\n').slice(0, -1);
    return { ...how, outputs: Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2))) };
  }
}

const withLoader = [process.execPath, '--import', import.meta.resolve('tsx')];
