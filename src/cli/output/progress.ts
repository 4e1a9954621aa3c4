import { shownVerdictOf } from '../../model/report.js';
import { shownPace, shownTime, type Outlook } from '../../model/outlook.js';
import type { RunEvent } from '../../model/run.js';
import type { Io } from './io.js';

export interface Progress {
  readonly observe: (event: RunEvent) => void;
  readonly stop: () => void;
}

/** One line that is redrawn while a run lasts, on a terminal. */
export async function startProgress({ live }: Pick<Io, 'live'>): Promise<Progress> {
  if (live === undefined) return { observe: () => undefined, stop: () => undefined };
  const { default: yoctoSpinner } = await import('yocto-spinner');
  // Signals are the command line's: it stops the run, and writes out what was finished.
  const spinner = yoctoSpinner({ stream: live, handleSignals: false, text: first }).start();
  const seen: Seen = { planned: 0, done: 0, failed: 0, running: new Set() };
  return {
    observe(event) {
      if (event.kind === 'planned') seen.planned = event.plan.entries.filter(({ run }) => run).length;
      if (event.kind === 'outlook') seen.outlook = event.outlook;
      if (event.kind === 'started') seen.running.add(event.check);
      if (event.kind === 'checked') {
        seen.done += 1;
        seen.running.delete(event.result.id);
        if (shownVerdictOf(event.result) === 'fail') seen.failed += 1;
      }
      spinner.text = says(seen);
    },
    stop: () => void spinner.stop(),
  };
}

const first = 'finding out what the server offers';

interface Seen {
  planned: number;
  done: number;
  failed: number;
  outlook?: Outlook;
  /** Ids of checks, the one that started first at the front. */
  readonly running: Set<string>;
}

function says({ planned, done, failed, running, outlook }: Seen): string {
  if (planned === 0) return first;
  const [longest] = running;
  const awaited = longest === undefined ? '' : `, waiting for ${longest}`;
  return `${done} of ${planned} checks done${failed > 0 ? `, ${failed} failed` : ''}${rest(outlook)}${awaited}`;
}

/** A run that takes as long as others do says nothing of it. */
const worthSayingMs = 30_000;

function rest(outlook: Outlook | undefined): string {
  if (outlook === undefined || outlook.leftMs < worthSayingMs) return '';
  return `, about ${shownTime(outlook.leftMs)} left at ${shownPace(outlook.perSecond)} requests a second`;
}
