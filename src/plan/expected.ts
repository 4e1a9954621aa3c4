import type { Facts } from '../model/facts.js';
import { isObject } from '../model/json.js';
import { isExchange } from '../model/request-kind.js';
import { timesOf, type Check, type ExchangeStep, type Step } from '../model/suite.js';

/** How many requests a check sends to a target that behaves: its steps, and the DELETE of each session that they leave open. */
export function requestsExpected(check: Check, facts: Facts): number {
  const scene: Scene = { facts, actors: new Map(), sessions: [], sent: 0 };
  walk(check.steps, scene, 0);
  const left = scene.sessions.filter(({ open }) => open).length;
  return scene.sent + (facts.delete.offered ? left : 0);
}

interface Session {
  open: boolean;
}

interface Scene {
  readonly facts: Facts;
  readonly actors: Map<string, Session>;
  readonly sessions: Session[];
  sent: number;
}

function walk(steps: readonly Step[], scene: Scene, i: number): void {
  for (const step of steps)
    if (step.when.every((need) => scene.facts.needsMet.includes(need))) take(step, scene, i);
}

function take(step: Step, scene: Scene, i: number): void {
  if (isExchange(step)) exchange(step, scene, i);
  if (step.kind === 'parallel') walk(step.steps, scene, i);
  if (step.kind !== 'repeat') return;
  for (let round = 0; round < timesOf(step, scene.facts); round += 1) walk(step.steps, scene, round);
}

function exchange(step: ExchangeStep, scene: Scene, i: number): void {
  // A refusal names no id that could be carried, so the step is left out.
  if (step.session.kind === 'named-by') return;
  scene.sent += 1;
  if (opens(step, scene, i)) {
    const session = { open: scene.facts.issuesIds };
    scene.sessions.push(session);
    if (step.kind !== 'open') return;
    scene.actors.set(actorOf(step, i), session);
    scene.sent += Number(step.initialized);
  }
  const ended = step.kind === 'delete' && !isRefused(step) ? meant(step, scene, i) : undefined;
  if (ended !== undefined) ended.open = false;
}

/** A usable initialize that carries no id, and is not there to be refused. An actor that opens once more begins without one. */
function opens(step: ExchangeStep, { actors }: Scene, i: number): boolean {
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
function meant({ as, session }: ExchangeStep, { actors }: Scene, i: number): Session | undefined {
  if (session.kind === 'own') return actors.get(actorOf({ as }, i));
  return session.kind === 'of' && session.changed === undefined ? actors.get(session.actor) : undefined;
}

function actorOf({ as }: Pick<ExchangeStep, 'as'>, i: number): string {
  return as.replaceAll('${i}', String(i));
}
