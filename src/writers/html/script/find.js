// Finding: a form above the index narrows it, the parts below and the contents by words, by the
// tags and rating of each part, and by month. What is asked stands in the address.

const index = document.querySelector('table.index');

// A part of the page that has tags: an indicator, or one of a split under it.
function readPart(node) {
  const heading = node.querySelector(':scope > :is(h3, h4)');
  const tags = new Map(all(':scope > .tags > div', node).map((tag) =>
    [words(tag.querySelector('dt')), words(tag.querySelector('dd'))]));
  const rating = node.querySelector(':scope > .sign-row .rating');
  if (rating) tags.set('Rating', words(rating));
  const said = all(':scope > :is(h3, h4, .tags, .lead, .facts)', node).map(words).join(' ');
  return { node, id: heading.id, heading, tags, said: said.toLocaleLowerCase('en-GB'), pieces: [] };
}

const parts = all('section.part:has(> .tags)').map(readPart);
for (const part of parts) {
  part.pieces = all(':scope > .pieces > .piece:has(> .tags)', part.node).map(readPart);
  part.row = document.getElementById(`_row-${part.id}`);
}
const pieces = parts.flatMap((part) => part.pieces);

// The values of each tag in the order of the page; a tag with one value divides nothing.
const choices = new Map();
for (const part of [...parts, ...pieces]) {
  for (const [name, value] of part.tags) {
    if (!choices.has(name)) choices.set(name, new Set());
    choices.get(name).add(value);
  }
}
for (const [name, values] of choices) if (values.size < 2) choices.delete(name);

const parameter = (name) => name.toLowerCase().replaceAll(' ', '-');

// A menu of choices, the first of which asks for nothing.
function menu(name, none, values) {
  const options = [...values].map(([value, shown]) => make('option', { value }, shown));
  const select = make('select', { name }, make('option', { value: '' }, none), ...options);
  return select;
}

function labelled(label, control) {
  return make('label', {}, make('span', {}, label), control);
}

// Whether a part has all that is asked of its tags.
function tagged(part, asked) {
  return asked.tags.every(([name, value]) => part.tags.get(name) === value);
}

function spoken(part, asked) {
  return asked.words.every((word) => part.said.includes(word));
}

// Shows what is asked for and says how much of it there is.
function narrow(asked) {
  let [whole, halves] = [0, 0];
  const hidden = new Set();
  for (const part of parts) {
    const itself = tagged(part, asked) && spoken(part, asked);
    let found = 0;
    for (const piece of part.pieces) {
      const shown = tagged(piece, asked) && (spoken(piece, asked) || spoken(part, asked));
      piece.node.hidden = !shown;
      found += Number(shown);
      if (!shown) hidden.add(piece.id);
    }
    const shown = itself || found > 0;
    whole += Number(shown);
    halves += found;
    part.node.hidden = !shown;
    part.node.classList.toggle('only-pieces', shown && !itself);
    if (shown && !itself) part.node.querySelector(':scope > .pieces').open = true;
    if (!shown) hidden.add(part.id);
    if (part.row) narrowRow(part, shown, itself);
  }
  for (const link of all('nav.contents a')) {
    link.parentElement.hidden = hidden.has(decodeURIComponent(link.hash.slice(1)));
  }
  return { whole, halves };
}

// A row stays for the sake of its parts too, and then says so: its figures are of the whole.
function narrowRow(part, shown, itself) {
  part.row.hidden = !shown;
  part.row.querySelector('.because')?.remove();
  if (!shown || itself) return;
  const names = part.pieces.filter((piece) => !piece.node.hidden).map((piece) =>
    words(piece.heading.lastChild));
  const because = make('a', { class: 'because small', href: `#${part.pieces.find((piece) => !piece.node.hidden).id}` },
    `Found in its part: ${names.join(', ')}`);
  part.row.cells[0].append(because);
}
