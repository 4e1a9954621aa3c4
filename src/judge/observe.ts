import { describeExit } from '../model/incident.js';
import { saysSomething } from '../model/message.js';
import { plural } from '../model/plural.js';
import type { Check, Invariant, Step } from '../model/suite.js';
import type {
  Awaited,
  Entry,
  Exchange,
  Exited,
  Finding,
  Operated,
  Quiet,
  Transcript,
} from '../model/transcript.js';
import type { Evidence } from '../model/verdict.js';
import { excuse } from './attribute.js';
import { decisiveContent, describeCame, describeSent } from '../model/describe-exchange.js';
import { invariants } from './invariants.js';
import type { Rating } from './rating.js';
import { stepNamed, placeOf } from '../model/walk.js';

export function exchangesOf(entries: readonly Entry[]): readonly Exchange[] {
  return entries.filter((entry) => entry.kind === 'exchange');
}

export function rateAwait(
  step: Step<'await'> & { readonly judge: NonNullable<Step<'await'>['judge']> },
  entry: Awaited,
): Rating {
  const wanted = step.judge.came;
  const evidence: Evidence = {
    step: entry.step,
    entries: [entry.seq],
    sent: `watched ${step.stream} for its ${step.until}`,
    acceptable: wanted
      ? `${step.until} within ${step.withinMs} ms`
      : `no ${step.until} within ${step.withinMs} ms`,
    came: entry.came
      ? `${step.until} after ${Math.round(entry.afterMs)} ms`
      : `nothing within ${Math.round(entry.afterMs)} ms`,
  };
  return entry.came === wanted
    ? { kind: 'pass', evidence }
    : { kind: 'fail', reason: step.judge.reason, evidence };
}

export function rateOperated(
  step: Step<'process'> & { readonly judge: NonNullable<Step<'process'>['judge']> },
  { step: where, seq, does, done, afterMs }: Operated,
): Rating {
  const evidence: Evidence = {
    step: where,
    entries: [seq],
    sent: `${does} the process of the target`,
    acceptable: `done within ${step.withinMs} ms`,
    came: done ? `done after ${Math.round(afterMs)} ms` : `not done after ${Math.round(afterMs)} ms`,
  };
  return done ? { kind: 'pass', evidence } : { kind: 'fail', reason: step.judge.reason, evidence };
}

/** A process whose input was closed. */
export function rateEnd(
  step: Step<'end-input'> & { readonly judge: NonNullable<Step<'end-input'>['judge']> },
  { step: where, seq, closing, ...exit }: Exited,
): Rating {
  const needed = closing?.needed ?? 'nothing';
  const after = `${Math.round(closing?.afterMs ?? 0)} ms`;
  const evidence: Evidence = {
    step: where,
    entries: [seq],
    sent: `the end of the standard input of ${step.as}`,
    acceptable: `the process ends by itself within ${step.withinMs} ms`,
    came:
      needed === 'nothing'
        ? `it ended after ${after} (${describeExit(exit)})`
        : `it went on, and ended after ${needed}`,
  };
  return needed === 'nothing'
    ? { kind: 'pass', evidence }
    : { kind: 'fail', reason: step.judge.reason, evidence };
}

/** Silence counts only when something came on the same stream after the window: otherwise the stream may have been dead. */
export function rateQuiet(
  check: Check,
  step: Step<'quiet'>,
  window: Quiet,
  exchanges: readonly Exchange[],
): Rating {
  const path = stepNamed(check, step.stream)?.path;
  const stream = exchanges.find((exchange) => placeOf(exchange.step) === path);
  const content = stream?.reply.kind === 'response' ? stream.reply.content : undefined;
  const events = content?.kind === 'stream' ? content.events : [];
  const inside = events.filter(
    (event) => event.atMs > window.fromMs && event.atMs <= window.toMs && saysSomething(event),
  );
  const fenced = events.some(({ atMs }) => atMs > window.toMs);
  const evidence: Evidence = {
    step: window.step,
    entries: stream === undefined ? [window.seq] : [window.seq, stream.seq],
    sent: `watched ${step.stream} for ${Math.round(window.toMs - window.fromMs)} ms`,
    acceptable: 'nothing in the window, something after it',
    came: `${plural(inside.length, 'event')} in the window, ${fenced ? 'something' : 'nothing'} after it`,
  };
  if (inside.length > 0) return { kind: 'fail', reason: step.reason, evidence };
  return fenced ? { kind: 'pass', evidence } : { kind: 'unclear', reason: 'no-fence', evidence };
}

export function rateFinding(step: Step<'analyse'>, finding: Finding): Rating {
  const evidence: Evidence = {
    step: finding.step,
    entries: [finding.seq],
    sent: `${finding.samples} ids issued`,
    acceptable: Object.entries(step.judge.finds)
      .map(([name, wanted]) => found[`${name}: ${String(wanted)}`] ?? `${name}: ${String(wanted)}`)
      .join(', '),
    came: Object.entries(finding.finds)
      .map(([name, value]) => `${name}: ${String(value)}`)
      .join(', '),
  };
  const wrong = Object.entries(step.judge.finds).some(([name, wanted]) => finding.finds[name] !== wanted);
  if (finding.samples === 0) return { kind: 'unclear', reason: 'too-few', evidence };
  return wrong ? { kind: 'fail', reason: step.judge.reason, evidence } : { kind: 'pass', evidence };
}

/** What analyses find, for people who do not know the suite language. */
const found: Readonly<Record<string, string>> = {
  'distinct: true': 'ids that all differ',
  'guessable: false': 'ids of which nothing that was tried makes another one likely',
};

export function rateInvariant(invariant: Invariant, transcript: Transcript): Rating {
  const all = exchangesOf(transcript.entries).filter(({ group }) => group === invariant.over);
  const { demands, test } = invariants[invariant.holds];
  const looks = all.map((exchange) => ({ exchange, look: test(exchange, all) }));
  const bad = looks.find(({ look }) => look.kind === 'bad');
  const telling = looks.filter(({ look }) => look.kind !== 'skip');
  const shown = bad ?? telling[0];
  const evidence: Evidence = {
    step: shown?.exchange.step ?? invariant.path,
    entries: shown === undefined ? [] : [shown.exchange.seq],
    sent: shown === undefined ? `nothing recorded as ${invariant.over}` : describeSent(shown.exchange),
    acceptable: `${demands}, in at least ${plural(invariant.atLeast, 'exchange')}`,
    came:
      bad !== undefined && bad.look.kind === 'bad'
        ? `${bad.look.says}; ${describeCame(bad.exchange)}${decisiveContent(bad.look.reason, bad.exchange)}`
        : metIn(telling.length, all.length),
  };
  if (bad !== undefined && bad.look.kind === 'bad') {
    const excused = excuse(bad.exchange);
    if (excused !== undefined) return { kind: 'unclear', reason: excused, evidence };
    return { kind: 'fail', reason: bad.look.reason, evidence };
  }
  if (telling.length >= invariant.atLeast) return { kind: 'pass', evidence };
  return invariant.tooFew === 'unspecified' && all.length > 0
    ? { kind: 'unspecified', evidence }
    : { kind: 'unclear', reason: 'too-few', evidence };
}

function metIn(telling: number, all: number): string {
  if (telling === 0) return `none of ${plural(all, 'exchange')} shows it`;
  return telling === all
    ? `met in ${plural(all, 'exchange')}`
    : `met in ${telling} of ${plural(all, 'exchange')}; the others do not show it`;
}
