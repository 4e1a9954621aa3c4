import type { JSX } from 'preact';
import type { Page } from './page-model.js';

/** Names of checks, each a link to its row. */
export function Checks({
  title,
  ids,
  page,
}: {
  readonly title: string;
  readonly ids: readonly string[];
  readonly page: Page;
}): JSX.Element | null {
  if (ids.length === 0) return null;
  return (
    <details class="checks" open={ids.length <= openMax}>
      <summary>{`${title}: ${ids.length}`}</summary>
      <CheckList ids={ids} page={page} />
    </details>
  );
}

/** More names are not read in passing. */
const openMax = 8;

export function CheckList({
  ids,
  page,
}: {
  readonly ids: readonly string[];
  readonly page: Page;
}): JSX.Element {
  return (
    <ul class="ids">
      {ids.map((id) => {
        const anchor = page.anchorOf(id);
        return <li>{anchor === undefined ? id : <a href={`#${anchor}`}>{id}</a>}</li>;
      })}
    </ul>
  );
}
