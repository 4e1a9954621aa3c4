import {
  type DescribedTools,
  type Facts,
  type Json,
  type Probe,
  type StateProbe,
  type ToolCall,
  slowMs,
} from '../model/facts.js';
import { mark } from '../model/probe.js';
import { isList, isObject, type JsonObject } from '../model/json.js';
import { filledJson, from } from '../model/template.js';

/** A tool as it is listed. */
export interface Tool {
  readonly name: string;
  readonly properties: readonly string[];
  readonly required: readonly string[];
  /** It says of itself that it only reads. */
  readonly isReadOnly: boolean;
  /** It says of itself that it reads or destroys nothing, or has the name of something that reads. */
  readonly isHarmless: boolean;
}

/** What is known of the tools of a target. */
export interface Listing {
  readonly tools: readonly Tool[];
  /** Nothing was left out. */
  readonly isWhole: boolean;
}

export function readTools(listed: readonly Json[]): readonly Tool[] {
  return listed.slice(0, toolsMax).flatMap((tool) => {
    if (!isObject(tool) || typeof tool['name'] !== 'string') return [];
    const schema = isObject(tool['inputSchema']) ? tool['inputSchema'] : {};
    const annotations = isObject(tool['annotations']) ? tool['annotations'] : {};
    const required = isList(schema['required'])
      ? schema['required'].filter((name): name is string => typeof name === 'string')
      : [];
    return [
      {
        name: tool['name'],
        properties: isObject(schema['properties']) ? Object.keys(schema['properties']) : [],
        required,
        isReadOnly: annotations['readOnlyHint'] === true,
        isHarmless:
          annotations['readOnlyHint'] === true ||
          annotations['destructiveHint'] === false ||
          readsByName(tool['name']),
      },
    ];
  });
}

export const toolsMax = 1_000;
const markedNonce = `${mark}\${nonce}`;

/** The probes for which a tool is needed. */
export type ToolProbes = Pick<Facts['probes'], 'state' | 'identity' | 'slow' | 'notify' | 'update'>;

/** Whether it reads like a deletion, or the end of something: such a tool is only called where it is described. */
export function deletesByName(name: string): boolean {
  return nameWords(name).some((word) => deletions.test(word));
}

const deletions =
  /^(?:delet|remov|destr|drop|purg|clear|wip|eras|reset|truncat|kill|terminat|revok|uninstall|shut|stop|restart|reboot|halt|abort|cancel|ban$|rm$|del$)/;

function readsByName(name: string): boolean {
  const [first = ''] = nameWords(name);
  return readings.has(first);
}

const readings: ReadonlySet<string> = new Set([
  'count',
  'current',
  'describe',
  'get',
  'info',
  'list',
  'read',
  'show',
  'status',
  'view',
  'who',
  'whoami',
]);

/** Of `snake_case`, `kebab-case` and `camelCase`. */
function nameWords(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

/**
 * What is recognised among the tools. That one destroys is what the specification assumes of each that says nothing, and what some
 * libraries therefore write at all of them, so it tells nothing; a name does.
 */
export function recognised(listed: readonly Tool[]): ToolProbes {
  const tools = listed.filter(({ name }) => !deletesByName(name));
  const [state, identity] = [stateProbe(tools), identityProbe(tools)];
  const [slow, notify] = [slowProbe(tools, slowMs), notifyProbe(tools)];
  return {
    ...(state && { state }),
    ...(identity && { identity }),
    ...(slow && { slow }),
    ...(notify && { notify }),
  };
}

/** The same of described tools. */
export function probesOf({ state, identity, slow, notify, update }: DescribedTools): ToolProbes {
  return {
    ...(state && { state: { shows: state.shows, read: probe(state.read), write: marking(state) } }),
    ...(identity && { identity: probe(identity) }),
    ...(slow && { slow: withProgress(probe(slow)) }),
    ...(notify && { notify: probe(notify) }),
    ...(update && {
      update: {
        subscribe: { method: 'resources/subscribe', params: { uri: update.uri } },
        change: probe(update.change),
      },
    }),
  };
}

function probe({ name, arguments: args }: ToolCall): Probe {
  return callOf(name, args);
}

/** Marks are counted, so a nonce that is written stands behind one. */
function marking({ write, shows }: NonNullable<DescribedTools['state']>): Probe {
  const args = shows === 'marks' ? filledJson(write.arguments, from({ nonce: markedNonce })) : undefined;
  return callOf(write.name, isObject(args) ? args : write.arguments);
}

/** A described tool that a target does not list, where all that it lists is known. */
export function unlisted(tools: DescribedTools, listing: Listing | undefined): string | undefined {
  if (listing?.isWhole !== true) return undefined;
  const listed = listing.tools.map(({ name }) => name);
  const { state, update, ...plain } = tools;
  const calls = {
    'state.write': state?.write,
    'state.read': state?.read,
    'update.change': update?.change,
    ...plain,
  };
  for (const [key, wanted] of Object.entries(calls)) {
    if (wanted === undefined || listed.includes(wanted.name)) continue;
    const others = listed.length === 0 ? 'it lists none' : `it lists ${listed.slice(0, shownMax).join(', ')}`;
    return `the target lists no tool ${JSON.stringify(wanted.name)}, which stands under tools.${key}; ${others}`;
  }
  return undefined;
}

const shownMax = 10;

/** The stateful tools of the brief's servers, by name. */
function stateProbe(tools: readonly Tool[]): StateProbe | undefined {
  const has = (name: string) => tools.some((tool) => tool.name === name);
  if (has('increment_counter')) {
    const count = callOf('increment_counter', {});
    return { write: count, read: count, shows: 'number' };
  }
  const marked = { text: markedNonce };
  if (has('notebook_append') && has('notebook_read')) {
    return { write: callOf('notebook_append', marked), read: callOf('notebook_read', {}), shows: 'marks' };
  }
  if (has('hashcheck_store') && has('hashcheck_list')) {
    return {
      write: callOf('hashcheck_store', { key: marked.text, text: 'x' }),
      read: callOf('hashcheck_list', {}),
      shows: 'marks',
    };
  }
  return undefined;
}

/** A tool that tells the id of the session it is called in. */
function identityProbe(tools: readonly Tool[]): Probe | undefined {
  const found = ['session_id', 'whoami'].find((name) =>
    tools.some((tool) => tool.name === name && tool.required.length === 0),
  );
  return found === undefined ? undefined : callOf(found, {});
}

/** A tool that makes the server send a log message to the session that calls it. */
function notifyProbe(tools: readonly Tool[]): Probe | undefined {
  const found = tools.find(({ name, properties }) => name === 'notify' && properties.includes('text'));
  return found === undefined ? undefined : callOf(found.name, { text: '${nonce}' });
}

/** Names and units of the arguments by which well-known slow tools take a duration. */
const durations: Readonly<Record<string, number>> = {
  ms: 1,
  delayMs: 1,
  delay_ms: 1,
  durationMs: 1,
  milliseconds: 1,
  seconds: 1000,
  duration: 1000,
};

/** A tool that says by its arguments that it takes a given time, and needs no other argument but text. */
export function slowProbe(tools: readonly Tool[], ms: number): Probe | undefined {
  for (const { name, properties, required } of tools) {
    if (deletesByName(name)) continue;
    const duration = properties.find((property) => Object.hasOwn(durations, property));
    const others = required.filter((property) => property !== duration);
    if (duration === undefined || others.some((property) => !textNames.has(property))) continue;
    const texts = properties
      .filter((property) => textNames.has(property))
      .map((property) => [property, '${nonce}'] as const);
    return withProgress(
      callOf(name, { ...Object.fromEntries(texts), [duration]: ms / (durations[duration] ?? 1) }),
    );
  }
  return undefined;
}

/** Asks for progress under a token that only this call has. */
function withProgress({ method, params }: Probe): Probe {
  return { method, params: { ...(isObject(params) && params), _meta: { progressToken: '${nonce}' } } };
}

const textNames = new Set(['text', 'message', 'value']);

export function callOf(name: string, args: JsonObject): Probe {
  return { method: 'tools/call', params: { name, arguments: args } };
}
