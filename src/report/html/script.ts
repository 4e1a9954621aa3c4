/**
 * What the page does in a browser: copying, filtering, opening what is linked to, and opening all for print. Without it all can be read.
 * It reads the page and never makes markup of a text.
 */
export const script = `
'use strict';
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  for (const button of all('.copy')) {
    const text = button.parentElement.querySelector('code').textContent;
    button.hidden = false;
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(text);
        button.textContent = 'Copied';
      } catch {
        getSelection().selectAllChildren(button.parentElement.querySelector('code'));
        button.textContent = document.execCommand('copy') ? 'Copied' : 'Selected';
      }
      setTimeout(() => (button.textContent = 'Copy'), 2000);
    });
  }

  const form = document.getElementById('filter');
  const rows = all('.suite li').map((row) => ({
    row,
    suite: row.closest('.suite').dataset.suite,
    level: row.dataset.level,
    revision: row.dataset.revision,
    verdicts: row.dataset.verdicts.split(' '),
    text: row.textContent.toLowerCase(),
  }));
  const filter = () => {
    const asked = new FormData(form);
    const words = asked.get('search').toLowerCase().split(/\\s+/).filter(Boolean);
    const verdicts = new Set(asked.getAll('verdict'));
    const profile = Number(asked.get('profile'));
    const counts = {};
    let shown = 0;
    for (const one of rows) {
      // One stands for all profiles.
      const verdict = one.verdicts[profile] ?? one.verdicts[0];
      const fits =
        ['suite', 'level', 'revision'].every((name) => !asked.get(name) || asked.get(name) === one[name]) &&
        words.every((word) => one.text.includes(word));
      if (fits) counts[verdict] = (counts[verdict] ?? 0) + 1;
      one.row.hidden = !(fits && verdicts.has(verdict));
      if (!one.row.hidden) shown += 1;
    }
    for (const suite of all('.suite')) suite.hidden = !suite.querySelector('li:not([hidden])');
    for (const count of all('[data-count]', form)) count.textContent = counts[count.dataset.count] ?? 0;
    document.getElementById('shown').textContent =
      shown === rows.length ? 'All ' + shown + ' checks are shown.' : shown + ' of ' + rows.length + ' checks are shown.';
  };
  form.hidden = false;
  form.addEventListener('input', filter);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(filter));
  filter();

  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.hidden) {
      form.reset();
      filter();
      target.closest('.suite').hidden = target.hidden = false;
    }
    const details = target.matches('details') ? target : target.querySelector(':scope > details');
    if (details) details.open = true;
    target.scrollIntoView();
  };
  addEventListener('hashchange', reveal);
  if (location.hash) reveal();

  // What passed, and what does not apply, would be many pages.
  const rests = ['pass', 'not-applicable', 'not-run'];
  const isPrinted = (details) => !rests.includes(details.parentElement.dataset.verdicts?.split(' ')[0]);
  let closed = [];
  addEventListener('beforeprint', () => {
    closed = all('details:not([open])').filter(isPrinted);
    for (const details of closed) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const details of closed) details.open = false;
  });
})();
`;
