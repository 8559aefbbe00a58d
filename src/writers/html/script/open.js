// Links into a fold open it, and the reader's place moves to what the link leads to.

function openAround(element) {
  for (let fold = element.closest('details'); fold; fold = fold.parentElement.closest('details')) {
    fold.open = true;
  }
}

function follow(hash) {
  let id = hash.slice(1);
  try {
    id = decodeURIComponent(id);
  } catch {
    // a broken escape is no id
  }
  const element = id && document.getElementById(id);
  if (!element) return;
  document.dispatchEvent(new CustomEvent('followed', { detail: element }));
  openAround(element);
  const place = element.matches('tr') ? element.querySelector('a') ?? element : element;
  if (!place.matches('a, button, input, [tabindex]')) place.tabIndex = -1;
  place.focus({ preventScroll: true });
  element.scrollIntoView({ block: element.matches('tr') ? 'center' : 'start' });
}

addEventListener('hashchange', () => follow(location.hash));
// A second click on the same link changes no address, but is meant all the same.
document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a[href^="#"]');
  if (link && link.hash === location.hash) follow(link.hash);
});

// Paper has every fold open, also where style alone cannot do it.
let opened = [];
addEventListener('beforeprint', () => {
  opened = all('details:not([open])').filter((fold) => !fold.closest('nav'));
  for (const fold of opened) fold.open = true;
});
addEventListener('afterprint', () => {
  for (const fold of opened) fold.open = false;
});
