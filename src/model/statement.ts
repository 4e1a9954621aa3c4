/** Statements about a group of exchanges, by their names in suites. */
export const invariantNames = [
  'each-reply-matches-its-request',
  'each-answer-has-its-id',
  'every-request-is-answered',
  'no-server-error',
  'no-foreign-id',
  'answered-alike',
  'messages-stay-in-their-session',
  'notices-stay-in-their-session',
  'words-stay-in-their-session',
  'updates-reach-subscribers',
  'messages-follow-no-other',
  'heard-as-before',
  'served-at-once',
  'a-call-holds-up-nobody',
  'a-refused-delete-ends-nothing',
  'served-wherever-it-comes',
  'each-message-once',
  'progress-stays-in-its-call',
  'each-word-once',
  'resumed-streams-go-on',
  'event-ids-unique',
  'no-response-on-get',
  'served-only-before-the-end',
] as const;
export type InvariantName = (typeof invariantNames)[number];

/** Statements about the whole run. */
export const monitorNames = [
  'answers-match-their-requests',
  'bodies-are-as-promised',
  'notices-are-accepted',
  'ids-are-issued-once',
  'ids-stay-secret',
  'words-stay-with-their-sender',
  'ended-sessions-serve-nothing',
  'live-sessions-are-served',
  'state-is-its-own',
  'requests-are-carried-out-once',
  'revisions-hold',
  'no-server-errors',
  'updates-reach-subscribers',
  'progress-was-asked-for',
  'the-process-lives',
  'places-come-back',
  'output-holds-messages',
] as const;
export type MonitorName = (typeof monitorNames)[number];
