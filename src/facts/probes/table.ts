import type { FactName } from '../../model/fact-name.js';
import type { FactProbe } from '../probe.js';
import { ask } from './ask.js';
import { batches, clients, otherRevisions } from './clients.js';
import { ending } from './delete.js';
import { dataSessions } from './data-sessions.js';
import { echo, plain } from './requests.js';
import { eras } from './eras.js';
import { explore } from './explore.js';
import { get } from './get.js';
import { handles } from './handles.js';
import { requestState } from './request-state.js';
import { tasks } from './tasks.js';
import { affinity, replicas } from './nodes.js';
import { notices, stillHeard } from './notices.js';
import { methods } from './methods.js';
import { identity } from './identity.js';
import { logs } from './logs.js';
import { messages } from './messages.js';
import { replyForms } from './reply-forms.js';
import { slow } from './slow.js';
import { subscriptions } from './subscriptions.js';
import { mirrored } from './mirrored.js';
import { input } from './input.js';
import { state } from './state.js';
import { update } from './update.js';
import { tools } from './tools.js';
import { withoutId } from './without-id.js';

/**
 * In the order in which they may be asked, which keeps a fragile target usable: what each disturbs grows, and the last one ends
 * the session that the others are asked in. One after the other: some targets send responses on any open stream.
 */
export const factProbes = {
  plain,
  tools,
  methods,
  echo,
  explore,
  'data-sessions': dataSessions,
  identity,
  state,
  messages,
  get,
  notices,
  slow,
  handles,
  tasks,
  'request-state': requestState,
  input,
  mirrored,
  logs,
  subscriptions,
  'reply-forms': replyForms,
  revisions: otherRevisions,
  'still-heard': stillHeard,
  update,
  batches,
  clients,
  ask,
  affinity,
  replicas,
  'without-id': withoutId,
  eras,
  delete: ending,
} satisfies Record<FactName, FactProbe>;
