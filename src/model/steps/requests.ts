import type { HandleChoice } from '../handle.js';
import type { RawStepByKind } from '../raw-suite.js';
import { modernRevision } from '../revision.js';
import type { ExchangeStep } from '../suite.js';
import { carrying } from './carrying.js';
import { ofHttp } from './of-http.js';
import { asksHarmlessly, harmlessMethods, isOrdinary } from './harmless.js';
import type { Kind, Needed, Phrases } from './kind.js';

/** What all requests have in common. */
const request = {
  needs: ({ node }: ExchangeStep): Needed | undefined =>
    node === undefined ? undefined : { key: 'node', need: 'replicas' },
  follows: () => undefined,
  canFail: ({ judge }: ExchangeStep): boolean => judge !== undefined,
  cost: () => ({ requests: 1 }),
  carrier: ofHttp,
  isHarmless: isOrdinary,
  overlaps: ({ background }: ExchangeStep): boolean => background,
  demands: (step: ExchangeStep, { expectation, judged }: Phrases): readonly string[] => [
    ...(step.require === undefined ? [] : [`required: ${expectation(step.require)}`]),
    ...(step.judge === undefined ? [] : [`judged: ${judged(step)}`]),
    ...(step.control === undefined ? [] : [`control: ${step.control}`]),
  ],
};

const usable = { status: 200, result: true } as const;

export const open: Kind<'open'> = {
  ...request,
  read: (raw, reading) => {
    const required = raw.require ?? (raw.judge === undefined ? usable : undefined);
    const options = { ...raw, as: String(raw.open), ...(required && { require: required }) };
    return {
      kind: 'open',
      ...reading.request(options),
      initialized: raw.initialized ?? true,
      ...(raw.revision && { revision: raw.revision }),
      declares: raw.declares ?? [],
    };
  },
  cost: ({ initialized }) => ({ requests: 1, onceOpened: Number(initialized), as: 'opened' }),
  says: (step) =>
    `${step.as} ${step.revision === modernRevision ? 'asks server/discover, as a client without sessions' : 'opens a session'}${step.declares.length === 0 ? '' : `, declaring ${step.declares.join(' and ')}`}${step.initialized ? '' : ', without notifications/initialized'}${carrying(step)}`,
};

const alwaysNonced: ReadonlySet<string> = new Set([
  'probe.echo',
  'probe.notify',
  'probe.push',
  'probe.wordless',
  'probe.log',
  'probe.ask',
  'probe.streamed',
  'probe.change',
  'probe.input',
  'probe.mirrored',
  'probe.mirrored.absent',
  'probe.mirrored.other',
  'probe.slow',
  'probe.state.write',
  'probe.words.write',
  'probe.kept.write',
  'probe.handle.create',
  'probe.handle.write',
  'probe.task.create',
]);

const abortWords = {
  no: '',
  'when-sent': ', and hangs up',
  'in-head': ', and hangs up in the middle of its head',
  'in-body': ', and hangs up in the middle of its body',
} as const;

export const send: Kind<'send'> = {
  ...request,
  read: (raw, reading) => ({
    kind: 'send',
    ...reading.request(raw),
    method: raw.send,
    nonce: raw.nonce ?? alwaysNonced.has(raw.send),
    abort: raw.abort === true ? 'when-sent' : (raw.abort ?? 'no'),
    ...(raw.params && { params: raw.params }),
    ...(raw['after-calls'] !== undefined && { afterCalls: raw['after-calls'] }),
    ...(raw['rpc-id'] !== undefined && { rpcId: raw['rpc-id'] }),
    ...(raw.handle !== undefined && { handle: handleChoice(raw.handle) }),
    ...(raw['progress-token'] !== undefined && { progressToken: raw['progress-token'] }),
  }),
  cost: ({ method }) => ({ requests: 1, ...(method === 'initialize' && { as: 'opened' }) }),
  isHarmless: (step) => isOrdinary(step) && step.abort === 'no' && harmlessMethods.has(step.method),
  says: (step) =>
    `${step.as} sends ${step.method}${handleWords(step.handle)}${carrying(step)}${abortWords[step.abort]}`,
};

function handleChoice(raw: NonNullable<RawStepByKind['send']['handle']>): HandleChoice {
  if (raw === 'none') return { kind: 'none' };
  if (typeof raw === 'string') return { kind: 'given', text: raw };
  if ('generated' in raw) return { kind: 'generated', how: raw.generated };
  return { kind: 'given', text: raw.of, changed: raw.changed };
}

function handleWords(choice: HandleChoice | undefined): string {
  switch (choice?.kind) {
    case undefined:
      return '';
    case 'none':
      return ', without a handle';
    case 'given':
      return ` with the handle ${choice.text}${choice.changed === undefined ? '' : `, ${choice.changed}`}`;
    case 'generated':
      return ` with a handle never issued (${choice.how})`;
  }
}

export const answer: Kind<'answer'> = {
  ...request,
  read: (raw, reading) => ({
    kind: 'answer',
    ...reading.request({ ...raw, as: raw.as ?? raw.answer }),
    asked: raw.answer,
  }),
  says: (step) =>
    `${step.as} answers what the server asked ${step.as === step.asked ? 'it' : step.asked} for${carrying(step)}`,
};

export const notify: Kind<'notify'> = {
  ...request,
  read: (raw, reading) => ({
    kind: 'notify',
    ...reading.request(raw),
    method: raw.notify,
    ...(raw.params && { params: raw.params }),
  }),
  isHarmless: (step) => isOrdinary(step) && harmlessMethods.has(step.method),
  says: (step) => `${step.as} sends the notification ${step.method}${carrying(step)}`,
};

export const post: Kind<'post'> = {
  ...request,
  read: (raw, reading) => ({
    kind: 'post',
    ...reading.request(raw),
    body: typeof raw.post === 'string' ? raw.post : JSON.stringify(raw.post),
  }),
  isHarmless: (step) => isOrdinary(step) && asksHarmlessly(step.body),
  says: (step) => `${step.as} posts a body as it is${carrying(step)}`,
};

export const listen: Kind<'listen'> = {
  ...request,
  read: (raw, reading) => ({
    kind: 'listen',
    ...reading.request({ ...raw, as: raw.listen }),
    ...(raw.resume !== undefined && { resume: raw.resume }),
    ...(raw.behind !== undefined && { behind: raw.behind }),
  }),
  cost: () => ({ requests: 1, as: 'streams' }),
  says: (step) =>
    `${step.as} opens a stream by GET${carrying(step)}${step.resume === undefined ? '' : `, resuming that of ${step.resume}`}`,
};

export const remove: Kind<'delete'> = {
  ...request,
  read: (raw, reading) => ({ kind: 'delete', ...reading.request({ ...raw, as: raw.delete }) }),
  cost: () => ({ requests: 1, as: 'deleted' }),
  carrier: () => ({ carrier: 'http', does: 'sends DELETE' }),
  says: (step) => `${step.as} sends DELETE${carrying(step)}`,
};

export const raw: Kind<'raw'> = {
  ...request,
  read: (written, reading) => ({ kind: 'raw', ...reading.request(written), text: written.raw }),
  cost: () => ({ requests: 1, as: 'raw' }),
  carrier: () => ({ carrier: 'http', does: 'sends malformed HTTP' }),
  isHarmless: () => false,
  says: ({ as }) => `${as} sends malformed HTTP`,
};
