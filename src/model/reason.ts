/** The closed codes that say why a verdict is what it is, each with its sentence. A baseline pins them, so they never change meaning. */
export const failReasons = {
  'session-still-usable': 'a session that has ended was served',
  served: 'a request that must be refused was served',
  refused: 'a request that must be served was refused',
  'refused-at-first': 'what is served later was refused right after the handshake',
  'no-answer': 'no answer came although one is due, and the target answers others',
  dropped: 'the connection ended without an answer',
  'server-error': 'the target answered with a server error',
  'wrong-status': 'the status is not an acceptable one',
  'wrong-body': 'the body is not what it must be',
  'wrong-header': 'a header is not what it must be',
  'wrong-session': 'the answer names a session id that does not belong there',
  'adopted-id': 'the target took over an id that the client chose',
  'crossed-reply': 'the answer belongs to another request',
  'wrong-rpc-id': 'the answer does not carry the id of its request',
  'shared-state': 'what one session wrote is visible in another',
  'lost-state': 'what a session wrote is gone',
  'duplicate-id': 'one id was issued to several sessions',
  'malformed-id': 'the id has a character or a form that it must not have',
  'guessable-id': 'the id can be guessed, or computed from ids issued before',
  'leaked-id': 'the id of a session was disclosed to another client',
  'told-apart': 'refusals that must be alike differ',
  'stream-open': 'a stream outlived its session',
  'repeated-message': 'one message came on several streams',
  'repeated-event-id': 'two events of a session have one id',
  'process-ended': 'the process of the target ended',
  'still-running': 'the process did not end on request',
  'stray-message': 'a message came on a stream where it does not belong',
  'stray-output': 'standard output holds something that is no message',
  'answered-twice': 'one request got two responses',
  'carried-out-twice': 'one request was carried out twice',
  elsewhere: 'a session is served at times and refused in between, as where it lives on one node of several',
  'ended-by-other-id': 'a request with another id ended the session',
  evicted: 'a session was ended because further ones were opened',
  'lost-at-once': 'all sessions were lost at once',
  'places-taken': 'sessions that were ended still take up places, so that no further one is opened',
  'carried-over': 'something that the request does not carry decided the answer',
} as const;
export type FailReason = keyof typeof failReasons;

export const inconclusiveReasons = {
  'setup-failed': 'a step that prepares the check failed',
  'control-failed': 'the control request failed too, so a refusal proves nothing',
  'target-lost': 'the target has stopped answering',
  'target-slow': 'the target is slow for all clients, so its silence proves nothing',
  'rate-limited':
    'the target refuses further requests because there were too many; --burst, --jobs or --max-rps may help',
  'too-few': 'the check needs more observations than there are',
  'no-fence': 'nothing came after the quiet window, so silence proves nothing',
  'not-observed': 'a judged step was not reached',
  'value-missing': 'an answer did not have a value that a later step needs',
  'limit-reached': 'the answer is larger than sessionspec reads',
  expired: 'a session had not been used for as long as the target keeps one (--idle-timeout)',
  unstable: 'what did not come once came another time, so it proves nothing',
  compressed: 'the answer came compressed though the request asks for no coding',
  'own-limit': 'sessionspec itself ran out of file descriptors, ports or memory',
} as const;
export type InconclusiveReason = keyof typeof inconclusiveReasons;

export const notApplicableReasons = {
  'fact-missing': 'The target does not offer what the check examines.',
  'other-revision': 'The requirement is not part of the revision.',
  'other-carrier': 'The requirement is about another way for messages to travel.',
  paced: 'With --max-rps no requests overlap.',
  'read-only': 'With --read-only the run keeps to its own sessions and calls no tool.',
  'other-profile': 'The profile does not ask for it.',
  unseen: 'Nothing that came in the run shows it.',
  permitted: 'The requirement does not apply to what was seen',
} as const;
export type NotApplicableReason = keyof typeof notApplicableReasons;

export const notRunReasons = {
  'target-unusable': 'The target cannot be examined.',
  stopped: 'The run stopped because the target stopped answering.',
  interrupted: 'The run was interrupted.',
  budget: 'The run has no requests left (--max-requests).',
  'too-long': 'At the pace of the target the run would take longer than it may (--max-minutes).',
} as const;
export type NotRunReason = keyof typeof notRunReasons;
