import { shownVerdictOf, type Report, type Result, type ShownVerdict } from '../../model/report.js';
import { differentTerms } from './terms.js';

/** A check whose verdict is another one than before, or that only one of two reports has. */
export interface Change {
  readonly id: string;
  readonly title: string;
  readonly before?: Side;
  readonly after?: Side;
}

interface Side {
  readonly shown: ShownVerdict;
  readonly counts: boolean;
  readonly reason?: string;
  /** What came, where something was judged. */
  readonly came?: string;
}

/** What two reports say differently. */
export interface Diff {
  /** Why the two compare badly: other suites, another profile and the like. */
  readonly remarks: readonly string[];
  /** Failures that count and did not before. */
  readonly failing: readonly Change[];
  /** Failures that do not count, and that were none before. */
  readonly warned: readonly Change[];
  /** It fails as before, for another reason. */
  readonly changed: readonly Change[];
  readonly fixed: readonly Change[];
  /** It was judged before, and is not now. */
  readonly unjudged: readonly Change[];
  readonly onlyBefore: readonly Change[];
  readonly onlyAfter: readonly Change[];
  /** Failures in both that count. */
  readonly still: number;
}

export function diffOf(before: Report, after: Report): Diff {
  const changes = changesOf(before, after);
  const both = changes.filter((one) => one.before !== undefined && one.after !== undefined);
  const failing = changes.filter(({ before: was, after: is }) => counted(is) && !counted(was));
  return {
    remarks: differentTerms([before, after]),
    failing,
    warned: changes.filter(({ before: was, after: is }) => is?.shown === 'warning' && !failed(was)),
    changed: both.filter(
      ({ before: was, after: is }) =>
        failed(was) && failed(is) && was?.reason !== is?.reason && !failing.some((one) => one.after === is),
    ),
    fixed: both.filter(({ before: was, after: is }) => failed(was) && is?.shown === 'pass'),
    unjudged: both.filter(({ before: was, after: is }) => judged(was) && !judged(is)),
    onlyBefore: changes.filter((one) => one.after === undefined),
    onlyAfter: changes.filter((one) => one.before === undefined),
    still: both.filter(({ before: was, after: is }) => counted(was) && counted(is)).length,
  };
}

/** 1 with new failures; 2 where the second report decides nothing, so that nothing new says nothing. */
export function exitOfDiff({ failing }: Diff, after: Report): 0 | 1 | 2 {
  if (failing.length > 0) return 1;
  return after.gate.exit === 0 || after.gate.exit === 1 ? 0 : 2;
}

function changesOf(before: Report, after: Report): readonly Change[] {
  const dated = new Set([...before.revisions, ...after.revisions]).size > 1;
  const keyed = ({ results }: Report) =>
    new Map(results.map((result) => [dated ? `${result.id} @ ${result.revision}` : result.id, result]));
  const [was, is] = [keyed(before), keyed(after)];
  return [...new Set([...is.keys(), ...was.keys()])].map((id) => changeOf(id, was.get(id), is.get(id)));
}

function changeOf(id: string, was: Result | undefined, is: Result | undefined): Change {
  const title = (is ?? was)?.title ?? '';
  return { id, title, ...(was && { before: sideOf(was) }), ...(is && { after: sideOf(is) }) };
}

function sideOf(result: Result): Side {
  const { counts, reason, evidence } = result;
  const came = evidence[0]?.came;
  return {
    shown: shownVerdictOf(result),
    counts,
    ...(reason !== undefined && { reason }),
    ...(came !== undefined && { came }),
  };
}

function failed(side: Side | undefined): boolean {
  return side?.shown === 'fail' || side?.shown === 'warning';
}

function counted(side: Side | undefined): boolean {
  return side?.shown === 'fail';
}

function judged(side: Side | undefined): boolean {
  return failed(side) || side?.shown === 'pass';
}
