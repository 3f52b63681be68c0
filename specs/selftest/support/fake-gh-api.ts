import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

export interface FakeComment {
  readonly id: number;
  readonly pullRequest: number;
  readonly login: string;
  body: string;
}

/** An artifact as the API lists it; its content belongs to its run. */
export interface FakeArtifact {
  readonly name: string;
  readonly run: number;
  readonly branch: string;
  readonly createdAt: string;
  readonly expired?: true;
  /** Its run belonged to a branch in a fork. */
  readonly fork?: true;
}

/** The part of a repository on GitHub that the API knows. */
export interface ApiState {
  /** Default: mufi/suite. */
  readonly repository?: string;
  readonly calls: string[];
  /** Comments on pull requests. */
  readonly comments?: FakeComment[];
  readonly artifacts?: readonly FakeArtifact[];
  /** What the token may not do: paths of the API that answer 403. */
  readonly forbidden?: readonly string[];
}

/** What `gh api` with these arguments does to the state and prints; throws if it would fail. */
export function fakeApi(state: ApiState, args: readonly string[]): string {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      method: { type: 'string', default: 'GET' },
      field: { type: 'string', default: '' },
      paginate: { type: 'boolean', default: false },
      slurp: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  const { method, field, paginate, slurp } = values;
  const url = new URL(positionals[0] ?? '', 'https://api.github.example/');
  const path = url.pathname.slice(1);
  state.calls.push(`api ${method} ${path}`);
  const own = `repos/${state.repository ?? 'mufi/suite'}/`;
  if (!path.startsWith(own)) throw new Error('gh: Not Found (HTTP 404)');
  const rest = path.slice(own.length);
  if (state.forbidden?.some((one) => rest.startsWith(one))) {
    throw new Error('gh: Resource not accessible by integration (HTTP 403)');
  }
  const { comments = [], artifacts = [] } = state;
  if (rest === 'actions/artifacts') return artifactsNamed(artifacts, url.searchParams.get('name'));
  const [, pullRequest] = /^issues\/(\d+)\/comments$/.exec(rest) ?? [];
  if (pullRequest !== undefined && method === 'GET') {
    if (!paginate || !slurp) throw new Error('the first page alone does not say what there is');
    const all = comments.filter((one) => `${one.pullRequest}` === pullRequest).map(shown);
    // Pages of two, so that our comment can be on the second.
    return JSON.stringify([all.slice(0, 2), all.slice(2)]);
  }
  if (pullRequest !== undefined && method === 'POST') {
    const body = bodyIn(field);
    const id = 500 + comments.length;
    state.comments?.push({ id, pullRequest: Number(pullRequest), login: 'github-actions[bot]', body });
    return '{}';
  }
  const [, id] = /^issues\/comments\/(\d+)$/.exec(rest) ?? [];
  const comment = comments.find((one) => `${one.id}` === id);
  if (comment === undefined || method !== 'PATCH') throw new Error('gh: Not Found (HTTP 404)');
  comment.body = bodyIn(field);
  return '{}';
}

function shown({ id, body, login }: FakeComment): object {
  return { id, body, user: { login } };
}

function artifactsNamed(all: readonly FakeArtifact[], wanted: string | null): string {
  const artifacts = all
    .filter(({ name }) => name === wanted)
    .map(({ name, run, branch, createdAt, expired = false, fork = false }) => ({
      name,
      expired,
      created_at: createdAt,
      workflow_run: { id: run, repository_id: 1, head_repository_id: fork ? 2 : 1, head_branch: branch },
    }));
  return JSON.stringify({ total_count: artifacts.length, artifacts });
}

function bodyIn(field: string): string {
  const [, file] = /^body=@(.+)$/.exec(field) ?? [];
  if (file === undefined) throw new Error('the body is no file');
  const body = readFileSync(file, 'utf8');
  if (body.length > 65_536) throw new Error('gh: Body is too long (maximum is 65536 characters)');
  return body;
}
