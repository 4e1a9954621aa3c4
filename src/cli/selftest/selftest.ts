import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExitCode } from '../../model/gate.js';
import { suggestion } from '../../load/schema/nearest.js';
import { fixturesOf, type Case, type Mutant } from '../../model/catalogue.js';
import { defaultRunPeers, referenceDefaultRuns } from '../../prove/default-run.js';
import { fixturePeers, fixtureRow, mutantPeers, referencePeers } from '../../prove/mutants.js';
import { nullPeers } from '../../prove/nulls.js';
import { proofPage } from '../../prove/page.js';
import { prove, type Peer, type ProofRow } from '../../prove/prove.js';
import { summaryOf } from '../../prove/summary.js';
import { proveCases } from './cases.js';
import { stdioPeers, stdioFixture } from '../../prove/stdio.js';
import { stdioAt, withFixture } from './fixture.js';
import { makeFolder } from '../output/folder.js';
import type { Io } from '../output/io.js';
import { parseShard } from '../options/shard.js';
import { wholeNumber } from '../options/choice.js';
import { Mistake, reasonOf } from '../mistake.js';
import type { Engine } from '../ports.js';
import { rowLine } from './row-line.js';
import type { OwnFlags } from './own.js';
import { proveHostile } from './run-hostile.js';

export interface SelftestFlags extends OwnFlags {
  /** True where no name is given; the name of a fixture, as `reference`, stands for it without a defect. */
  readonly mutants?: true | readonly string[];
  /** Of the mutants and the reference: only where each check has a server of its own, or only where all share one. */
  readonly alone?: true;
  readonly defaultRun?: true;
  /** What CI has time for: alone, a mutant meets the checks that it names. */
  readonly brief?: true;
  /** How often each run in which all share a server is made. */
  readonly repeat: string;
  /** `1/2` is every other one of the runs on mutants, and of the cases. */
  readonly shard?: string;
  readonly cases?: true | readonly string[];
  readonly nulls?: true;
  readonly hostile?: true;
  readonly output?: string;
}

const peersAtOnce = 6;
/** Each of their clients is a process. */
const pipedAtOnce = 2;
const reference = 'reference';

/** Tests sessionspec: it finds every known defect, accuses no conformant server, and survives every hostile peer. */
export async function selftestAction(flags: SelftestFlags, io: Io, engine: Engine): Promise<ExitCode> {
  if (flags.suite.length > 0 || flags.mutant.length > 0 || flags.config !== undefined)
    return (await import('./own.js')).proveOwn(flags, io, engine);
  if (flags.server !== undefined)
    throw new Mistake('--server is the server of your suites; name them with --suite or --config');
  const startedMs = performance.now();
  const all = !flags.mutants && !flags.cases && !flags.nulls && !flags.hostile;
  if (flags.output !== undefined && !all)
    throw new Mistake('--output writes the whole proof; leave out --mutants, --cases, --nulls and --hostile');
  const { mutants: names = all ? true : [], cases: caseNames = all ? true : [] } = flags;
  const shard = parseShard(flags.shard ?? '1/1');
  const sound = [reference, ...fixturesOf(engine.mutants())];
  const part = <T>(peers: readonly T[]) => peers.filter((_, at) => at % shard.of === shard.index - 1);
  const chosen = chosenOf(names, engine.mutants(), 'mutants', sound);
  const known = caseNames === true || caseNames.length > 0 ? await engine.cases() : [];
  const cases = known.filter(({ servedBy }) => servedBy === 'cases');
  const chosenCases = part(caseNames === true ? cases : casesNamed(caseNames, known));
  const fixtures = names === true ? sound : sound.filter((name) => names.includes(name));
  const show = (row: ProofRow) => io.out(`${rowLine(row, io)}\n`);
  const checks = engine.builtIn().flatMap((suite) => suite.checks);
  const monitors = engine.builtIn().flatMap((suite) => suite.monitors);
  const examine = (peers: readonly Peer[], parallel = peersAtOnce) =>
    prove(peers, {
      examine: (options, isExamined) =>
        engine.run({ checks: checks.filter(isExamined), monitors: monitors.filter(isExamined) }, options),
      parallel,
      done: show,
    });
  const rows: ProofRow[] = [];
  const served = chosen.filter(({ of }) => of !== stdioFixture);
  const piped = chosen.filter(({ of }) => of === stdioFixture);
  const { alone = false, defaultRun = false, brief: isBrief = false } = flags;
  const isRight = fixtures.includes(stdioFixture);
  const others = fixtures.filter((name) => name !== stdioFixture);
  const overStdio = async () =>
    piped.length > 0 || isRight
      ? examine(part(stdioPeers(piped, stdioAt(io), { isRight, alone, defaultRun, isBrief })), pipedAtOnce)
      : [];
  const overHttp = async () => {
    if (served.length === 0 && others.length === 0) return [];
    const repeats = wholeNumber('--repeat', flags.repeat, { min: 1, max: 1_000 });
    const peersAt = peersOf(served, others, flags, repeats);
    return withFixture('mutants/servers.js', reference, io, ({ url }) => {
      const { apart, shared } = peersAt(url.origin);
      return examine(inTurns(part(apart), part(shared)));
    });
  };
  // Processes are waited for more than they work, so the others need not wait for them.
  const [onPipes, onSockets] = await Promise.all([overStdio(), overHttp()]);
  rows.push(...onPipes, ...onSockets);
  rows.push(...(await proveCases(chosenCases, io, examine)));
  if (all || flags.nulls)
    rows.push(
      ...(await withFixture('nulls/main.js', '', io, async ({ index }) =>
        examine(nullPeers((await index()).peers)),
      )),
    );
  if (all || flags.hostile)
    rows.push(
      ...(await withFixture('hostile/main.js', '', io, ({ index }) => proveHostile(index, io, show))),
    );
  // Which checks are unproven shows only where all mutants were examined.
  const isWhole = shard.of === 1 && chosen.length === engine.mutants().length;
  const examined = isWhole ? [...checks, ...monitors] : [];
  const summary = summaryOf(rows, examined, performance.now() - startedMs);
  io.out(`\n${summary.lines.join('\n')}\n`);
  if (flags.output !== undefined)
    writePage(flags.output, proofPage(rows, engine.mutants(), cases, [...checks, ...monitors], summary));
  return summary.holds ? 0 : 1;
}

/** Peers at which each check has a server of its own, and those at which all share one. */
interface Peers {
  readonly apart: readonly Peer[];
  readonly shared: readonly Peer[];
}

function peersOf(
  chosen: readonly Mutant[],
  fixtures: readonly string[],
  { alone, defaultRun, brief }: SelftestFlags,
  repeats: number,
): (origin: string) => Peers {
  const withReference = fixtures.includes(reference);
  const others = fixtures.filter((name) => name !== reference);
  const references = withReference ? [reference, `${reference}-sse`] : [];
  const apart = (origin: string) => [
    ...(withReference ? referencePeers(origin) : []),
    ...fixturePeers(others, origin),
    ...mutantPeers(chosen, origin, brief),
  ];
  const shared = (origin: string) => [
    ...referenceDefaultRuns(references, origin, repeats),
    ...referenceDefaultRuns(others, origin, repeats, fixtureRow),
    ...defaultRunPeers(chosen, origin, repeats),
  ];
  return (origin) => ({ apart: defaultRun ? [] : apart(origin), shared: alone ? [] : shared(origin) });
}

/** Where each check has a server of its own a run mostly waits, and where all share one it mostly computes: in turns they fill the cores. */
function inTurns<T>(one: readonly T[], other: readonly T[]): readonly T[] {
  const length = Math.max(one.length, other.length);
  return Array.from({ length }, (_, at) => [...one.slice(at, at + 1), ...other.slice(at, at + 1)]).flat();
}

/** The name `strangers` stands for all that strangers wrote: they take minutes. */
function casesNamed(names: readonly string[], known: readonly Case[]): readonly Case[] {
  const isAllOf = ({ servedBy }: Case) => names.includes(strangers) && servedBy === strangers;
  const chosen = chosenOf(
    names.filter((name) => name !== strangers),
    known,
    'cases',
  );
  return known.filter((one) => isAllOf(one) || chosen.includes(one));
}

const strangers = 'strangers';

interface Named {
  readonly name: string;
}

function chosenOf<T extends Named>(
  wanted: true | readonly string[],
  all: readonly T[],
  flag: string,
  others: readonly string[] = [],
): readonly T[] {
  if (wanted === true) return all;
  const known = [...others, ...all.map(({ name }) => name)];
  const strange = wanted.find((word) => !known.includes(word));
  if (strange === undefined) return all.filter(({ name }) => wanted.includes(name));
  const says = suggestion(strange, known);
  // All of them would be too long a list.
  const hint = says.includes('did you mean') ? says : '; reports/proof.md lists them';
  throw new Mistake(`--${flag} ${JSON.stringify(strange)} is unknown${hint}`);
}

function writePage(folder: string, page: string): void {
  try {
    makeFolder(folder);
    writeFileSync(join(folder, 'proof.md'), page);
  } catch (error) {
    throw new Mistake(`${join(folder, 'proof.md')} cannot be written: ${reasonOf(error)}`, 4);
  }
}
