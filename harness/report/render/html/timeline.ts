import type { Timeline } from '../../../model/index.ts';
import type { Report } from '../../../model/report.ts';
import { count } from '../text.ts';
import { type Fragment, markup } from './fragment.ts';

const width = 1000;
const laneHeight = 10;
const mostLanes = 12;
const top = 26;

/** Uses of the old key around a regeneration, on a time axis: a use that is accepted after the line is too late. */
export function timelineSection(report: Report): Fragment {
  const drawn = report.requirements.flatMap(({ scenarios }) =>
    scenarios.flatMap(({ id, timeline }) => (timeline === undefined ? [] : [{ id, timeline }])),
  );
  if (drawn.length === 0) return markup``;
  return markup`
<section id="timeline" aria-labelledby="timeline-title">
  <h2 id="timeline-title">Revocation timeline <small>uses of the old key while it is regenerated</small></h2>
  ${drawn.map(({ id, timeline }) => figure(id, timeline))}
</section>`;
}

function figure(id: string, timeline: Timeline): Fragment {
  const { regenerationEndMs, longestStalenessMs, surelySeenMs, uses } = timeline;
  const late = uses.filter((use) => use.accepted && use.startMs > regenerationEndMs).length;
  const said =
    late === 0
      ? `No request that began after the answer to the regeneration was accepted (${count(uses.length, 'use')}).`
      : `${count(late, 'request')} that began after the answer to the regeneration ${late === 1 ? 'was' : 'were'} accepted, the last ${longestStalenessMs} ms later.`;
  const from = Math.min(0, ...uses.map(({ startMs }) => startMs));
  const to = Math.max(regenerationEndMs + 1, ...uses.map(({ endMs }) => endMs));
  const x = (milliseconds: number): number => round(((milliseconds - from) / (to - from)) * width);
  const lanes = arrange(timeline);
  const height = top + Math.min(mostLanes, lanes.length) * laneHeight + 22;
  return markup`<figure class="timeline">
  <figcaption><code>${id}</code> <span class="${late === 0 ? 'calm' : 'late'}">${said}</span></figcaption>
  <svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${said}">
    <rect class="window" x="${x(0)}" y="${top - 8}" width="${round(Math.max(2, x(regenerationEndMs) - x(0)))}" height="${height - top - 8}"/>
    <line class="end" x1="${x(regenerationEndMs)}" x2="${x(regenerationEndMs)}" y1="${top - 8}" y2="${height - 16}"/>
    <text class="label" x="${Math.min(x(regenerationEndMs) + 6, width - 240)}" y="12">regeneration answered after ${regenerationEndMs} ms</text>
    ${lanes.slice(0, mostLanes).flatMap((lane, index) =>
      lane.map((use) => {
        const tooLate = use.accepted && use.startMs > regenerationEndMs;
        const kind = tooLate ? 'late' : use.accepted ? 'accepted' : 'refused';
        return markup`<rect class="${kind}" x="${x(use.startMs)}" y="${top + index * laneHeight}" width="${round(Math.max(1.5, x(use.endMs) - x(use.startMs) - 0.5))}" height="${laneHeight - 3}"/>`;
      }),
    )}
    <text class="label" x="0" y="${height - 4}">${round(from)} ms</text>
    <text class="label far" x="${width}" y="${height - 4}">${round(to)} ms</text>
  </svg>
  ${surelySeenMs === undefined ? '' : markup`<p class="legend">A key that outlives its regeneration by ${surelySeenMs} ms is detected with 99 % certainty.</p>`}
  <p class="legend"><span class="accepted">▮ accepted</span> <span class="refused">▮ refused</span> <span class="late">▮ accepted too late</span></p>
</figure>`;
}

/** Puts overlapping uses on separate lanes. */
function arrange({ uses }: Timeline): Timeline['uses'][] {
  const lanes: Timeline['uses'][] = [];
  for (const use of uses.toSorted((one, other) => one.startMs - other.startMs)) {
    const free = lanes.find((lane) => (lane.at(-1)?.endMs ?? 0) <= use.startMs);
    if (free === undefined) lanes.push([use]);
    else free.push(use);
  }
  return lanes;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
