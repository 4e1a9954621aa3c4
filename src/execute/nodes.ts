import type { ExchangeStep } from '../model/suite.js';
import type { Connection } from '../model/carrier.js';
import type { Actor, Node, CheckRun } from './check-run.js';

/** Which node a request goes to: where the actor opened its session, unless the step says otherwise. */
export function chooseNode({ node }: ExchangeStep, actor: Actor, run: CheckRun): number {
  if (node === undefined) return actor.node;
  const places = { first: () => 0, other: () => 1, next: () => run.turns++ % run.deps.nodes.length };
  return places[node]();
}

export function nodeOf({ deps: { nodes } }: CheckRun, node: number): Node {
  return nodes[node] ?? nodes[0];
}

/** The kept connections of an actor to a node. */
export function connectionOf(actor: Actor, run: CheckRun, node: number): Connection {
  const connection = actor.connections.get(node) ?? nodeOf(run, node).carrier.connect();
  actor.connections.set(node, connection);
  return connection;
}

/** A connection for one request, closed with the check. */
export function spareConnection(run: CheckRun, node: number): Connection {
  const connection = nodeOf(run, node).carrier.connect();
  run.spare.push(connection);
  return connection;
}
