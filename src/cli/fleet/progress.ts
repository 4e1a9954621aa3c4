import { plural } from '../../model/plural.js';
import type { RunEvent } from '../../model/run.js';
import { shownTime } from '../../model/outlook.js';
import type { RecordChange } from '../../report/record-changes.js';
import { visible } from '../../report/visible.js';
import type { Io } from '../output/io.js';
import type { Observe } from './examine.js';
import { exitOf, type Standing } from './gate.js';

export interface FleetProgress {
  readonly observe: Observe;
  readonly done: (standing: Standing) => void;
  readonly stop: () => void;
  /** `page` is where the site begins. */
  readonly summary: (told: readonly Standing[], page: string) => void;
}

/** For a person a line for each target, and what is under way on a terminal; for a machine a line of JSON for each event. */
export async function startFleetProgress(
  of: number,
  format: 'terminal' | 'ndjson',
  io: Io,
): Promise<FleetProgress> {
  return format === 'ndjson' ? forMachines(of, io) : forPeople(of, io);
}

function forMachines(of: number, { out }: Io): FleetProgress {
  const say = (event: object) => out(`${JSON.stringify(event)}\n`);
  say({ kind: 'began', targets: of });
  return {
    observe(target, event) {
      if (event.kind === 'planned')
        say({ kind: 'planned', target, checks: event.plan.entries.filter(({ run }) => run).length });
    },
    done: ({ outcome, changes, expected, exit }) => {
      const { target, digest, kind } = outcome;
      const gate = outcome.kind === 'examined' ? outcome.record.gate : undefined;
      const says = outcome.kind === 'examined' ? undefined : outcome.says;
      say({ kind, target, digest, exit, gate, says, changes, expected });
    },
    stop: () => undefined,
    summary: (told, page) => say({ kind: 'ended', exit: exitOf(told), page }),
  };
}

async function forPeople(of: number, { out, live, colors }: Io): Promise<FleetProgress> {
  const spinner =
    live && (await import('yocto-spinner')).default({ stream: live, handleSignals: false, text: '' }).start();
  const running = new Map<string, { planned: number; done: number }>();
  let count = 0;
  const redraw = () => {
    if (spinner === undefined) return;
    const each = [...running].map(([name, { planned, done }]) => `${name} ${done}/${planned || '?'}`);
    spinner.text = `${count} of ${of} targets; ${each.join(', ')}`;
  };
  const print = (line: string) => {
    spinner?.clear();
    out(`${line}\n`);
  };
  return {
    observe(target, event: RunEvent) {
      const seen = running.get(target) ?? { planned: 0, done: 0 };
      if (event.kind === 'planned') seen.planned += event.plan.entries.filter(({ run }) => run).length;
      if (event.kind === 'checked') seen.done += 1;
      running.set(target, seen);
      redraw();
    },
    done(standing) {
      count += 1;
      running.delete(standing.outcome.target);
      const sign = {
        0: colors.green('✓'),
        1: colors.red('✗'),
        2: colors.magenta('?'),
        4: colors.red('!'),
      }[standing.exit];
      print(`${sign} ${visible(standing.outcome.target)}  ${visible(sentenceOf(standing))}`);
      for (const line of differences(standing)) print(`    ${visible(line)}`);
      redraw();
    },
    stop: () => void spinner?.stop(),
    summary(told, page) {
      const skipped = told.filter(({ outcome }) => outcome.kind === 'skipped').length;
      const broken = told.filter(({ outcome }) => outcome.kind === 'failed').length;
      const without = [
        ...(skipped > 0 ? [`${skipped} skipped`] : []),
        ...(broken > 0 ? [`${broken} without a report`] : []),
      ];
      const examined = plural(told.length - skipped - broken, 'target');
      out(`\n${[`${examined} examined`, ...without].join(', ')}; ${page}\n`);
    },
  };
}

function sentenceOf({ outcome, changes, lacksRecord }: Standing): string {
  if (outcome.kind === 'skipped') return `skipped: ${outcome.says}`;
  if (outcome.kind === 'failed')
    return outcome.at === 'inside'
      ? `no report: ${outcome.says}`
      : `no report, at its ${outcome.at}: ${outcome.says}`;
  const { gate } = outcome.record;
  const compared = lacksRecord
    ? '; no record yet: --update writes it'
    : changes === undefined
      ? ''
      : changes.length === 0
        ? '; as recorded'
        : `; ${plural(changes.length, 'check')} other than recorded`;
  return `${gate.sentence}${compared} (${shownTime(outcome.tookMs)})`;
}

const linesMax = 12;

function differences({ changes = [], expected = [] }: Standing): readonly string[] {
  const lines = changes.map(shownChange);
  const left = lines.length - linesMax;
  return [
    ...(left > 0 ? [...lines.slice(0, linesMax), `and ${left} more`] : lines),
    ...expected.map(
      (change) => `${shownChange(change)}; it is unsteady and does not count: ${change.because}`,
    ),
  ];
}

function shownChange({ id, revision, before, after }: RecordChange): string {
  return `${id} @ ${revision}: ${before ?? 'absent'} → ${after ?? 'absent'}`;
}
