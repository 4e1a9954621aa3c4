import { built, median, node, say, sayMachine } from './measure.js';

const rounds = 15;

sayMachine();
const empty: number[] = [];
const help: number[] = [];
const list: number[] = [];
// In turn, so that other load of the machine falls on all alike.
for (let round = 0; round < rounds; round += 1) {
  empty.push((await node('--eval', '0')).wallMs);
  help.push((await node(built('cli.js'), '--help')).wallMs);
  list.push((await node(built('cli.js'), 'list')).wallMs);
}
say('empty script', median(empty), 'ms');
say('--help', median(help), 'ms', 150);
say('--help / empty script', median(help) / median(empty), '×');
say('--help beyond an empty script', median(help) - median(empty), 'ms');
say('list: all built-in suites loaded', median(list), 'ms');
say('list / empty script', median(list) / median(empty), '×');
