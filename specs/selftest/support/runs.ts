import type { Capability, CellVerdict, Requirement } from '../../../harness/model/index.ts';
import type { Report } from '../../../harness/model/report.ts';
import type { RunHeader } from '../../../harness/model/run-header.ts';
import type { ReportInputs } from '../../../harness/report/build.ts';
import { family, header, operation, report, requirement, result } from './reports.ts';

const must = (id: string, more: Partial<Requirement> = {}): Requirement => requirement(`f/${id}`, more);
const should = (id: string): Requirement => must(id, { level: 'SHOULD' });
const lifecycle = (id: string, needs: Capability[] = ['key-control']): Requirement =>
  must(id, { profile: 'lifecycle', needs });

/** A run of requirements with one scenario each, by their verdicts. */
function run(
  rows: readonly (readonly [Requirement, CellVerdict, reason?: string])[],
  more: Partial<ReportInputs> = {},
): Report {
  const results = rows.map(([{ id }, verdict, reason]) =>
    result(`${id}/one`, verdict, reason === undefined ? {} : { reason }),
  );
  return report(family(...rows.map(([one]) => one)), results, more);
}

const unclaimed: Partial<ReportInputs> = { header: header({ capabilities: [['key-control', 'missing']] }) };
const asked = (...requestedProfiles: NonNullable<RunHeader['requestedProfiles']>): Partial<ReportInputs> => ({
  header: header({ requestedProfiles }),
});
const caused: Partial<ReportInputs> = { header: header({ cause: 'nobody is there' }) };

type Row = readonly [what: string, Report, verdict: string, reason: string, exit: number];
const having = (...permissions: ('read' | 'write')[]) =>
  permissions.map((permission) => operation(permission));

/** Runs by description, and the result of each. */
export const runs: readonly (readonly [
  what: string,
  Report,
  verdict: string,
  reason: string,
  exit: number,
])[] = [
  [
    'a run in which every MUST passes',
    run([
      [must('a'), 'pass'],
      [should('b'), 'pass'],
    ]),
    'conformant',
    'the target http://target keeps every MUST of core',
    0,
  ],
  [
    'a run in which a SHOULD warns',
    run([
      [must('a'), 'pass'],
      [should('b'), 'warn'],
    ]),
    'conformant',
    'the target http://target keeps every MUST of core',
    0,
  ],
  [
    'a run in which a MUST warns',
    run([[must('a'), 'warn']]),
    'conformant',
    'the target http://target keeps every MUST of core',
    0,
  ],
  [
    'a run in which a SHOULD could not be decided',
    run([
      [must('a'), 'pass'],
      [should('b'), 'inconclusive'],
    ]),
    'conformant',
    'the target http://target keeps every MUST of core',
    0,
  ],
  [
    'a quick run that only observes, of a target that lacks something,',
    run([[must('a'), 'pass']], {
      header: header({
        target: {
          baseUrl: 'http://target',
          operations: [...having('read', 'write'), operation('read', 'absent')],
        },
        options: { ...header().options, depth: 'quick', mode: 'observe' },
      }),
    }),
    'conformant',
    'the target http://target keeps every MUST of core (depth quick: the scenarios that catch the most faults, on one read and one write operation; mode observe; 2 of 3 operations; without POST /v1/read)',
    0,
  ],
  ...(['read', 'write'] as const).map(
    (permission): Row => [
      `a run of a target without a ${permission} operation`,
      run([[must('a'), 'pass']], {
        header: header({
          target: {
            baseUrl: 'http://target',
            operations: [
              operation('read', permission === 'read' ? 'absent' : 'available'),
              operation('write', permission === 'write' ? 'absent' : 'available'),
            ],
          },
        }),
      }),
      'partial',
      `core: the target has no ${permission} operation, so no ${permission} could be tested (1 of 2 operations; without POST /v1/${permission})`,
      2,
    ],
  ),
  [
    'a run of the embedded server',
    run([[must('a'), 'pass']], { header: header({ embedded: true }) }),
    'conformant',
    'the embedded reference server (no MUFI_BASE_URL is set) keeps every MUST of core',
    0,
  ],
  [
    'a run in which a MUST fails',
    run([[must('a'), 'fail']]),
    'nonconformant',
    'the target http://target breaks "Sentence of f/a" (f/a)',
    1,
  ],
  [
    'a run in which a SHOULD fails, as it does when strict',
    run([
      [must('a'), 'pass'],
      [should('b'), 'fail'],
    ]),
    'nonconformant',
    'the target http://target breaks "Sentence of f/b" (f/b)',
    1,
  ],
  [
    'a run in which a MUST of an unclaimed profile fails',
    run(
      [
        [must('a'), 'pass'],
        [lifecycle('b'), 'fail'],
        [lifecycle('c'), 'fail'],
      ],
      unclaimed,
    ),
    'nonconformant',
    'the target http://target breaks "Sentence of f/b" (f/b) and 1 more',
    1,
  ],
  [
    'a run in which a MUST could not be decided',
    run(
      [
        [should('s'), 'inconclusive', 'why the SHOULD'],
        [lifecycle('l'), 'inconclusive', 'why of an unclaimed profile'],
        [must('a'), 'inconclusive', 'why the MUST'],
      ],
      unclaimed,
    ),
    'inconclusive',
    'why the MUST',
    2,
  ],
  [
    'a run in which a MUST of an unclaimed profile could not be decided',
    run(
      [
        [must('a'), 'pass'],
        [lifecycle('b'), 'inconclusive', 'why'],
      ],
      unclaimed,
    ),
    'conformant',
    'the target http://target keeps every MUST of core',
    0,
  ],
  [
    'a run in which a MUST fails and another could not be decided',
    run([
      [must('a'), 'inconclusive'],
      [must('b'), 'fail'],
    ]),
    'nonconformant',
    'the target http://target breaks "Sentence of f/b" (f/b)',
    1,
  ],
  ['a run that was not tested', run([[must('a'), 'not-tested']]), 'partial', 'core: f/a was not tested', 2],
  [
    'a run to which nothing applies',
    run([[must('a'), 'not-applicable']]),
    'partial',
    'core: none of its requirements was tested',
    2,
  ],
  [
    'a run with a MUST that does not apply',
    run([
      [must('a'), 'pass'],
      [must('b'), 'not-applicable'],
    ]),
    'conformant',
    'the target http://target keeps every MUST of core',
    0,
  ],
  [
    'a run of which something was left out',
    run([[must('a'), 'pass']], { leftOut: 'only -g x was selected' }),
    'partial',
    'not everything ran: only -g x was selected',
    2,
  ],
  [
    'a run with a claimed profile that was not tested',
    run(
      [
        [must('a'), 'pass'],
        [lifecycle('b'), 'not-tested'],
      ],
      asked('core', 'lifecycle'),
    ),
    'partial',
    'lifecycle: f/b was not tested',
    2,
  ],
  [
    'a run with one cause',
    run([[must('a'), 'inconclusive', 'nobody is there']], caused),
    'inconclusive',
    'nobody is there',
    2,
  ],
  [
    'a run with one cause and no cell',
    report(family(must('a')), [], caused),
    'inconclusive',
    'nobody is there',
    2,
  ],
  [
    'a run with one cause and a failure',
    run([[must('a'), 'fail']], caused),
    'nonconformant',
    'the target http://target breaks "Sentence of f/a" (f/a)',
    1,
  ],
  [
    'a run without a cell',
    report(family(must('a')), [result('f/a/one', 'pass', { cells: [] })]),
    'inconclusive',
    'the run is broken: no check ran',
    3,
  ],
  [
    'a run without a result',
    report(family(must('a')), []),
    'inconclusive',
    'the run is broken: no check ran',
    3,
  ],
  [
    'a run in which the suite failed',
    run([[must('a'), 'fail']], { suiteFaults: ['the suite fell over', 'and again'] }),
    'inconclusive',
    'the run is broken: the suite fell over',
    3,
  ],
];
