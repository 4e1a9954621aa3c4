import { cookieIn, idIn, withCookie } from '../model/data-session.js';
import type { Json } from '../model/request.js';
import { answerTo } from '../model/message.js';
import { isProbe } from '../model/probe.js';
import type { ExchangeStep } from '../model/suite.js';
import { filledJson, type ValueOf } from '../model/template.js';
import type { Actor, CheckRun, Live } from './check-run.js';
import { resolveProbe } from './probes.js';

/** The parameters of a step with the cookie of the data-layer session that it belongs to. */
export function withOwnCookie(
  params: Json | undefined,
  step: ExchangeStep,
  sender: Actor,
  run: CheckRun,
): Json | undefined {
  const { dataSessions } = run.facts;
  if (dataSessions === undefined || !wantsCookie(step, run)) return params;
  const { cookie } = ownerOf(step, sender, run).dataSession ?? {};
  return cookie === undefined ? params : withCookie(params, dataSessions, cookie);
}

/** A client takes over what a result says of its cookie. Told that there is none, it creates another; one that names no session is none. */
export function takeCookie(live: Live, sender: Actor, run: CheckRun): void {
  const { dataSessions } = run.facts;
  if (dataSessions === undefined || !wantsCookie(live.of, run)) return;
  const owner = ownerOf(live.of, sender, run);
  const told = cookieIn(dataSessions, answerTo(live.call.snapshot(), live.rpcId)?.result);
  if (told === null) delete owner.dataSession;
  else if (owner.dataSession !== undefined && told !== undefined && idIn(dataSessions, told) !== undefined)
    owner.dataSession.cookie = told;
}

/** The id of the data-layer session that a step names by itself; words that are written belong to that. */
export function dataSessionNamed(
  meta: ExchangeStep['meta'],
  valueOf: ValueOf,
  { facts }: CheckRun,
): string | undefined {
  if (facts.dataSessions === undefined || meta === undefined || meta === 'none') return undefined;
  return idIn(facts.dataSessions, filledJson(meta, valueOf));
}

/** What it is answered with depends on the data-layer session that it names, or leaves out, and tells nothing of the one of the transport. */
export function isAboutDataSession(step: ExchangeStep, { facts }: CheckRun): boolean {
  if (facts.dataSessions === undefined || step.kind !== 'send') return false;
  return step.meta !== undefined || /^sessions?\//.test(step.method);
}

/** A probe that calls a tool, where the step does not say itself what is in `_meta`. */
export function wantsCookie(step: ExchangeStep, { facts }: CheckRun): boolean {
  if (step.kind !== 'send' || step.meta !== undefined || !isProbe(step.method)) return false;
  return resolveProbe(step, facts).probe.method === 'tools/call';
}

/** The client whose session a step names. */
export function ownerOf({ session }: ExchangeStep, sender: Actor, { actors }: CheckRun): Actor {
  const isWhole = session.kind === 'of' && session.changed === undefined;
  return (isWhole ? actors.get(session.actor) : undefined) ?? sender;
}
