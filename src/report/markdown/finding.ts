import { labelOf } from '../../model/level.js';
import type { Finding } from '../../model/finding.js';
import { plural } from '../../model/plural.js';
import type { Report } from '../../model/report.js';
import type { Shown } from '../evidence.js';
import type { RenderOptions } from '../renderer.js';
import { headlineOf, storyOf } from '../story.js';
import { codeBlock, html, link, sentence } from './text.js';

/** A finding to fold out: what is wrong in its first line, then all that there is to say of it. */
export function findingBlock(finding: Finding, report: Report, { again }: RenderOptions): string {
  const { counts, checks, folded } = finding;
  const weight = `${labelOf(finding)}, ${plural(checks.length + folded.length, 'check')}`;
  const rows = storyOf(finding, report, again);
  const command = rows.find(([label]) => label === 'again')?.[1];
  return [
    `<details><summary>${counts ? '❌' : '⚠️'} <b>${html(headlineOf(finding, report))}</b> (${html(weight)})</summary>`,
    rows
      .filter(([label]) => label !== 'again')
      .map(item)
      .join('\n'),
    ...(command === undefined ? [] : [codeBlock('sh', command)]),
    '</details>',
  ].join('\n\n');
}

function item([label, text]: Shown): string {
  return `- **${label}**: ${label === 'link' ? link(text) : sentence(text)}`;
}
