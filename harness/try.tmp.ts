import { firstLook, plan, runAll } from '/work/main/harness/pipeline.ts';
import { startReference } from '/work/main/harness/reference/start.ts';
import { readConfiguration } from '/work/main/harness/target/configuration.ts';
import { catalogue } from '/work/main/specs/requirements/index.ts';

const faults = process.argv.slice(2).filter((a) => !a.startsWith('-'));
const ref = await startReference({ faults } as any);
const target = readConfiguration(ref.environment);
const t0 = performance.now();
const look = await firstLook({
  target,
  baseUrl: target.baseUrl!,
  catalogue,
  workers: 1,
  options: {
    profiles: undefined,
    depth: process.argv.includes('--quick') ? 'quick' : 'full',
    mode: 'full',
    strict: false,
    openapi: undefined,
    out: 'x',
    allowProduction: undefined,
  },
});
const t1 = performance.now();
console.log(
  'first look',
  Math.round(t1 - t0),
  'ms',
  look.state.cause ?? '',
  JSON.stringify(look.state.capabilities),
);
console.log(
  look.state.operations
    .filter((o) => o.availability !== 'available')
    .map((o) => [o.operation.id, o.availability, o.note]),
  Object.values(look.state.fixture).map((f) => f.known.join()),
);
const p = plan(catalogue, look.state);
console.log(
  'requirements',
  catalogue.flatMap((f) => f.requirements).length,
  'scenarios',
  p.length,
  'cells',
  p.reduce((n, x) => n + x.operations.length, 0),
);
const results = await runAll(catalogue, look.state);
const t2 = performance.now();
const c: Record<string, number> = {};
for (const r of results) c[r.verdict] = (c[r.verdict] ?? 0) + 1;
console.log(
  c,
  'requests',
  results.reduce((n, r) => n + r.requests, 0),
  Math.round(t2 - t1),
  'ms',
);
let n = 0;
for (const r of results) {
  if (['pass', 'not-applicable'].includes(r.verdict) && r.observed.length === 0) continue;
  if (n++ > 40) break;
  console.log(
    r.verdict,
    r.scenario,
    r.reason ?? '',
    [...new Set(r.cells.flatMap((c) => c.findings.map((f) => f.kind + ': ' + f.message)))].slice(0, 3),
    [
      ...new Set(
        r.cells.filter((c) => c.verdict === 'inconclusive').map((c) => c.operation + ': ' + c.reason),
      ),
    ].slice(0, 3),
    [...new Set(r.observed.map((o) => o.requirement + ' ' + o.message))].slice(0, 3),
  );
}
await look.finish();
await ref.close();
