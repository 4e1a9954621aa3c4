import { describeRule } from '../../judge/describe.js';
import { invariants } from '../../judge/invariants.js';
import { describeExpectation } from '../../judge/wanted.js';
import type { Profile } from '../../model/profile.js';
import type { Result } from '../../model/report.js';
import { isExchange } from '../../model/request-kind.js';
import type { Check } from '../../model/suite.js';
import type { Entry, Exchange, Transcript } from '../../model/transcript.js';
import type { Evidence } from '../../model/verdict.js';
import { placeOf, stepNamed, written } from '../../model/walk.js';
import { isDecidable } from '../../report/show/invariant-ruling.js';
import type { By, Found, Look } from '../../report/show/judged.js';

/** What a failure rests on: the answers that were judged, by the rules that judged them, and what only a person can look at. */
export function foundIn(
  { id, verdict, evidence }: Result,
  { check: own, entries }: Transcript,
  check: Check | undefined,
  answers: Profile['answers'],
): Found | undefined {
  if (verdict !== 'fail') return undefined;
  const exchanges = entries.filter((entry) => entry.kind === 'exchange');
  const shown = evidence.filter((one) => (one.check ?? id) === own);
  const judged = shown.map((one) => {
    if (entries.some((entry) => isOfVisible(entry) && entry.seq === one.entries[0]))
      return { one, by: { kind: 'visible' } as const };
    return { one, by: check && own === id ? ruleOf(one, check, exchanges, answers) : undefined };
  });
  const by = judged.flatMap(({ one, by: rule }) => (rule === undefined ? [] : alike(one, rule, exchanges)));
  const seqs = new Set(by.map(({ seq }) => seq));
  const last = Math.max(...exchanges.filter(({ seq }) => seqs.has(seq)).map(({ startedMs }) => startedMs));
  return {
    answers,
    required: requiredUntil(last, check, exchanges),
    by: by.filter(({ seq }, i) => by.findIndex((one) => one.seq === seq) === i),
    look: judged.flatMap(({ one, by: rule }) => (rule === undefined ? [lookAt(one, check, entries)] : [])),
  };
}

function isOfVisible(entry: Entry): boolean {
  return entry.kind === 'finding' && entry.analysis === 'visible-ascii';
}

/** The rule whose words the evidence has: that of its step, or a statement of the check. */
function ruleOf(
  { step: where, acceptable, entries: [seq] }: Evidence,
  { steps, invariants: holding }: Check,
  exchanges: readonly Exchange[],
  answers: Profile['answers'],
): By | undefined {
  const exchange = exchanges.find((one) => one.seq === seq);
  if (exchange === undefined) return undefined;
  const step = written(steps).find(({ path }) => path === placeOf(where));
  const rule = step !== undefined && isExchange(step) ? step.judge : undefined;
  const set = rule?.kind === 'answer' ? answers[rule.set] : undefined;
  if (rule !== undefined && describeRule(rule, set, exchange.asked.kind) === acceptable)
    return { kind: 'rule', rule };
  const statement = holding.find(
    ({ holds, over }) => over === exchange.group && acceptable.startsWith(`${invariants[holds].demands}, in`),
  );
  return statement && isDecidable(statement.holds)
    ? { kind: 'invariant', holds: statement.holds, over: statement.over }
    : undefined;
}

/** All answers that the same rule judged: what was seen in one may show in another next time. */
function alike({ step: where, acceptable }: Evidence, rule: By, exchanges: readonly Exchange[]): Found['by'] {
  const place = placeOf(where);
  const isAlike = ({ asked, group, step }: Exchange) => {
    if (rule.kind === 'visible') return asked.kind === 'initialize';
    return rule.kind === 'invariant' ? group === rule.over : placeOf(step) === place;
  };
  return exchanges.filter(isAlike).map(({ seq }) => ({ seq, acceptable, rule }));
}

function requiredUntil(
  lastMs: number,
  check: Check | undefined,
  exchanges: readonly Exchange[],
): Found['required'] {
  const steps = written(check?.steps ?? []).filter(isExchange);
  return exchanges
    .filter(({ startedMs }) => startedMs <= lastMs)
    .flatMap(({ seq, step: where }) => {
      const wanted = steps.find(({ path }) => path === placeOf(where))?.require;
      return wanted === undefined ? [] : [{ seq, wanted, words: describeExpectation(wanted) }];
    });
}

function lookAt(
  { entries: [first], sent, acceptable, came }: Evidence,
  check: Check | undefined,
  entries: Transcript['entries'],
): Look {
  const seq = exchangeShowing(first, check, entries);
  return {
    ...(seq !== undefined && { seq }),
    says: `${sent}. Acceptable: ${acceptable}. The run got: ${came}`,
  };
}

/** Its own, or that of the stream that was watched. */
function exchangeShowing(
  seq: number | undefined,
  check: Check | undefined,
  entries: Transcript['entries'],
): number | undefined {
  const entry = entries.find((one) => one.seq === seq);
  if (entry === undefined || entry.kind === 'exchange') return seq;
  if (check === undefined || (entry.kind !== 'awaited' && entry.kind !== 'quiet')) return undefined;
  const path = stepNamed(check, entry.stream)?.path;
  return entries.find((one) => one.kind === 'exchange' && placeOf(one.step) === path)?.seq;
}
