/** As many as there are exchanges in a diagram. */
const columnsMax = 14;
/** One for the heads, one an exchange, and some for remarks. */
const rowsMax = 80;

/** Places in a diagram. They are classes, because the policy of the page forbids styles in attributes. */
export const lanes = `
.lanes { --time: 3.6rem; --lane: 9rem; display: grid; gap: .35rem .6rem; padding: .2rem 0 .4rem; font-size: .84rem; }
@media (max-width: 34rem) { .lanes { --time: 2.9rem; --lane: 7.6rem; column-gap: .4rem; } .cell { padding-inline: .4rem; } }
.lanes .head { font-weight: 600; padding: 0 .6rem .3rem; border-bottom: 2px solid var(--line); }
.lanes .time { color: var(--quiet); font-size: .78rem; padding-top: .4rem; text-align: right; white-space: nowrap; }
.lanes .head.c1 { color: var(--quiet); font-weight: 400; text-align: right; padding-right: 0; }
.lanes .remark { grid-column: 2 / -1; color: var(--quiet); text-align: center; font-style: italic; border-block: 1px dashed var(--line); padding: .1rem; }
.cell { border: 1px solid var(--line); border-radius: 6px; padding: .35rem .6rem; background: var(--inset); display: flex; flex-direction: column; min-width: 0; overflow-wrap: anywhere; position: relative; }
.w1 .cell { flex-flow: row wrap; align-items: baseline; column-gap: .9rem; }
.w1 .cell .came { padding: 0; }
.lanes .line { justify-self: center; border-left: 1px dashed var(--line); }
.cell .id { color: var(--quiet); font-size: .78rem; }
.cell .came { margin-top: auto; padding-top: .15rem; }
.cell.decides { border: 2px solid var(--fail); background: var(--fail-tint); }
.cell.control { border: 2px solid var(--pass); background: var(--pass-tint); }
.cell.beside { border: 2px solid var(--inconclusive); background: var(--inconclusive-tint); }
.role { font-size: .72rem; text-transform: uppercase; letter-spacing: .05em; }
.decides .role { color: var(--fail); }
.control .role { color: var(--pass); }
.beside .role { color: var(--inconclusive); }
${upTo(columnsMax, (n) => `.w${n} { grid-template-columns: var(--time) repeat(${n}, minmax(var(--lane), 1fr)); }`)}
${upTo(columnsMax + 2, (n) => `.c${n} { grid-column-start: ${n}; } .d${n} { grid-column-end: ${n}; }`)}
${upTo(rowsMax, (n) => `.r${n} { grid-row-start: ${n}; } .e${n} { grid-row-end: ${n}; }`)}
`;

function upTo(max: number, rule: (n: number) => string): string {
  return Array.from({ length: max }, (_, i) => rule(i + 1)).join('\n');
}
