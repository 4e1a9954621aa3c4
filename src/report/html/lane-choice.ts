import type { Exchange, Transcript } from '../../model/transcript.js';
import type { Scene } from './cases.js';

/** The exchanges of a check that a diagram shows: what decided and what stands beside it, with what went before. In order of time. */
export function chosenOf({ transcript, decides, beside }: Scene): readonly Exchange[] {
  const all = exchangesOf(transcript);
  const chosen = new Set([decides, ...beside]);
  const actors = new Set([...chosen].map(({ actor }) => actor));
  const add = (exchange: Exchange | undefined) => {
    if (exchange === undefined || chosen.size >= exchangesMax) return;
    if (!actors.has(exchange.actor) && actors.size >= actorsMax) return;
    actors.add(exchange.actor);
    chosen.add(exchange);
  };
  const at = all.indexOf(decides);
  const before = all.slice(0, at).toReversed();
  const own = new Set(actors);
  // How the sessions began that it is about, what their clients did, then what is nearest.
  for (const one of [decides, ...beside]) add(openingOf(one, all));
  for (const one of before.filter(({ actor }) => own.has(actor)).slice(0, ownMax)) add(one);
  for (const one of before.slice(0, beforeMax)) add(one);
  for (const one of all.slice(at + 1, at + 1 + afterMax)) add(one);
  return all.filter((one) => chosen.has(one));
}

export function exchangesOf({ entries }: Transcript): readonly Exchange[] {
  return entries
    .filter((entry): entry is Exchange => entry.kind === 'exchange')
    .toSorted((a, b) => a.startedMs - b.startedMs || a.seq - b.seq);
}

function openingOf({ asked }: Exchange, all: readonly Exchange[]): Exchange | undefined {
  return all.find(
    (one) => one.asked.kind === 'initialize' && one.named.some((id) => asked.session.includes(id)),
  );
}

const exchangesMax = 14;
const actorsMax = 4;
const ownMax = 6;
const beforeMax = 6;
const afterMax = 3;
