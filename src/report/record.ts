import type { RecordedFinding, TargetRecord } from '../model/fleet.js';
import type { Finding } from '../model/finding.js';
import { shownVerdictOf, shownVerdicts, type Report, type Result } from '../model/report.js';

/** What a report says of a target, without what differs from run to run: times, ids, ports, seeds, and the words of answers. */
export function recordOf(target: string, report: Report): TargetRecord {
  const { profile, revisions, gate, findings, results } = report;
  const { name, version } = report.target;
  return {
    format: 'sessionspec-record/1',
    target,
    server: { ...(name !== undefined && { name }), ...(version !== undefined && { version }) },
    profile,
    revisions,
    gate: { exit: gate.exit, sentence: gate.sentence },
    findings: findings.map(recorded).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    checks: Object.fromEntries(
      revisions.map((revision) => [revision, byVerdict(results.filter((one) => one.revision === revision))]),
    ),
  };
}

function recorded({
  id,
  title,
  level,
  source,
  reason,
  counts,
  requirement,
  link,
  checks,
}: Finding): RecordedFinding {
  const { keys, says } = requirement;
  const stable = { id, title, level, source, reason, counts, keys, says, checks: checks.toSorted() };
  return { ...stable, ...(link !== undefined && { link }) };
}

function byVerdict(results: readonly Result[]) {
  const idsOf = (shown: (typeof shownVerdicts)[number]) =>
    results.filter((result) => shownVerdictOf(result) === shown).map(({ id }) => id);
  return Object.fromEntries(
    shownVerdicts.flatMap((shown) => {
      const ids = idsOf(shown);
      return ids.length === 0 ? [] : [[shown, ids.toSorted()] as const];
    }),
  );
}
