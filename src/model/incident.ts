import type { Exit } from './framing.js';
import { shownPace, shownTime } from './outlook.js';

/** Something that happened to the target as a whole and not in one check: it is said once, and explains what many checks saw. */
export type Incident =
  StoppedAnswering | ProcessExited | NotRestarted | Limited | TooLong | AuthorizationDemanded | Redirected;
export type IncidentKind = Incident['kind'];

export const incidentKinds = [
  'stopped-answering',
  'process-exited',
  'not-restarted',
  'limited',
  'too-long',
  'authorization-demanded',
  'redirected',
] as const satisfies readonly IncidentKind[];

interface Noticed {
  /** How many requests the run had sent when it was noticed. */
  readonly request: number;
}

/** What went before the loss of the target. */
interface Loss extends Noticed {
  /** Ids of the checks that were under way, and of those that had ended last. */
  readonly suspects: readonly string[];
  /** The target had been started for the one suspect alone. */
  readonly alone?: true;
  /** The request of a suspect that was under way or came last. */
  readonly during?: DuringRequest;
}

export interface DuringRequest {
  readonly check: string;
  readonly step: string;
  /** In words. */
  readonly sent: string;
}

/** No client gets an answer any more. */
export interface StoppedAnswering extends Loss {
  readonly kind: 'stopped-answering';
  /** Each connection was refused, then and later: nothing listens there any more. */
  readonly gone?: true;
}

/** The process of the target ended, and nobody had asked it to. */
export interface ProcessExited extends Loss, Exit {
  readonly kind: 'process-exited';
  /** It was the process of this client alone, as over stdio. */
  readonly client?: string;
  /** What it wrote to standard error in the end, one line a text, without secrets. */
  readonly words: readonly string[];
}

/** It was started again and does not answer. */
export interface NotRestarted extends Noticed {
  readonly kind: 'not-restarted';
  /** Why, with its own words. */
  readonly says: string;
}

/** It refuses requests because there are too many. */
export interface Limited extends Noticed {
  readonly kind: 'limited';
  /** How it says so: `429`, `503`, or the code of a JSON-RPC error. */
  readonly by: string;
}

/** At its pace the run would take longer than it may. */
export interface TooLong extends Noticed {
  readonly kind: 'too-long';
  readonly perSecond: number;
  readonly takesMs: number;
  readonly boundMs: number;
  /** How long the checks of the brief alone would take, which have the tag `core`. */
  readonly coreMs?: number;
}

/** It serves nobody any more without other credentials. */
export interface AuthorizationDemanded extends Noticed {
  readonly kind: 'authorization-demanded';
}

/** It sends its clients elsewhere. */
export interface Redirected extends Noticed {
  readonly kind: 'redirected';
  readonly to?: string;
}

/** An incident in one clause, for a sentence or a line of a report. */
export function describeIncident(incident: Incident): string {
  const since = `request ${incident.request}`;
  switch (incident.kind) {
    case 'stopped-answering':
      return `the target ${incident.gone ? 'refuses all connections' : 'stopped answering'} after ${since}${describeCause(incident)}`;
    case 'process-exited':
      return `the process of ${incident.client ?? 'the target'} ended (${describeExit(incident)}) after ${since}${describeCause(incident)}${describeWords(incident.words)}`;
    case 'not-restarted':
      return `the target was started again after ${since} and did not answer: ${incident.says}`;
    case 'limited':
      return `from ${since} on the target refuses some requests because there are too many (${incident.by})`;
    case 'too-long':
      return `at ${since} the run would take ${shownTime(incident.takesMs)} in all, by ${shownPace(incident.perSecond)} requests a second, which is the pace of the target, and it may take ${shownTime(incident.boundMs)}`;
    case 'authorization-demanded':
      return `from ${since} on the target answers 401 to everybody`;
    case 'redirected':
      return `from ${since} on the target redirects${incident.to === undefined ? '' : ` to ${incident.to}`}`;
  }
}

function describeCause({ suspects, alone, during }: StoppedAnswering | ProcessExited): string {
  if (during === undefined) return ` (under way: ${few(suspects)})`;
  const request = `${during.sent}, step ${during.step} of ${during.check}`;
  const rest = suspects.filter((id) => id !== during.check);
  if (alone) return ` (${request}, which had the target for itself)`;
  return ` (${request}${rest.length === 0 ? '' : `; also under way: ${few(rest)}`})`;
}

/** How a process ended, as it is said everywhere. */
export function describeExit({ code, signal }: Exit): string {
  return signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}`;
}

export function describeWords(words: readonly string[]): string {
  return words.length === 0 ? '; it wrote nothing to standard error' : `; it wrote: ${words.join(' | ')}`;
}

/** The first names. */
export function few(names: readonly string[], most = 3): string {
  const shown = names.slice(0, most).join(', ');
  return names.length > most ? `${shown} …` : shown;
}
