/** The baseline of a sample report: one entry in each state. */

import { entryStates, type Report } from '../../../harness/model/report.ts';
import { sampleRequirements } from './report-requirements.ts';

export function sampleBaseline(text: (plain: string) => string): NonNullable<Report['baseline']> {
  return {
    file: text('known.yaml'),
    entries: entryStates.map((state, index) => ({
      requirement: sampleRequirements[index]?.id ?? '',
      ...(index % 2 === 0 ? {} : { operation: 'GET /v1/events' }),
      reason: text('the gateway is replaced'),
      owner: text('gateway team'),
      expires: '2026-12-31',
      state,
      why: text('what is said of it'),
      cells: index,
    })),
  };
}
