import type { JSX } from 'preact';
import { describeIncident } from '../../model/incident.js';
import { plural } from '../../model/plural.js';
import type { Report } from '../../model/report.js';
import { clipped } from '../visible.js';
import { Section } from './parts.js';

/** What happened to the target as a whole. */
export function Incidents({ report: { incidents } }: { readonly report: Report }): JSX.Element {
  return (
    <Section
      id="incidents"
      title="Incidents"
      aside={incidents.length === 0 ? 'none' : plural(incidents.length, 'incident')}
    >
      {incidents.length === 0 ? (
        <p class="nothing">Nothing happened to the target as a whole.</p>
      ) : (
        <ul class="card incidents">
          {incidents.map((incident) => (
            <li>{clipped(describeIncident(incident), charsMax)}</li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** It may have the last words of a process. */
const charsMax = 3_000;
