import type { Finding } from '../model/finding.js';
import { entryStandings, holds, subjectOf, type JudgedEntry } from '../model/baseline.js';
import { countsUnder, type Gate, type Policy } from '../model/gate.js';
import { tellsOfNone } from '../model/describe-exchange.js';
import { shownPace, shownTime } from '../model/outlook.js';
import { plural } from '../model/plural.js';
import {
  type AuthorizationDemanded,
  describeIncident,
  few,
  type Incident,
  type NotRestarted,
  type ProcessExited,
  type Redirected,
  type StoppedAnswering,
  type TooLong,
} from '../model/incident.js';
import type { InconclusiveReason } from '../model/reason.js';
import type { Result, Selection } from '../model/report.js';

/** What happened to a run besides its results. */
export interface RunContext {
  readonly interrupted?: boolean;
  readonly incidents?: readonly Incident[];
  readonly selection?: Selection;
  readonly findings?: readonly Finding[];
  /** The baseline, compared with the results. */
  readonly baseline?: readonly JudgedEntry[];
}

/** Exit code and sentence of a run: the one place that decides whether a target conforms. */
export function gate(results: readonly Result[], policy: Policy, context: RunContext = {}): Gate {
  const counting = results.filter(({ counts }) => counts);
  const failed = idsOf(counting.filter(({ verdict }) => verdict === 'fail'));
  const undecided = idsOf(counting.filter(({ verdict }) => verdict !== 'fail'));
  const known = results.filter((result) => result.standing === 'expected' && countsUnder(policy, result));
  const { exit, sentence } = decideGate({ results, counting, known }, policy, context);
  return {
    exit,
    sentence: `${sentence}${selectedWords(context.selection)}`,
    failed,
    undecided,
    ...(context.baseline && { excused: idsOf(known) }),
  };
}

interface Judged {
  readonly results: readonly Result[];
  /** Those that count. */
  readonly counting: readonly Result[];
  /** Failures that would count if the baseline did not excuse them. */
  readonly known: readonly Result[];
}

function decideGate(
  { results, counting, known }: Judged,
  { judgedMin }: Policy,
  { interrupted = false, incidents = [], findings = [], baseline = [] }: RunContext,
): Pick<Gate, 'exit' | 'sentence'> {
  const outages = incidents.filter(isLoss);
  const failed = counting.filter(({ verdict }) => verdict === 'fail');
  const undecided = counting.filter(({ verdict }) => verdict === 'inconclusive');
  const left = counting.filter(({ reason }) => reason === 'budget');
  const unrun = counting.filter(({ reason }) => reason === 'too-long');
  const judged = results.filter(({ verdict }) => verdict === 'pass' || verdict === 'fail');
  if (interrupted)
    return { exit: 130, sentence: `interrupted: ${plural(judged.length, 'check')} judged until then` };
  const slow = incidents.find(isTooLong);
  const accusations = [
    ...(failed.length > 0 ? [`not conformant: ${failedWords(idsOf(failed), findings)}`] : []),
    ...brokenWords(baseline),
  ];
  if (accusations.length > 0) {
    const outage = outages.length === 0 ? [] : [outageWords(outages, results)];
    const curtailed = slow === undefined || unrun.length === 0 ? [] : [describeIncident(slow)];
    return { exit: 1, sentence: [...accusations, ...outage, ...curtailed].join('; ') };
  }
  const wall = incidents.find(isWall);
  if (wall !== undefined)
    return { exit: 2, sentence: `undecided: ${describeIncident(wall)}; ${wallAdvice[wall.kind]}` };
  if (slow !== undefined && unrun.length > 0)
    return { exit: 2, sentence: `undecided: ${describeIncident(slow)}; ${longWords(slow, unrun.length)}` };
  if (outages.length > 0) return { exit: 2, sentence: `undecided: ${outageWords(outages, results)}` };
  if (judged.length < judgedMin) {
    return {
      exit: 2,
      sentence: `undecided: ${plural(judged.length, 'check')} judged, at least ${judgedMin} needed`,
    };
  }
  if (left.length > 0) {
    const sentence = `undecided: no requests were left for ${plural(left.length, 'check')} (--max-requests)`;
    return { exit: 2, sentence };
  }
  const ours = undecided.filter(({ reason }) => reason === 'own-limit');
  if (ours.length > 0) {
    const sentence = `undecided: sessionspec ran out of file descriptors, ports or memory in ${plural(ours.length, 'check')}; raise the limit (ulimit -n), or lower --burst and --jobs`;
    return { exit: 4, sentence };
  }
  if (undecided.length > 0) {
    return {
      exit: 2,
      sentence: `undecided: ${plural(undecided.length, 'check')} inconclusive (${undecidedWords(undecided)})${undecided.some(isOfTheMoment) ? calmer : ''}`,
    };
  }
  const softer = results.filter(({ verdict }) => verdict === 'fail').length - known.length;
  return {
    exit: 0,
    sentence: [
      `${known.length > 0 ? 'no failure but known ones' : 'conformant'}: ${plural(judged.length, 'check')} judged`,
      ...(known.length > 0 ? [`${plural(known.length, 'failure')} excused by the baseline`] : []),
      ...(softer > 0 ? [`${plural(softer, 'failure')} not counted`] : []),
    ].join('; '),
  };
}

/** The entries of the baseline that do not hold. */
function brokenWords(entries: readonly JudgedEntry[]): readonly string[] {
  const broken = entries.filter((entry) => !holds(entry));
  if (broken.length === 0) return [];
  const said = broken.map((entry) => `${subjectOf(entry)} ${entryStandings[entry.standing].says}`);
  const some = said.slice(0, brokenShownMax).join(', ');
  const left = said.length - brokenShownMax;
  return [`the baseline does not hold: ${some}${left > 0 ? ` and ${left} more` : ''}`];
}

const brokenShownMax = 2;

type Wall = AuthorizationDemanded | Redirected;

function isWall(incident: Incident): incident is Wall {
  return incident.kind === 'authorization-demanded' || incident.kind === 'redirected';
}

const wallAdvice: Readonly<Record<Wall['kind'], string>> = {
  'authorization-demanded': 'what came after was not examined: give credentials that last as long as the run',
  redirected: 'what came after was not examined: give the address that it redirects to',
};

function isTooLong(incident: Incident): incident is TooLong {
  return incident.kind === 'too-long';
}

/** What helps: more time, or less to do. */
function longWords({ takesMs, perSecond, coreMs }: TooLong, unrun: number): string {
  const minutes = Math.ceil((1.2 * takesMs) / 60_000);
  const core = coreMs === undefined ? '' : `; --tag core takes ${shownTime(coreMs)}`;
  return `${plural(unrun, 'check')} not run: --max-minutes ${minutes} or --max-rps ${shownPace(perSecond)} lets the run take its time${core}; --suite and --check choose less`;
}

type Loss = StoppedAnswering | ProcessExited | NotRestarted;

/** Where each client has a process, its end is lost to that client alone. */
function isLoss(incident: Incident): incident is Loss {
  if (incident.kind === 'process-exited' && incident.client !== undefined) return false;
  return ['stopped-answering', 'process-exited', 'not-restarted'].includes(incident.kind);
}

const slowAdvice = '; if it is but slow, --jobs 1 --time-scale 4 helps';

function outageWords(losses: readonly Loss[], results: readonly Result[]): string {
  const outages = losses.filter((loss) => loss.kind !== 'not-restarted');
  // The one that says the most: an end with one check alone, any end, a start that failed.
  const telling =
    outages.find((loss) => loss.alone && loss.kind === 'process-exited') ??
    losses.find(({ kind }) => kind === 'process-exited') ??
    losses.find((loss) => loss.kind === 'not-restarted' || (loss.kind === 'stopped-answering' && loss.gone));
  if (telling !== undefined) return describeIncident(telling);
  const often = outages.length === 1 ? '' : ` ${outages.length} times`;
  // The fewer checks were under way, the likelier it was one of them.
  const likeliest = outages.toSorted((a, b) => a.suspects.length - b.suspects.length);
  const suspects = few([...new Set(likeliest.flatMap((outage) => outage.suspects))]);
  const rest = results.some(({ reason }) => reason === 'stopped') ? '; the rest was not run' : '';
  const helps = losses.some(({ kind }) => kind === 'stopped-answering') ? slowAdvice : '';
  return `the target stopped answering${often} (under way: ${suspects})${rest}${helps}`;
}

const calmer = '; --jobs 1, --time-scale 4, --max-rps or a lower --burst may help';

/** Doubts that come of time, load or the network, so that a calmer run may be without them. */
const momentary: ReadonlySet<string | undefined> = new Set<InconclusiveReason>([
  'unstable',
  'target-lost',
  'target-slow',
  'rate-limited',
  'no-fence',
]);

function isOfTheMoment({ reason, evidence }: Result): boolean {
  return momentary.has(reason) || evidence.some(({ came }) => tellsOfNone(came));
}

/** One of them, with what came where nothing else says it. */
function undecidedWords(undecided: readonly Result[]): string {
  const { id = '', reason = '', evidence = [] } = undecided.find(isOfTheMoment) ?? undecided[0] ?? {};
  const none = evidence.find(({ came }) => tellsOfNone(came));
  return `${id}: ${reason}${none === undefined ? '' : `, ${none.came}`}`;
}

function idsOf(results: readonly Result[]): readonly string[] {
  return [...new Set(results.map(({ id }) => id))];
}

/** Where several checks failed for one cause, the causes are named and not the checks. */
function failedWords(ids: readonly string[], findings: readonly Finding[]): string {
  const leaders = findings.filter(({ counts }) => counts).map(({ id }) => id);
  const checks = `${plural(ids.length, 'check')} failed`;
  if (leaders.length === 0 || leaders.length >= ids.length) return `${checks} (${few(ids)})`;
  return `${plural(leaders.length, 'finding')}, ${checks} (${few(leaders)})`;
}

/** A run of some checks says nothing about the others. */
function selectedWords(selection: Selection | undefined): string {
  if (selection === undefined || selection.selected === selection.of) return '';
  const { selected, of, shard } = selection;
  const part = shard === undefined ? '' : `, shard ${shard.index}/${shard.of}: monitors saw these alone`;
  return `; ${selected} of ${plural(of, 'check')} selected${part}`;
}
