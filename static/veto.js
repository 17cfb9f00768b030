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
  result.before(button);
}
