import type { AnswerSet, Profile } from '../model/profile.js';
import { isBusy } from '../model/reply.js';
import type { Expectation, Outcome, Rule } from '../model/rule.js';
import type { Check, ExchangeStep } from '../model/suite.js';
import type { Exchange } from '../model/transcript.js';
import type { FailReason, InconclusiveReason } from '../model/reason.js';
import type { Evidence } from '../model/verdict.js';
import { excuse } from './attribute.js';
import { unread } from '../model/message.js';
import { classify } from '../model/classify.js';
import { decisiveContent, describeCame, describeSent } from '../model/describe-exchange.js';
import { describeRule, reasonFor } from './describe.js';
import { meets } from './meets.js';
import type { Rating } from './rating.js';
import { isRefusedStep, isServedStep } from './refused.js';
import { unwantedIn } from './unwanted.js';
import { stepNamed, placeOf } from '../model/walk.js';

/** Rates one exchange of a judged step under a profile. */
export function rateExchange(
  check: Check,
  step: ExchangeStep & { readonly judge: Rule },
  exchange: Exchange,
  exchanges: readonly Exchange[],
  profile: Profile,
): Rating {
  const set = step.judge.kind === 'answer' ? profile.answers[step.judge.set] : undefined;
  const control = step.control === undefined ? undefined : controlOf(check, step.control, exchanges);
  const evidence: Evidence = {
    step: exchange.step,
    entries: control === undefined ? [exchange.seq] : [exchange.seq, ...control.seqs],
    sent: describeSent(exchange),
    acceptable: describeRule(step.judge, set, exchange.asked.kind),
    came: describeCame(exchange),
    ...(control && { control: control.says }),
  };
  const lost = attribute(exchange, step.judge);
  if (lost !== undefined) return { kind: 'unclear', reason: lost, evidence };
  const { outcome, reason } = decide(check, step, set, exchange, exchanges);
  if (control !== undefined && !control.met && outcome !== 'unspecified')
    return { kind: 'unclear', reason: 'control-failed', evidence };
  switch (outcome) {
    case 'pass':
    case 'unspecified':
      return { kind: outcome, evidence };
    case 'unclear':
      return { kind: 'unclear', reason: 'setup-failed', evidence };
    case 'warn':
    case 'fail':
      return {
        kind: outcome,
        reason,
        evidence: withContent(evidence, step.judge, reason, exchange),
        ...(set && { set }),
      };
  }
}

/** A text that must not come says more than the beginning of what it came in. */
function withContent(evidence: Evidence, rule: Rule, reason: FailReason, exchange: Exchange): Evidence {
  const decides = unwantedIn(rule, exchange) || decisiveContent(reason, exchange);
  return { ...evidence, came: `${evidence.came}${decides}` };
}

function decide(
  check: Check,
  { judge: rule, control }: ExchangeStep & { readonly judge: Rule },
  set: AnswerSet | undefined,
  exchange: Exchange,
  exchanges: readonly Exchange[],
): { readonly outcome: Outcome; readonly reason: FailReason } {
  const reason = reasonFor(exchange, control !== undefined);
  switch (rule.kind) {
    case 'expect':
      return {
        outcome: meets(rule.expect, exchange) ? 'pass' : 'fail',
        reason: blame(rule.expect, exchange, reason, rule.reason),
      };
    case 'graded': {
      const grade = rule.grades.find(
        ({ if: expectation, refused, served }) =>
          meets(expectation, exchange) &&
          refused.every((name) => isRefusedStep(check, name, exchanges)) &&
          served.every((name) => isServedStep(check, name, exchanges)),
      );
      return { outcome: grade?.then ?? 'fail', reason: grade?.reason ?? reason };
    }
    case 'answer': {
      const { kind } = exchange.asked;
      const outcome = set?.rows[kind]?.[classify(exchange)];
      return {
        outcome: outcome ?? 'unclear',
        reason: reason === 'served' ? (set?.served ?? reason) : reason,
      };
    }
  }
}

const own: ReadonlySet<FailReason> = new Set(['no-answer', 'dropped', 'server-error', 'wrong-rpc-id']);

/** No answer, server errors and answers to something else keep their own reason: only the answer to the request can be wrong in the way the suite names. */
function blame(
  expect: Expectation,
  exchange: Exchange,
  usual: FailReason,
  given: FailReason | undefined,
): FailReason {
  if (own.has(usual)) return usual;
  if (given !== undefined) return given;
  if (expect.status !== undefined && !meets({ status: expect.status }, exchange))
    return usual === 'wrong-body' ? 'wrong-status' : usual;
  if (expect['session-id'] !== undefined && !meets({ 'session-id': expect['session-id'] }, exchange))
    return 'wrong-session';
  if (expect.header !== undefined && !meets({ header: expect.header }, exchange)) return 'wrong-header';
  return usual;
}

/**
 * Tells "withheld an answer" from "the target is gone", and "refused" from "refuses all clients now". A graded rule names the
 * statuses of load itself where it means them.
 */
function attribute(exchange: Exchange, rule: Rule): InconclusiveReason | undefined {
  const { reply, afterwards } = exchange;
  const excused = unread(exchange.reply) ?? excuse(exchange);
  if (excused !== undefined) return excused;
  const busy = reply.kind === 'response' && isBusy(afterwards);
  return busy && !namesLoad(rule, exchange) ? 'rate-limited' : undefined;
}

/** A grade for server errors of any kind means those that are no refusal for load; one for refusals of any kind is no accusation. */
function namesLoad(rule: Rule, exchange: Exchange): boolean {
  if (rule.kind !== 'graded') return false;
  const grade = rule.grades.find(({ if: expectation }) => meets(expectation, exchange));
  if (grade === undefined) return false;
  if (grade.then !== 'fail' && grade.then !== 'warn') return true;
  return grade.if.status?.some((status) => status === 429 || status === 503) ?? false;
}

interface Control {
  readonly met: boolean;
  readonly seqs: readonly number[];
  readonly says: string;
}

function controlOf(check: Check, name: string, exchanges: readonly Exchange[]): Control {
  const step = stepNamed(check, name);
  const twins = exchanges.filter((exchange) => placeOf(exchange.step) === step?.path);
  const demand = step?.require;
  const met = demand !== undefined && twins.length > 0 && twins.every((twin) => meets(demand, twin));
  const [first] = twins;
  return {
    met,
    seqs: twins.slice(0, 1).map(({ seq }) => seq),
    says:
      first === undefined
        ? `${name}: not reached`
        : `${name}: ${describeSent(first)}: ${describeCame(first)}`,
  };
}
