import { existsSync, writeFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { createPace, type Pace } from '../../../../harness/engine/probe/pace.ts';
import { tellClock } from '../../support/clock.ts';

/** Some workers that share one pace, on one clock. */
function workersOf(count: number, maxPerSecond?: number) {
  const file = test.info().outputPath('pace');
  writeFileSync(file, '');
  const clock = tellClock();
  const paces = Array.from({ length: count }, () =>
    createPace({ file, workers: count, maxPerSecond, clock }),
  );
  return { paces, clock, file, pace: paces[0]! };
}

type Workers = ReturnType<typeof workersOf>;

/** Sends in turn and answers how far apart the requests were. */
async function gaps({ paces, clock }: Workers, requests: number): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index <= requests; index += 1) {
    await paces[index % paces.length]!.turn();
    times.push(clock.now());
  }
  return times.slice(1).map((time, index) => Math.round(time - times[index]!));
}

function refuse(pace: Pace, sentAt: number, status = 503): boolean {
  return pace.refused({ status, sentAt });
}

/** A target that refuses everything, until the pace is at its slowest. */
function refuseAll({ pace, clock }: Workers): void {
  for (let time = 0; time < 20; time += 1) {
    clock.pass(300);
    refuse(pace, clock.now());
    pace.answered();
  }
}

test('nothing is waited for as long as nothing is refused', async () => {
  const workers = workersOf(2);
  expect(await gaps(workers, 20)).toEqual(Array.from({ length: 20 }, () => 0));
  expect([workers.pace.overload, workers.pace.busyLately]).toEqual([{ answers: 0 }, false]);
});

test('the configured limit is that of all workers together', async () => {
  const workers = workersOf(4, 40);
  await gaps(workers, 10);
  expect(await gaps(workers, 20)).toEqual(Array.from({ length: 20 }, () => 25));
});

test('a refusal that one worker sees halves the rate of all, once until it can show', async () => {
  const workers = workersOf(2, 100);
  const { pace, paces, clock } = workers;
  await gaps(workers, 50);
  const sentAt = clock.now();
  for (const one of [...paces, ...paces, ...paces]) refuse(one, sentAt);
  expect(pace.overload).toEqual({ answers: 6, slowestPerSecond: 50 });
  expect((await gaps(workers, 10)).slice(1)).toEqual(Array.from({ length: 9 }, () => 20));
  // What was sent before says nothing about the rate after it, however late it is answered.
  clock.pass(400);
  refuse(pace, sentAt);
  expect(pace.overload.slowestPerSecond).toBe(50);
  refuse(pace, clock.now());
  expect(pace.overload.slowestPerSecond).toBe(25);
});

test('without refusals the rate grows, slowly at first, up to the configured limit and not beyond', async () => {
  const workers = workersOf(1, 100);
  const { pace, clock } = workers;
  refuse(pace, clock.now());
  const first = pace.overload.slowestPerSecond ?? 0;
  const rates: number[] = [];
  for (let second = 0; second < 40; second += 1) {
    const [gap = 0] = (await gaps(workers, 1)).slice(-1);
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
  const { pace, clock } = workersOf(1);
  for (let answer = 1; answer <= 400; answer += 1) {
    clock.pass(10);
    if (answer % 23 === 0) refuse(pace, clock.now());
    else pace.answered();
  }
  expect(pace.overload).toEqual({ answers: 17 });
});

test('the rate never falls below one request a second, and five refusals in a row there end the run', async () => {
  const workers = workersOf(2);
  const { pace, paces, clock } = workers;
  refuseAll(workers);
  expect(pace.overload.slowestPerSecond).toBe(1);
  for (let time = 0; time < 4; time += 1) {
    clock.pass(1000);
    expect(refuse(paces[time % 2]!, clock.now(), 429)).toBe(true);
    expect(pace.exhausted).toBeUndefined();
  }
  pace.answered();
  for (let time = 0; time < 5; time += 1) {
    expect(pace.exhausted).toBeUndefined();
    clock.pass(1000);
    refuse(paces[time % 2]!, clock.now(), 429);
  }
  const why = 'the target still answers 429 at 1 request a second, the lowest rate that MUFI_MAX_RPS can set';
  expect(paces.map(({ exhausted }) => exhausted)).toEqual([why, why]);
});

test('a wait that one worker is told holds for all, and refusals after five of them end the run', async () => {
  const workers = workersOf(2);
  const [one, other] = workers.paces as [Pace, Pace];
  const { clock } = workers;
  for (let time = 0; time < 5; time += 1) {
    expect(other.exhausted).toBeUndefined();
    const sentAt = clock.now();
    for (const pace of workers.paces) pace.refused({ status: 503, sentAt, holdMs: 4000 });
    await (time % 2 === 0 ? other : one).turn();
    expect(clock.now() - sentAt).toBeGreaterThanOrEqual(4000);
  }
  expect(other.exhausted).toBe(
    'the target answers 503 5 times in a row and asks to wait 4 s each time, so a lower MUFI_MAX_RPS does not help',
  );
});

test('a lock that a killed process left behind and a file that is gone stop nobody', async () => {
  const { pace, clock, file } = workersOf(1, 100);
  writeFileSync(`${file}.lock`, '');
  await pace.turn();
  expect(existsSync(`${file}.lock`)).toBe(false);
  const alone = createPace({ file: `${file}-gone`, workers: 1, maxPerSecond: undefined, clock });
  refuse(alone, clock.now());
  expect([alone.overload.answers, pace.overload.answers]).toEqual([1, 0]);
  pace.close();
  await pace.turn();
});
