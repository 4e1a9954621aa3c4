import { failReasons, inconclusiveReasons } from '../model/reason.js';
import { describeExit, describeIncident, type Incident, type ProcessExited } from '../model/incident.js';
import { describeSent } from '../model/describe-exchange.js';
import { plural } from '../model/plural.js';
import { revisions } from '../model/revision.js';
import type { Result } from '../model/report.js';
import { judgedWhole, type ResultContext } from './results.js';
import type { RequirementKey } from '../model/requirement.js';
import type { Check } from '../model/suite.js';
import { tabulate } from '../model/tables.js';
import type { Transcript } from '../model/transcript.js';
import type { Facts } from '../model/facts.js';
import type { Weight } from '../model/level.js';
import type { Evidence, Judgement, Seen } from '../model/verdict.js';

/** The process of the target lives through the whole run. What it says is no matter of one check: several run side by side. */
export const processLivesId = 'monitors.process-lives';

const weight: Weight = { level: 'none', source: 'practice' };

function processLivesCheck(requirements: readonly RequirementKey[]): Check {
  const demand = requirements.find(({ key }) => key === 'PR.LIVES');
  return {
    id: processLivesId,
    suite: 'monitors',
    title: 'The process of the server lives on, whatever its clients do',
    requirement: {
      keys: ['PR.LIVES'],
      says: demand?.says ?? '',
      ...(demand && { section: demand.section }),
      ...(demand?.why !== undefined && { why: demand.why }),
      ...(demand?.fix !== undefined && { fix: demand.fix }),
      weights: tabulate(revisions, () => weight),
    },
    harm: [{ reasons: ['process-ended'], refused: [] }],
    version: 1,
    revisions,
    tags: [],
    needs: [],
    steps: [],
    invariants: [],
    alone: false,
  };
}

/** What is recorded of a run. */
interface Lived {
  readonly incidents: readonly Incident[];
  readonly transcripts: readonly Transcript[];
  readonly facts: readonly Facts[];
}

/**
 * The result, where the target was lost, or where the run could see that its process lived. It rests on what is recorded alone, so
 * that a recording gives the same.
 */
export function processLives(
  { incidents, transcripts, facts }: Lived,
  requirements: readonly RequirementKey[],
  context: ResultContext,
): readonly Result[] {
  const [first] = facts;
  const revision = first?.revision ?? revisions[0];
  const isInSight = first?.needsMet.includes('operator') === true;
  const judgement = judgeProcess(incidents) ?? (isInSight ? judgeLife(incidents, transcripts) : undefined);
  return judgement === undefined
    ? []
    : [judgedWhole(processLivesCheck(requirements), revision, context, judgement)];
}

/**
 * What the incidents of a run say of it, or nothing where the target was never lost. An end counts where the process did it by itself,
 * or where it came again when one check had the target alone; an end from outside is a doubt.
 */
export function judgeProcess(incidents: readonly Incident[]): Judgement | undefined {
  const losses = incidents.filter(
    (incident) => incident.kind === 'process-exited' || incident.kind === 'stopped-answering',
  );
  const ends = losses.filter(countsAsEnd);
  // The one that names the cause comes first.
  const [first, ...rest] = ends.toSorted((a, b) => Number(b.alone ?? false) - Number(a.alone ?? false));
  if (first !== undefined) {
    const evidence: Seen = [evidenceOf(first), ...rest.map(evidenceOf)];
    return {
      ...weight,
      verdict: { kind: 'fail', reason: 'process-ended', evidence, harm: true },
      message: `no text forbids this; it harms: ${failReasons['process-ended']}: ${describeIncident(first)}`,
    };
  }
  const doubt = losses.find(({ kind }) => kind === 'process-exited');
  if (doubt === undefined) return undefined;
  const evidence = [evidenceOf(doubt)];
  return {
    ...weight,
    verdict: { kind: 'inconclusive', reason: 'target-lost', evidence, mayHarm: true },
    message: `${inconclusiveReasons['target-lost']}: ${describeIncident(doubt)}`,
  };
}

/** A run that started the process sees whether it ends; a target that hangs is another matter. */
function judgeLife(
  incidents: readonly Incident[],
  transcripts: readonly Transcript[],
): Judgement | undefined {
  if (incidents.some(({ kind }) => kind === 'stopped-answering' || kind === 'not-restarted'))
    return undefined;
  const sent = transcripts
    .flatMap((transcript) => [...(transcript.earlier ?? []), transcript])
    .flatMap(({ check, entries }) =>
      entries.flatMap((entry) => (entry.kind === 'exchange' ? [{ check, entry }] : [])),
    );
  const last = sent.toSorted((a, b) => a.entry.startedMs - b.entry.startedMs).at(-1);
  if (last === undefined) return undefined;
  const says = `the process lived through ${plural(sent.length, 'request')}`;
  const { check, entry } = last;
  const evidence: Seen = [
    {
      check,
      step: entry.step,
      entries: [entry.seq],
      sent: describeSent(entry),
      acceptable: 'the process lives on',
      came: says,
    },
  ];
  return { ...weight, verdict: { kind: 'pass', evidence }, message: says };
}

type Loss = Extract<Incident, { readonly kind: 'process-exited' | 'stopped-answering' }>;

function countsAsEnd(loss: Loss): boolean {
  return loss.kind === 'process-exited' ? isItsOwn(loss) : loss.gone === true;
}

/** By these signals a process is ended from outside; a shell adds 128 to their numbers. */
const outside: ReadonlySet<string> = new Set(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGKILL']);
const outsideCodes: ReadonlySet<number> = new Set([128 + 15, 128 + 2, 128 + 1, 128 + 9]);

function isItsOwn({ code, signal, alone }: ProcessExited): boolean {
  return alone === true || !(signal === null ? outsideCodes.has(code ?? 0) : outside.has(signal));
}

function evidenceOf(loss: Loss): Evidence {
  return {
    step: loss.during?.step ?? '',
    ...(loss.during && { check: loss.during.check }),
    entries: [],
    sent: loss.during?.sent ?? `request ${loss.request}`,
    acceptable: 'the process lives on',
    came: loss.kind === 'process-exited' ? came(loss) : 'nothing listens there any more',
  };
}

function came(loss: ProcessExited): string {
  const words = loss.words.length === 0 ? '' : `: ${loss.words.join(' | ')}`;
  return `its end, ${describeExit(loss)}${words}`;
}
