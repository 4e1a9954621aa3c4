import type { CompanyStop } from '../../model/company.js';
import type { Eras, Facts, ReplyForm } from '../../model/facts.js';
import type { Probe, StateProbe } from '../../model/request.js';
import type { Report } from '../../model/report.js';
import { eraOf } from '../../model/revision.js';
import { grouped } from '../../model/tables.js';
import type { RenderOptions } from '../renderer.js';
import { shownLines } from './lines.js';

/**
 * What was found out about the target: who it is and what is unusual about it, and all of it with `--verbose`. Revisions with the
 * same facts share one block.
 */
export function factLines(report: Report, options: RenderOptions): readonly string[] {
  const blocks = grouped(report.facts, (facts) =>
    shownFacts(facts)
      .filter(([label]) => options.verbose || gist.has(label))
      .flatMap((row) => shownLines(row, options))
      .join('\n'),
  );
  return [...blocks].flatMap(([block, facts]) => {
    const names = facts.map(({ revision }) => revision).join(', ');
    const isTold = options.verbose || blocks.size > 1;
    return isTold
      ? shownLines(['revision', `${names}${otherRevisions(facts)}`], options).concat(block)
      : [block];
  });
}

const gist: ReadonlySet<string> = new Set(['server', 'tools', 'nodes', 'clients', 'read-only', 'tried']);

type FactRow = readonly [label: string, text: string];

/** A fact a line, as label and text. What was not asked is left out. */
export function shownFacts(facts: Facts): readonly FactRow[] {
  return [
    [
      'server',
      `${serverName(facts.server)}, ${facts.carrier === 'stdio' ? 'over stdio' : `answers by ${shownReplies(facts)}`}`,
    ],
    ...(facts.tools ? [['tools', shownTools(facts.tools, facts)] as const] : []),
    ...(facts.eras ? [['eras', shownEras(facts.eras)] as const] : []),
    // Without sessions there are none to issue, and nothing to end.
    ...(eraOf(facts.revision) === 'modern' ? [] : [['sessions', shownSessions(facts)] as const]),
    ...(facts.carrier === undefined ? streamRows(facts) : []),
    ['probes', shownProbes(facts)],
    ...Object.values(facts.refusals ?? {}).map((says) => ['tried', says] as const),
    ...calledTools(facts),
    ...clientele(facts),
    ...(facts.notAsked
      ? [['not asked', `${facts.notAsked.join(', ')}: no selected check needs them`] as const]
      : []),
    ...(facts.readOnly
      ? [['read-only', 'no tool is called, and no session of another client is touched'] as const]
      : []),
  ];
}

/** Which clients are served, and what the others meet. */
function shownEras({ modern, legacy }: Eras): string {
  if (modern.served && legacy.served)
    return `of both eras: server/discover is answered ${modern.seen}, and initialize ${legacy.seen}`;
  if (modern.served)
    return `of 2026-07-28 only: server/discover is answered ${modern.seen}; a client that begins with initialize meets ${legacy.seen}`;
  return `that begin with initialize only: a client of 2026-07-28 asks server/discover and meets ${modern.seen}`;
}

function streamRows({ delete: ending, get, revision }: Facts): readonly FactRow[] {
  return [
    ...(eraOf(revision) === 'modern' ? [] : [['DELETE', offer(ending)] as const]),
    ...(get ? [['GET', offer(get)] as const] : []),
  ];
}

/** What is unusual about the clients that are served, if anything is. */
function clientele({
  affinity: { served, asked } = { served: 0, asked: 0 },
  severalClients,
  company,
}: Facts): readonly FactRow[] {
  if (served > 0 && served < asked) {
    const says = `perhaps several that share no sessions: of ${asked} requests of one session, ${served} were served`;
    return [['nodes', says]];
  }
  if (company?.stops !== undefined) return [['clients', companySays[company.stops](company.sessions)]];
  return severalClients === false
    ? [['clients', 'checks run one after the other, because clients disturb each other']]
    : [];
}

const companySays: Readonly<Record<CompanyStop, (sessions: number) => string>> = {
  'second-refused': () => 'one at a time: a second session is refused while the first is open',
  'second-replaces': () => 'one at a time: once a second session is open, the first is not served',
  'only-one': () =>
    'one in all: a second session is refused, also after the DELETE of the first; start the server again',
  'number-refused': (n) =>
    `at most ${n} sessions at once were open: the next one was refused; checks run one after the other`,
  'number-replaces': (n) => `of the sessions opened at once ${n} were served; checks run one after the other`,
  revision: () =>
    'a session of another revision keeps those before from being served; checks run one after the other',
  delete: () => 'after the DELETE of one session others are not served; checks run one after the other',
  messages: () =>
    'after others had opened sessions, the first got no messages; checks run one after the other',
};

function otherRevisions(facts: readonly Facts[]): string {
  const examined = new Set(facts.map(({ revision }) => revision));
  const left = (facts[0]?.negotiates ?? []).filter((revision) => !examined.has(revision));
  return left.length > 0 ? ` (negotiates ${left.join(', ')} too)` : '';
}

const forms: Readonly<Record<ReplyForm, string>> = { json: 'JSON', sse: 'SSE' };

function shownReplies({ replies, otherReplies: { lists, calls } = {} }: Facts): string {
  const others = [
    ...(lists ? [`lists by ${forms[lists]}`] : []),
    ...(calls ? [`tool calls by ${forms[calls]}`] : []),
  ];
  return [forms[replies], ...others].join(', ');
}

/** Both come from the target, and either may be empty. */
function serverName({ name, version }: Facts['server']): string {
  const words = [name, version].map((word) => word.trim()).filter((word) => word !== '');
  return words.length > 0 ? words.join(' ') : 'without a name';
}

/** What each tool that is called was found to be good for, and how many are not. */
function shownTools(tools: readonly string[], { probes }: Facts): string {
  if (tools.length === 0) return 'none';
  const { echo, state, words, identity, slow, notify, log, update, handle, task, ask } = probes;
  const uses: readonly (readonly [use: string, probe: Probe | undefined])[] = [
    ['echo', echo],
    ['state', (state ?? words)?.write],
    ['identity', identity],
    ['slow', slow],
    ['messages', notify ?? log],
    ['updates', update?.change],
    ['handles', handle?.create],
    ['tasks', task?.create],
    ['states', probes['request-state']?.create],
  ];
  const used = uses.flatMap(([use, probe]) => {
    const name = nameOf(probe);
    return name === undefined || !tools.includes(name) ? [] : [[use, name] as const];
  });
  const beside = new Set(
    [state?.read, words?.write, words?.read, handle?.read, handle?.write, handle?.end, ask].map(nameOf),
  );
  const others = tools.filter((tool) => !used.some(([, name]) => name === tool) && !beside.has(tool));
  return [
    `${tools.length} listed`,
    ...used.map(([use, name]) => `${use}: ${name}`),
    // A server may list it for clients that can be asked alone.
    ...(ask ? [`asks its client: ${nameOf(ask) ?? ''}`] : []),
    ...(others.length > 0 ? [`not used: ${fewOf(others)}`] : []),
  ].join('; ');
}

function shownSessions({ issuesIds, withoutId }: Facts): string {
  if (!issuesIds) return `none issued${withoutId ? ` (${withoutId.seen})` : ''}`;
  if (withoutId === undefined) return 'issued';
  return `issued; a request without an id is ${withoutId.refused ? 'refused' : 'served'} (${withoutId.seen})`;
}

function offer({ offered, seen }: Facts['delete']): string {
  return `${offered ? 'offered' : 'not offered'} (${seen})`;
}

function shownProbes({ probes, notices = 'nowhere', notAsked = [], asks }: Facts): string {
  const { echo, state, words, identity, slow, notify, update, ask } = probes;
  return [
    `plain ${shownProbe(probes.plain)}`,
    ...(echo ? [`echo ${shownProbe(echo)}`] : notAsked.includes('echo') ? [] : ['no echo']),
    ...(state
      ? [`state ${shownProbe(state.write)}${ageOf(state)}`]
      : notAsked.includes('tools')
        ? []
        : ['no state']),
    ...(words && words !== state ? [`words ${shownProbe(words.write)}${ageOf(words)}`] : []),
    ...(identity ? [`identity ${shownProbe(identity)}`] : []),
    ...(slow ? [`slow ${shownProbe(slow)}`] : []),
    ...(notify ? [`notify ${shownProbe(notify)} (${noticePlaces[notices]})`] : []),
    ...(update ? [`update ${shownUpdate(update.change)}`] : []),
    ...(ask
      ? [`ask ${shownProbe(ask)} (${asks?.methods.join(', ')}, on a ${asks?.on === 'get' ? 'GET' : 'POST'})`]
      : []),
  ].join(', ');
}

function shownUpdate(change: Probe): string {
  const { behindMs } = change;
  return behindMs === undefined ? shownProbe(change) : `by itself, within ${(behindMs / 1000).toFixed(1)} s`;
}

/** How old a reading may be. */
function ageOf({ staleMs }: StateProbe): string {
  return staleMs === undefined ? '' : ` (read from a cache, up to ${(staleMs / 1000).toFixed(1)} s old)`;
}

/** Tools that were called, all by name, and those that were not, with the reason; few names of each stand for all. */
function calledTools({ tools = [], leftOut = {} }: Facts): readonly FactRow[] {
  const reasons = Object.entries(leftOut);
  if (reasons.length === 0) return [];
  const others = new Set(reasons.flatMap(([, names]) => names));
  const called = tools.filter((tool) => !others.has(tool));
  const each = reasons.map(([because, names]) => `${fewOf(names)} (${because})`);
  return [
    ['called', called.length > 0 ? called.join(', ') : 'no tool'],
    ['not called', each.join('; ')],
  ];
}

function fewOf(names: readonly string[]): string {
  const more = names.length - 3;
  return `${names.slice(0, 3).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

const noticePlaces: Readonly<Record<NonNullable<Facts['notices']>, string>> = {
  get: 'came on the stream of a GET',
  post: 'came with the answer',
  both: 'came on the stream of a GET, and with the answer where none is open',
  nowhere: 'nothing came',
};

function shownProbe(probe: Probe): string {
  const { method } = probe;
  const name = nameOf(probe);
  return name === undefined ? method : `${method} ${name}`;
}

/** Of the tool that is called. */
function nameOf(probe: Probe | undefined): string | undefined {
  const params = probe?.params;
  const named = typeof params === 'object' && params !== null && 'name' in params ? params.name : undefined;
  return typeof named === 'string' ? named.replaceAll('${nonce}', '…') : undefined;
}
