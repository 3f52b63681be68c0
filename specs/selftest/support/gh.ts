import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Ended, repository, run } from './cli.ts';

export interface FakeIssue {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  readonly state: 'open' | 'closed';
  readonly reason?: string;
  readonly comments: readonly string[];
}

export interface FakeRun {
  readonly databaseId: number;
  readonly workflow: string;
  readonly branch: string;
  readonly status: string;
  /** Folder of each artifact. */
  readonly artifacts: Readonly<Record<string, string>>;
}

interface State {
  readonly issues: readonly FakeIssue[];
  readonly runs: readonly FakeRun[];
  readonly labels: readonly string[];
  readonly calls: readonly string[];
}

/** A repository on GitHub that exists in a folder only, with `gh` in front of it. */
export class FakeGitHub {
  readonly #folder: string;
  readonly #file: string;

  constructor(folder: string, start: Partial<State> = {}) {
    this.#folder = folder;
    this.#file = join(folder, 'github.json');
    mkdirSync(folder, { recursive: true });
    writeFileSync(this.#file, JSON.stringify({ issues: [], runs: [], labels: [], calls: [], ...start }));
    const script = fileURLToPath(new URL('fake-gh.mjs', import.meta.url));
    writeFileSync(join(folder, 'gh'), `#!/bin/sh\nexec '${process.execPath}' '${script}' "$@"\n`, {
      mode: 0o755,
    });
  }

  get state(): State {
    return JSON.parse(readFileSync(this.#file, 'utf8'));
  }

  /** Runs a script of `.github/scripts` as a step of run 100 on main; answers its outputs too. */
  async step(
    script: string,
    args: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ): Promise<Ended & { readonly outputs: Readonly<Record<string, string>> }> {
    const output = join(this.#folder, 'output');
    writeFileSync(output, '');
    const path = join(repository, '.github', 'scripts', script);
    const [program, ...before] = script.endsWith('.ts')
      ? [process.execPath, '--import', import.meta.resolve('tsx'), path]
      : ['bash', path];
    const how = await run(program ?? '', [...before, ...args], {
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
