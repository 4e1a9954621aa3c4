import { filled, from } from '../model/template.js';
import type { Facts } from '../model/facts.js';
import { isObject } from '../model/json.js';
import { askedAgainMax } from '../model/plan.js';
import { creating, offers } from '../model/data-session.js';
import { isProbe } from '../model/probe.js';
import { isExchange } from '../model/request-kind.js';
import { kindOf } from '../model/steps/index.js';
import type { Cost } from '../model/steps/kind.js';
import type { Check, ExchangeStep, Step } from '../model/suite.js';
import { eraOf, sessionRevisions } from '../model/revision.js';
import { total, walk } from '../model/walk.js';

/**
 * The most requests that a check sends, however a target behaves that issues one id an answer: its steps, a question by a fresh
 * client after each that stays unanswered, a few more where that client gets none either, and the DELETE of every session.
 */
export function requestsAtWorst({ steps }: Pick<Check, 'steps'>, facts: Facts): number {
  let isAsked = false;
  const sent = total(steps, facts, (step) => {
    isAsked ||= isAskedAbout(step);
    const { requests, onceOpened = 0, as } = costOf(step, facts);
    const questions = Number(isAskedAbout(step));
    const sessions = Number(as === 'opened') + questions;
    const cookies = as === 'opened' ? cookieRequests(facts) : 0;
    const ending = facts.delete.offered ? sessions : 0;
    return requests + onceOpened + questions + bringing(step, facts) + cookies + ending;
  });
  return sent + (isAsked ? askedAgainMax * (facts.delete.offered ? 2 : 1) : 0);
}

/** A client of a target with data-layer sessions creates one with its first call of a tool, and ends it in the end. */
function cookieRequests({ dataSessions, delete: remove }: Facts): number {
  if (creating(dataSessions) === undefined) return 0;
  return 1 + Number(remove.offered && offers(dataSessions, 'delete'));
}

/** Some probe of the step may be a tool, and nothing else says what is in `_meta`. */
function mayCarryCookie(step: ExchangeStep): boolean {
  if (step.kind !== 'send' || step.meta !== undefined) return false;
  return isProbe(step.method) && step.method !== 'probe.plain';
}

/** What a client without sessions asks first opens none. */
function costOf(step: Step, { revision }: Pick<Facts, 'revision'>): Cost {
  const cost = kindOf(step).cost(step);
  const isModern = step.kind === 'open' && eraOf(step.revision ?? revision) === 'modern';
  return isModern ? { requests: cost.requests } : cost;
}

/** Where the head of a stream has to be brought by a message, something causes one. */
function bringing(step: Step, { get }: Facts): number {
  return Number(get?.late === true && step.kind === 'listen' && !step.background);
}

function isAskedAbout(step: Step): boolean {
  if (!isExchange(step) || step.background) return false;
  return step.require !== undefined || step.judge !== undefined || step.group !== undefined;
}

/** How many requests a check sends to a target that behaves: its steps, and the DELETE of each session that they leave open. */
export function requestsExpected({ steps }: Pick<Check, 'steps'>, facts: Facts): number {
  const ledger: Ledger = {
    revision: facts.revision,
    issuesIds: facts.issuesIds || facts.eras?.legacy.issuesIds === true,
    actors: new Map(),
    sessions: [],
    sent: 0,
  };
  walk(steps, facts, (step, iteration = 0) => {
    if (isExchange(step)) {
      enter(step, ledger, iteration);
      bringCookie(step, ledger, iteration, facts);
    } else ledger.sent += kindOf(step).cost(step).requests;
    ledger.sent += bringing(step, facts);
  });
  const left = ledger.sessions.filter(({ open }) => open).length;
  return ledger.sent + (facts.delete.offered ? left : 0);
}

interface Session {
  open: boolean;
  /** Its client has a session in the data layer. */
  hasCookie?: true;
}

interface Ledger extends Pick<Facts, 'revision'> {
  readonly issuesIds: boolean;
  readonly actors: Map<string, Session>;
  readonly sessions: Session[];
  sent: number;
}

function bringCookie(step: ExchangeStep, ledger: Ledger, i: number, facts: Facts): void {
  const session = mayCarryCookie(step) ? ledger.actors.get(actorOf(step, i)) : undefined;
  if (session === undefined || session.hasCookie) return;
  session.hasCookie = true;
  ledger.sent += cookieRequests(facts);
}

function enter(step: ExchangeStep, ledger: Ledger, i: number): void {
  if (isLeftOut(step)) return;
  const { requests, onceOpened = 0, as } = costOf(step, ledger);
  ledger.sent += requests;
  if (isRefused(step)) return;
  if (as === 'opened' && isFresh(step, ledger, i)) {
    const session = { open: ledger.issuesIds };
    ledger.sessions.push(session);
    ledger.sent += onceOpened;
    if (step.kind === 'open') ledger.actors.set(actorOf(step, i), session);
  }
  const ended = as === 'deleted' && !isForeign(step) ? meant(step, ledger, i) : undefined;
  if (ended !== undefined) ended.open = false;
}

/** A refusal names no id that could be carried, and most ids have letters of one case. */
function isLeftOut({ session, cookies }: ExchangeStep): boolean {
  // Few targets set cookies; without them the step is left out.
  if (cookies !== undefined) return true;
  return session.kind === 'named-by' || (session.kind === 'of' && session.changed === 'case-swapped');
}

/** An initialize that carries no id. An actor that opens once more begins without one. */
function isFresh(step: ExchangeStep, { actors }: Ledger, i: number): boolean {
  if (step.session.kind === 'none') return true;
  return step.session.kind === 'own' && (step.kind === 'open' || !actors.has(actorOf(step, i)));
}

/** What is set up or judged by a refusal alone is refused, and so are an initialize and a DELETE of a revision that is none. */
function isRefused(step: ExchangeStep): boolean {
  const { require, judge } = step;
  if (step.kind === 'send' && step.method === 'initialize' && isObject(step.params))
    if (typeof step.params['protocolVersion'] !== 'string') return true;
  if (step.kind === 'delete' && step.revisionHeader.kind === 'text' && !isRevision(step.revisionHeader.text))
    return true;
  const expected = [require, judge?.kind === 'expect' ? judge.expect : undefined];
  return expected.some((one) => one?.status?.every((status) => /^[45]/.test(String(status))) ?? false);
}

function isRevision(text: string): boolean {
  return sessionRevisions.some((known) => known === text);
}

/** It asks for something of another client's session, which a target that behaves refuses. */
function isForeign({ as, session, judge }: ExchangeStep): boolean {
  return judge?.kind === 'answer' && session.kind === 'of' && session.actor !== as;
}

/** The session whose id a step carries, if it is one that was issued. */
function meant({ as, session }: ExchangeStep, { actors }: Ledger, i: number): Session | undefined {
  if (session.kind === 'own') return actors.get(actorOf({ as }, i));
  return session.kind === 'of' && session.changed === undefined ? actors.get(session.actor) : undefined;
}

function actorOf({ as }: Pick<ExchangeStep, 'as'>, i: number): string {
  return filled(as, from({ i: String(i) }));
}
