import { plural } from '../model/plural.js';
import { happenings, type Happening, type Moment } from './moments.js';

/** By what sessions were lost, as far as the run shows it: it fits every loss that it explains, and nothing that was served. */
export interface LossRule {
  readonly says: string;
  readonly explains: ReadonlySet<Moment>;
  /** Sessions that are not used may expire. */
  readonly isExpiry?: true;
}

/**
 * The rules that hold: first those that more than one loss shows, and of these the more telling ones. `last` are the latest moments of
 * sessions that were kept, where every amount is at its most.
 */
export function rulesFor(
  lost: readonly Moment[],
  kept: readonly Moment[],
  last: readonly Moment[],
): readonly LossRule[] {
  const found = [
    byIdling(lost, kept),
    byHappening('own-abort', lost, kept),
    byHappening('nameless-delete', lost, kept),
    byNode(lost, kept),
    byAmount(
      lost.map((moment) => [moment, moment.requestsMost]),
      last.map(({ requestsLeast }) => requestsLeast),
      (n) => `no session is served more than ${plural(n, 'request')}`,
    ),
    byAmount(
      lost.map((moment) => [moment, moment.newerMost()]),
      last.map(({ newerMost }) => newerMost()),
      (n) => `the newest ${plural(n, 'session')} alone ${n === 1 ? 'is' : 'are'} served`,
    ),
    byHappening('foreign-delete', lost, kept),
    byHappening('other-revision', lost, kept),
    byHappening('own-stream', lost, kept),
    byHappening('foreign-initialize', lost, kept),
    byAmount(
      lost.map((moment) => [moment, moment.ageMs]),
      last.map(({ ageMs }) => ageMs),
      (ms) => `no session is served when it is older than ${Math.floor(ms)} ms`,
    ),
  ].filter((rule) => rule !== undefined);
  const isShown = ({ explains }: LossRule) => explains.size > 1 || explains.size === lost.length;
  return [...found.filter(isShown), ...found.filter((rule) => !isShown(rule))];
}

function byHappening(
  name: Happening,
  lost: readonly Moment[],
  kept: readonly Moment[],
): LossRule | undefined {
  if (kept.some(({ since }) => since.has(name))) return undefined;
  return ruleOf(
    lost.filter(({ since }) => since.has(name)),
    `it was lost after ${happenings[name]}, which no session survived`,
  );
}

function byNode(lost: readonly Moment[], kept: readonly Moment[]): LossRule | undefined {
  if (kept.some(({ isElsewhere }) => isElsewhere)) return undefined;
  return ruleOf(
    lost.filter(({ isElsewhere }) => isElsewhere),
    'no session is served at another node than the one that opened it',
  );
}

/** Lost from some amount on, which no session that was served had come to. */
function byAmount(
  lost: readonly (readonly [Moment, number])[],
  kept: readonly number[],
  says: (amount: number) => string,
): LossRule | undefined {
  const bound = Math.max(0, ...kept.map((amount) => amount + 1));
  const beyond = lost.filter(([, amount]) => amount >= bound && amount > 0);
  return ruleOf(
    beyond.map(([moment]) => moment),
    says(Math.max(bound, 1)),
  );
}

/** A second without a request may be more than a server waits, unless another session was served after as long. */
const idleMinMs = 500;

function byIdling(lost: readonly Moment[], kept: readonly Moment[]): LossRule | undefined {
  const longest = Math.max(0, ...kept.map(({ idleMs }) => idleMs));
  const idle = lost.filter(({ idleMs }) => idleMs > longest && idleMs >= idleMinMs);
  return idle.length === 0 ? undefined : { says: 'it expired', explains: new Set(idle), isExpiry: true };
}

function ruleOf(explained: readonly Moment[], says: string): LossRule | undefined {
  return explained.length === 0 ? undefined : { says, explains: new Set(explained) };
}
