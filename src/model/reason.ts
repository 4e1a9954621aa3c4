/** The closed codes that say why a verdict is what it is, each with its sentence. A baseline pins them, so they never change meaning. */
export const failReasons = {
  'session-still-usable': 'a session that has ended was served',
  served: 'a request that must be refused was served',
  refused: 'a request that must be served was refused',
  'no-answer': 'no answer came although one is due, and nothing else explains that',
  dropped: 'the connection ended without an answer',
  'server-error': 'the target answered with a server error',
  'wrong-status': 'the status is not among the acceptable ones',
  'wrong-body': 'the body is not what it must be',
  'wrong-header': 'a header is not what it must be',
  'wrong-session': 'the answer names a session id that it must not name',
  'adopted-id': 'the target took over an id that the client chose',
  'crossed-reply': 'an answer reached somebody else than the one who asked',
  'shared-state': 'what one session wrote is visible in another',
  'lost-state': 'what a session wrote is gone',
  'duplicate-id': 'one id was issued to several sessions',
  'malformed-id': 'the id has a character or a form that it must not have',
  'guessable-id': 'the id can be guessed, or computed from ids issued before',
  'leaked-id': 'the id of a session is disclosed to another one',
  'told-apart': 'refusals that must be alike differ',
  'stream-open': 'a stream outlived its session',
  'repeated-message': 'one message came on several streams',
  'repeated-event-id': 'two events of a session have one id',
  'still-running': 'the process did not end when it was asked to',
  'stray-message': 'a message came on a stream where it must not come',
} as const;
export type FailReason = keyof typeof failReasons;

export const inconclusiveReasons = {
  'setup-failed': 'a step that prepares the check did not succeed',
  'control-failed': 'the successful twin of the judged request did not succeed either',
  'target-lost': 'the target does not answer anybody any more',
  'target-slow': 'the target is so slow for everybody that its silence proves nothing',
  'rate-limited': 'the target refuses because of too many requests',
  'too-few': 'fewer observations than the check needs',
  'no-fence': 'nothing came after the quiet window, so silence proves nothing',
  'not-observed': 'the transcript has no record of a judged step',
  'value-missing': 'an answer did not have a value that a later step needs',
  'limit-reached': 'a limit of the harness was reached before the answer was complete',
} as const;
export type InconclusiveReason = keyof typeof inconclusiveReasons;

export const notApplicableReasons = {
  'fact-missing': 'the target does not offer what the check examines',
  'other-revision': 'the requirement is not part of the revision',
  paced: 'the run is paced, so that no requests overlap',
  'read-only': 'the run keeps to its own sessions and calls no tool',
  'other-profile': 'the profile does not demand it',
  permitted: 'what was seen is neither demanded nor forbidden',
} as const;
export type NotApplicableReason = keyof typeof notApplicableReasons;

export const notRunReasons = {
  'target-unusable': 'the target cannot be examined',
  stopped: 'the run was stopped because the target was lost',
  interrupted: 'the run was interrupted',
  budget: 'the request budget of the run was spent',
} as const;
export type NotRunReason = keyof typeof notRunReasons;
