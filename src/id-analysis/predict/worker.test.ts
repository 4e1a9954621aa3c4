import { randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { predictInWorker } from './worker.js';

const idsOf = (text: string): readonly string[] => text.trim().split(/\s+/);

// The first 25 ids of `node --random-seed=2026`, Node 24.21.0.
const fromNode24 = idsOf(`
  x0yn60msm3f ej55niptl1 laxiv6liri bfeywjz0ffu 7hxt61mac2a reopebhgndf 4m4eldwou6h s9rqc5h1vz 1x8n6sli33d hvop8o2y0za
  krgfcqsk3la b5x8fhzxe75 7niy4lwaq uwm39kwihrf 3uof3pav48j maxejas0i8f it8mqo1gb9m iygehk9x0ui t6khemljv48 902b3mvazvp
  rt2l5iigppi aj2y2reo8lw b379vjj7h9 xg36tzv8tp sps6sore2q`);

// The same of `node --random-seed=2`, Node 26.10.0: one of the seeds that need few attempts.
const fromNode26 = idsOf(`
  0n5pgwul8y7i bixzuy3waxg 3oraw22hgev d1ic8204jwh 67odrl0mhnf ng5co6mnhb ttihurov03q eb530zgn3pn 0gmvvl2tj5j ojw1snafuxn
  ulwdsu1zr2 46wp4hi2cli 0e7mtko25zg7 3ge6l7mplqn dhy6zbk2zo 87pcndll2hq qbwwf0m3zj 9vulpswim7v q5axijziif wkl0p1xifoo
  0i6lbnva0ftp 7glfemkrtzh grz2i4xzuq ghtpy8rp07 z99xc061pjn`);

const unguessableIds = Array.from({ length: 24 }, () => randomInt(36 ** 6, 36 ** 7).toString(36));

test('ids recorded on Node 24 give away the next', async () => {
  const [first] = await predictInWorker(fromNode24.slice(0, 6), 1_000);
  expect(first).toMatchObject({ next: fromNode24[6], generator: 'v8-53' });
});

test('ids recorded on Node 26 give away the next, found in a thread', async () => {
  const [first] = await predictInWorker(fromNode26.slice(0, 24), 10_000);
  expect(first).toMatchObject({ next: fromNode26[24], generator: 'v8-sum-53' });
});

test('the main thread goes on while the search runs, which ends in time', async () => {
  const beganMs = performance.now();
  let ticks = 0;
  const ticking = setInterval(() => (ticks += 1), 20);
  const predictions = await predictInWorker(unguessableIds, 400);
  clearInterval(ticking);
  expect(predictions).toEqual([]);
  expect(ticks).toBeGreaterThan(10);
  expect(performance.now() - beganMs).toBeLessThan(400 + 2_000);
});

test('a thread that does not answer in time is ended', async () => {
  // With Not-a-Number the thread never sees its budget end, and the time it is given is over at once.
  const predictions = await predictInWorker(unguessableIds, Number.NaN);
  expect(predictions).toEqual([]);
});

test('nine ids are too few to start a thread', async () => {
  const beganMs = performance.now();
  expect(await predictInWorker(unguessableIds.slice(0, 9), 5_000)).toEqual([]);
  expect(performance.now() - beganMs).toBeLessThan(1_000);
});
