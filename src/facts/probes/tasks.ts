import type { HandleProbe } from '../../model/handle.js';
import { idIn } from '../../model/handle.js';
import { isObject } from '../../model/json.js';
import type { Need } from '../../model/need.js';
import type { Probe } from '../../model/request.js';
import { askMs, type Asking, type FactProbe } from '../probe.js';
import { isServed, refusalOf, tryTool, without } from '../refusal.js';

/** So many tools are called as tasks. */
const triedMax = 2;

const taskId = { keys: ['task', 'taskId'] } as const;
const named = (method: string): Probe => ({ method, params: { taskId: '${handle}' } });

/** Whether a tool can be called as a task, and what is told of the task then. */
export const tasks: FactProbe = {
  finds: ['probes.task'],
  answers: ['tasks', 'task-list', 'task-cancel', 'task-ends'],
  after: ['tools', 'methods'],
  disturbs: 'own session',
  requestsMax: () => triedMax * 3 + 1,
  async ask(asking, findings) {
    const offered = offeredBy(asking);
    if (offered === undefined) return {};
    const { facts, candidates } = findings;
    let refusal: string | undefined;
    for (const create of candidates.tasks.slice(0, triedMax)) {
      const task = await tryTask(create, asking, offered.cancel);
      if (typeof task === 'string') refusal ??= task;
      if (typeof task !== 'object') continue;
      const isListed =
        offered.list && isServed(await asking.client.request({ method: 'tasks/list' }, { timeoutMs: askMs }));
      const serves: readonly Need[] = [
        ...(facts.serves ?? []),
        ...(isListed ? (['task-list'] as const) : []),
        ...(task.endsSoon ? (['task-ends'] as const) : []),
      ];
      return { facts: { probes: { ...facts.probes, task: task.probe }, serves } };
    }
    return without(findings, 'tasks', refusal);
  },
};

/** What the handshake says. */
function offeredBy({ client }: Asking): { readonly list: boolean; readonly cancel: boolean } | undefined {
  const capabilities = client.result?.['capabilities'];
  const own = isObject(capabilities) ? capabilities['tasks'] : undefined;
  const requests = isObject(own) ? own['requests'] : undefined;
  const ofTools = isObject(requests) ? requests['tools'] : undefined;
  if (!isObject(own) || !isObject(ofTools) || !isObject(ofTools['call'])) return undefined;
  return { list: isObject(own['list']), cancel: isObject(own['cancel']) };
}

/** A check waits three times as long for the result. */
const soonMs = 1_000;

interface Tried {
  readonly probe: HandleProbe;
  readonly endsSoon: boolean;
}

async function tryTask(create: Probe, asking: Asking, cancel: boolean): Promise<Tried | string | undefined> {
  const made = await tryTool(create, asking);
  const id = idIn(made.result, taskId);
  if (typeof id !== 'string') return refusalOf(made, create, asking);
  const got = await asking.client.request(
    { method: 'tasks/get', params: { taskId: id } },
    { timeoutMs: askMs },
  );
  if (!isServed(got)) return undefined;
  const ended = await asking.client.request(
    { method: 'tasks/result', params: { taskId: id } },
    { timeoutMs: soonMs, slow: true },
  );
  const end = cancel && { end: named('tasks/cancel') };
  return { probe: { create, idAt: taskId, read: named('tasks/get'), ...end }, endsSoon: isServed(ended) };
}
