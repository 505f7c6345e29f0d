/** @module How a run's page looks, by day and by night. */

export const STYLE = `
:root { color-scheme: light dark; --ink: #1b1f27; --dim: #5c6573; --page: #f5f6f8; --card: #fff; --line: #e1e4ea;
  --good: #18794e; --bad: #c02424; --warn: #8a5a00; --fill: #4263c9; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8eaf0; --dim: #9aa4b2; --page: #12151b; --card: #1b1f28; --line: #2c323d;
    --good: #4cc38a; --bad: #ff7b7b; --warn: #f0b849; --fill: #7c98f2; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { margin: 0; font-size: 1.9rem; line-height: 1.2; }
h1 small { font-size: 1rem; font-weight: 400; color: var(--dim); }
h2 { margin: 0 0 .75rem; font-size: 1.05rem; }
.kicker { margin: 0 0 .25rem; color: var(--dim); overflow-wrap: anywhere; }
.verdict { margin: 1rem 0 1.5rem; padding: .75rem 1rem; border-left: 4px solid; border-radius: 4px;
  background: var(--card); font-weight: 600; }
.verdict.good { border-color: var(--good); } .verdict.bad { border-color: var(--bad); color: var(--bad); }
.verdict.warn { border-color: var(--warn); }
section, .tiles div { background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
section { margin-top: 1.25rem; padding: 1.1rem 1.25rem; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(12rem, 1fr)); gap: .9rem; margin: 0; }
.tiles div { padding: .8rem 1rem; }
dt { color: var(--dim); font-size: .85rem; }
dd { margin: 0; font-size: 1.6rem; font-weight: 650; font-variant-numeric: tabular-nums; }
dd small { font-size: .85rem; font-weight: 400; color: var(--dim); }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th { color: var(--dim); font-size: .8rem; font-weight: 500; text-align: left; }
th, td { padding: .4rem .6rem .4rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
tbody tr:last-child td { border-bottom: 0; }
.mark { font-weight: 700; } .mark.good { color: var(--good); } .mark.bad { color: var(--bad); }
.mark.none { color: var(--dim); }
.chart { list-style: none; margin: 0; padding: 0; display: grid; gap: .45rem; }
.chart li { display: grid; grid-template-columns: 11rem 1fr 5rem; gap: .75rem; align-items: center; }
.chart b { text-align: right; font-variant-numeric: tabular-nums; }
.bar { height: .7rem; border-radius: 99px; background: var(--line); overflow: hidden; }
.bar i { display: block; height: 100%; background: var(--fill); }
`;
