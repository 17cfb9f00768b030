// Progressive enhancement: every page works without this script.

// Text to copy: counts its characters, and adds a button that copies it.

/** Copies the text of a field. The clipboard API exists in secure contexts only; on plain http there is only `execCommand`. */
const copyText = async (textarea) => {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(textarea.value);
      return true;
    } catch {
      // Permission denied: fall back to `execCommand`.
    }
  }
  textarea.focus();
  textarea.select();
  return document.execCommand('copy');
};

for (const box of document.querySelectorAll('.copy-box, .work')) {
  const place = box.querySelector('[data-copy]') ?? box;
  const result = box.querySelector('.result');
  const field = () => box.querySelector('textarea');

  // Delegated, since the field of a `.work` form is replaced by each answer of the server.
  // Deferred: some browsers clear the selection when the pointer is released. By then the focus may have moved on, and Chromium
  // would move it back.
  box.addEventListener('focusin', ({ target }) => {
    if (target === field()) setTimeout(() => target === document.activeElement && target.select());
  });
  box.addEventListener('input', ({ target }) => {
    if (target !== field()) return;
    box.querySelector('output').value = [...target.value].length;
    // The style sheet sizes the text area by this attribute.
    target.parentElement.dataset.text = target.value;
    result.textContent = '';
    box.classList.remove('copied');
  });

  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button copy';
  button.textContent = place.dataset.copy;
  button.addEventListener('click', async () => {
    const copied = await copyText(field());
    if (!copied) field().focus();
    box.classList.toggle('copied', copied);
    result.classList.toggle('failed', !copied);
    result.textContent = copied ? place.dataset.copied : place.dataset.failed;
  });
  (box.querySelector('.pair, .copy') ?? place).prepend(button);
}

// Reasons, length and language of the text: the server composes it, asked in the background by the form's own address, so
// that the reasons get into no address and no history.

for (const form of document.querySelectorAll('form.work')) {
  let latest = 0;
  form.addEventListener('change', async ({ target }) => {
    if (!target.matches('[name=ground], [name=length], [name=text]')) return;
    latest += 1;
    const request = latest;
    const body = new URLSearchParams(new FormData(form));
    try {
      const response = await fetch(form.action, { method: 'POST', body });
      const page = new DOMParser().parseFromString(await response.text(), 'text/html');
      // An answer that is overtaken by a later change is dropped.
      if (request !== latest) return;
      // The page says what is wrong, too. One without the form, as for much too long a text, throws.
      for (const selector of ['.answer', '.origin', 'output']) {
        form.querySelector(selector).replaceWith(page.querySelector('form.work').querySelector(selector));
      }
      // What is printed is the text as it is now.
      document.querySelector('.letter')?.replaceWith(page.querySelector('.letter'));
      // The next request is about this text, too.
      form.action = page.querySelector('form.work').action;
      form.classList.remove('copied');
      form.querySelector('.result').textContent = '';
    } catch {
      // No such answer: the button below the reasons does the same.
      form.classList.add('offline');
    }
  });
  // When a visitor comes back to the page, WebKit clears the ticks after this event, since the form is not to be completed,
  // and leaves the text.
  const tickApplied = () => {
    const applied = new FormData(form).getAll('applied');
    for (const tick of form.querySelectorAll('[name=ground]')) tick.checked = applied.includes(tick.value);
  };
  addEventListener('pageshow', ({ persisted }) => persisted && setTimeout(tickApplied));
}

// A list that is filtered in the page. The field has no name, so that no form sends what is typed.

for (const filter of document.querySelectorAll('.filter')) {
  const status = filter.querySelector('[role=status]');
  const sections = [...document.querySelectorAll('.filtered')];
  filter.querySelector('input').addEventListener('input', ({ target }) => {
    const words = target.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    // Of a company only its name, of a trouble also what helps.
    const text = (item) => (item.matches('li') ? item.firstElementChild : item).textContent.toLocaleLowerCase();
    for (const section of sections) {
      const items = [...section.querySelectorAll('li, details')];
      for (const item of items) item.hidden = !words.every((word) => text(item).includes(word));
      section.hidden = words.length > 0 && items.every((item) => item.hidden);
    }
    status.textContent = sections.every((section) => section.hidden) ? status.dataset.none : '';
  });
  filter.hidden = false;
}

// Kept choices: on request, localStorage keeps the address of the page and its choices in words. They are deleted by a
// button, or when they are older than the setting `keep-hours`.

const STORAGE_KEY = 'veto';

/** Reads the kept choices. Returns null if there are none; deletes them if they are expired or malformed. */
const readKeptChoices = (maxHours) => {
  try {
    const { address, chosen, since } = JSON.parse(localStorage.getItem(STORAGE_KEY));
    const age = Date.now() - since;
    // A path on this host only: `//host` would lead to another one.
    if (/^\/[^/]/.test(address) && Array.isArray(chosen) && age >= 0 && age < maxHours * 3_600_000) return { address, chosen };
    localStorage.removeItem(STORAGE_KEY);
  } catch {
    // Nothing is stored, or the browser denies access to storage.
  }
  return null;
};

for (const section of document.querySelectorAll('.keep')) {
  const [offer, keptList, deletedMessage] = ['.offer', '.kept', '.wiped'].map((selector) => section.querySelector(selector));

  const update = (justDeleted) => {
    const kept = readKeptChoices(Number(section.dataset.hours));
    keptList.hidden = !kept;
    deletedMessage.hidden = !justDeleted;
    if (offer) offer.hidden = Boolean(kept);
    section.hidden = !(kept || offer || justDeleted);
    if (!kept) return;
    keptList.querySelector('a').href = kept.address;
    keptList.querySelector('ul').replaceChildren(...kept.chosen.map((choice) => {
      const item = document.createElement('li');
      item.textContent = choice;
      return item;
    }));
  };

  offer?.querySelector('button').addEventListener('click', () => {
    const chosen = [...offer.querySelectorAll('li')].map((item) => item.textContent);
    const address = location.pathname + location.search;
    try {
      localStorage.setItem(STORAGE_KEY, JSON.stringify({ address, chosen, since: Date.now() }));
    } catch {
      // The browser denies access to storage; the offer stays visible.
    }
    update(false);
    keptList.querySelector('button').focus();
  });
  keptList.querySelector('button').addEventListener('click', () => {
    localStorage.removeItem(STORAGE_KEY);
    update(true);
    deletedMessage.focus();
  });
  update(false);
}

// After a wipe on a shared device, Back shows empty fields: a page that the browser has kept with what was typed is loaded
// anew. On https the header Clear-Site-Data deletes such pages and the storage; on plain http it has no effect.

const WIPED_KEY = 'veto-wiped';

for (const part of document.querySelectorAll('.traces')) part.hidden = false;
if (document.querySelector('.wipe')) {
  try {
    localStorage.removeItem(STORAGE_KEY);
    // For this tab only, until it is closed.
    sessionStorage.setItem(WIPED_KEY, '1');
  } catch {
    // The browser denies access to storage, so it has kept nothing.
  }
}
addEventListener('pageshow', ({ persisted }) => {
  try {
    if (persisted && sessionStorage.getItem(WIPED_KEY)) location.replace(location.pathname + location.search);
  } catch {
    // As above.
  }
});
