import { readHandleProbe } from '../../../model/probe.js';
import type { Problem } from '../../yaml/problem.js';
import { problemAt, type CheckRule } from '../check-rule.js';

/** What uses what an id names says which id; what makes it has none yet, and it alone has one to save. */
export const handlesBelongToProbes: CheckRule = ({ steps }) =>
  steps.flatMap((placed): readonly Problem[] => {
    const { step } = placed;
    const does = step.kind === 'send' ? readHandleProbe(step.method)?.does : undefined;
    const uses = does !== undefined && does !== 'create';
    const handle = step.kind === 'send' ? step.handle : undefined;
    const saved = Object.entries('save' in step ? (step.save ?? {}) : {}).find(
      ([, { root }]) => root === 'handle',
    );
    return [
      ...(uses && handle === undefined
        ? [
            problemAt(
              placed,
              'say which one under `handle`: `${name}` of one that was saved, or `none`',
              'send',
            ),
          ]
        : []),
      ...(!uses && handle !== undefined
        ? [problemAt(placed, 'only a probe such as `probe.handle.read` carries a `handle`', 'handle')]
        : []),
      ...(saved !== undefined && does !== 'create'
        ? [problemAt(placed, 'only a probe such as `probe.handle.create` makes a `handle`', 'save', saved[0])]
        : []),
    ];
  });
