/** On paper all is open but what passed or does not apply, and what only a screen can do is gone. */
export const print = `
@media print {
  html { font-size: 12.5px; }
  body { font-size: 9.5pt; }
  main { max-width: none; padding: 0; }
  nav, .skip, #filter, .copy, details > summary::marker { display: none !important; }
  details:not(li[data-verdicts] > details)::details-content { content-visibility: visible; block-size: auto; }
  summary { list-style: none; }
  pre { max-height: none; overflow: visible; }
  .scroll { overflow: visible; }
  .card, .suite, .verdict { border-color: #bbb; }
  .finding, .suite { overflow: visible; }
  .cell, .exchange dl, .suite li, .verdict, .reasons li { break-inside: avoid; }
  h2, h3, h4, summary, header { break-after: avoid; }
  .suite li dl { font-size: 8.5pt; }
  .suite-head { grid-template-columns: minmax(0, 1fr) 7rem 15rem; }
  .suite summary { grid-template-columns: 1.2rem minmax(0, 1fr) 7rem 15rem; padding-block: .2rem; }
  .what .name { display: inline; margin-right: .6em; }
  .columns { grid-template-columns: 1.3fr 1fr; }
}
`;
