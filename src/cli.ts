#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { explainError, main } from './cli/main.js';
import { processIo } from './cli/output/process-io.js';

// A selftest makes so many runs in one process that V8 is best left to itself.
if (process.argv[2] !== 'selftest') {
  // What a run keeps is a small part of what it allocates. Left to itself V8 collects old garbage only once the heap is four times as large as
  // after the last collection: a burst of 5,000 sessions then holds 430 MiB in place of 280, in the same computing time.
  setFlagsFromString('--heap-growing-percent=50');

  // A run is over before most of its code is hot. Left to itself V8 spends a quarter of its computing time on optimising, beside the server
  // that is examined; with three times the budget each function has to earn that first. V8 of Node 22 counts otherwise, and says so of the flag.
  if (process.versions.v8.startsWith('11.')) setFlagsFromString('--interrupt-budget=400000');
}

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
