// The form, the keys and the address.

function start() {
  if (!index || parts.length === 0) return;
  const search = make('input', { type: 'search', name: 'find', autocomplete: 'off', spellcheck: 'false' });
  const selects = [...choices].map(([name, values]) =>
    [name, menu(parameter(name), 'All', [...values].map((value) => [value, value]))]);
  const month = menu('month', 'Latest', months().map((name) => [name, name]));
  const columns = [...index.tHead.rows[0].cells].map(words);
  const ways = columns.flatMap((name, at) =>
    [[`${at}-ascending`, `${name}, ascending`], [`${at}-descending`, `${name}, descending`]]);
  const order = menu('sort', 'As in the plan', ways);
  const slash = make('input', { type: 'checkbox', name: 'slash', checked: '' });
  const clear = make('button', { type: 'button' }, 'Clear all');
  const count = make('p', { class: 'count', role: 'status' });
  const form = make('form', { class: 'find', role: 'search', 'aria-label': 'Find indicators' },
    labelled('Words', search),
    ...selects.map(([name, select]) => labelled(name, select)),
    labelled('Month', month),
    labelled('Order', order),
    make('label', { class: 'key' }, slash, make('span', {}, 'Key / jumps here')),
    make('div', { class: 'outcome' }, count, clear));
  const controls = [search, ...selects.map(([, select]) => select), month, order, slash];
  index.closest('.frame').before(form);

  const some = (number, of, name) => `${number} of ${of} ${name}${of === 1 ? '' : 's'}`;
  function find() {
    const asked = {
      words: search.value.toLocaleLowerCase('en-GB').split(/\s+/).filter(Boolean),
      tags: selects.filter(([, select]) => select.value).map(([name, select]) => [name, select.value]),
    };
    const { whole, halves } = narrow(asked);
    const narrowed = asked.words.length + asked.tags.length > 0;
    const also = pieces.length > 0 ? ` and ${some(halves, pieces.length, 'part')}` : '';
    count.textContent = `Showing ${some(whole, parts.length, 'indicator')}${also}`;
    form.classList.toggle('narrowed', narrowed);
    keep();
  }
  // The address holds what differs from a fresh page, so that it can be sent to somebody.
  function keep() {
    const asked = new URLSearchParams();
    for (const control of controls) {
      const value = control === slash ? (slash.checked ? '' : 'off') : control.value;
      if (value) asked.set(control.name, value);
    }
    const chosen = controls.some((control) => control !== slash && control.value !== '');
    form.classList.toggle('asked', chosen);
    const query = asked.toString() && `?${asked}`;
    try {
      history.replaceState(null, '', location.pathname + query + location.hash);
    } catch {
      // some browsers keep the address of a file as it is: the page works without
    }
  }
  function chooseMonth() {
    markMonth(month.value);
    keep();
  }
  function chooseOrder() {
    const [at, way] = order.value.split('-');
    sort(index, Number(at), way ?? '');
    keep();
  }
  function clearAll() {
    for (const control of [search, ...selects.map(([, select]) => select), month, order]) {
      control.value = '';
    }
    find();
    chooseMonth();
    if (index.querySelector('[aria-sort]')) chooseOrder();
  }
  form.addEventListener('submit', (event) => event.preventDefault());
  clear.addEventListener('click', () => {
    clearAll();
    search.focus();
  });
  search.addEventListener('input', find);
  for (const [, select] of selects) select.addEventListener('change', find);
  month.addEventListener('change', chooseMonth);
  order.addEventListener('change', chooseOrder);
  slash.addEventListener('change', keep);
  index.addEventListener('sorted', ({ detail }) => {
    order.value = detail.way ? `${detail.at}-${detail.way}` : '';
    keep();
  });
  // A link to what is not shown shows everything.
  document.addEventListener('followed', ({ detail }) => {
    if (detail.closest('[hidden]')) clearAll();
  });
  document.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    const typing = event.target.closest('input:not([type="checkbox"]), textarea, select, [contenteditable]');
    if (event.key === '/' && slash.checked && !typing) {
      event.preventDefault();
      search.focus();
      search.select();
    } else if (event.key === 'Escape' && form.classList.contains('asked')) {
      event.preventDefault();
      clearAll();
    }
  });

  const asked = new URLSearchParams(location.search);
  slash.checked = asked.get('slash') !== 'off';
  for (const control of controls.filter((control) => control !== slash)) {
    const value = asked.get(control.name);
    if (value !== null) control.value = value;
    if (control.value === '') control.value = ''; // a choice that is not there is none
  }
  if (month.value) markMonth(month.value);
  if (order.value) chooseOrder();
  find();
}

start();
if (location.hash) follow(location.hash);
