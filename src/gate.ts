import type { Gate, Policy } from './model/gate.js';
import { severityOf, trips } from './model/level.js';
import type { Result } from './model/report.js';

/** Exit code and sentence from results and policy: the one place where a run is told good or bad. */
export function gate(results: readonly Result[], policy: Policy, stopped?: 'lost' | 'interrupted'): Gate {
  const counts = (result: Result) => trips(severityOf[result.level], policy.failOn);
  const failed = results.filter((result) => result.verdict === 'fail' && counts(result));
  const undecided = results.filter((result) => result.verdict === 'inconclusive' && counts(result));
  const left = results.filter((result) => result.reason === 'budget' && counts(result));
  const judged = results.filter(({ verdict }) => verdict === 'pass' || verdict === 'fail');
  if (stopped === 'interrupted')
    return { exit: 130, sentence: `interrupted: ${judged.length} checks were judged before` };
  if (failed.length > 0) {
    const names = [...new Set(failed.map(({ id }) => id))];
    const shown = names.slice(0, 3).join(', ') + (names.length > 3 ? ' …' : '');
    return { exit: 1, sentence: `not conformant: ${plural(names.length, 'check')} failed (${shown})` };
  }
  if (stopped === 'lost')
    return { exit: 2, sentence: 'undecided: the target stopped answering, the rest was not run' };
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

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
