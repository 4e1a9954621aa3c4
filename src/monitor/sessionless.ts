import type { Json } from '../model/request.js';
import { headerValues } from '../model/framing.js';
import { isObject } from '../model/json.js';
import { dependenceOf, dependences, listingsIn, metaSent } from '../model/listing.js';
import { messagesIn, textsOf, type Message, type RpcError } from '../model/message.js';
import { modernRevision } from '../model/revision.js';
import { statusOf } from '../model/reply.js';
import { grouped } from '../model/tables.js';
import type { Exchange } from '../model/transcript.js';
import type { History, Seen } from './history.js';
import { good, type Observation, type Statement } from './observation.js';

// What holds for clients without sessions, over all that they sent in a run.

/** No answer has a session id that its request did not bring. */
export const noneMinted: Statement = {
  demands: 'no answer to a client of 2026-07-28 has a session id in its header fields',
  observe: eachAnswer(({ exchange }) => {
    const brought = idsBroughtBy(exchange);
    // Of several, what comes back may be all of them in one field.
    const minted = brought.length > 1 ? undefined : exchange.named.find((id) => !brought.includes(id));
    return minted === undefined
      ? undefined
      : { reason: 'wrong-session', says: `the answer issues ${minted}, and there are no sessions` };
  }),
};

/** A session id that a request brings does not come back. */
export const noneEchoed: Statement = {
  demands: 'a session id that a request of 2026-07-28 brings comes back nowhere in its answer',
  observe: ({ seen }) =>
    seen.flatMap((at): readonly Observation[] => {
      const { named, reply } = at.exchange;
      const brought = idsBroughtBy(at.exchange);
      if (!isAnswered(at) || brought.length === 0) return [];
      const texts = textsOf(reply).join('\n');
      const echoed = brought.find((id) => named.includes(id) || (isTelling(id) && texts.includes(id)));
      if (echoed === undefined) return [good(at)];
      return [{ kind: 'bad', at, reason: 'wrong-session', says: `${echoed} comes back` }];
    }),
};

/** By what they are known, which a text that is no id of the run is only once it came back. */
function idsBroughtBy({ asked, sent }: Exchange): readonly string[] {
  return [...asked.session, ...(sent.carrier === 'http' ? headerValues(sent.headers, 'mcp-session-id') : [])];
}

/** A short id may stand in an answer by chance. */
function isTelling(id: string): boolean {
  return id.length >= idCharsMin;
}

const idCharsMin = 8;

/** A log message comes with the answer to a request that gave a level for it. */
export const logsWereAskedFor: Statement = {
  demands: 'a log message comes only with the answer to a request that gives a log level',
  observe: eachAnswer(({ exchange: { sent, reply } }) => {
    const isLogged = messagesIn(reply).some(isNotification('notifications/message'));
    if (!isLogged || metaSent(sent)[levelKey] !== undefined) return undefined;
    return {
      reason: 'carried-over',
      says: 'a log message came with the answer to a request without a log level',
    };
  }),
};

const levelKey = 'io.modelcontextprotocol/logLevel';
const versionKey = 'io.modelcontextprotocol/protocolVersion';
const capabilitiesKey = 'io.modelcontextprotocol/clientCapabilities';

/** A server asks by results, and nothing by a request of its own. */
export const noServerRequests: Statement = {
  demands: 'nothing that comes to a client of 2026-07-28 is a request',
  observe: eachAnswer(({ exchange: { reply } }) => {
    const request = messagesIn(reply).find(({ kind }) => kind === 'request');
    if (request?.kind !== 'request') return undefined;
    return { reason: 'stray-message', says: `a request of the server came: ${request.method}` };
  }),
};

/** A result asks for nothing that this request did not say its client can give. */
export const inputWasOffered: Statement = {
  demands: 'a result asks for input only by capabilities that its request declares',
  observe: ({ seen }) =>
    seen.flatMap((at): readonly Observation[] => {
      if (!isAnswered(at)) return [];
      const wanted = messagesIn(at.exchange.reply).flatMap(inputIn);
      if (wanted.length === 0) return [];
      const declared = metaSent(at.exchange.sent)[capabilitiesKey];
      const has = (capability: string) => isObject(declared) && declared[capability] !== undefined;
      const beyond = wanted.find((capability) => !has(capability));
      if (beyond === undefined) return [good(at)];
      const says = `the result asks for ${beyond}, which its request does not declare`;
      return [{ kind: 'bad', at, reason: 'carried-over', says }];
    }),
};

/** The capabilities that a result takes for granted. */
function inputIn(message: Message): readonly string[] {
  if (message.kind !== 'response' || !isObject(message.result)) return [];
  const requests: Json | undefined = message.result['inputRequests'];
  const each = isObject(requests) ? Object.values(requests) : [];
  return each.flatMap((one) => {
    const method = isObject(one) ? one['method'] : undefined;
    return typeof method === 'string' ? (capabilityFor.get(method) ?? []) : [];
  });
}

const capabilityFor: ReadonlyMap<string, string> = new Map([
  ['elicitation/create', 'elicitation'],
  ['sampling/createMessage', 'sampling'],
  ['roots/list', 'roots'],
]);

/** They went with sessions. */
const formerMethods: ReadonlySet<string> = new Set([
  'initialize',
  'ping',
  'logging/setLevel',
  'resources/subscribe',
  'resources/unsubscribe',
]);

export const resultsAreTyped: Statement = {
  demands: 'each result says by `resultType` of which type it is',
  observe: eachAnswer(({ exchange }) => {
    // A server that still has such a method answers as it was answered before.
    if (formerMethods.has(exchange.asked.method ?? '')) return undefined;
    const isUntyped = answersIn(exchange).some(
      ({ result }) => isObject(result) && typeof result['resultType'] !== 'string',
    );
    return isUntyped ? { reason: 'wrong-body', says: 'the result has no resultType' } : undefined;
  }),
};

/** Codes that revision 2026-07-28 has taken away, or keeps for itself. */
export const codesAreDefined: Statement = {
  demands: 'no error has a code that 2026-07-28 has withdrawn, or reserves and does not define',
  observe: eachAnswer(({ exchange }) => {
    const wrong = errorsIn(exchange).find(({ code }) => withdrawn.has(code) || isUndefined(code));
    if (wrong === undefined) return undefined;
    const why = withdrawn.has(wrong.code) ? 'is withdrawn' : 'is reserved and not defined';
    return { reason: 'wrong-body', says: `the error code ${wrong.code} ${why}` };
  }),
};

const withdrawn: ReadonlySet<number> = new Set([-32002, -32042]);
const defined: ReadonlySet<number> = new Set([-32020, -32021, -32022]);

function isUndefined(code: number): boolean {
  return code <= -32020 && code >= -32099 && !withdrawn.has(code) && !defined.has(code);
}

/** Codes that older implementations made up for themselves. */
export const codesAreNew: Statement = {
  demands: 'no error has a code of -32000 to -32019, which mean nothing',
  observe: eachAnswer(({ exchange }) => {
    const old = errorsIn(exchange).find(
      ({ code }) => code <= -32000 && code >= -32019 && !withdrawn.has(code),
    );
    return old && { reason: 'wrong-body', says: `the error code ${old.code} means nothing` };
  }),
};

function errorsIn(exchange: Exchange): readonly RpcError[] {
  return answersIn(exchange).flatMap(({ error }) => error ?? []);
}

/** What answers a request of 2026-07-28. What says that it is of an older revision is answered by the rules of that one. */
function answersIn({ reply, sent }: Exchange): readonly Response[] {
  const header =
    sent.carrier === 'http' ? headerValues(sent.headers, 'mcp-protocol-version') : [modernRevision];
  if (metaSent(sent)[versionKey] !== modernRevision || !header.includes(modernRevision)) return [];
  return messagesIn(reply).filter((message) => message.kind === 'response');
}

type Response = Extract<Message, { kind: 'response' }>;

/** What is listed is the same on each connection. A change behind a call may be one for everybody, which a check of its own tells apart. */
export const listsDependOnNothing: Statement = {
  demands: 'a list does not depend on the connection',
  observe: ({ seen }) => {
    const listings = listingsIn(
      seen.filter(isAnswered),
      ({ exchange }) => exchange,
      ({ client }) => client,
    );
    return [...grouped(listings, ({ at, of }) => `${at.revision} ${of}`).values()].flatMap((each) => {
      const dependence = dependenceOf(each, ['connection']);
      if (dependence === 'time') return [];
      if (dependence === undefined) return each.map(({ at }) => good(at));
      const [first] = each;
      return each
        .filter(({ sorted }) => sorted !== first?.sorted)
        .map(({ at }): Observation => ({
          kind: 'bad',
          at,
          reason: 'carried-over',
          says: dependences[dependence],
        }));
    });
  },
};

type Wrong = Pick<Extract<Observation, { kind: 'bad' }>, 'reason' | 'says'>;

/** Looks at each answer that came to a client without a session. */
function eachAnswer(wrong: (at: Seen) => Wrong | undefined): Statement['observe'] {
  return ({ seen }: History) =>
    seen.filter(isAnswered).map((at) => {
      const found = wrong(at);
      if (found === undefined) return good(at);
      const { reason, says } = found;
      return { kind: 'bad', at, reason, says };
    });
}

function isAnswered({ exchange: { asked, reply } }: Seen): boolean {
  return asked.modern === true && statusOf(reply) !== undefined;
}

function isNotification(method: string): (message: Message) => boolean {
  return (message) => message.kind === 'notification' && message.method === method;
}
