import { plural } from '../model/plural.js';
import { happenings, type Happening, type Moment } from './moments.js';

/** By what sessions were lost, as far as the run shows it: it fits every loss that it explains, and nothing that was served. */
export interface LossRule {
  readonly says: string;
  readonly explains: ReadonlySet<Moment>;
  /** Sessions that are not used may expire. */
  readonly isExpiry?: true;
}

/** The rules that hold, the one that explains most first; of those that explain as much the more telling one. */
export function rulesFor(lost: readonly Moment[], kept: readonly Moment[]): readonly LossRule[] {
  if (lost.length === 0) return [];
  const found = [
    byHappening('own-abort', lost, kept),
    byHappening('nameless-delete', lost, kept),
    byNode(lost, kept),
    byAmount(
      lost,
      kept,
      ({ requests }) => requests,
      (n) => `each session is lost after ${plural(n, 'request')}`,
    ),
    byAmount(lost, kept, ({ newerLive }) => newerLive, newest),
    byAmount(lost, kept, ({ newer }) => newer, newest),
    byHappening('foreign-delete', lost, kept),
    byHappening('other-revision', lost, kept),
    byHappening('own-stream', lost, kept),
    byHappening('foreign-initialize', lost, kept),
    byIdling(lost, kept),
    byAmount(
      lost,
      kept,
      ({ ageMs }) => ageMs,
      (ms) => `each session is lost ${Math.round(ms)} ms after it was opened, at the latest`,
    ),
  ];
  return found
    .filter((rule) => rule !== undefined)
    .toSorted(
      (a, b) =>
        Number(b.isExpiry ?? false) - Number(a.isExpiry ?? false) || b.explains.size - a.explains.size,
    );
}

const newest = (n: number): string =>
  `the newest ${plural(n, 'session')} alone ${n === 1 ? 'is' : 'are'} served`;

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

/** Lost from some amount on, which no session that was served had reached. */
function byAmount(
  lost: readonly Moment[],
  kept: readonly Moment[],
  amountOf: (moment: Moment) => number,
  says: (amount: number) => string,
): LossRule | undefined {
  const reached = Math.max(-Infinity, ...kept.map(amountOf));
  const beyond = lost.filter((moment) => amountOf(moment) > reached && amountOf(moment) > 0);
  // The least that no session survived.
  return ruleOf(beyond, says(Math.min(Infinity, ...beyond.map(amountOf))));
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
