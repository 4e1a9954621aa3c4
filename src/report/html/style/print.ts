/** On paper all is open, and what only a screen can do is gone. */
export const print = `
@media print {
  body { font-size: 10pt; }
  main { max-width: none; padding: 0; }
  nav, .skip, #filter, .copy, details > summary::marker { display: none !important; }
  details::details-content { content-visibility: visible; block-size: auto; }
  summary { list-style: none; }
  pre { max-height: none; overflow: visible; }
  .scroll { overflow: visible; }
  .card, .suite, .verdict { border-color: #bbb; }
  .finding, .suite { overflow: visible; }
  .cell, .exchange dl, .suite li, .verdict, .reasons li { break-inside: avoid; }
  h2, h3, h4, summary, header { break-after: avoid; }
  .suite li dl { font-size: 8.5pt; }
}
`;
