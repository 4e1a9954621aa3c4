import type { Facts } from '../model/facts.js';
import { isObject } from '../model/json.js';
import { isExchange } from '../model/request-kind.js';
import type { Check, ExchangeStep } from '../model/suite.js';
import { walk } from '../model/walk.js';

/** How many requests a check sends to a target that behaves: its steps, and the DELETE of each session that they leave open. */
export function requestsExpected(check: Check, facts: Facts): number {
  const ledger: Ledger = { facts, actors: new Map(), sessions: [], sent: 0 };
  walk(check.steps, facts, (step, iteration = 0) => {
    if (isExchange(step)) exchange(step, ledger, iteration);
  });
  const left = ledger.sessions.filter(({ open }) => open).length;
  return ledger.sent + (facts.delete.offered ? left : 0);
}

interface Session {
  open: boolean;
}

interface Ledger {
  readonly facts: Facts;
  readonly actors: Map<string, Session>;
  readonly sessions: Session[];
  sent: number;
}

function exchange(step: ExchangeStep, ledger: Ledger, i: number): void {
  // A refusal names no id that could be carried, so the step is left out.
  if (step.session.kind === 'named-by') return;
  ledger.sent += 1;
  if (opens(step, ledger, i)) {
    const session = { open: ledger.facts.issuesIds };
    ledger.sessions.push(session);
    if (step.kind !== 'open') return;
    ledger.actors.set(actorOf(step, i), session);
    ledger.sent += Number(step.initialized);
  }
  const ended = step.kind === 'delete' && !isRefused(step) ? meant(step, ledger, i) : undefined;
  if (ended !== undefined) ended.open = false;
}

/** A usable initialize that carries no id, and is not there to be refused. An actor that opens once more begins without one. */
function opens(step: ExchangeStep, { actors }: Ledger, i: number): boolean {
  if (isRefused(step)) return false;
  if (step.kind === 'open') return step.session.kind === 'own' || step.session.kind === 'none';
  if (step.kind !== 'send' || step.method !== 'initialize') return false;
  if (isObject(step.params) && typeof step.params['protocolVersion'] !== 'string') return false;
  return step.session.kind === 'none' || (step.session.kind === 'own' && !actors.has(actorOf(step, i)));
}

/** What is set up or judged by a refusal alone is refused. */
function isRefused({ require, judge }: ExchangeStep): boolean {
  const expected = [require, judge?.kind === 'expect' ? judge.expect : undefined];
  return expected.some((one) => one?.status?.every((status) => /^[45]/.test(String(status))) ?? false);
}

/** The session whose id a step carries, if it is one that was issued. */
function meant({ as, session }: ExchangeStep, { actors }: Ledger, i: number): Session | undefined {
  if (session.kind === 'own') return actors.get(actorOf({ as }, i));
  return session.kind === 'of' && session.changed === undefined ? actors.get(session.actor) : undefined;
}

function actorOf({ as }: Pick<ExchangeStep, 'as'>, i: number): string {
  return as.replaceAll('${i}', String(i));
}
