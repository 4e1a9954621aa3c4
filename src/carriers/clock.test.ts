import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { after, deadline, nowMs, runningMs, sleep, stalledMs } from './clock.js';
import { connectTo, eventually, hangsAfterMs } from './http/testing/stand.js';

/** The wall clock of a test. */
const wall = { ms: 0 };

/** Time in which this process runs, and its timers fire. */
function run(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 1) {
    wall.ms += 1;
    vi.advanceTimersByTime(1);
  }
  return turns();
}

/** Time in which it does not. */
async function stop(ms: number): Promise<void> {
  wall.ms += ms;
  // All timers of that time are late.
  vi.advanceTimersByTime(Math.min(ms, 1_000));
  await turns();
}

async function turns(): Promise<void> {
  for (let i = 0; i < 5; i += 1) await new Promise((resolve) => setImmediate(resolve));
}

describe('the clock', () => {
  beforeEach(() => {
    wall.ms = performance.now();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    vi.spyOn(performance, 'now').mockImplementation(() => wall.ms);
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  it('calls after the time that was asked for, and as late as timers are', async () => {
    const fired: number[] = [];
    const startedMs = wall.ms;
    for (const ms of [100, 7, 45]) after(ms, () => fired.push(ms));
    await run(6);
    expect(fired).toEqual([]);
    await run(2);
    expect(fired).toEqual([7]);
    await run(95);
    expect(fired).toEqual([7, 45, 100]);
    expect(wall.ms - startedMs).toBeLessThan(110);
  });

  it('does not count the time in which the process did not run, but for a slice', async () => {
    const fired = vi.fn<() => void>();
    const stalledBefore = stalledMs();
    const startedMs = runningMs();
    after(1_000, fired);
    await run(100);
    await stop(60_000);
    expect(fired).not.toHaveBeenCalled();
    expect(runningMs() - startedMs).toBeLessThan(200);
    expect(stalledMs() - stalledBefore).toBeGreaterThan(59_900);
    await run(1_000);
    expect(fired).toHaveBeenCalledOnce();
  });

  it('goes on where the process runs a little between many stops', async () => {
    const fired = vi.fn<() => void>();
    after(500, fired);
    for (let i = 0; i < 100; i += 1) {
      await stop(130);
      await run(20);
    }
    expect(fired).toHaveBeenCalledOnce();
  });

  it('begins again where it is refreshed, and never calls what is cancelled', async () => {
    const fired = vi.fn<() => void>();
    const wait = after(50, fired);
    await run(40);
    wait.refresh();
    await run(40);
    expect(fired).not.toHaveBeenCalled();
    wait.cancel();
    await run(100);
    expect(fired).not.toHaveBeenCalled();
  });

  it('can be cancelled between the time and the call, while what has come is read', async () => {
    const fired = vi.fn<() => void>();
    const wait = after(10, fired);
    for (let i = 0; i < 30; i += 1) {
      wall.ms += 1;
      vi.advanceTimersByTime(1);
    }
    wait.cancel();
    await turns();
    expect(fired).not.toHaveBeenCalled();
  });

  it('never stamps two things alike', () => {
    const stamps = Array.from({ length: 100 }, nowMs);
    expect(stamps.toSorted((a, b) => a - b)).toEqual(stamps);
    expect(new Set(stamps).size).toBe(stamps.length);
  });

  it('sleeps, and tells when a deadline has passed', async () => {
    const asleep = sleep(30);
    const late = deadline(20);
    await run(15);
    expect(late.passed()).toBe(false);
    await run(20);
    expect(late.passed()).toBe(true);
    await asleep;
  });
});

/** Answers as soon as this thread is told to, and tells the other once it did. */
const answering = `
  const { parentPort, workerData: { states } } = require('node:worker_threads');
  const server = require('node:net').createServer((socket) => socket.once('data', () => {
    Atomics.store(states, 0, 1);
    Atomics.wait(states, 1, 0);
    socket.write('HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\n{}', () => {
      Atomics.store(states, 2, 1);
      Atomics.notify(states, 2);
    });
  }));
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

it('what came while this process was stopped is read before a deadline passes', async () => {
  const states = new Int32Array(new SharedArrayBuffer(12));
  const worker = new Worker(answering, { eval: true, workerData: { states } });
  const [port] = await once(worker, 'message');
  const timeoutMs = 1_000;
  const call = connectTo(new URL(`http://127.0.0.1:${port}/`)).send(
    { carrier: 'http', method: 'GET', headers: [] },
    { timeoutMs, until: 'end' },
  );
  await eventually(() => Atomics.load(states, 0) === 1);
  Atomics.store(states, 1, 1);
  Atomics.notify(states, 1);
  // This thread stands still until it was answered, and for longer than the deadline.
  Atomics.wait(states, 2, 0, hangsAfterMs);
  Atomics.wait(states, 0, 1, timeoutMs + 100);
  expect(await call.settled).toMatchObject({ kind: 'response', content: { text: '{}' } });
  await worker.terminate();
});
