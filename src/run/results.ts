import { judge } from '../judge/judge.js';
import { historyOf } from '../monitor/history.js';
import { watch } from '../monitor/judge.js';
import { unmet } from '../model/need.js';
import type { Facts } from '../model/facts.js';
import { countsUnder, type Policy } from '../model/gate.js';
import type { Incident } from '../model/incident.js';
import { ofOtherCarrier } from '../model/of-carrier.js';
import { linkOf, type Demand } from '../model/requirement.js';
import type { LeftOut } from '../model/plan.js';
import { profileNames, type Profile, type ProfileName } from '../model/profile.js';
import { notRunReasons, type NotApplicableReason, type NotRunReason } from '../model/reason.js';
import type { ProfileVerdict, Result } from '../model/report.js';
import { isExaminedAt, saysOther, type Revision } from '../model/revision.js';
import { tabulate } from '../model/tables.js';
import type { Check, Examined, Monitor } from '../model/suite.js';
import type { Transcript } from '../model/transcript.js';
import { harmOf, type Judgement } from '../model/verdict.js';

export type Profiles = Readonly<Record<ProfileName, Profile>>;

/** What a result needs besides the judgements. */
export interface ResultContext {
  readonly profiles: Profiles;
  readonly selected: ProfileName;
  /** Ids of the checks that a mutant has killed. */
  readonly proven: ReadonlySet<string>;
  readonly policy: Policy;
}

/** Judges one transcript under every profile. */
export function judged(
  check: Check,
  transcript: Transcript,
  facts: Pick<Facts, 'needsMet' | 'revision'>,
  context: ResultContext,
): Result {
  const times = transcript.entries.flatMap((entry) =>
    entry.kind === 'exchange' ? [entry.startedMs, entry.settledMs] : [],
  );
  const durationMs = times.length === 0 ? 0 : Math.round(Math.max(...times) - Math.min(...times));
  return assemble(check, facts.revision, context, durationMs, (profile) =>
    asDemanded(check, profile, facts.revision, () => judge(check, transcript, profile, facts)),
  );
}

/** What is judged, where the profile asks for it. */
function asDemanded(
  examined: Examined,
  profile: Profile,
  revision: Revision,
  judgement: () => Judgement,
): Judgement {
  if (demanded(examined, profile, revision)) return judgement();
  const says = `The profile ${profile.profile} does not ask for it.`;
  return leftOutJudgement(examined, revision, 'other-profile', says);
}

/** What is recorded of a run. */
export interface Lived {
  readonly transcripts: readonly Transcript[];
  readonly facts: readonly Facts[];
  readonly incidents: readonly Incident[];
}

/** Judges all transcripts of a run as one history, for each monitor and each revision. */
export function watched(
  monitors: readonly Monitor[],
  { transcripts, facts, incidents }: Lived,
  context: ResultContext,
): readonly Result[] {
  if (monitors.length === 0) return [];
  const isProcessInSight = facts.some(
    ({ needsMet, carrier }) => carrier === 'stdio' || needsMet.includes('operator'),
  );
  const history = historyOf(transcripts, { incidents, isProcessInSight });
  return monitors.flatMap((monitor) => {
    const judgementOf = watch(monitor, history);
    const spoken = facts.map(({ revision }) => revision);
    const examined = facts.filter(({ revision }) => isExaminedAt(monitor, revision, spoken));
    return examined.map(({ revision, needsMet, carrier }) => {
      const other = ofOtherCarrier(monitor, carrier ?? 'http');
      if (other !== undefined) return notApplicable(monitor, revision, context, other);
      const missing = monitor.needs.find((need) => !needsMet.includes(need));
      if (missing !== undefined)
        return notApplicable(monitor, revision, context, {
          reason: 'fact-missing',
          says: unmet[missing],
          need: missing,
        });
      if (!monitor.revisions.includes(revision))
        return notApplicable(monitor, revision, context, {
          reason: 'other-revision',
          says: saysOther(monitor, revision),
        });
      return assemble(monitor, revision, context, 0, (profile) =>
        asDemanded(monitor, profile, revision, () => judgementOf(revision)),
      );
    });
  });
}

export function notApplicable(
  check: Examined,
  revision: Revision,
  context: ResultContext,
  { reason, says, need }: LeftOut,
): Result {
  const result = assemble(check, revision, context, 0, () => leftOutJudgement(check, revision, reason, says));
  return { ...result, ...(need !== undefined && { need }) };
}

export function notRun(
  check: Examined,
  revision: Revision,
  context: ResultContext,
  reason: NotRunReason,
): Result {
  const judgement: Judgement = {
    ...check.requirement.weights[revision],
    verdict: { kind: 'not-run', reason, ...(check.harm.length > 0 && { mayHarm: true }) },
    message: notRunReasons[reason],
  };
  return assemble(check, revision, context, 0, () => judgement);
}

/** A result that rests on no transcript, as another policy counts it: every profile says the same of it. */
export function recounted(result: Result, { policy, selected }: ResultContext): Result {
  const profiles = tabulate(profileNames, (name) => {
    const verdict = result.profiles[name];
    return { ...verdict, counts: countsUnder(policy, verdict) };
  });
  return { ...result, ...profiles[selected], profiles };
}

/** The profiles that ask for a check. */
export function asking(check: Check, revision: Revision, profiles: Profiles): readonly Profile[] {
  return Object.values(profiles).filter((profile) => demanded(check, profile, revision));
}

/** Only the brief's own profiles demand what only the brief demands. */
function demanded(check: Examined, profile: Profile, revision: Revision): boolean {
  return check.requirement.weights[revision].source !== 'brief' || profile.source === 'brief';
}

function leftOutJudgement(
  check: Examined,
  revision: Revision,
  reason: NotApplicableReason,
  message: string,
): Judgement {
  return {
    ...check.requirement.weights[revision],
    verdict: { kind: 'not-applicable', reason, evidence: [] },
    message,
  };
}

function assemble(
  check: Examined,
  revision: Revision,
  { profiles, selected, proven, policy }: ResultContext,
  durationMs: number,
  under: (profile: Profile) => Judgement,
): Result {
  const judgements = tabulate(profileNames, (name) => under(profiles[name]));
  const verdicts = tabulate(profileNames, (name) => shortened(judgements[name], policy));
  const { verdict, message } = judgements[selected];
  const requirement = demandShown(check, judgements[selected], profiles[selected]);
  return {
    id: check.id,
    suite: check.suite,
    title: check.title,
    revision,
    requirement,
    ...(requirement.section !== undefined && { link: linkOf(requirement.section, revision) }),
    tags: check.tags,
    version: check.version,
    ...verdicts[selected],
    message,
    ...(verdict.kind === 'fail' && { standing: 'unexpected' }),
    profiles: verdicts,
    evidence: 'evidence' in verdict ? verdict.evidence : [],
    proven: proven.has(check.id),
    durationMs,
  };
}

/**
 * The requirement of the check, or what the profile's answers stand for where they decided. Why it matters and what to change is
 * told of failures only: most of a report are passes.
 */
function demandShown({ requirement }: Examined, { key, verdict }: Judgement, profile: Profile): Demand {
  const { weights: _, ...own } = requirement;
  const sets = Object.values(profile.answers).flatMap((set) => set.requirement ?? []);
  const demand = sets.find(({ keys }) => key !== undefined && keys.includes(key)) ?? own;
  if (verdict.kind === 'fail') return demand;
  const { why: __, fix: ___, ...rest } = demand;
  return rest;
}

function shortened({ level, source, verdict }: Judgement, policy: Policy): ProfileVerdict {
  const reason = 'reason' in verdict ? verdict.reason : undefined;
  const short = {
    level,
    source,
    verdict: verdict.kind,
    ...(reason !== undefined && { reason }),
    ...harmOf(verdict),
  };
  return { ...short, counts: countsUnder(policy, short) };
}
