// Progressive enhancement: every page works without this script.

// Copy box: selects the whole text on focus, updates the character count, and adds a button that copies the text.

for (const copyBox of document.querySelectorAll('.copy-box')) {
  const textarea = copyBox.querySelector('textarea');
  const characterCount = copyBox.querySelector('output');
  const result = copyBox.querySelector('.result');

  // Deferred: some browsers clear the selection when the pointer is released.
  textarea.addEventListener('focus', () => setTimeout(() => textarea.select()));
  textarea.addEventListener('input', () => {
    characterCount.value = [...textarea.value].length;
    result.textContent = '';
    // The style sheet sizes the text area by this attribute.
    textarea.parentElement.dataset.text = textarea.value;
  });

  // The clipboard API exists in secure contexts only. On plain http, `execCommand` is the only way to copy.
  const copyText = async () => {
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

  const copyButton = document.createElement('button');
  copyButton.type = 'button';
  copyButton.className = 'button';
  copyButton.textContent = copyBox.dataset.copy;
  copyButton.addEventListener('click', async () => {
    const copied = await copyText();
    if (!copied) textarea.focus();
    result.classList.toggle('failed', !copied);
    result.textContent = copied ? copyBox.dataset.copied : copyBox.dataset.failed;
  });
  copyBox.querySelector('.copy').append(copyButton);
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
