// Slides: the arrow keys left and right, too. All other keys work without this script.

addEventListener('keydown', (event) => {
  const direction = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!direction || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const forward = document.dir === 'rtl' ? -direction : direction;
  scrollBy(0, forward * innerHeight);
});
