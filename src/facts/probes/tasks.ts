import type { HandleProbe, IdAt } from '../../model/handle.js';
import { idIn } from '../../model/handle.js';
import { isObject } from '../../model/json.js';
import { takingTasks, tasksExtension } from '../../model/modern.js';
import type { Need } from '../../model/need.js';
import type { Probe } from '../../model/request.js';
import { modernRevision } from '../../model/revision.js';
import { askMs, triesOf, type Asking, type FactProbe, type Findings } from '../probe.js';
import { isServed, refusalOf, tryTool, without } from '../refusal.js';

/** So many tools are called as tasks. */
const triedMax = 3;

/** So often is asked for a task that is late, and so long is waited in between. */
const readsMax = 6;
const pauseMs = 100;

/** How a task is made in an era, and what can be done with it. */
interface Offer {
  readonly calls: readonly Probe[];
  readonly idAt: IdAt;
  readonly asked: (probe: Probe) => Probe;
  readonly hasList: boolean;
  readonly hasCancel: boolean;
  /** Its result is waited for by a method of its own. */
  readonly hasResult: boolean;
}

/** Whether a tool can be called as a task, and what is told of the task then. */
export const tasks: FactProbe = {
  finds: ['probes.task'],
  answers: ['tasks', 'task-list', 'task-cancel', 'task-ends'],
  after: ['tools', 'methods'],
  disturbs: 'own session',
  sessionless: true,
  requestsMax: (given) => triesOf(given, triedMax) * (2 + readsMax) + 1,
  async ask(asking, findings) {
    const offer = offeredBy(asking, findings);
    if (offer === undefined) return {};
    const { facts } = findings;
    let refusal: string | undefined;
    for (const call of offer.calls.slice(0, triesOf(asking.options, triedMax))) {
      const task = await tryTask(call, asking, offer);
      if (typeof task === 'string') refusal ??= task;
      if (typeof task !== 'object') continue;
      const isListed =
        offer.hasList &&
        isServed(await asking.client.request({ method: 'tasks/list' }, { timeoutMs: askMs }));
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

/** What the handshake says, or the answer to server/discover. */
function offeredBy({ client }: Asking, { facts, candidates }: Findings): Offer | undefined {
  const capabilities = client.result?.['capabilities'];
  if (!isObject(capabilities)) return undefined;
  if (facts.revision === modernRevision) {
    const { extensions } = capabilities;
    if (!isObject(extensions) || !(tasksExtension in extensions)) return undefined;
    return {
      calls: candidates.serverTasks,
      idAt: { keys: ['taskId'] },
      asked: takingTasks,
      hasList: false,
      hasCancel: true,
      hasResult: false,
    };
  }
  const own = capabilities['tasks'];
  const requests = isObject(own) ? own['requests'] : undefined;
  const ofTools = isObject(requests) ? requests['tools'] : undefined;
  if (!isObject(own) || !isObject(ofTools) || !isObject(ofTools['call'])) return undefined;
  return {
    calls: candidates.tasks,
    idAt: { keys: ['task', 'taskId'] },
    asked: (probe) => probe,
    hasList: isObject(own['list']),
    hasCancel: isObject(own['cancel']),
    hasResult: true,
  };
}

/** A check waits three times as long for the result. */
const soonMs = 1_000;

interface Tried {
  readonly probe: HandleProbe;
  readonly endsSoon: boolean;
}

async function tryTask(call: Probe, asking: Asking, offer: Offer): Promise<Tried | string | undefined> {
  const { asked, idAt, hasCancel, hasResult } = offer;
  const create = asked(call);
  const made = await tryTool(create, asking);
  const id = idIn(made.result, idAt);
  if (typeof id !== 'string') return refusalOf(made, create, asking);
  const named = (method: string, taskId = '${handle}') => asked({ method, params: { taskId } });
  if (!(await isFound(named('tasks/get', id), asking))) return undefined;
  const ended =
    hasResult &&
    isServed(await asking.client.request(named('tasks/result', id), { timeoutMs: soonMs, slow: true }));
  const end = hasCancel && { end: named('tasks/cancel') };
  return { probe: { create, idAt, read: named('tasks/get'), ...end }, endsSoon: ended };
}

/** At once, or somewhat later: that it is late is for a check to say. */
async function isFound(read: Probe, { client, options }: Asking): Promise<boolean> {
  for (let reads = 0; reads < readsMax; reads += 1) {
    if (isServed(await client.request(read, { timeoutMs: askMs }))) return true;
    if (!(await options.wait(pauseMs))) return false;
  }
  return false;
}
