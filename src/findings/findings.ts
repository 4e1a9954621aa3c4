import type { Finding } from '../model/finding.js';
import { severities, severityOf, type Weight } from '../model/level.js';
import { failReasons, type FailReason } from '../model/reason.js';
import type { Result } from '../model/report.js';
import { grouped } from '../model/tables.js';
import { causes } from './causes.js';

/** The failures of a run by their causes, the weightiest first. Pure: the same results give the same findings. */
export function findingsOf(results: readonly Result[]): readonly Finding[] {
  const groups = [...grouped(results.filter(isFailure).toSorted(byWeight), causeOf).values()];
  return folded(groups.flatMap(groupOf)).map(findingFrom).toSorted(byWeight);
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
    const [first, ...alike] = left.filter(({ leader }) => leader.reason === shownBy);
    if (first === undefined) return left;
    const explained = left.filter(({ leader }) => explains.includes(leader.reason));
    const whole: Group = {
      ...first,
      members: [first, ...alike].flatMap(({ members }) => members),
      consequences: [...first.consequences, ...explained.flatMap(allOf)],
    };
    return [whole, ...left.filter((group) => group.leader.reason !== shownBy && !explained.includes(group))];
  }, groups);
}

function allOf({ members, consequences }: Group): readonly Failure[] {
  return [...members, ...consequences];
}

function findingFrom(group: Group): Finding {
  const { leader, members, consequences } = group;
  const { id, level, source, reason, requirement, link, evidence } = leader;
  const [example] = evidence;
  const all = allOf(group);
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
  };
}

function idsOf(results: readonly Result[]): readonly string[] {
  return [...new Set(results.map(({ id }) => id))];
}

interface Weighable extends Weight {
  readonly harm?: true;
  readonly counts: boolean;
}

/** What makes a target not conformant first, then harm, then by the level. */
function byWeight(a: Weighable, b: Weighable): number {
  return rank(a) - rank(b);
}

function rank({ level, source, harm, counts }: Weighable): number {
  return Number(!counts) * 8 + Number(!harm) * 4 + severities.indexOf(severityOf({ level, source }));
}
