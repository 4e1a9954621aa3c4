import type { ExitCode } from '../../model/gate.js';
import type { Plan, Planned } from '../../model/plan.js';
import { grouped } from '../../model/tables.js';
import { visible, visibleCopy } from '../../report/visible.js';
import { refuseUnknownActors } from '../options/actors.js';
import { describedTarget } from '../options/description.js';
import { discovered, parseAsked } from '../process/with-target.js';
import type { ConnectionFlags, PlanFlags } from '../options/flags.js';
import { footprintLines, footprintOf } from './footprint.js';
import type { Io } from '../output/io.js';
import type { Engine } from '../ports.js';
import { selectChecks } from '../options/select.js';
import { chosenSuites } from '../options/suites.js';

/** Which checks would run on a target, and why the others would not. Only discovery sends requests. */
export async function planAction(
  url: string | undefined,
  flags: PlanFlags & ConnectionFlags,
  io: Io,
  engine: Engine,
): Promise<ExitCode> {
  const target = await describedTarget(flags, io, engine);
  const suites = await chosenSuites(flags.suite, engine, { ...flags, described: target.suites });
  const checks = selectChecks(suites, flags);
  const asked = parseAsked(url, flags, target, io.env);
  refuseUnknownActors(flags.as, [...engine.builtIn(), ...suites]);
  const found = await discovered(asked, io, engine, checks);
  const plan = engine.plan(checks, found.facts);
  const footprint = footprintOf(plan, found.requests);
  if (flags.json) {
    const data = flags.footprint ? footprint : { ...plan, entries: plan.entries.map(entryData) };
    io.out(`${JSON.stringify(visibleCopy(data), null, 2)}\n`);
    return 0;
  }
  const lines = flags.footprint ? footprintLines(footprint) : planLines(plan);
  io.out(`${lines.map(visible).join('\n')}\n`);
  return 0;
}

function planLines(plan: Plan): readonly string[] {
  const runs = plan.entries.filter(({ run }) => run);
  return [
    ...[...grouped(plan.entries, ({ facts }) => facts.revision)].flatMap(([revision, entries]) =>
      [revision].concat(entries.map(planned), ''),
    ),
    `${runs.length} of ${plan.entries.length} checks run, with ${plan.requests} requests to a server that answers as it should`,
  ];
}

function planned(entry: Planned): string {
  if (!entry.run) return `  – ${entry.check.id}: ${entry.says}`;
  return `  ✓ ${entry.check.id} (${entry.requests} requests)`;
}

function entryData({ check, facts, ...entry }: Planned) {
  return { check: check.id, revision: facts.revision, ...entry };
}
