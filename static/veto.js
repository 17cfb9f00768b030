// Comfort only: everything on the page works without this file.

// For each text field with a text for Meta: mark it as a whole when it is entered, count what is in it,
// and offer a button that copies it.

for (const box of document.querySelectorAll('.copy-box')) {
  const field = box.querySelector('textarea');
  const count = box.querySelector('output');
  const result = box.querySelector('.result');

  // Some browsers drop the selection again when the finger or the mouse button goes up.
  field.addEventListener('focus', () => setTimeout(() => field.select()));
  field.addEventListener('input', () => {
    count.value = [...field.value].length;
    result.textContent = '';
    field.parentElement.dataset.text = field.value;
  });

  // A plain-http address in the home network has no clipboard API: there the old way is the only one.
  const copy = async () => {
    if (navigator.clipboard) {
      try {
        await navigator.clipboard.writeText(field.value);
        return true;
      } catch {
        // Not allowed: try the old way.
      }
    }
    field.focus();
    field.select();
    return document.execCommand('copy');
  };

  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button';
  button.textContent = box.dataset.copy;
  button.addEventListener('click', async () => {
    const copied = await copy();
    if (!copied) field.focus();
    result.classList.toggle('failed', !copied);
    result.textContent = copied ? box.dataset.copied : box.dataset.failed;
  });
  box.querySelector('.copy').append(button);
}

// Choices that the visitor asks the browser to keep: the address of the page and its choices in words. They are wiped by a
// button, and by themselves after the hours that the operator set.

const KEY = 'veto';

/** What is kept, if it may still be kept; what is too old, or not as we write it, is wiped. */
const kept = (hours) => {
  try {
    const { address, chosen, since } = JSON.parse(localStorage.getItem(KEY));
    const age = Date.now() - since;
    if (/^\/[^/]/.test(address) && Array.isArray(chosen) && age >= 0 && age < hours * 3_600_000) return { address, chosen };
    localStorage.removeItem(KEY);
  } catch {
    // Nothing is kept, or the browser does not let us.
  }
  return null;
};

for (const section of document.querySelectorAll('.keep')) {
  const [offer, list, wiped] = ['.offer', '.kept', '.wiped'].map((part) => section.querySelector(part));

  const show = (afterWiping) => {
    const found = kept(Number(section.dataset.hours));
    list.hidden = !found;
    wiped.hidden = !afterWiping;
    if (offer) offer.hidden = Boolean(found);
    section.hidden = !(found || offer || afterWiping);
    if (!found) return;
    list.querySelector('a').href = found.address;
    list.querySelector('ul').replaceChildren(...found.chosen.map((choice) => {
      const item = document.createElement('li');
      item.textContent = choice;
      return item;
    }));
  };

  offer?.querySelector('button').addEventListener('click', () => {
    const chosen = [...offer.querySelectorAll('li')].map((item) => item.textContent);
    const address = location.pathname + location.search;
    try {
      localStorage.setItem(KEY, JSON.stringify({ address, chosen, since: Date.now() }));
    } catch {
      // The browser does not keep anything; the offer stays.
    }
    show(false);
    list.querySelector('button').focus();
  });
  list.querySelector('button').addEventListener('click', () => {
    localStorage.removeItem(KEY);
    show(true);
    wiped.focus();
  });
  show(false);
}
