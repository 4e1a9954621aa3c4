import type { Report } from '../../model/report.js';
import { isSame } from '../verify/differences.js';

/** In what reports were made differently, so that a difference between them need not be one between servers. */
export function differentTerms(reports: readonly Report[]): readonly string[] {
  const differ = (of: (report: Report) => unknown) => {
    const [first, ...others] = reports.map(of);
    return others.some((one) => !isSame(one, first));
  };
  const listed = (of: (report: Report) => string) => [...new Set(reports.map(of))].join(', ');
  return [
    ...(differ(({ tool }) => tool.version)
      ? [`versions of sessionspec: ${listed(({ tool }) => tool.version)}`]
      : []),
    ...(differ(({ profile }) => profile) ? [`profiles: ${listed(({ profile }) => profile)}`] : []),
    ...(differ(({ revisions }) => revisions)
      ? [`revisions: ${listed(({ revisions }) => revisions.join('+') || 'none')}`]
      : []),
    ...(differ(({ policy }) => policy) ? ['what counts: --fail-on or --inconclusive'] : []),
    ...changedSuites(reports),
  ];
}

function changedSuites(reports: readonly Report[]): readonly string[] {
  const digests = new Map<string, Set<string>>();
  for (const { suite, digest } of reports.flatMap(({ provenance }) => provenance?.suites ?? []))
    digests.set(suite, (digests.get(suite) ?? new Set()).add(digest));
  const changed = [...digests].filter(([, all]) => all.size > 1).map(([suite]) => suite);
  return changed.length === 0 ? [] : [`suites that say something else: ${changed.join(', ')}`];
}
