import type { Json } from '../../model/request.js';
import type { Explore } from '../../model/run.js';
import { grouped } from '../../model/tables.js';
import { whyNever } from './allowed.js';
import { missing } from './arguments.js';
import type { Tool } from './listed.js';
import { whyNotLocal } from './local.js';

/** Why tools were not called, by the reason. */
export function leftOut(
  tools: readonly Tool[],
  called: ReadonlySet<Json | undefined>,
  explore: Explore | false,
): Readonly<Record<string, readonly string[]>> {
  const others = tools.filter(({ name }) => !called.has(name)).slice(0, namesMax);
  const reasons = grouped(others, (tool) => whyShunned(tool, explore) ?? whyNot(tool, explore));
  return Object.fromEntries([...reasons].map(([because, each]) => [because, each.map(({ name }) => name)]));
}

/** As many names stand in the facts. */
const namesMax = 200;

function whyShunned(tool: Tool, explore: Explore | false): string | undefined {
  return explore === 'local' ? whyNotLocal(tool) : whyNever(tool, explore === 'all');
}

function whyNot(tool: Tool, explore: Explore | false): string {
  if (!explore) return 'not needed, or nothing tells what it is good for';
  const argument = missing(tool) ?? tool.properties.find(({ isRequired }) => isRequired)?.name;
  if (argument !== undefined) return `it needs ${JSON.stringify(argument)}`;
  return tool.isHarmless || explore === 'local' ? 'not needed' : 'nothing says that it only reads';
}
