/**
 * The clock of the harness counts the time in which it was running. While anything is waited for, it looks at the time in short
 * slices, and a slice counts no more than it was meant to last: where this process was stopped, starved or busy, the rest has not
 * passed. So no deadline passes because of us, and what took us long is not a slow target.
 */

/** What is waited for, for so long of our own running time. */
export interface Wait {
  readonly cancel: () => void;
  /** Begins again with the whole time. */
  readonly refresh: () => void;
}

/** The longest time between two looks. */
const sliceMs = 20;
/** The timers of a process that runs are late by less than this. */
const lateMs = 5;

interface Waiting {
  dueMs: number;
  readonly fire: () => void;
}

const waiting = new Set<Waiting>();
/** Those whose time is up, while what has come is read. */
const leaving = new Set<Waiting>();
/** Running time until `sinceMs`, which is a time of the wall clock. */
let countedMs = performance.now();
let sinceMs = countedMs;
let stoppedMs = 0;
let lastMs = 0;
/** Ends, in running time, no later than the first wait is due. */
let slice: { readonly timer: NodeJS.Timeout; readonly endMs: number } | undefined;

/** Running time since the process began, to a hundredth. */
export function runningMs(): number {
  return hundredths(countedMs + passed().running);
}

/** The same as a stamp: no two are equal, so they tell what came first. */
export function nowMs(): number {
  lastMs = Math.max(runningMs(), hundredths(lastMs + 0.01));
  return lastMs;
}

/** How long this process did not run while something was waited for, all in all. */
export function stalledMs(): number {
  return Math.round(stoppedMs + passed().stopped);
}

/** Calls `fire` after so long of running time, and not before what has come until then was read. */
export function after(ms: number, fire: () => void): Wait {
  const wait: Waiting = { dueMs: 0, fire };
  const begin = () => {
    leaving.delete(wait);
    look();
    wait.dueMs = countedMs + ms;
    waiting.add(wait);
    // Most waits are long, and the slice that runs ends before them.
    if (slice === undefined || wait.dueMs < slice.endMs) lookAgain(Math.min(wait.dueMs, countedMs + sliceMs));
  };
  begin();
  return {
    cancel: () => {
      leaving.delete(wait);
      if (waiting.delete(wait) && waiting.size === 0) rest();
    },
    refresh: begin,
  };
}

/** Ends early where the signal fires. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      wait.cancel();
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const wait = after(ms, end);
    signal?.addEventListener('abort', end);
    if (signal?.aborted) end();
  });
}

/** Whether so much running time has passed; it is counted until `cancel`. */
export function deadline(ms: number): { readonly passed: () => boolean; readonly cancel: () => void } {
  let isOver = ms <= 0;
  const { cancel } = after(ms, () => (isOver = true));
  return { passed: () => isOver, cancel };
}

/** What passed since the last look. Where nothing is waited for, nothing tells whether this process was running. */
function passed(): { readonly running: number; readonly stopped: number } {
  const ms = Math.max(performance.now() - sinceMs, 0);
  if (slice === undefined) return { running: ms, stopped: 0 };
  const running = Math.min(ms, Math.max(slice.endMs + lateMs - countedMs, 0));
  return { running, stopped: ms - running };
}

function look(): void {
  const { running, stopped } = passed();
  countedMs += running;
  stoppedMs += stopped;
  sinceMs = performance.now();
}

function lookAgain(endMs: number): void {
  clearTimeout(slice?.timer);
  slice = { timer: setTimeout(onSlice, Math.max(Math.ceil(endMs - countedMs), 1)), endMs };
}

function rest(): void {
  look();
  clearTimeout(slice?.timer);
  slice = undefined;
}

function onSlice(): void {
  look();
  const due = [...waiting].filter(({ dueMs }) => dueMs <= countedMs).sort((a, b) => a.dueMs - b.dueMs);
  for (const wait of due) {
    waiting.delete(wait);
    leaving.add(wait);
  }
  if (waiting.size === 0) rest();
  else lookAgain([...waiting].reduce((endMs, { dueMs }) => Math.min(endMs, dueMs), countedMs + sliceMs));
  // In each turn of the event loop timers come first and what has arrived is read behind them.
  if (due.length > 0) setImmediate(() => setImmediate(leave, due));
}

function leave(due: readonly Waiting[]): void {
  for (const wait of due) if (leaving.delete(wait)) wait.fire();
}

function hundredths(ms: number): number {
  return Math.round(ms * 100) / 100;
}
