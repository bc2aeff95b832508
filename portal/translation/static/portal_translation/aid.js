/* Beside every passage of the translation editor: names of the register, remarks, what changed, translations made
   before. wagtail-localize draws the editor; this only adds one box at the end of each passage, and looks again when a
   passage was saved. Without it the editor works as ever. */
const place = document.querySelector('[data-passage-aid]');
const editor = document.querySelector('.js-translation-editor');

function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) node.setAttribute(key, value);
  }
  node.append(...children);
  return node;
}

/* The passages on the screen in the order of the editor: by field and block as it groups them. */
function passages() {
  const groups = new Map();
  for (const segment of JSON.parse(editor.dataset.props).segments) {
    const key = `${segment.location.field}/${segment.location.blockId || 'null'}`;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(segment);
  }
  const waiting = new Map();
  for (const segment of [...groups.values()].flat()) {
    if (segment.type !== 'string') continue;
    if (!waiting.has(segment.source)) waiting.set(segment.source, []);
    waiting.get(segment.source).push(segment.id);
  }
  const found = [];
  for (const item of editor.querySelectorAll('li.complete, li.incomplete, li.errored')) {
    const source = item.querySelector(':scope > p');
    const ids = source && waiting.get(source.textContent);
    if (ids && ids.length) found.push([ids.shift(), item]);
  }
  return found;
}

/* React listens for input events; setting the value alone would go unnoticed. */
function type(field, text) {
  const setter = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set;
  setter.call(field, text);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

async function field(item) {
  if (!item.querySelector('textarea')) {
    const buttons = item.querySelectorAll(':scope > ul button');
    if (!buttons.length) return null;
    buttons[buttons.length - 1].click();
    await new Promise((done) => setTimeout(done, 50));
  }
  return item.querySelector('textarea');
}

async function insert(item, text) {
  const input = await field(item);
  if (!input) return;
  const [start, end] = [input.selectionStart ?? input.value.length, input.selectionEnd ?? input.value.length];
  type(input, input.value.slice(0, start) + text + input.value.slice(end));
  input.focus();
  input.setSelectionRange(start + text.length, start + text.length);
}

async function take(item, suggestion) {
  const input = await field(item);
  if (!input) return;
  type(input, suggestion.text);
  input.focus();
  if (suggestion.percent === 100) {
    await new Promise((done) => setTimeout(done, 50));
    const buttons = item.querySelectorAll(':scope > ul button');
    buttons[buttons.length - 1].click();
  }
}

function fill(template, text) {
  return template.replace('%s', text);
}

function names(item, entry, words, mayWrite) {
  const list = element('ul', { 'aria-label': words.names });
  for (const name of entry.names) {
    const line = element('li', {}, element('span', { lang: place.dataset.sourceLang }, name.text), ' → ');
    if (name.form && mayWrite) {
      const label = fill(words.insert, name.form);
      const button = element('button', { type: 'button', class: 'passage-aid__form', lang: place.dataset.targetLang, title: label, 'aria-label': label }, name.form);
      button.addEventListener('mousedown', (event) => event.preventDefault());
      button.addEventListener('click', () => insert(item, name.form));
      line.append(button);
    } else if (name.form) {
      line.append(element('span', { lang: place.dataset.targetLang }, name.form));
    }
    if (name.note) line.append(' ', element('em', {}, name.note));
    list.append(line);
  }
  return list;
}

function remarks(entry, words) {
  const list = element('ul', { 'aria-label': words.remarks, class: 'passage-aid__remarks' });
  for (const text of entry.remarks) list.append(element('li', {}, element('span', { 'aria-hidden': 'true' }, '▲ '), text));
  return list;
}

function change(entry, words) {
  const tags = { deleted: 'del', inserted: 'ins', same: 'span' };
  const line = element('p', { lang: place.dataset.sourceLang });
  for (const [kind, text] of entry.change.marked) line.append(element(tags[kind], {}, text));
  const box = element('div', { class: 'passage-aid__change' }, element('strong', {}, words.changed), line);
  if (entry.change.translated) {
    box.append(element('strong', {}, words.former), element('p', { lang: place.dataset.targetLang }, entry.change.translated));
  }
  return box;
}

function suggestions(item, entry, words) {
  const list = element('ul', { 'aria-label': words.memory, class: 'passage-aid__memory' });
  for (const one of entry.suggestions) {
    const exact = one.percent === 100;
    const button = element('button', { type: 'button', class: 'button button-small button-secondary' }, exact ? words.take : words.adapt);
    button.addEventListener('click', () => take(item, one));
    const note = [exact ? words.same : `${one.percent} %`, one.page && fill(words.from, one.page)].filter(Boolean).join(', ');
    const text = element('p', { lang: place.dataset.targetLang }, one.text);
    const line = element('li', {}, element('strong', {}, words.memory), ` (${note})`, text);
    if (!exact) line.append(element('p', { lang: place.dataset.sourceLang, class: 'passage-aid__source' }, one.source));
    line.append(button);
    list.append(line);
  }
  return list;
}

function draw(item, entry, words) {
  const old = item.querySelector(':scope > .passage-aid');
  const box = element('div', { class: 'passage-aid' });
  const mayWrite = item.querySelector(':scope > ul button') !== null;
  if (entry.remarks.length) box.append(remarks(entry, words));
  if (entry.change) box.append(change(entry, words));
  if (entry.names.length) box.append(names(item, entry, words, mayWrite));
  if (mayWrite && entry.suggestions.length && item.classList.contains('incomplete')) box.append(suggestions(item, entry, words));
  if (old) old.remove();
  if (box.childNodes.length) item.append(box);
}

const state = { passages: {}, words: {} };

async function load(part) {
  const answer = await fetch(place.dataset.passageAid + (part ? `?part=${part}` : ''), { headers: { 'X-Requested-With': 'XMLHttpRequest' } });
  if (!answer.ok || !answer.headers.get('Content-Type').includes('json')) return;
  const found = await answer.json();
  state.words = found.words;
  const progress = document.querySelector('[data-progress]');
  if (progress && progress.textContent !== found.progress) progress.textContent = found.progress;
  for (const [id, entry] of Object.entries(found.passages)) state.passages[id] = { ...state.passages[id], ...entry };
  watch.disconnect();
  headings();
  for (const [id, item] of passages()) if (state.passages[id]?.names) draw(item, state.passages[id], state.words);
  watch.observe(editor, { childList: true, subtree: true, attributes: true, attributeFilter: ['class'] });
}

let timer;
const watch = new MutationObserver((changes) => {
  // A passage that was saved changes its class or its paragraph; typing changes neither.
  if (!changes.some((one) => one.target.closest?.('li.complete, li.incomplete, li.errored'))) return;
  clearTimeout(timer);
  timer = setTimeout(() => load('remarks'), 700);
});

/* wagtail-localize writes this heading in English, whatever the language of the administration. */
function headings() {
  const { sourceLocale, locale } = JSON.parse(editor.dataset.props);
  const english = `${sourceLocale.displayName} to ${locale.displayName} translation`;
  const walker = document.createTreeWalker(editor, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.nodeValue.trim() === english) node.nodeValue = `${sourceLocale.displayName} → ${locale.displayName}`;
  }
}

if (place && editor) load();
