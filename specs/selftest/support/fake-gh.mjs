// Stands in for the command line of GitHub: takes the flags that it takes, keeps its state in $FAKE_GH_STATE.
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

const text = { type: 'string' };
const flags = {
  'label create': { repo: text, color: text, description: text, force: { type: 'boolean' } },
  'issue list': { repo: text, label: text, state: text, json: text },
  'issue create': { repo: text, title: text, label: text, 'body-file': text },
  'issue edit': { repo: text, title: text, 'body-file': text },
  'issue comment': { repo: text, 'body-file': text },
  'issue close': { repo: text, reason: text },
  'run list': { repo: text, workflow: text, branch: text, status: text, limit: text, json: text },
  'run download': { repo: text, name: text, dir: text },
};

const path = process.env.FAKE_GH_STATE;
const state = JSON.parse(readFileSync(path, 'utf8'));
const [area, verb, ...rest] = process.argv.slice(2);
const command = `${area} ${verb}`;
const { values, positionals } = parseArgs({ args: rest, options: flags[command], allowPositionals: true });
const [first] = positionals;

function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

function only(fields, records) {
  const names = fields.split(',');
  return JSON.stringify(
    records.map((record) => Object.fromEntries(names.map((name) => [name, record[name]]))),
  );
}

function issue() {
  return (
    state.issues.find(({ number }) => `${number}` === first) ?? fail(`issue ${first} could not be resolved`)
  );
}

const commands = {
  'label create': () => {
    if (state.labels.includes(first) && !values.force) fail(`label with name "${first}" already exists`);
    state.labels = [...new Set([...state.labels, first])];
  },
  'issue list': () =>
    only(
      values.json,
      state.issues.filter(({ labels, state: is }) => labels.includes(values.label) && is === values.state),
    ),
  'issue create': () => {
    if (!state.labels.includes(values.label))
      fail(`could not add label: '${values.label}' could not be found`);
    const body = readFileSync(values['body-file'], 'utf8');
    if (body.length > 65_536) fail('body is too long (maximum is 65536 characters)');
    const number = Math.max(0, ...state.issues.map((other) => other.number)) + 1;
    const { title, label } = values;
    state.issues.unshift({ number, title, body, labels: [label], state: 'open', comments: [] });
  },
  'issue edit': () => {
    Object.assign(issue(), { title: values.title, body: readFileSync(values['body-file'], 'utf8') });
  },
  'issue comment': () => {
    issue().comments.push(readFileSync(values['body-file'], 'utf8'));
  },
  'issue close': () => {
    Object.assign(issue(), { state: 'closed', reason: values.reason });
  },
  'run list': () => {
    const { workflow, branch, status } = values;
    const matches = (run) => run.workflow === workflow && run.branch === branch && run.status === status;
    return only(values.json, state.runs.filter(matches).slice(0, Number(values.limit)));
  },
  'run download': () => {
    const run = state.runs.find(({ databaseId }) => `${databaseId}` === first);
    const folder = run?.artifacts[values.name] ?? fail('no artifact matches any of the names provided');
    cpSync(folder, resolve(values.dir), { recursive: true });
  },
};

if (!process.env.GH_TOKEN) fail('gh: To use GitHub CLI in a GitHub Actions workflow, set GH_TOKEN');
if (values.repo !== 'mufi/suite') fail(`no such repository: ${values.repo}`);
const answer = commands[command]();
state.calls.push(command);
writeFileSync(path, JSON.stringify(state));
if (answer !== undefined) process.stdout.write(`${answer}\n`);
