/** Both palettes meet a contrast of 4.5 to 1 for text on its background. */
const light = `
  color-scheme: light;
  --ground: #f6f7f9; --card: #fff; --inset: #f3f5f7; --line: #dde2e8; --text: #1b2129; --quiet: #586270; --link: #0a58ca; --focus: #0a58ca;
  --pass: #17733a; --fail: #b9251c; --warning: #835400; --inconclusive: #7239a8; --left-out: #586270;
  --pass-tint: #e7f5ec; --fail-tint: #fdedec; --warning-tint: #fdf3dd; --inconclusive-tint: #f5edfc;
`;
const dark = `
  color-scheme: dark;
  --ground: #0e1217; --card: #161b22; --inset: #1f262f; --line: #303946; --text: #e5e9ee; --quiet: #9fabb9; --link: #82b6ff; --focus: #82b6ff;
  --pass: #63c983; --fail: #ff8b82; --warning: #e9b955; --inconclusive: #cba4f7; --left-out: #9fabb9;
  --pass-tint: #14291c; --fail-tint: #331919; --warning-tint: #2e2412; --inconclusive-tint: #261b33;
`;

export const colours = `
:root { ${light} }
@media (prefers-color-scheme: dark) { :root { ${dark} } }
@media print { :root { ${light} --ground: #fff; } }
.pass { --is: var(--pass); --tint: var(--pass-tint); }
.fail { --is: var(--fail); --tint: var(--fail-tint); }
.warning { --is: var(--warning); --tint: var(--warning-tint); }
.inconclusive { --is: var(--inconclusive); --tint: var(--inconclusive-tint); }
.not-applicable, .not-run { --is: var(--left-out); --tint: var(--inset); }
`;
