import type { Gate, Policy } from '../model/gate.js';
import { severityOf, trips } from '../model/level.js';
import type { Outage, Result } from '../model/report.js';

/** What happened to a run besides its results. */
export interface RunContext {
  readonly interrupted?: boolean;
  readonly outages?: readonly Outage[];
}

/** Exit code and sentence from results and policy: the one place where a run is told good or bad. */
export function gate(
  results: readonly Result[],
  policy: Policy,
  { interrupted = false, outages = [] }: RunContext = {},
): Gate {
  const counts = (result: Result) => trips(severityOf[result.level], policy.failOn);
  const failed = results.filter((result) => result.verdict === 'fail' && counts(result));
  const undecided = results.filter((result) => result.verdict === 'inconclusive' && counts(result));
  const left = results.filter((result) => result.reason === 'budget' && counts(result));
  const judged = results.filter(({ verdict }) => verdict === 'pass' || verdict === 'fail');
  if (interrupted) return { exit: 130, sentence: `interrupted: ${judged.length} checks were judged before` };
  if (failed.length > 0) {
    const names = new Set(failed.map(({ id }) => id));
    const sentence = `not conformant: ${plural(names.size, 'check')} failed (${few(names)})`;
    return { exit: 1, sentence: outages.length === 0 ? sentence : `${sentence}; ${told(outages, results)}` };
  }
  if (outages.length > 0) return { exit: 2, sentence: `undecided: ${told(outages, results)}` };
  if (judged.length < policy.judgedMin) {
    return {
      exit: 2,
      sentence: `undecided: ${plural(judged.length, 'check')} judged, at least ${policy.judgedMin} needed`,
    };
  }
  if (left.length > 0) {
    const sentence = `undecided: ${plural(left.length, 'check')} not run, because the request budget was spent`;
    return { exit: 2, sentence };
  }
  if (undecided.length > 0 && policy.inconclusive === 'fail') {
    return {
      exit: 2,
      sentence: `undecided: ${plural(undecided.length, 'check')} inconclusive (${undecided[0]?.id ?? ''}: ${undecided[0]?.reason ?? ''})`,
    };
  }
  const softer = results.filter(({ verdict }) => verdict === 'fail').length;
  return {
    exit: 0,
    sentence: `conformant: ${plural(judged.length, 'check')} judged${softer > 0 ? `, ${softer} below the gate failed` : ''}`,
  };
}

function told(outages: readonly Outage[], results: readonly Result[]): string {
  const often = outages.length === 1 ? '' : ` ${outages.length} times`;
  // The fewer were under way, the better the suspicion.
  const surest = outages.toSorted((a, b) => a.suspects.length - b.suspects.length);
  const suspects = few(new Set(surest.flatMap((loss) => loss.suspects)));
  const rest = results.some(({ reason }) => reason === 'stopped') ? ', and the rest was not run' : '';
  return `the target stopped answering${often} (suspects: ${suspects})${rest}`;
}

function few(names: ReadonlySet<string>): string {
  const shown = [...names].slice(0, 3).join(', ');
  return names.size > 3 ? `${shown} …` : shown;
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
