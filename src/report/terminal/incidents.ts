import { describeIncident } from '../../model/incident.js';
import type { Report } from '../../model/report.js';
import type { RenderOptions } from '../renderer.js';
import { hanging } from './wrap.js';

/** What happened to the target as a whole: it explains what stands below it. */
export function incidentLines({ incidents }: Report, { colors, columns }: RenderOptions): readonly string[] {
  if (incidents.length === 0) return [];
  return [
    colors.bold('Incidents'),
    ...incidents.flatMap((incident) => hanging('! ', describeIncident(incident), columns)),
  ];
}
