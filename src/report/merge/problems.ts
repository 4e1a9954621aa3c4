import type { RecordedRun } from '../read-run.js';
import type { RunHeader } from '../run-lines.js';
import { isSame } from '../verify/differences.js';

/** One recording, and the name by which a reader knows it. */
export interface Part {
  readonly name: string;
  readonly run: RecordedRun;
}

/** Why these recordings are not all the parts of one run; nothing where they are. */
export function problemsOf(parts: readonly Part[]): readonly string[] {
  const unfit = parts.flatMap(({ name, run }) => {
    const says = whyUnfit(run);
    return says === undefined ? [] : [`${name}: ${says}`];
  });
  // What is no part has nothing to compare.
  return unfit.length > 0 ? unfit : [...apart(parts), ...missing(parts)];
}

function whyUnfit({ header, footer, facts }: RecordedRun): string | undefined {
  if (header.shard === undefined) return 'it is no part of a run: it was made without --shard';
  if (footer === undefined) return 'it was cut off: its last line is no footer';
  if (footer.gate.exit === 130) return 'it was interrupted';
  return facts.length === 0 ? `the target was not examined: ${footer.gate.sentence}` : undefined;
}

/** What all parts must have alike. */
const alike: Readonly<Record<string, (run: RecordedRun) => unknown>> = {
  'the number of parts': ({ header }) => header.shard?.of,
  'the version of sessionspec': ({ header }) => header.tool.version,
  'the target': ({ header }) => header.again?.url ?? header.target.url,
  'the options of the target': ({ header }) => header.again?.options,
  'the seed': ({ header }) => header.seed,
  'the profile': ({ header }) => header.profile,
  'what counts (--fail-on, --inconclusive)': ({ header }) => header.policy,
  'the baseline': ({ header }) => header.baseline,
  'the revision': ({ header }) => header.revision,
  'the time scale': ({ header }) => header.timeScale,
  'the selected checks': ({ header }) => header.shard?.whole,
  'the selected monitors': ({ header }) => monitorsOf(header),
  'the suites': ({ header }) => header.suites,
  'the profiles as they are written': ({ header }) => header.profiles,
  'the server': ({ facts }) => facts.map(({ server }) => server),
  'what the target offers': ({ facts }) =>
    facts.map(({ revision, needsMet }) => ({ revision, needsMet: needsMet.toSorted() })),
};

function apart([first, ...others]: readonly Part[]): readonly string[] {
  if (first === undefined) return [];
  return Object.entries(alike).flatMap(([what, of]) => {
    const other = others.find(({ run }) => !isSame(of(run), of(first.run)));
    return other === undefined ? [] : [`${other.name} and ${first.name} differ in ${what}`];
  });
}

function missing(parts: readonly Part[]): readonly string[] {
  const of = parts[0]?.run.header.shard?.of ?? 0;
  return Array.from({ length: of }, (_, i) => i + 1).flatMap((index) => {
    const those = parts.filter(({ run }) => run.header.shard?.index === index);
    if (those.length === 0) return [`part ${index}/${of} is missing`];
    return those.length === 1
      ? []
      : [`part ${index}/${of} is there ${those.length} times: ${those.map(({ name }) => name).join(', ')}`];
  });
}

export function monitorsOf({ checks, shard }: RunHeader): readonly string[] {
  const whole = new Set(shard?.whole);
  return checks.filter((id) => !whole.has(id));
}
