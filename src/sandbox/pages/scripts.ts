/** Counts the console session down. */
const COUNTDOWN = `
const shown = document.querySelector('[data-left-seconds]');
const endsAt = performance.now() + Number(shown.dataset.leftSeconds) * 1000;
const words = (seconds) => seconds >= 3600
  ? Math.floor(seconds / 3600) + ' h ' + Math.floor((seconds % 3600) / 60) + ' min'
  : Math.floor(seconds / 60) + ' min ' + (seconds % 60) + ' s';
const tick = () => {
  const left = Math.max(0, Math.round((endsAt - performance.now()) / 1000));
  shown.textContent = left === 0 ? 'ended' : words(left);
  if (left > 0) setTimeout(tick, 1000);
};
setTimeout(tick, 1000);
`;

/** Takes up a shortcut link of the portal: the fragment never reaches a server, so the page reads it. */
const START = `
const follow = () => {
  const match = /^#\\/console\\?(.*)$/.exec(location.hash);
  if (!match) return;
  const wanted = new URLSearchParams(match[1]);
  const form = document.getElementById('shortcut');
  for (const name of ['account_id', 'role_name', 'destination']) form.elements[name].value = wanted.get(name) ?? '';
  history.replaceState(null, '', location.pathname + location.search);
  form.submit();
};
addEventListener('hashchange', follow);
follow();
`;

/** Keeps the phone's codes current: asks again when the window ends. */
const PHONE = `
const left = document.getElementById('left');
const meter = document.getElementById('meter');
let endsAt = performance.now() + Number(left.textContent) * 1000;
const refresh = async () => {
  const shown = await (await fetch('/phone/codes')).json();
  for (const entry of shown.entries) {
    const digits = document.querySelector('[data-id="' + entry.id + '"] .digits');
    if (digits) digits.textContent = entry.code.slice(0, 3) + ' ' + entry.code.slice(3);
  }
  endsAt = performance.now() + shown.secondsLeft * 1000;
};
const tick = async () => {
  if (performance.now() >= endsAt) await refresh().catch(() => undefined);
  const seconds = Math.max(0, Math.ceil((endsAt - performance.now()) / 1000));
  left.textContent = seconds;
  meter.value = seconds;
  setTimeout(tick, 1000);
};
setTimeout(tick, 1000);
`;

/** The scripts under `/assets/`. */
export const PAGE_SCRIPTS: Readonly<Record<string, string>> = {
  'countdown.js': COUNTDOWN,
  'phone.js': PHONE,
  'start.js': START,
};
