import type { Need } from './need.js';
import type { Json } from './request.js';
import { handleKinds, type HandleKind } from './handle.js';
import { firstText } from './message.js';

/** The requests that discovery finds for a target, each with the fact that says that there is one. Any server answers the plain one. */
export const probeNeeds = {
  'probe.plain': undefined,
  'probe.echo': 'echo',
  'probe.identity': 'identity',
  'probe.slow': 'slow',
  'probe.notify': 'notify',
  'probe.push': 'push',
  'probe.wordless': 'wordless',
  'probe.log': 'log-notices',
  'probe.ask': 'ask',
  'probe.change': 'changes',
  'probe.input': 'input',
  'probe.mirrored': 'mirrored',
  'probe.mirrored.absent': 'mirrored',
  'probe.mirrored.other': 'mirrored',
  'probe.streamed': 'reply-streams',
  'probe.subscribe': 'subscribe',
  'probe.state.write': 'state',
  'probe.state.read': 'state',
  'probe.words.write': 'words',
  'probe.words.read': 'words',
  'probe.kept.write': 'kept',
  'probe.kept.read': 'kept',
  'probe.update.subscribe': 'update',
  'probe.update.unsubscribe': 'update',
  'probe.update.change': 'update',
  'probe.handle.create': 'handles',
  'probe.handle.read': 'handles',
  'probe.handle.write': 'handle-state',
  'probe.handle.end': 'handle-end',
  'probe.task.create': 'tasks',
  'probe.task.read': 'tasks',
  'probe.task.end': 'task-cancel',
  'probe.request-state.create': 'request-state',
  'probe.request-state.read': 'request-state',
  'probe.request-state.elsewhere': 'request-state-elsewhere',
  'probe.data.call': 'data-call',
  'probe.data.revoke': 'data-revoke',
  'probe.data.renew': 'data-renew',
} as const satisfies Readonly<Record<`probe.${string}`, Need | undefined>>;

export type ProbeName = keyof typeof probeNeeds;

export function isProbe(method: string): method is ProbeName {
  return Object.hasOwn(probeNeeds, method);
}

/** What a probe does with something that an id in the request names: `probe.handle.read`. */
export function readHandleProbe(
  method: string,
): { readonly kind: HandleKind; readonly does: HandleUse } | undefined {
  const [, name, does] = /^probe\.([a-z-]+)\.([a-z]+)$/.exec(method) ?? [];
  const kind = handleKinds.find((one) => one === name);
  const use = handleUses.find((one) => one === does);
  return kind === undefined || use === undefined || !isProbe(method) ? undefined : { kind, does: use };
}

const handleUses = ['create', 'read', 'write', 'end', 'elsewhere'] as const;
type HandleUse = (typeof handleUses)[number];

/** What a state probe writes before its nonce, and what the judge counts in the answer of a read. */
export const mark = 'sessionspec-mark-';

/** What a counter shows: the first whole number in the first text item of a result; digits within a word or an id are none. */
export function numberIn(result: Json | undefined): number | undefined {
  const number = /(?<![\w.-])-?\d+(?![\w-]|\.\d)/u.exec(firstText(result) ?? '')?.[0];
  return number === undefined ? undefined : Number(number);
}
