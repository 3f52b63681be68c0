import { cpSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type ApiState, fakeApi } from './fake-gh-api.ts';

export interface FakeIssue {
  readonly number: number;
  title: string;
  body: string;
  readonly labels: readonly string[];
  state: 'open' | 'closed';
  reason?: string;
  readonly comments: string[];
}

export interface FakeRun {
  readonly databaseId: number;
  readonly workflow: string;
  readonly branch: string;
  readonly status: string;
  /** Folder of each artifact. */
  readonly artifacts: Readonly<Record<string, string>>;
}

/** The parts of a repository on GitHub that the scripts use. */
export interface FakeState extends ApiState {
  readonly issues: FakeIssue[];
  readonly runs: readonly FakeRun[];
  readonly labels: string[];
  /** Commands in order: "issue create". */
  readonly calls: string[];
}

type FakeAnswers = Readonly<Record<string, string>>;
const flags: Readonly<Record<string, readonly string[]>> = {
  'label create': ['repo', 'color', 'description'],
  'issue list': ['repo', 'label', 'state', 'json'],
  'issue create': ['repo', 'title', 'label', 'body-file'],
  'issue edit': ['repo', 'title', 'body-file'],
  'issue comment': ['repo', 'body-file'],
  'issue close': ['repo', 'reason'],
  'run list': ['repo', 'workflow', 'branch', 'status', 'limit', 'json'],
  'run download': ['repo', 'name', 'dir'],
};

/** What `gh` with these arguments does to the state and prints; throws if it would fail. */
export function fakeGh(state: FakeState, args: readonly string[]): string {
  if (args[0] === 'api') return fakeApi(state, args.slice(1));
  const command = args.slice(0, 2).join(' ');
  const names = flags[command];
  if (names === undefined) throw new Error(`unknown command "${command}"`);
  const { values, positionals } = parseArgs({
    args: args.slice(2).filter((arg) => arg !== '--force'),
    options: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
    allowPositionals: true,
  });
  const given = values as FakeAnswers;
  const force = args.includes('--force');
  if (given.repo !== (state.repository ?? 'mufi/suite'))
    throw new Error(`could not resolve to a repository: ${given.repo}`);
  state.calls.push(command);
  return commands[command]!(state, given, positionals[0] ?? '', force);
}

type Command = (state: FakeState, given: FakeAnswers, first: string, force: boolean) => string;

const commands: Readonly<Record<string, Command>> = {
  'label create': ({ labels }, _given, name, force) => {
    if (labels.includes(name) && !force) throw new Error(`label with name "${name}" already exists`);
    if (!labels.includes(name)) labels.push(name);
    return '';
  },
  'issue list': ({ issues }, { label = '', state: wanted, json = '' }) =>
    only(
      json,
      issues.filter(({ labels, state }) => labels.includes(label) && state === wanted),
    ),
  'issue create': ({ issues, labels }, { title = '', label = '', 'body-file': file = '' }) => {
    if (!labels.includes(label)) throw new Error(`could not add label: '${label}' not found`);
    const number = Math.max(0, ...issues.map((issue) => issue.number)) + 1;
    issues.unshift({ number, title, body: bodyIn(file), labels: [label], state: 'open', comments: [] });
    return '';
  },
  'issue edit': ({ issues }, { title = '', 'body-file': file = '' }, number) => {
    Object.assign(issueOf(issues, number), { title, body: bodyIn(file) });
    return '';
  },
  'issue comment': ({ issues }, { 'body-file': file = '' }, number) => {
    issueOf(issues, number).comments.push(bodyIn(file));
    return '';
  },
  'issue close': ({ issues }, { reason }, number) => {
    Object.assign(issueOf(issues, number), { state: 'closed', reason });
    return '';
  },
  'run list': ({ runs }, { workflow, branch, status, limit, json = '' }) => {
    const matches = (run: FakeRun): boolean =>
      run.workflow === workflow && run.branch === branch && run.status === status;
    return only(json, runs.filter(matches).slice(0, Number(limit)));
  },
  'run download': ({ runs }, { name = '', dir = '' }, id) => {
    const folder = runs.find(({ databaseId }) => `${databaseId}` === id)?.artifacts[name];
    if (folder === undefined) throw new Error('no artifact matches any of the names or patterns provided');
    cpSync(folder, resolve(dir), { recursive: true });
    return '';
  },
};

function only(fields: string, records: readonly object[]): string {
  const names = fields.split(',');
  return JSON.stringify(
    records.map((record) =>
      Object.fromEntries(Object.entries(record).filter(([name]) => names.includes(name))),
    ),
  );
}

function issueOf(issues: readonly FakeIssue[], number: string): FakeIssue {
  const issue = issues.find((other) => `${other.number}` === number);
  if (issue === undefined) throw new Error(`could not resolve to an issue with the number ${number}`);
  return issue;
}

function bodyIn(file: string): string {
  const body = readFileSync(file, 'utf8');
  if (body.length > 65_536) throw new Error('body is too long (maximum is 65536 characters)');
  return body;
}
