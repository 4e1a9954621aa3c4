import { cached } from '../model/cached.js';
import { dependenceOf, dependences, listingsIn, type Dependence, type Listing } from '../model/listing.js';
import { grouped } from '../model/tables.js';
import type { Exchange } from '../model/transcript.js';
import { good, skip, type InvariantTest } from './holding.js';

const among: readonly Dependence[] = ['session-id', 'client-name', 'before', 'connection'];

/** What is listed depends on nothing but what the request carries for it; that it changes by the clock proves nothing. */
export const dependingOnNothing: InvariantTest = (exchange, all) => {
  const found = readLists(all).get(exchange);
  if (found === undefined || found.dependence === 'time') return skip;
  if (found.dependence === undefined) return good;
  if (!found.isOther) return skip;
  return { kind: 'bad', reason: 'carried-over', says: dependences[found.dependence] };
};

/** A list whose entries are the same has them in the same order. */
export const keepingOrder: InvariantTest = (exchange, all) => {
  const found = readLists(all).get(exchange);
  if (found === undefined) return skip;
  if (!found.isReordered) return good;
  return { kind: 'bad', reason: 'wrong-body', says: 'the same entries came in another order' };
};

interface Found {
  readonly dependence: ReturnType<typeof dependenceOf>;
  /** It is not what was listed first. */
  readonly isOther: boolean;
  readonly isReordered: boolean;
}

const readLists = cached((all: readonly Exchange[]): ReadonlyMap<Exchange, Found> => {
  const listings = listingsIn(
    all,
    (exchange) => exchange,
    ({ actor }) => actor,
  );
  const lists = [...grouped(listings, ({ of }) => of).values()];
  return new Map(lists.flatMap((each) => foundIn(each)));
});

function foundIn(listings: readonly Listing[]): readonly (readonly [Exchange, Found])[] {
  const dependence = dependenceOf(listings, among);
  const [first] = listings;
  return listings.map(({ exchange, content, sorted }) => {
    const alike = listings.find((other) => other.sorted === sorted);
    const isReordered = alike !== undefined && alike.content !== content;
    return [exchange, { dependence, isOther: sorted !== first?.sorted, isReordered }];
  });
}
