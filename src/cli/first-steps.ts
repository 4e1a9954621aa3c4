import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** What a command line without a word gets: how people begin. */
export function firstSteps(folder = '.'): string {
  const isDescribed = existsSync(join(folder, 'sessionspec.yaml'));
  const ways = [running, started, isDescribed ? here : described];
  return [
    'sessionspec examines how an MCP server handles sessions. Say which server:',
    ...ways.map(({ says, commands }) =>
      ['', says, commands.map((command) => `  npx sessionspec ${command}`).join('\n')].join('\n'),
    ),
    '',
    'npx sessionspec demo shows what comes of it; npx sessionspec --help shows all commands.',
    '',
  ].join('\n');
}

interface Way {
  readonly says: string;
  readonly commands: readonly string[];
}

const running: Way = { says: 'One that runs:', commands: ['http://127.0.0.1:3000/mcp'] };

const started: Way = {
  says: 'One that sessionspec starts on a free port, and stops afterwards:',
  commands: ["'http://127.0.0.1:{port}/mcp' --server 'node server.js --port {port}'"],
};

const run = 'run --config sessionspec.yaml';

const described: Way = {
  says: 'One that is described once, for you and for CI:',
  commands: ['init', run],
};

const here: Way = { says: 'The one that sessionspec.yaml describes:', commands: [run] };
