import type { Finding } from '../../model/finding.js';
import type { Report, Result } from '../../model/report.js';
import type { Exchange, Transcript } from '../../model/transcript.js';
import type { Evidence } from '../../model/verdict.js';
import { leaderOf } from '../story.js';
import { visible } from '../visible.js';

/** A finding with the check that shows it best, and what went over the wire there. */
export interface Case {
  readonly finding: Finding;
  readonly leader: Result;
  /** Where it stands among the findings, from 1. */
  readonly number: number;
  readonly scene?: Scene;
}

/** The exchanges that an observation rests on, within all of their check. */
export interface Scene {
  /** Of the attempt that shows it. */
  readonly transcript: Transcript;
  readonly attempt: { readonly number: number; readonly of: number };
  readonly decides: Exchange;
  /** The successful twins of a refusal, or what else the observation rests on. */
  readonly beside: readonly Exchange[];
  /** Whether those beside it are controls. */
  readonly controlled: boolean;
}

/** Of a report in which all is visible, and transcripts as they came. */
export function casesOf({ report, transcripts }: CaseSource): readonly Case[] {
  const byKey = new Map(transcripts.map((one) => [`${visible(one.check)} ${one.revision}`, one]));
  return report.findings.flatMap((finding, i) => {
    const leader = leaderOf(finding, report);
    if (leader === undefined) return [];
    const example = finding.example ?? leader.evidence[0];
    const scene = example && sceneOf(example, leader, byKey);
    return [{ finding, leader, number: i + 1, ...(scene && { scene }) }];
  });
}

/** The same, where there is no room for the scene. */
export function withoutScene({ finding, leader, number }: Case): Case {
  return { finding, leader, number };
}

export interface CaseSource {
  readonly report: Report;
  readonly transcripts: readonly Transcript[];
}

function sceneOf(
  { check, entries, control }: Evidence,
  { id, revision }: Result,
  transcripts: ReadonlyMap<string, Transcript>,
): Scene | undefined {
  const attempts = attemptsOf(transcripts.get(`${check ?? id} ${revision}`));
  for (const [i, transcript] of attempts.entries()) {
    const [decides, ...beside] = entries.flatMap((seq) => exchangeAt(transcript, seq) ?? []);
    if (decides === undefined) continue;
    const attempt = { number: i + 1, of: attempts.length };
    const controlled = control !== undefined;
    return { transcript, attempt, decides, beside: beside.slice(0, besideMax), controlled };
  }
  return undefined;
}

/** More are not read. */
const besideMax = 3;

/** Oldest first. Their entries are numbered on from one to the next. */
function attemptsOf(last: Transcript | undefined): readonly Transcript[] {
  return last === undefined ? [] : [...(last.earlier ?? []), last];
}

function exchangeAt({ entries }: Transcript, seq: number): Exchange | undefined {
  const entry = entries.find((one) => one.seq === seq);
  return entry?.kind === 'exchange' ? entry : undefined;
}
