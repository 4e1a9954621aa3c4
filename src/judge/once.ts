import { peakIn, timesIn } from '../model/repeated.js';
import { textsOf } from '../model/message.js';
import { good, skip, type InvariantTest } from './holding.js';

/** What shows this is one word between others: how often a reading shows each is its own matter. */
const wordsMin = 3;

/** Each word that was written once is there as often as those that were written before and after it. */
export const eachWordOnce: InvariantTest = (exchange, all) => {
  const { shows, nonce, wrote } = exchange.asked;
  if (shows !== 'marks' || nonce !== undefined || wrote === undefined) return skip;
  const words = wrote.own;
  const counts = timesIn(textsOf(exchange.reply).join('\n'), words);
  if (words.length < wordsMin || counts.includes(0)) return skip;
  const at = peakIn(counts);
  if (at === undefined) return good;
  const writer = all.find(({ asked }) => asked.nonce === words[at]);
  // What we sent again may have come twice.
  if (writer === undefined || writer.again !== undefined) return skip;
  const says = `the word that was written in step ${writer.step} is there ${counts[at]} times, those before and after it ${counts[at - 1]} and ${counts[at + 1]}`;
  return { kind: 'bad', reason: 'carried-out-twice', says };
};
