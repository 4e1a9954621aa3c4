import type { Dispatcher } from 'undici';
import type { HttpExchange, Host } from './exchange.js';
import type { Lane } from './lane.js';
import { isWorthKeeping } from './keeping.js';
import { openLane } from './lane.js';
import { keepIdle } from './room.js';
import type { Route } from './route.js';

/** An exchange under way: what it was sent as, and over what. */
interface Attempt {
  readonly request: Dispatcher.DispatchOptions;
  readonly lane: Lane;
  /** `again`: a kept connection ended before any byte of an answer came. */
  readonly kind: 'fresh' | 'reused' | 'again' | 'alone';
}

/**
 * The lanes of one connection, one more wherever requests overlap. They are kept by hand and not in undici's Pool: the
 * Pool takes a client for busy until a turn of the event loop after its answer, so requests that follow each other would
 * be spread over two sockets, now and then.
 */
export class Lanes implements Host {
  readonly #route: Route;
  readonly #busy = new Map<HttpExchange, Attempt>();
  readonly #idle = new Map<Lane, () => void>();
  readonly #closing = new Set<Promise<void>>();

  constructor(route: Route) {
    this.#route = route;
  }

  begin(exchange: HttpExchange, request: Dispatcher.DispatchOptions): void {
    const { keeping } = this.#route;
    const lane = isWorthKeeping(keeping) ? this.#takeIdle() : undefined;
    if (lane === undefined)
      return this.#dispatch(exchange, { request, lane: openLane(this.#route), kind: 'fresh' });
    keeping.reused += 1;
    this.#dispatch(exchange, { request, lane, kind: 'reused' });
  }

  /** On a lane of its own, where `payload` takes the place of what undici writes. */
  beginAlone(exchange: HttpExchange, request: Dispatcher.DispatchOptions, payload: Buffer): void {
    this.#dispatch(exchange, { request, lane: openLane(this.#route, payload), kind: 'alone' });
  }

  over(exchange: HttpExchange, isComplete: boolean): void {
    const attempt = this.#busy.get(exchange);
    this.#busy.delete(exchange);
    if (attempt === undefined) return;
    if (isComplete && attempt.kind === 'again') this.#route.keeping.lost += 1;
    const isKept = isComplete && attempt.kind !== 'alone' && isWorthKeeping(this.#route.keeping);
    if (isKept) this.#keep(attempt.lane);
    else this.#close(attempt.lane);
  }

  again(exchange: HttpExchange, kind: 'fresh' | 'again'): boolean {
    const attempt = this.#busy.get(exchange);
    if (attempt?.kind !== 'reused') return false;
    this.#close(attempt.lane);
    this.#dispatch(exchange, { ...attempt, lane: openLane(this.#route), kind });
    return true;
  }

  isUntouched(exchange: HttpExchange): boolean {
    const attempt = this.#busy.get(exchange);
    return attempt?.kind === 'reused' && attempt.lane.isUntouched();
  }

  hangUp(exchange: HttpExchange): void {
    this.#busy.get(exchange)?.lane.hangUp();
  }

  lacks(exchange: HttpExchange): Error | undefined {
    return this.#busy.get(exchange)?.lane.lacks();
  }

  hasWaited(exchange: HttpExchange): boolean {
    return this.#busy.get(exchange)?.lane.hasWaited() ?? false;
  }

  isBroken(exchange: HttpExchange): boolean {
    return this.#busy.get(exchange)?.lane.isBroken() ?? false;
  }

  async close(): Promise<void> {
    for (const exchange of this.#busy.keys()) exchange.abort();
    for (const lane of this.#idle.keys()) this.#forget(lane);
    await Promise.all(this.#closing);
  }

  /** The one that was used last. */
  #takeIdle(): Lane | undefined {
    const lane = [...this.#idle.keys()].at(-1);
    if (lane !== undefined) this.#leaveIdle(lane);
    return lane;
  }

  #keep(lane: Lane): void {
    this.#idle.set(
      lane,
      keepIdle(() => this.#forget(lane)),
    );
  }

  #forget(lane: Lane): void {
    this.#leaveIdle(lane);
    this.#close(lane);
  }

  #leaveIdle(lane: Lane): void {
    this.#idle.get(lane)?.();
    this.#idle.delete(lane);
  }

  #dispatch(exchange: HttpExchange, attempt: Attempt): void {
    this.#busy.set(exchange, attempt);
    attempt.lane.dispatch(attempt.request, exchange);
  }

  #close(lane: Lane): void {
    const closed = lane.close().finally(() => this.#closing.delete(closed));
    this.#closing.add(closed);
  }
}
