import { describeCame, describeSent } from '../model/describe-exchange.js';
import { grouped } from '../model/tables.js';
import { plural } from '../model/plural.js';
import { failReasons, inconclusiveReasons, notApplicableReasons } from '../model/reason.js';
import type { Revision } from '../model/revision.js';
import type { Monitor } from '../model/suite.js';
import type { Evidence, Judgement, Verdict } from '../model/verdict.js';
import type { History, Seen } from './history.js';
import type { Observation } from './observation.js';
import { statements } from './table.js';

/** What a monitor says of each revision of a run. Pure: the same transcripts give the same judgement, now or from a file. */
export function watch(monitor: Monitor, history: History): (revision: Revision) => Judgement {
  const { demands, observe } = statements[monitor.holds];
  const observed = grouped(observe(history), ({ at }) => at.revision);
  return (revision) => judged(monitor, observed.get(revision) ?? [], demands, revision);
}

/** The most that a report shows of a verdict that rests on many exchanges. */
const evidenceMax = 8;

function judged(
  monitor: Monitor,
  observations: readonly Observation[],
  demands: string,
  revision: Revision,
): Judgement {
  const weight = monitor.requirement.weights[revision];
  const bad = observations
    .filter((one) => one.kind === 'bad')
    // A plain request is the plainest example.
    .toSorted((a, b) => Number(isPlain(b)) - Number(isPlain(a)));
  const [worst] = [...bad.filter((one) => isHarm(monitor, one)), ...bad];
  if (worst !== undefined) {
    const [first, ...more] = [worst, ...bad.filter((one) => one !== worst)].map((one) =>
      evidenceOf(one, demands),
    );
    const harm = isHarm(monitor, worst) ? ({ harm: true } as const) : {};
    const evidence = [first ?? evidenceOf(worst, demands), ...more.slice(0, evidenceMax - 1)] as const;
    const often = bad.length > 1 ? ` (${plural(bad.length, 'time')} in the run)` : '';
    const message = `${failReasons[worst.reason]}: ${worst.says}${often}`;
    return { ...weight, verdict: { kind: 'fail', reason: worst.reason, evidence, ...harm }, message };
  }
  const unsure = observations.find((one) => one.kind === 'unsure');
  if (unsure !== undefined) {
    const { reason = 'too-few' } = unsure;
    const evidence = evidenceOf(unsure, demands);
    const message = `${inconclusiveReasons[reason]} (${unsure.at.check}: ${evidence.came})`;
    const mayHarm = reason === 'too-few' || monitor.harm.length === 0 ? {} : ({ mayHarm: true } as const);
    return {
      ...weight,
      verdict: { kind: 'inconclusive', reason, evidence: [evidence], ...mayHarm },
      message,
    };
  }
  const [first] = observations;
  if (first === undefined) return { ...weight, verdict: nothing, message: notApplicableReasons.unseen };
  const checks = new Set(observations.map(({ at }) => at.check)).size;
  const came = `met in ${plural(observations.length, 'exchange')} of ${plural(checks, 'check')}`;
  return {
    ...weight,
    verdict: { kind: 'pass', evidence: [{ ...evidenceOf(first, demands), came }] },
    message: came,
  };
}

const nothing: Verdict = { kind: 'not-applicable', reason: 'unseen', evidence: [] };

function isHarm({ harm }: Monitor, { reason }: Extract<Observation, { kind: 'bad' }>): boolean {
  return harm.some(({ reasons }) => reasons === undefined || reasons.includes(reason));
}

function isPlain({ at: { exchange } }: Observation): boolean {
  return exchange.asked.kind === 'request';
}

function evidenceOf(one: Observation, demands: string): Evidence {
  const { check, exchange } = one.at;
  const beside = one.kind === 'bad' ? (one.beside ?? []) : [];
  const says = one.kind === 'good' ? '' : `${one.says}; `;
  return {
    check,
    step: exchange.step,
    entries: [exchange, ...ofSameCheck(one.at, beside)].map(({ seq }) => seq),
    sent: `${describeSent(exchange)}, by ${exchange.actor} of ${check}`,
    acceptable: demands,
    came: `${says}${describeCame(exchange)}${beside.map(besideWords).join('')}`,
  };
}

/** The numbers of entries are those of one check; what others show is said in words. */
function ofSameCheck({ check, revision }: Seen, beside: readonly Seen[]) {
  return beside
    .filter((one) => one.check === check && one.revision === revision)
    .map(({ exchange }) => exchange);
}

function besideWords({ check, exchange }: Seen): string {
  return `; see ${check} ${exchange.step}: ${describeSent(exchange)}, ${describeCame(exchange)}`;
}
