import type { MonitorName } from '../model/statement.js';
import { noticesAreAccepted } from './accepted.js';
import { answersMatch } from './answers.js';
import { answeredOnce } from './answered.js';
import { requestsAsDeclared } from './asked.js';
import { bodiesAreAsPromised } from './bodies.js';
import { endedIsOver } from './ended.js';
import { noServerErrors } from './errors.js';
import { idsAreIssuedOnce, idsStaySecret } from './ids.js';
import { liveIsServed } from './live.js';
import type { Statement } from './observation.js';
import { carriedOutOnce } from './once.js';
import { outputHoldsMessages } from './output.js';
import { placesComeBack } from './places.js';
import { processLives } from './process.js';
import { requestIdsAreUsedOnce } from './request-ids.js';
import { revisionHolds } from './revision.js';
import {
  codesAreDefined,
  codesAreNew,
  inputWasOffered,
  listsDependOnNothing,
  logsWereAskedFor,
  noneEchoed,
  noneMinted,
  noServerRequests,
  resultsAreTyped,
} from './sessionless.js';
import { stateIsOwn } from './state.js';
import { progressWasAskedFor, updatesReachSubscribers } from './unasked.js';
import { wordsStay } from './words.js';

/** Every monitor, by the name that a suite has for it. */
export const statements: Readonly<Record<MonitorName, Statement>> = {
  'answers-match-their-requests': answersMatch,
  'bodies-are-as-promised': bodiesAreAsPromised,
  'notices-are-accepted': noticesAreAccepted,
  'ids-are-issued-once': idsAreIssuedOnce,
  'ids-stay-secret': idsStaySecret,
  'words-stay-with-their-sender': wordsStay,
  'ended-sessions-serve-nothing': endedIsOver,
  'live-sessions-are-served': liveIsServed,
  'state-is-its-own': stateIsOwn,
  'requests-are-carried-out-once': carriedOutOnce,
  'requests-are-answered-once': answeredOnce,
  'revisions-hold': revisionHolds,
  'no-server-errors': noServerErrors,
  'updates-reach-subscribers': updatesReachSubscribers,
  'progress-was-asked-for': progressWasAskedFor,
  'requests-as-declared': requestsAsDeclared,
  'request-ids-are-used-once': requestIdsAreUsedOnce,
  'the-process-lives': processLives,
  'places-come-back': placesComeBack,
  'output-holds-messages': outputHoldsMessages,
  'no-session-is-minted': noneMinted,
  'no-session-is-echoed': noneEchoed,
  'log-messages-were-asked-for': logsWereAskedFor,
  'the-server-requests-nothing': noServerRequests,
  'input-was-offered': inputWasOffered,
  'results-are-typed': resultsAreTyped,
  'error-codes-are-defined': codesAreDefined,
  'error-codes-have-a-meaning': codesAreNew,
  'lists-depend-on-what-is-asked': listsDependOnNothing,
};
