// Told by the process itself and of its own memory alone: the peak that `resourceUsage` knows begins with that of the parent.
// With the peak goes the moment from which the process counts its milliseconds.
const { readFileSync, writeSync } = require('node:fs');

process.on('exit', () => {
  let peakKiB = process.resourceUsage().maxRSS;
  try {
    peakKiB = /VmHWM:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1];
  } catch {}
  writeSync(2, `peak ${peakKiB} origin ${performance.timeOrigin}\n`);
});
