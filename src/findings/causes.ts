import type { FailReason, InconclusiveReason } from '../model/reason.js';
import type { Cause } from './cause.js';

/** What stays undecided in a check whose session is gone. */
const withoutSession: readonly InconclusiveReason[] = [
  'setup-failed',
  'control-failed',
  'too-few',
  'not-observed',
  'value-missing',
  'no-fence',
  'unstable',
];

/** How a check fails whose session the target does not know. */
const ofUnknown: readonly FailReason[] = [
  'refused',
  'refused-at-first',
  'wrong-status',
  'wrong-body',
  'wrong-header',
  'lost-state',
  'told-apart',
  'ended-by-other-id',
];

/** Events in a body, and a stream without one. */
const unreadable =
  /^200 (?:with "(?:event|data|id|retry|):|with a stream that ended without an answer \(0 events\)|and then no answer in time \(0 events\))/;

/** The farther reaching first: what one of them explains is no cause any more. */
export const causes: readonly Cause[] = [
  {
    // What shows between any two sessions, on connections of their own, is no matter of the connection.
    shownBy: { checks: /^isolation\.(state|words)-local$/, reasons: ['shared-state'] },
    explains: {
      checks: /^(isolation\.shared-connection|monitors\.(state-own|words-stay))$/,
      reasons: ['shared-state'],
    },
  },
  {
    // The requests of a client come on its own connection, whose session serves them whatever id they carry.
    shownBy: { checks: /^isolation\.shared-connection$/ },
    explains: {
      checks: /^(invalid-ids|termination|issuance|reuse|isolation|security|resilience|monitors)\./,
      reasons: ['served', 'adopted-id', 'session-still-usable', 'shared-state', 'lost-state', 'wrong-status'],
    },
  },
  {
    // Each request of a check may meet the node that does not have its session.
    shownBy: { reasons: ['elsewhere'] },
    explains: { reasons: ofUnknown, came: /^4\d\d\b/ },
    hides: { reasons: withoutSession },
  },
  {
    // What stands under another media type than its own has no answer in it that a client can read.
    shownBy: { checks: /^monitors\.bodies-as-promised$/ },
    explains: {
      reasons: ['wrong-body', 'wrong-header', 'refused', 'no-answer', 'wrong-session'],
      came: unreadable,
    },
    hides: { reasons: withoutSession, came: unreadable },
  },
  {
    // An id that is empty, or in the query alone, is a missing one; so what comes without an id may be answered with another's.
    shownBy: { checks: /^isolation\.no-id-/ },
    explains: {
      checks:
        /^(invalid-ids\.(bystanders-served|empty|blank)|reuse\.(missing-id-|id-in-query|refusal-hands)|monitors\.)/,
      reasons: [
        'refused',
        'served',
        'leaked-id',
        'duplicate-id',
        'shared-state',
        'lost-state',
        'stray-message',
      ],
    },
  },
  {
    // Origin is looked at before anybody knows of which era a request is.
    shownBy: { checks: /^security\.origin-/ },
    explains: { checks: /^sessionless\.origin-refused$/, reasons: ['served', 'wrong-status'] },
  },
  {
    // A session that is not known on the connection of another may be taken for one that has ended.
    shownBy: { checks: /^isolation\.one-connection$/ },
    explains: {
      checks: /^(invalid-ids|issuance|reuse|isolation|monitors)\./,
      reasons: ofUnknown,
      came: /^4\d\d\b/,
    },
  },
  {
    // A DELETE that ended the sessions of all leaves everybody with an unknown id.
    shownBy: { checks: /^isolation\.(no-id-ends-nothing|delete-local)$/ },
    explains: { reasons: ofUnknown, came: /^404\b/ },
  },
  {
    // An id that is not the session's own ended it: part of it was compared, or any was taken for it.
    shownBy: { reasons: ['ended-by-other-id'] },
    explains: {
      checks: /^(invalid-ids\.|isolation\.no-id-|monitors\.)/,
      reasons: ['served', 'refused', 'adopted-id', 'shared-state', 'stray-message', 'stream-open'],
    },
    hides: { reasons: withoutSession, came: /^404\b/ },
  },
  {
    // Where places are not given back there is none left for the streams of others.
    shownBy: { checks: /^streams\.closed-gets-free$/ },
    explains: { checks: /^(reuse\.get-|streams\.)/, reasons: ['refused', 'wrong-status'] },
  },
  {
    // With the process go all sessions and connections of the moment.
    shownBy: { reasons: ['lost-at-once'] },
    explains: {
      reasons: [...ofUnknown, 'dropped', 'no-answer'],
      came: /^(?:404|400|[a-z])/,
    },
    hides: { reasons: withoutSession },
  },
  // The check that ends the process sees no answer either.
  { shownBy: { reasons: ['process-ended'] }, explains: { reasons: ['dropped', 'no-answer'] } },
  {
    // Two clients of one session meet in each other's checks.
    shownBy: { reasons: ['duplicate-id'] },
    explains: {
      reasons: [
        'shared-state',
        'lost-state',
        'crossed-reply',
        'answered-twice',
        'stray-message',
        'repeated-message',
        'repeated-event-id',
        'session-still-usable',
        'served',
        'refused',
        'leaked-id',
        'wrong-session',
        'wrong-status',
        'wrong-body',
        'wrong-header',
        'stream-open',
        'told-apart',
        'no-answer',
      ],
    },
  },
  {
    // Many sessions at once are the first to make room for what is no session.
    shownBy: { checks: /^dual-era\.requests-take-no-place$/ },
    explains: { reasons: ['refused', 'evicted'], checks: /^(resilience\.burst|monitors\.live-served)$/ },
  },
  {
    // What other checks do takes the place of a session.
    shownBy: { reasons: ['evicted'] },
    explains: { reasons: ['refused'], checks: /^resilience\.burst$/ },
    hides: { reasons: withoutSession, came: /^404\b/ },
  },
  {
    // Each check with two clients meets it.
    shownBy: { checks: /^isolation\.second-client$/ },
    explains: { reasons: ['refused'], came: /^[45]\d\d\b/ },
    hides: { reasons: withoutSession, came: /^[45]\d\d\b/ },
  },
  {
    // Every check begins with a fresh session, and its first request comes at once.
    shownBy: { reasons: ['refused-at-first'] },
    explains: { reasons: ['refused', 'wrong-session'] },
  },
  {
    // A client reads what was meant for another one, and waits for its own in vain.
    shownBy: { reasons: ['crossed-reply'] },
    explains: {
      reasons: [
        'no-answer',
        'answered-twice',
        'wrong-body',
        'refused',
        'stray-message',
        'leaked-id',
        'lost-state',
        'shared-state',
        'wrong-rpc-id',
        'wrong-session',
      ],
    },
  },
  {
    // What counts twice, and reports twice, is no sign of another session then.
    shownBy: { reasons: ['carried-out-twice'] },
    explains: {
      checks: /^(isolation\.(state-local|header-over-cookie)|streams\.same-progress-token)$/,
      reasons: ['shared-state', 'stray-message'],
    },
  },
  {
    // A client waits for an answer that it cannot recognise.
    shownBy: { reasons: ['wrong-rpc-id'] },
    explains: { reasons: ['no-answer', 'wrong-body'] },
  },
  {
    // Who takes an unknown id for a session's takes an altered one, and that of an ended session, as well.
    shownBy: { checks: /^issuance\.not-adopted$/ },
    explains: {
      checks: /^(invalid-ids|termination|monitors)\./,
      reasons: ['adopted-id', 'served', 'wrong-status'],
    },
  },
  {
    // So an id of before a crash begins another session.
    shownBy: { checks: /^issuance\.not-adopted$/ },
    explains: { checks: /^resilience\.crash-state$/, reasons: ['lost-state'] },
  },
  {
    shownBy: { checks: /^invalid-ids\.(uuid|same-form)$/, reasons: ['served'] },
    explains: { checks: /^invalid-ids\./, reasons: ['served'] },
  },
  {
    // A session that lives on is still there for a second DELETE, a second client, and its streams.
    shownBy: { checks: /^termination\./, reasons: ['session-still-usable'] },
    explains: {
      checks: /^(termination|monitors)\./,
      reasons: ['session-still-usable', 'served', 'refused', 'wrong-status', 'stream-open'],
    },
  },
];
