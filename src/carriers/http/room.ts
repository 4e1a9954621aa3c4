import { after } from '../clock.js';

/**
 * The descriptors that this process may open are shared by all its connections. Where they run out, who wants one waits until
 * another is given back, and connections that are only kept for later are closed. It is no fault of the target, so nothing that
 * comes of it may be blamed on it.
 */

/** Descriptors that are left alone, for files and modules that are opened in the middle of a run. */
const reserved = 8;
const openMin = 4;
/** Others on this machine may give something back of which we hear nothing. */
const retryMs = 100;

let open = 0;
/** Known once the system has refused one. */
let openMax = Infinity;
const waiting: (() => void)[] = [];
/** Ways to close connections that nobody uses. */
const idle = new Set<() => void>();

export function hasRoom(): boolean {
  return open < openMax && waiting.length === 0;
}

/** Runs `go` once there is room for a connection. Gives what takes that back. */
export function whenRoom(go: () => void): () => void {
  waiting.push(go);
  for (const close of idle) close();
  return () => {
    const at = waiting.indexOf(go);
    if (at >= 0) waiting.splice(at, 1);
  };
}

/** A connection begins. Gives what has to be called once it is closed. */
export function takeRoom(): () => void {
  open += 1;
  return () => {
    open -= 1;
    admit();
  };
}

/** The system has refused one: as many as there are now are too many. Runs `again` after a while, unless that is taken back. */
export function afterRefusal(again: () => void): () => void {
  openMax = Math.max(Math.min(openMax, open - reserved), openMin);
  const { cancel } = after(retryMs, () => {
    openMax += 1;
    admit();
    again();
  });
  return cancel;
}

/** A burst of sessions would keep thousands, which costs more memory than all that came over them. */
const idleMax = 500;

/** Keeps a connection for later. Gives what must be called when it is used again, or closed. */
export function keepIdle(close: () => void): () => void {
  idle.add(close);
  const [oldest] = idle;
  if (idle.size > idleMax) oldest?.();
  // Not at once, because what is under way must be done with it first.
  if (waiting.length > 0) queueMicrotask(() => idle.has(close) && close());
  return () => idle.delete(close);
}

function admit(): void {
  const next = open < openMax ? waiting.shift() : undefined;
  if (next === undefined) return;
  next();
  admit();
}
