import type { Finding } from '../model/finding.js';
import { severities, severityOf, type Weight } from '../model/level.js';
import { failReasons, type FailReason } from '../model/reason.js';
import type { Result } from '../model/report.js';
import { grouped } from '../model/tables.js';
import type { Doubt, Sign } from './cause.js';
import { causes } from './causes.js';

/** The failures of a run by their causes, the weightiest first. Pure: the same results give the same findings. */
export function findingsOf(results: readonly Result[]): readonly Finding[] {
  return causesOf(results).map(({ finding }) => finding);
}

/** A finding with all the failures behind it. */
export interface Cause {
  readonly finding: Finding;
  readonly failures: readonly Result[];
}

export function causesOf(results: readonly Result[]): readonly Cause[] {
  const groups = [...grouped(results.filter(isFailure).toSorted(byWeight), causeOf).values()];
  const whole = withMonitors(folded(groups.flatMap(groupOf)));
  const hidden = hiddenBy(whole, results);
  const all = whole.map((group) => ({ finding: findingFrom(group, hidden(group)), failures: allOf(group) }));
  return all.toSorted((a, b) => byWeight(a.finding, b.finding));
}

/** The checks that a cause kept from being decided; each stands with the farthest reaching one. */
function hiddenBy(groups: readonly Group[], results: readonly Result[]): (group: Group) => readonly Result[] {
  const hiders = causes.flatMap(({ shownBy, hides }) => {
    const group = groups.find(({ leader }) => isSign(shownBy, leader));
    return group === undefined || hides === undefined ? [] : [{ group, hides }];
  });
  const undecided = results.filter(({ verdict }) => verdict === 'inconclusive');
  const hider = (result: Result) => hiders.find(({ hides }) => isDoubt(hides, result))?.group;
  return (group) => undecided.filter((result) => hider(result) === group);
}

type Failure = Result & { readonly reason: FailReason };

/** Failures with one cause, the one that shows it best first, and those that fail because of it. */
interface Group {
  readonly leader: Failure;
  readonly members: readonly Failure[];
  readonly consequences: readonly Failure[];
}

function isFailure(result: Result): result is Failure {
  return result.verdict === 'fail' && result.reason !== undefined && result.reason in failReasons;
}

function groupOf(members: readonly Failure[]): readonly Group[] {
  const [leader] = members;
  return leader === undefined ? [] : [{ leader, members, consequences: [] }];
}

/** Failures of one demand that show the same are one cause; what was answered tells wrong answers apart. */
function causeOf({ id, requirement, reason, evidence }: Failure): string {
  const [demand = id] = requirement.keys;
  const answer = answerDecides.has(reason) ? (/\b[1-5]\d\d\b/.exec(evidence[0]?.came ?? '')?.[0] ?? '') : '';
  return `${demand} ${reason} ${answer}`;
}

const answerDecides: ReadonlySet<FailReason> = new Set(['refused', 'wrong-status', 'server-error']);

/** What a cause that reaches far explains is no cause of its own. */
function folded(groups: readonly Group[]): readonly Group[] {
  return causes.reduce((left, { shownBy, explains }) => {
    const showing = left.filter(({ leader }) => isSign(shownBy, leader));
    const explained = left.filter((group) => !showing.includes(group) && isSign(explains, group.leader));
    return joined(left, showing, explained);
  }, groups);
}

function isSign({ checks, reasons, came }: Sign, { id, reason, evidence: [first] }: Failure): boolean {
  return (
    (checks === undefined || checks.test(id)) &&
    (reasons === undefined || reasons.includes(reason)) &&
    (came === undefined || came.test(first?.came ?? ''))
  );
}

function isDoubt({ reasons, came }: Doubt, { reason, evidence: [first] }: Result): boolean {
  return (
    reasons.some((one) => one === reason) &&
    (came === undefined || (first !== undefined && came.test(first.came)))
  );
}

/** The groups with some of them made one, which others follow from. */
function joined(
  groups: readonly Group[],
  [first, ...alike]: readonly Group[],
  explained: readonly Group[],
): readonly Group[] {
  if (first === undefined) return groups;
  const whole: Group = {
    ...first,
    members: [first, ...alike].flatMap(({ members }) => members),
    consequences: [first, ...alike]
      .flatMap(({ consequences }) => consequences)
      .concat(explained.flatMap(allOf)),
  };
  const gone = new Set([first, ...alike, ...explained]);
  return [whole, ...groups.filter((group) => !gone.has(group))];
}

/** So many checks that fail in what a monitor names are no matter of one check. */
const manyMin = 3;

/**
 * A monitor names the checks in which it saw something. Where few of them failed by it, these say more of the cause; where many did, the
 * monitor does.
 */
function withMonitors(groups: readonly Group[]): readonly Group[] {
  const ofMonitors = groups.filter(({ leader }) => leader.suite === 'monitors');
  return ofMonitors.reduce((left, monitor) => {
    const named = new Set(monitor.leader.evidence.flatMap(({ check }) => check ?? []));
    const seen = left.filter(
      ({ leader, members }) => leader.suite !== 'monitors' && members.some(({ id }) => named.has(id)),
    );
    const [closest] = seen;
    if (closest === undefined) return left;
    // What makes the target not conformant is no consequence of what does not.
    if (monitor.leader.counts && !closest.members.some(({ counts }) => counts))
      return joined(left, [monitor], [closest]);
    const alike = seen.filter(({ leader }) => leader.reason === monitor.leader.reason);
    return alike.flatMap(({ members }) => members).length >= manyMin
      ? joined(left, [monitor], alike)
      : joined(left, [closest], [monitor]);
  }, groups);
}

function allOf({ members, consequences }: Group): readonly Failure[] {
  return [...members, ...consequences];
}

function findingFrom(group: Group, hidden: readonly Result[]): Finding {
  const { leader, members, consequences } = group;
  const { id, level, source, reason, requirement, link, evidence } = leader;
  const [example] = evidence;
  const all = allOf(group);
  const controls = [...new Set(all.flatMap((result) => result.requirement.controls ?? []))].toSorted();
  return {
    id,
    title: failReasons[reason],
    level,
    source,
    reason,
    requirement,
    ...(link !== undefined && { link }),
    ...(all.some(({ harm }) => harm) && { harm: true }),
    counts: all.some(({ counts }) => counts),
    ...(example && { example }),
    checks: idsOf(members),
    folded: idsOf(consequences).filter((one) => !members.some((member) => member.id === one)),
    ...(controls.length > 0 && { controls }),
    ...(hidden.length > 0 && { undecided: idsOf(hidden) }),
  };
}

function idsOf(results: readonly Result[]): readonly string[] {
  return [...new Set(results.map(({ id }) => id))];
}

interface Weighable extends Weight {
  readonly harm?: true;
  readonly counts: boolean;
}

/** The order of findings: what makes a target not conformant first, then harm, then by the level. */
export function byWeight(a: Weighable, b: Weighable): number {
  return rank(a) - rank(b);
}

function rank({ level, source, harm, counts }: Weighable): number {
  return Number(!counts) * 8 + Number(!harm) * 4 + severities.indexOf(severityOf({ level, source }));
}
