import type { ExchangeStep } from '../model/suite.js';
import type { Connection } from '../model/wire.js';
import type { Actor, Node, Scene } from './scene.js';

/** Which node a request goes to: where the actor opened its session, unless the step says otherwise. */
export function chooseNode({ node }: ExchangeStep, actor: Actor, scene: Scene): number {
  if (node === undefined) return actor.node;
  const places = { first: () => 0, other: () => 1, next: () => scene.turns++ % scene.stage.nodes.length };
  return places[node]();
}

export function nodeOf({ stage: { nodes } }: Scene, node: number): Node {
  return nodes[node] ?? nodes[0];
}

/** The kept connections of an actor to a node. */
export function connectionOf(actor: Actor, scene: Scene, node: number): Connection {
  const connection = actor.connections.get(node) ?? nodeOf(scene, node).wire.connect();
  actor.connections.set(node, connection);
  return connection;
}

/** A connection for one request, closed with the check. */
export function spareConnection(scene: Scene, node: number): Connection {
  const connection = nodeOf(scene, node).wire.connect();
  scene.spare.push(connection);
  return connection;
}
