import type { JSX } from 'preact';
import { profileNames } from '../../model/profile.js';
import { shownVerdictOf, shownVerdicts, type Report } from '../../model/report.js';
import { marks } from '../terminal/lines.js';
import { labelsIn } from './page-model.js';

/** Hidden where no script runs: then all rows are shown. */
export function Filter({ report }: { readonly report: Report }): JSX.Element {
  const { results, profile, revisions } = report;
  const used = shownVerdicts.filter((verdict) =>
    results.some((result) =>
      [result, ...profileNames.map((name) => result.profiles[name])].some(
        (one) => shownVerdictOf(one) === verdict,
      ),
    ),
  );
  return (
    <form id="filter" class="card" role="search" aria-label="Checks" hidden>
      <div class="fields-row">
        <label class="grow">
          Search
          <input
            type="search"
            name="search"
            placeholder="id, title, requirement, answer"
            autocomplete="off"
            spellcheck={false}
          />
        </label>
        <Choice name="suite" options={[...new Set(results.map(({ suite }) => suite))]} />
        <Choice name="level" options={labelsIn(results)} />
        {revisions.length > 1 && <Choice name="revision" options={revisions} />}
        <label>
          Verdicts of profile
          <select name="profile">
            {profileNames.map((name, i) => (
              <option value={i + 1} selected={name === profile}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </div>
      <fieldset>
        <legend>Verdicts</legend>
        {used.map((verdict) => (
          <label class={`chip ${verdict}`}>
            <input type="checkbox" name="verdict" value={verdict} checked />
            <span aria-hidden="true">{marks[verdict].sign}</span> {marks[verdict].word}{' '}
            <b data-count={verdict} />
          </label>
        ))}
        <button type="reset">Show all</button>
      </fieldset>
      <p role="status" id="shown" />
    </form>
  );
}

function Choice({
  name,
  options,
}: {
  readonly name: string;
  readonly options: readonly string[];
}): JSX.Element {
  return (
    <label>
      {name.charAt(0).toUpperCase() + name.slice(1)}
      <select name={name}>
        <option value="">all</option>
        {options.map((option) => (
          <option>{option}</option>
        ))}
      </select>
    </label>
  );
}
