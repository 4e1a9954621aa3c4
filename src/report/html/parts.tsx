import type { ComponentChildren, JSX } from 'preact';
import type { Weight } from '../../model/level.js';
import { labelOf } from '../../model/level.js';
import type { ShownVerdict } from '../../model/report.js';
import { marks } from '../terminal/lines.js';
import { clipped, visible } from '../visible.js';

/** A part of the page, below a heading that others can link to. */
export function Section({
  id,
  title,
  aside,
  children,
}: {
  readonly id: string;
  readonly title: string;
  readonly aside?: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <section id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>
        {title}
        {aside !== undefined && <small>{aside}</small>}
      </h2>
      {children}
    </section>
  );
}

/** The sign of a verdict. Readers without eyes or colours get its word. */
export function Mark({ of, says }: { readonly of: ShownVerdict; readonly says?: string }): JSX.Element {
  return (
    <span class={`mark ${of}`} role="img" aria-label={says ?? marks[of].word}>
      {marks[of].sign}
    </span>
  );
}

/** The keyword of a demand, and whether one client harmed another. */
export function Weighs({ of, harm }: { readonly of: Weight; readonly harm: boolean }): JSX.Element {
  return (
    <>
      <span class="badge">{labelOf(of)}</span>
      {harm && <span class="badge fail">harm</span>}
    </>
  );
}

/** A link to a page of the web, which is not told where it was found. Whatever else is given stays text: an address may come from a suite of somebody's. */
export function Link({
  to,
  children,
}: {
  readonly to: string;
  readonly children?: ComponentChildren;
}): JSX.Element {
  const says = children ?? to.replace(/^https?:\/\//, '');
  return isWebAddress(to) ? <a href={to}>{says}</a> : <span>{says}</span>;
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\/[^\s]+$/i.test(text) && URL.canParse(text);
}

/** Text that is meant to be copied as a whole. The button appears where the script runs. */
export function Copyable({ text, label }: { readonly text: string; readonly label: string }): JSX.Element {
  return (
    <div class="copyable">
      <pre tabIndex={0} role="group" aria-label={label}>
        <code>{text}</code>
      </pre>
      <button type="button" class="copy" hidden aria-label={`Copy: ${label}`}>
        Copy
      </button>
    </div>
  );
}

/** A term with what it means; nothing where there is nothing to say. */
export function Row({
  term,
  children,
}: {
  readonly term: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const charsMax = 600;

/** Text of a report, in which all is visible, bounded. */
export function bounded(text: string): string {
  return clipped(text, charsMax);
}

/** Text of a transcript, on one line: made visible, and bounded. */
export function wired(text: string, most = charsMax): string {
  return clipped(visible(text), most);
}

/** With a capital letter and a full stop. */
export function sentence(text: string): string {
  return capitalized(/[.!?…)»”]$/.test(text) ? text : `${text}.`);
}

/** An address has none. */
export function capitalized(text: string): string {
  return isWebAddress(text.split(' ')[0] ?? '') ? text : text.charAt(0).toUpperCase() + text.slice(1);
}
