/** The one stylesheet of the sandbox's pages: system fonts, light and dark, nothing from outside. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #f4f5f7; --panel: #ffffff; --ink: #16191f; --soft: #5a6270; --line: #d9dde3; --accent: #1f5fbf; --accent-ink: #ffffff;
  --wash: #eef3fb; --good: #1d7d46; --bad: #b3261e; --bar: #1b2532; --bar-ink: #f2f4f7; --shadow: 0 1px 2px #0000000f, 0 8px 28px #0000000f;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #12151a; --panel: #1b2027; --ink: #eceff3; --soft: #9aa4b2; --line: #323a45; --accent: #7db0ff; --accent-ink: #0b1526;
    --wash: #212a37; --good: #63c98d; --bad: #ff8a80; --bar: #0b0e13; --bar-ink: #e8ecf2; --shadow: 0 1px 2px #00000060, 0 8px 28px #00000050;
  }
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif;
  display: flex; flex-direction: column; align-items: center; }
body.card { justify-content: center; padding: 32px 16px; }
body.wide { padding: 40px 16px; }
main.panel { width: 100%; max-width: 460px; background: var(--panel); border: 1px solid var(--line); border-radius: 14px; padding: 32px; box-shadow: var(--shadow); }
body.wide main.panel { max-width: 860px; }
h1 { font-size: 1.4rem; line-height: 1.3; margin: 0 0 8px; font-weight: 650; overflow-wrap: anywhere; }
h2 { font-size: 1rem; margin: 28px 0 8px; }
p { margin: 0 0 12px; }
.lead, .soft, footer.note { color: var(--soft); }
footer.note { font-size: .8rem; padding: 20px 16px 4px; text-align: center; }
.overline { color: var(--soft); font-size: .82rem; letter-spacing: .02em; margin: 0 0 20px; overflow-wrap: anywhere; }
.person { display: flex; gap: 12px; align-items: center; padding: 12px; border: 1px solid var(--line); border-radius: 10px; margin: 0 0 8px; cursor: pointer; }
.person:has(input:checked) { border-color: var(--accent); background: var(--wash); }
.person .face { flex: none; width: 38px; height: 38px; border-radius: 50%; background: var(--accent); color: var(--accent-ink); display: grid; place-items: center; font-weight: 650; }
.person b { display: block; font-weight: 600; } .person small { color: var(--soft); }
.person input { margin-left: auto; accent-color: var(--accent); width: 18px; height: 18px; }
fieldset { border: 0; padding: 0; margin: 20px 0; } legend { padding: 0; font-size: .85rem; color: var(--soft); margin-bottom: 8px; }
ul.grants { list-style: none; margin: 0 0 14px; padding: 0; } ul.grants li { padding: 8px 0 8px 26px; position: relative; }
ul.grants li::before { content: ""; position: absolute; left: 6px; top: 14px; width: 6px; height: 11px; border: solid var(--good); border-width: 0 2px 2px 0; transform: rotate(40deg); }
.code { font: 650 1.9rem/1.2 ui-monospace, "SF Mono", Menlo, Consolas, monospace; letter-spacing: .12em; text-align: center; padding: 18px; margin: 16px 0;
  border: 1px dashed var(--line); border-radius: 10px; background: var(--wash); }
.actions { display: flex; gap: 10px; margin-top: 24px; flex-wrap: wrap; }
button, .button { font: inherit; font-weight: 600; border-radius: 9px; border: 1px solid var(--line); background: var(--panel); color: var(--ink); padding: 10px 18px; cursor: pointer; text-decoration: none; }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--accent-ink); flex: 1 1 160px; }
button.small { padding: 5px 12px; font-size: .87rem; }
button:hover { filter: brightness(1.06); }
::placeholder { color: var(--soft); opacity: 1; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
input[type=text], input[type=search], select { font: inherit; color: inherit; background: var(--panel); border: 1px solid var(--line); border-radius: 9px; padding: 10px 12px; width: 100%; min-width: 0; }
label.field { display: block; margin: 14px 0; } label.field > span { display: block; font-size: .85rem; color: var(--soft); margin-bottom: 4px; }
label.field > span.row { display: flex; gap: 10px; font-size: 1rem; } span.row > input { flex: 1; }
.mark { width: 44px; height: 44px; border-radius: 50%; margin-bottom: 16px; background: var(--good); } .mark.bad { background: var(--bad); }
.bad-text { color: var(--bad); }
details.account { border-top: 1px solid var(--line); } details.account > summary { padding: 12px 4px; cursor: pointer; overflow-wrap: anywhere; }
details.account small { color: var(--soft); margin-left: 8px; } details.account .role { display: flex; justify-content: space-between; gap: 12px; align-items: center; padding: 6px 4px 6px 22px; }
details.account .roles { padding-bottom: 12px; }
body.console { align-items: stretch; } header.bar { background: var(--bar); color: var(--bar-ink); padding: 12px 24px; display: flex; gap: 20px; flex-wrap: wrap; align-items: center; }
header.bar b { font-weight: 650; } header.bar .who { margin-left: auto; text-align: right; overflow-wrap: anywhere; } header.bar .swatch { width: 14px; height: 14px; vertical-align: -2px; margin-right: 6px; }
header.bar .region { opacity: .85; }
body.console main { width: 100%; max-width: 900px; margin: 32px auto; padding: 0 24px; flex: 1; }
dl.facts { display: grid; grid-template-columns: minmax(120px, 180px) 1fr; gap: 0; margin: 20px 0; background: var(--panel); border: 1px solid var(--line); border-radius: 12px; overflow: hidden; }
dl.facts dt, dl.facts dd { padding: 11px 16px; margin: 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; } dl.facts dt { color: var(--soft); }
dl.facts dt:first-of-type, dl.facts dt:first-of-type + dd { border-top: 0; }
dl.facts .big { font-weight: 650; font-size: 1.1rem; }
body.card dl.facts { grid-template-columns: 118px 1fr; }
.phone { max-width: 380px !important; border-radius: 34px !important; padding: 30px 22px !important; }
.otp { display: grid; grid-template-columns: 1fr auto; gap: 0 12px; padding: 14px 0; border-top: 1px solid var(--line); align-items: center; }
.otp .name { font-size: .86rem; color: var(--soft); overflow-wrap: anywhere; } .otp .digits { font: 600 1.75rem/1.3 ui-monospace, "SF Mono", Menlo, Consolas, monospace; letter-spacing: .06em; }
.otp form { grid-row: span 2; } meter { width: 100%; height: 10px; } .left { font-variant-numeric: tabular-nums; }
.mono { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: .92em; overflow-wrap: anywhere; }
@media (max-width: 520px) { main.panel { padding: 24px 18px; } dl.facts { grid-template-columns: 1fr; } dl.facts dd { border-top: 0; padding-top: 0; } header.bar .who { margin-left: 0; text-align: left; } }
`;
