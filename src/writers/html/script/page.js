// The page's own script, all of it plain and in sight. It sorts, finds, opens and marks what
// stands in the page. It computes no figure but those of the what-if, fetches nothing, and keeps
// nothing but the address.
// Words are put into the page as text, never as markup.
'use strict';

const all = (what, where = document) => [...where.querySelectorAll(what)];

// An element with attributes; children are elements or words.
function make(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

// The words of an element without the spaces around them.
const words = (element) => (element ? element.textContent.replace(/\s+/g, ' ').trim() : '');

// Says something to a screen reader, and shows nothing.
const said = make('p', { class: 'unseen', role: 'status' });
document.body.append(said);
function say(text) {
  said.textContent = text;
}

// Months from 0 to 11 by their names.
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August',
  'September', 'October', 'November', 'December'];

const MONTH = `(${MONTHS.join('|')})`;
const DAY_OR_WEEK = new RegExp(`^(week commencing )?(\\d{1,2}) ${MONTH} (\\d{4})$`);
const MONTH_OR_QUARTER = new RegExp(`^(?:${MONTH} to )?${MONTH} (\\d{4})$`);
const YEAR = /^(\d{4})(\/\d{2})?$/;

// The days that words such as `February 2019`, `January to March 2019`, `4 September 2017`,
// `week commencing 4 September 2017` or `2018/19` stand for, from and to; null for other words.
function days(text) {
  const day = (year, month, date) => Date.UTC(year, month, date) / 864e5;
  let found = text.match(MONTH_OR_QUARTER);
  if (found) {
    const last = MONTHS.indexOf(found[2]);
    const first = found[1] ? MONTHS.indexOf(found[1]) : last;
    return { from: day(+found[3], first, 1), to: day(+found[3], last + 1, 0) };
  }
  found = text.match(DAY_OR_WEEK);
  if (found) {
    const first = day(+found[4], MONTHS.indexOf(found[3]), +found[2]);
    return { from: first, to: first + (found[1] ? 6 : 0) };
  }
  found = text.match(YEAR);
  if (found) {
    const [year, start] = [+found[1], found[2] ? 3 : 0];
    return { from: day(year, start, 1), to: day(year + 1, start, 0) };
  }
  return null;
}
