import type { Mutant } from '../model/catalogue.js';
import type { Address } from '../model/carrier.js';
import { defaultRunRow } from './default-run.js';
import { isExaminedAlone, mutantRow, needed, referenceRow } from './mutants.js';
import type { Peer } from './prove.js';
import { timeScale } from './targets.js';

/** The fixture whose clients have a process each, so that no server is there before. */
export const stdioFixture = 'stdio';

/** Where it is, with these decisions. */
export type StdioAt = (change: Readonly<Record<string, string>>) => Address;

interface Examined {
  /** The fixture without a defect, too. */
  readonly isRight: boolean;
  /** Only check by check, or only in the run that people make. */
  readonly alone: boolean;
  readonly defaultRun: boolean;
  readonly isBrief: boolean;
}

/** The server over stdio and its mutants, check by check and as users meet them. */
export function stdioPeers(
  mutants: readonly Mutant[],
  at: StdioAt,
  { isRight, alone, defaultRun, isBrief }: Examined,
): readonly Peer[] {
  const own = { address: at({}) };
  const right: readonly Peer[] = [
    {
      name: stdioFixture,
      options: own,
      isSeedFree: true,
      row: (run, ms) => ({ ...referenceRow(stdioFixture, run, ms), group: 'default-run' }),
    },
    {
      name: stdioFixture,
      options: { ...own, revision: 'all', timeScale },
      row: (run, ms) => referenceRow(stdioFixture, run, ms),
    },
  ];
  return [
    ...(isRight ? right.filter((_, i) => (i === 0 ? !alone : !defaultRun)) : []),
    ...mutants.flatMap((mutant) => {
      const options = { address: at(mutant.change ?? {}), ...needed(mutant) };
      return [
        ...(defaultRun ? [] : [aloneAt(mutant, options, isBrief)]),
        ...(alone ? [] : [sharedAt(mutant, options)]),
      ];
    }),
  ];
}

/** Nothing that one check does is left for the next. */
function aloneAt(mutant: Mutant, options: Peer['options'], isBrief: boolean): Peer {
  const apart = { ...options, targetOf: () => ({ address: options.address }), timeScale };
  return {
    name: mutant.name,
    options: apart,
    again: apart,
    isExamined: isExaminedAlone(mutant, isBrief),
    row: (run, ms) => mutantRow(mutant, run, ms),
  };
}

function sharedAt(mutant: Mutant, options: Peer['options']): Peer {
  return {
    name: mutant.name,
    options,
    again: options,
    isSeedFree: true,
    row: (run, ms) => defaultRunRow(mutant, run, ms),
  };
}
