import { base } from './base.js';
import { checks } from './checks.js';
import { colours } from './colours.js';
import { findings } from './findings.js';
import { lanes } from './lanes.js';
import { print } from './print.js';
import { top } from './top.js';
import { wide } from './wide.js';

export const stylesheet = [colours, base, top, findings, lanes, checks, wide, print].join('');
