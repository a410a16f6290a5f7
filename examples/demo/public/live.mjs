/** Refreshes the page while it is visible: reloads it in the background and replaces the parts that have changed. */
/* global document, location, getSelection, window, DOMParser, AbortSignal */

/** Delay between a response and the next request, in ms. */
const pause = 2000;

/** Timeout of a request, in ms. */
const patience = 5000;

const button = document.getElementById('pause');
const status = document.getElementById('live-status');
let isPaused = false;
let timer;

/** Whether the user has selected text in this part: replacing it would remove the selection. */
const isSelectedIn = (part) => {
  const selection = getSelection();
  return selection !== null && !selection.isCollapsed && selection.containsNode(part, true);
};

/** Briefly marks changed elements. */
const flash = (part, before) => {
  for (const element of part.querySelectorAll('[data-flash]')) {
    if (before.has(element.id) && before.get(element.id) !== element.textContent)
      element.classList.add('changed');
  }
};

const replace = (part, fresh) => {
  const before = new Map(
    [...part.querySelectorAll('[data-flash]')].map((element) => [element.id, element.textContent]),
  );
  const focused = part.contains(document.activeElement) ? document.activeElement.id : '';
  part.replaceChildren(...fresh.childNodes);
  if (focused !== '') {
    // If the focused button no longer exists, focus the heading of its section.
    const next = document.getElementById(focused) ?? part.closest('section').querySelector('h2');
    if (next.tagName === 'H2') next.tabIndex = -1;
    next.focus({ preventScroll: true });
  }
  flash(part, before);
};

const refresh = async () => {
  const response = await fetch('/', { signal: AbortSignal.timeout(patience) });
  if (!response.ok) throw new Error(`the page has status ${response.status}`);
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  // Logged out, or logged in as another user: reload the whole page.
  if (page.body.dataset.session !== document.body.dataset.session) return location.reload();
  for (const part of document.querySelectorAll('[data-live]')) {
    const fresh = page.getElementById(part.id);
    if (fresh === null || fresh.innerHTML === part.innerHTML || isSelectedIn(part)) continue;
    replace(part, fresh);
  }
};

const say = (text) => {
  if (status.textContent !== text) status.textContent = text;
};

const next = async () => {
  clearTimeout(timer);
  if (isPaused || document.hidden) return;
  try {
    await refresh();
    say('');
  } catch {
    say('The server does not answer. Trying again…');
  }
  clearTimeout(timer);
  timer = setTimeout(next, pause);
};

button.addEventListener('click', () => {
  isPaused = !isPaused;
  button.setAttribute('aria-pressed', String(isPaused));
  void next();
});
document.addEventListener('visibilitychange', next);
// A page from the back/forward cache is outdated.
window.addEventListener('pageshow', ({ persisted }) => persisted && next());

document.getElementById('refresh').hidden = true;
button.hidden = false;
timer = setTimeout(next, pause);
