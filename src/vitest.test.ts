import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { folder } from './cli/testing/folder.js';
import { quoted } from './report/evidence.js';

// Vitest is run as users run it: in a project of its own, where the package is installed as it was built.
const root = fileURLToPath(new URL('..', import.meta.url));
const main = join(root, 'dist/fixtures/reference/main.js');
const runner = join(root, 'node_modules/vitest/vitest.mjs');

interface Told {
  readonly exit: number;
  readonly text: string;
  /** By name. */
  readonly tests: Readonly<Record<string, { readonly status: string; readonly message: string }>>;
}

async function vitest(options: object, mutant?: string): Promise<Told> {
  if (!existsSync(main)) throw new Error('this runs what is built: npm run build');
  const project = folder();
  mkdirSync(join(project, 'node_modules'));
  symlinkSync(root, join(project, 'node_modules/sessionspec'), 'dir');
  symlinkSync(join(root, 'node_modules/vitest'), join(project, 'node_modules/vitest'), 'dir');
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }\n');
  const command = [process.execPath, main, ...(mutant === undefined ? [] : ['--mutant', mutant])]
    .map(quoted)
    .join(' ');
  const request = {
    url: 'http://127.0.0.1:{port}/mcp',
    server: `${command} --port {port}`,
    seed: 1,
    ...options,
  };
  writeFileSync(
    join(project, 'sessions.test.js'),
    `import { describeSessions } from 'sessionspec/vitest';\ndescribeSessions(${JSON.stringify(request)});\n`,
  );
  const flags = [
    'run',
    '--root',
    project,
    '--reporter=verbose',
    '--reporter=json',
    '--outputFile',
    join(project, 'out.json'),
  ];
  const { exit, text } = await ended([runner, ...flags], project);
  const { testResults: [file] = [] }: Written = JSON.parse(readFileSync(join(project, 'out.json'), 'utf8'));
  const tests = (file?.assertionResults ?? []).map(({ title, status, failureMessages }) => {
    return [title, { status, message: failureMessages.join('\n') }] as const;
  });
  return { exit, text, tests: Object.fromEntries(tests) };
}

interface Written {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly title: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

function ended(
  args: readonly string[],
  cwd: string,
): Promise<{ readonly exit: number; readonly text: string }> {
  const env = {
    ...process.env,
    NO_COLOR: '1',
    CI: '',
    VITEST: '',
    VITEST_POOL_ID: '',
    VITEST_WORKER_ID: '',
    NODE_OPTIONS: '',
  };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, { cwd, env }, (_, out, err) =>
      resolve({ exit: child.exitCode ?? -1, text: out + err }),
    );
  });
}

const ended404 =
  'termination.request-after-delete: A request with a terminated session id is refused with 404';
const others404 = [
  'termination.notification-after-delete: A notification with a terminated session id is refused with 404',
  'termination.get-after-delete: A GET with a terminated session id is refused with 404',
];
const select = {
  checks: [
    'termination.*-after-delete',
    'reuse.accepted',
    'resilience.expired-id-refused',
    'monitors.bodies*',
  ],
};
const statuses = ({ tests }: Told) =>
  Object.fromEntries(Object.entries(tests).map(([name, { status }]) => [name.split(':')[0], status]));

test.concurrent('on a server that conforms each check is a test, and the gate is the last one', async () => {
  const told = await vitest({ select });
  const seen = statuses(told);
  expect(told.exit).toBe(0);
  expect(Object.keys(told.tests)).toContain(ended404);
  expect(Object.keys(seen).at(-1)).toBe('gate');
  expect(seen).toMatchObject({
    'termination.request-after-delete': 'passed',
    'reuse.accepted': 'passed',
    'monitors.bodies-as-promised': 'passed',
    'resilience.expired-id-refused': 'skipped',
    gate: 'passed',
  });
  expect(told.text).toContain('[fact-missing: Say after how long an idle session ends');
});

test.concurrent(
  'on a server that does not the finding is the message, once, and nothing of ours is shown',
  async () => {
    const told = await vitest({ select }, 'terminated-id-400');
    expect(told.exit).toBe(1);
    const { status, message } = told.tests[ended404] ?? {};
    expect(status).toBe('failed');
    expect(message).toContain('✗ A request with a terminated session id is refused with 404   MUST, ');
    for (const label of [
      'requirement',
      'sent',
      'acceptable  404',
      'came        400 with',
      'control',
      'fix',
      'again       npx sessionspec run',
      'baseline    - {',
    ])
      expect(message).toContain(`\n  ${label}`);
    expect(message).toContain("--mutant terminated-id-400 --port {port}'");
    for (const name of others404) {
      expect(told.tests[name]).toMatchObject({ status: 'failed' });
      expect(told.tests[name]?.message).toContain(
        'as in termination.request-after-delete, whose test says more',
      );
      expect(told.tests[name]?.message).not.toContain('requirement');
    }
    expect(told.tests['gate']?.message).toContain('not conformant: 1 finding, ');
    expect(told.text).toContain(message?.split('\n')[1] ?? 'no message');
    expect(told.text).not.toMatch(/❯ .*(dist|src)\/|at .*\.js:\d+/);
  },
);

test.concurrent(
  'what is known is skipped with its note, and what no longer fails fails the gate',
  async () => {
    const baseline = [
      {
        finding: 'termination.request-after-delete',
        verdict: 'fail',
        reason: 'wrong-status',
        note: 'issue 12',
        expires: '2999-01-01',
      },
    ];
    const met = await vitest({ select, baseline }, 'terminated-id-400');
    expect(met.exit).toBe(0);
    expect(statuses(met)).toMatchObject({
      'termination.request-after-delete': 'skipped',
      'reuse.accepted': 'passed',
      gate: 'passed',
    });
    expect(met.text).toContain('[known until 2999-01-01, issue 12; wrong-status: ');
    const stale = await vitest({ select, baseline });
    expect(stale.exit).toBe(1);
    expect(statuses(stale)).toMatchObject({ 'termination.request-after-delete': 'passed', gate: 'failed' });
    expect(stale.tests['gate']?.message).toContain(
      'stale  termination.request-after-delete passes now; remove its entry; noted: issue 12',
    );
  },
);

test.concurrent('a server that is not there, and a request that cannot be, are said', async () => {
  const gone = await vitest({ server: undefined, url: 'http://127.0.0.1:9/mcp', select });
  expect(gone.exit).toBe(1);
  expect(statuses(gone)).toMatchObject({ 'termination.request-after-delete': 'skipped', gate: 'failed' });
  expect(gone.tests['gate']?.message).toContain('127.0.0.1:9');
  const wrong = await vitest({ select: { checks: ['termination.request-after-delte'] } });
  expect(wrong.exit).toBe(1);
  expect(wrong.text).toContain('did you mean `termination.request-after-delete`?');
  expect(wrong.text).not.toMatch(/❯ .*dist/);
});

test.concurrent('a failure that does not count is skipped, and annotated', async () => {
  const few = { checks: ['reuse.missing-id-request', 'reuse.accepted'] };
  const told = await vitest({ select: few }, 'missing-request-404');
  expect(told.exit).toBe(0);
  expect(statuses(told)).toEqual({
    'reuse.missing-id-request': 'skipped',
    'reuse.accepted': 'passed',
    gate: 'passed',
  });
  expect(told.text).toContain('[its failure does not count (SHOULD); see the annotation]');
  expect(told.text).toContain('↳ wrong-status: the status is not an acceptable one: 404');
  const strict = await vitest({ select: few, policy: { failOn: 'should' } }, 'missing-request-404');
  expect(statuses(strict)).toMatchObject({ 'reuse.missing-id-request': 'failed', gate: 'failed' });
});
