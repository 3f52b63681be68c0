import { writeFileSync } from 'node:fs';
import { catalogue } from '../specs/requirements/index.ts';
import { firstLook, runAll } from './pipeline.ts';
import { faults } from './reference/faults/index.ts';
import { startReference } from './reference/start.ts';
import { readConfiguration } from './target/configuration.ts';

const depth = (process.argv[2] ?? 'quick') as 'quick' | 'full';
const only = process.argv.slice(3);
const out: any = {};
for (const { id } of faults) {
  if (only.length && !only.includes(id)) continue;
  const ref = await startReference({ faults: [id] });
  try {
    const target = readConfiguration(ref.environment);
    const look = await firstLook({
      target,
      baseUrl: target.baseUrl!,
      catalogue,
      workers: 1,
      options: {
        profiles: undefined,
        depth,
        mode: 'full',
        strict: true,
        openapi: undefined,
        out: 'x',
        allowProduction: undefined,
      },
    });
    const results = await runAll(catalogue, look.state);
    const fails: Record<string, string[]> = {};
    for (const r of results) {
      const req = r.scenario.split('/').slice(0, 2).join('/');
      if (r.verdict === 'fail') (fails[req] ??= []).push(r.scenario.split('/')[2]!);
      for (const o of r.observed)
        (fails[o.requirement] ??= []).includes('(elsewhere)') || fails[o.requirement]!.push('(elsewhere)');
    }
    const inc = results.filter((r) => r.verdict === 'inconclusive').length;
    out[id] = {
      fails,
      inconclusive: inc,
      cause: look.state.cause,
      sample: results.find((r) => r.verdict === 'inconclusive')?.reason,
    };
    console.log(
      id,
      '|',
      Object.entries(fails)
        .map(([k, v]) => `${k}(${v.length})`)
        .join(' '),
      inc ? `inc ${inc} ${out[id].sample}` : '',
      look.state.cause ?? '',
    );
  } catch (e) {
    console.log(id, 'ERROR', String(e).slice(0, 300));
    out[id] = { error: String(e) };
  }
  await ref.close();
  writeFileSync(`/tmp/sweep-${depth}.json`, JSON.stringify(out, null, 1));
}
process.exit(0);
