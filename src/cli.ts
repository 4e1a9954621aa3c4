#!/usr/bin/env node
import { explainError, main } from './cli/main.js';
import { processIo } from './cli/output/process-io.js';

const io = processIo();
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => process.exit(explainError(error, io)));
}
const exit = await main(process.argv.slice(2), io);
// Ends at once though handles may be open, but not before a pipe has taken the whole report.
await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
process.exit(exit);

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (stream.destroyed) resolve();
    else stream.write('', () => resolve());
  });
}
