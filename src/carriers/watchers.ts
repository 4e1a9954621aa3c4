import type { Reply } from '../model/reply.js';
import { after, type Wait } from './clock.js';

interface Watcher {
  readonly test: (reply: Reply) => boolean;
  readonly resolve: (held: boolean) => void;
  readonly reject: (bug: unknown) => void;
  readonly wait: Wait;
}

/** Those who wait for something to come true of an exchange. */
export class Watchers {
  readonly #waiting = new Set<Watcher>();

  add(test: Watcher['test'], timeoutMs: number): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const wait = after(timeoutMs, () => this.#release(watcher, false));
      const watcher: Watcher = { test, resolve, reject, wait };
      this.#waiting.add(watcher);
    });
  }

  look(snapshot: () => Reply): void {
    if (this.#waiting.size === 0) return;
    const reply = snapshot();
    for (const watcher of this.#waiting) this.#try(watcher, reply);
  }

  /** Nothing will change any more, so waiting on would only cost time. */
  end(): void {
    for (const watcher of this.#waiting) this.#release(watcher, false);
  }

  // A test that throws is a fault of its author: he hears of it, and the exchange goes on.
  #try(watcher: Watcher, reply: Reply): void {
    try {
      if (watcher.test(reply)) this.#release(watcher, true);
    } catch (bug) {
      watcher.reject(bug);
      this.#release(watcher, false);
    }
  }

  #release(watcher: Watcher, held: boolean): void {
    watcher.wait.cancel();
    this.#waiting.delete(watcher);
    watcher.resolve(held);
  }
}
