import { expect, test } from '@playwright/test';
import { createPace, type Pace } from '../../../../harness/engine/probe/pace.ts';
import { tellClock } from '../../support/clock.ts';

/** The pace of a run, with its own clock. */
function paced(maxPerSecond?: number) {
  const clock = tellClock();
  return { clock, pace: createPace({ maxPerSecond, clock }) };
}

type PacedSender = ReturnType<typeof paced>;

/** Sends one request after the other and returns the time between them. */
async function gaps({ pace, clock }: PacedSender, requests: number): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index <= requests; index += 1) {
    await pace.turn();
    times.push(clock.now());
  }
  return times.slice(1).map((time, index) => Math.round(time - times[index]!));
}

function refuse(pace: Pace, sentAt: number, status = 503): boolean {
  return pace.refused({ status, sentAt });
}

/** A target that rejects everything, until the pace is as slow as possible. */
function refuseAll({ pace, clock }: PacedSender): void {
  for (let time = 0; time < 20; time += 1) {
    clock.pass(300);
    refuse(pace, clock.now());
    pace.answered();
  }
}

test('nothing is waited for as long as nothing is refused', async () => {
  const run = paced();
  expect(await gaps(run, 20)).toEqual(Array.from({ length: 20 }, () => 0));
  expect([run.pace.overload, run.pace.busyLately]).toEqual([{ answers: 0 }, false]);
});

test('the configured limit is kept', async () => {
  const run = paced(40);
  await gaps(run, 10);
  expect(await gaps(run, 20)).toEqual(Array.from({ length: 20 }, () => 25));
});

test('a refusal halves the rate, once until it can show', async () => {
  const run = paced(100);
  const { pace, clock } = run;
  await gaps(run, 50);
  const sentAt = clock.now();
  for (let time = 0; time < 6; time += 1) refuse(pace, sentAt);
  expect(pace.overload).toEqual({ answers: 6, slowestPerSecond: 50 });
  expect((await gaps(run, 10)).slice(1)).toEqual(Array.from({ length: 9 }, () => 20));
  // What was sent before says nothing about the rate after it, however late the answer comes.
  clock.pass(400);
  refuse(pace, sentAt);
  expect(pace.overload.slowestPerSecond).toBe(50);
  refuse(pace, clock.now());
  expect(pace.overload.slowestPerSecond).toBe(25);
});

test('without refusals the rate grows, slowly at first, up to the configured limit and not beyond', async () => {
  const run = paced(100);
  const { pace, clock } = run;
  refuse(pace, clock.now());
  const first = pace.overload.slowestPerSecond ?? 0;
  const rates: number[] = [];
  for (let second = 0; second < 40; second += 1) {
    const [gap = 0] = (await gaps(run, 1)).slice(-1);
    rates.push(1000 / gap);
    clock.pass(1000);
  }
  const grown = rates.slice(1).map((rate, index) => rate - rates[index]!);
  expect(rates[0]).toBeCloseTo(first, 0);
  expect(grown.every((step) => step >= 0)).toBe(true);
  expect(grown[1]!).toBeLessThan(first);
  expect(rates.at(-1)).toBe(100);
});

test('a few refusals among many answers do not slow the run down', async () => {
  const { pace, clock } = paced();
  for (let answer = 1; answer <= 400; answer += 1) {
    clock.pass(10);
    if (answer % 23 === 0) refuse(pace, clock.now());
    else pace.answered();
  }
  expect(pace.overload).toEqual({ answers: 17 });
});

test('the rate never falls below one request a second, and five refusals in a row there end the run', async () => {
  const run = paced();
  const { pace, clock } = run;
  refuseAll(run);
  expect(pace.overload.slowestPerSecond).toBe(1);
  for (let time = 0; time < 4; time += 1) {
    clock.pass(1000);
    expect(refuse(pace, clock.now(), 429)).toBe(true);
    expect(pace.exhausted).toBeUndefined();
  }
  pace.answered();
  for (let time = 0; time < 5; time += 1) {
    expect(pace.exhausted).toBeUndefined();
    clock.pass(1000);
    refuse(pace, clock.now(), 429);
  }
  const why = 'the target still answers 429 at 1 request a second, the lowest rate that MUFI_MAX_RPS can set';
  expect(pace.exhausted?.message).toBe(why);
});

test('a wait that the target asks for is kept, and refusals after five of them end the run', async () => {
  const run = paced();
  const { pace, clock } = run;
  for (let time = 0; time < 5; time += 1) {
    expect(pace.exhausted).toBeUndefined();
    const sentAt = clock.now();
    for (let asked = 0; asked < 2; asked += 1) pace.refused({ status: 503, sentAt, holdMs: 4000 });
    await pace.turn();
    expect(clock.now() - sentAt).toBeGreaterThanOrEqual(4000);
  }
  expect(pace.exhausted?.message).toBe(
    'the target answers 503 5 times in a row and asks for a wait of 4 s each time, so a lower MUFI_MAX_RPS does not help',
  );
});
