import type { Header } from '../model/framing.js';
import type { Mutant } from '../model/catalogue.js';
import type { Result, Run } from '../model/report.js';
import type { Examined } from '../model/suite.js';
import { sessionRevisions } from '../model/revision.js';
import type { RunOptions } from '../model/run.js';
import type { Peer, ProofRow } from './prove.js';
import { addresses, timeScale } from './targets.js';
import type { ProfileName } from '../model/profile.js';

/** The mutants that a servers at `origin` serves. Each check meets a server of its own, so that none spoils the next. */
export function mutantPeers(mutants: readonly Mutant[], origin: string, isBrief = false): readonly Peer[] {
  return mutants.map((mutant) => ({
    name: mutant.name,
    options: { ...addresses(origin, mutant.name, 'run', mutant.with), ...needed(mutant) },
    again: { ...addresses(origin, mutant.name, 'again', mutant.with), ...needed(mutant) },
    isExamined: isExaminedAlone(mutant, isBrief),
    row: (run, ms) => mutantRow(mutant, run, ms),
  }));
}

/** Alone, a mutant meets all checks, or in a brief proof those that it names. */
export function isExaminedAlone(
  { kills, defaultRun }: Mutant,
  isBrief: boolean,
): (check: Examined) => boolean {
  const named = new Set([...kills, ...(defaultRun?.besides ?? [])]);
  return ({ id }) => !isBrief || named.has(id);
}

export function needed({ profile = 'spec', with: needs }: Mutant): Partial<RunOptions> {
  const [principal] = needs?.principals ?? [];
  return {
    profile,
    ...(needs?.timeScale !== undefined && { timeScale: needs.timeScale }),
    ...(needs?.described && { described: needs.described }),
    ...(needs?.revision && { revision: needs.revision }),
    ...(needs?.idleTimeoutMs !== undefined && { idleTimeoutMs: needs.idleTimeoutMs }),
    ...(principal !== undefined && { headers: credentials(principal) }),
    ...(needs?.principals && {
      principals: Object.fromEntries(needs.principals.map((name) => [name, credentials(name)])),
    }),
  };
}

// A token of the reference is nothing but the name of its principal.
function credentials(name: string): readonly Header[] {
  return [['Authorization', `Bearer ${name}`]];
}

export function mutantRow(
  { name, kills, profile = 'spec', defaultRun: { besides = [] } = {} }: Mutant,
  { report }: Run,
  ms: number,
): ProofRow {
  const came = killsOf(report.results, profile);
  // Which of two requests that meet suffers is chance, and a check may show it or not.
  const due = [...kills, ...besides.filter((id) => came.includes(id) && !kills.includes(id))];
  const wrong = differences(due, report.results, profile);
  const unusable = report.facts.length === 0 ? [report.gate.sentence] : [];
  const isMiss = wrong.length > 0 && unusable.length === 0 && came.every((id) => due.includes(id));
  return {
    group: 'mutant',
    name,
    expected: kills,
    came,
    wrong: [...unusable, ...wrong],
    ...(isMiss && { isMiss }),
    ms,
  };
}

/** The reference as it answers in JSON, at each revision, and by streams at the newest; and both in a run like any other, at all revisions. */
export function referencePeers(origin: string): readonly Peer[] {
  const whole = ['reference', 'reference-sse'];
  const apart = [
    ...sessionRevisions.map((revision) => ['reference', revision] as const),
    ['reference-sse', sessionRevisions[0]] as const,
  ];
  return [
    ...apart.map(([name, revision]) =>
      referencePeer(`${name} ${revision}`, (round) => ({
        revision,
        described,
        ...addresses(origin, name, `${revision}${round}`, everything),
      })),
    ),
    // Here all checks share one server, as they do when a user runs them.
    ...whole.map((name) =>
      referencePeer(`${name}, shared`, (round) => ({
        ...shared(origin, name, `shared${round}`),
        described,
        revision: 'all',
        timeScale,
      })),
    ),
  ];
}

/** The other fixtures without a defect, by name; each check meets a server of its own. */
export function fixturePeers(names: readonly string[], origin: string): readonly Peer[] {
  return names.map((name) => ({
    name,
    options: addresses(origin, name, 'run'),
    again: addresses(origin, name, 'again'),
    row: (run, ms) => fixtureRow(name, run, ms),
  }));
}

const described = {
  update: { uri: 'memo://hello', change: { name: 'touch_resource', arguments: {} } },
};
const everything = { operator: true, replicas: true } as const;

function shared(origin: string, name: string, round: string): Peer['options'] {
  const { targetOf: _, ...target } = addresses(origin, name, round, everything);
  return target;
}

function referencePeer(name: string, at: (round: string) => Peer['options']): Peer {
  return { name, options: at(''), again: at('-again'), row: (run, ms) => referenceRow(name, run, ms) };
}

/**
 * What may come to nothing at the reference: it answers no page with CORS fields, sets no cookie and refuses no DELETE, and a stream
 * that does not begin with an id has nothing to replay; whether a ping meets a call under way is up to the machine. Any other check that looks at it must see something, or it passes by looking away.
 */
const maySeeNothing = new Set([
  'security.id-exposed-to-pages',
  'streams.resume-own-stream',
  'streams.resume-cut-stream',
  'isolation.header-over-cookie',
  'reuse.cookie-is-no-id',
  'isolation.slow-call',
  'reuse.ping-during-call',
  'termination.refused-delete-leaves-session',
]);

export function referenceRow(
  name: string,
  { report }: Run,
  ms: number,
  maySee: (id: string) => boolean = (id) => maySeeNothing.has(id),
): ProofRow {
  const doubted = report.results.filter(({ id, verdict, reason }) =>
    verdict === 'not-applicable' ? reason === 'permitted' && !maySee(id) : verdict !== 'pass',
  );
  const exit = report.gate.exit === 0 ? [] : [`exit ${report.gate.exit}: ${report.gate.sentence}`];
  const wrong = [...exit, ...doubted.map(accusation)];
  const came = doubted.map(({ id }) => id);
  // Who is accused is not asked again.
  const isMiss = doubted.length > 0 && doubted.every(({ verdict }) => verdict !== 'fail');
  return { group: 'reference', name, expected: [], came, wrong, ...(isMiss && { isMiss }), ms };
}

/** Like the reference, but that other fixtures need not show all that there is to see. */
export function fixtureRow(name: string, run: Run, ms: number): ProofRow {
  return referenceRow(name, run, ms, () => true);
}

function accusation({ id, revision, verdict, message }: Result): string {
  return `${id} at ${revision} is ${verdict}: ${message}`;
}

/** Ids of the checks that fail under a profile, at any level, each once and in the order of the suites. */
export function killsOf(results: readonly Result[], profile: ProfileName): readonly string[] {
  const failed = results.filter(({ profiles }) => profiles[profile].verdict === 'fail');
  return [...new Set(failed.map(({ id }) => id))];
}

/** A sentence for each check that killed without being named, or was named and did not. */
export function differences(
  expected: readonly string[],
  results: readonly Result[],
  profile: ProfileName,
): readonly string[] {
  const came = killsOf(results, profile);
  const missed = expected.filter((id) => !came.includes(id));
  const unnamed = came.filter((id) => !expected.includes(id));
  return [
    ...missed.map((id) => `${id} should have failed and is ${verdictOf(id, results, profile)}`),
    ...unnamed.map((id) => `${id} fails and is not named: ${saysOf(id, results)}`),
  ];
}

export function verdictOf(id: string, results: readonly Result[], profile: ProfileName): string {
  const result = results.find((one) => one.id === id);
  return result === undefined
    ? 'in no suite'
    : `${result.profiles[profile].verdict} (${saysOf(id, results)})`;
}

function saysOf(id: string, results: readonly Result[]): string {
  return results.find((one) => one.id === id)?.message ?? '';
}
