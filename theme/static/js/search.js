// The search page: asks Pagefind's index while the reader types, and keeps the words in the address.
const PAGE = 10;
const PAUSE_MS = 200;

const form = document.querySelector("form.search");
const field = form.elements.q;
const told = document.querySelector(".found");
const list = document.querySelector(".results");
const more = document.querySelector(".further");
const pattern = document.querySelector("template.result");

let engine;
let results = [];
let latest = 0;
let pause;

// The engine and the index are fetched when the first words are there, not before.
async function start() {
  engine ??= import(form.dataset.engine).then(async (pagefind) => {
    await pagefind.options({ excerptLength: 24, noWorker: true });
    return pagefind;
  });
  return engine;
}

// Pagefind's excerpts are text but for <mark>, and "<" is written as an entity.
function excerpt(text) {
  const plain = (part) => part.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
  return text.split(/<\/?mark>/).map((part, index) => {
    if (index % 2 === 0) return plain(part);
    const mark = document.createElement("mark");
    mark.textContent = plain(part);
    return mark;
  });
}

function card(result) {
  const item = pattern.content.cloneNode(true).firstElementChild;
  const link = item.querySelector("a");
  link.href = result.url;
  link.textContent = result.meta.title;
  item.querySelector(".meta").textContent = [result.meta.date, result.meta.category].filter(Boolean).join(" · ");
  item.querySelector(".stamp").hidden = !result.meta.withdrawn;
  const before = result.raw_content.startsWith(result.plain_excerpt) ? "" : "… ";
  item.querySelector(".p-summary").append(before, ...excerpt(result.excerpt), " …");
  return item;
}

async function add(turn) {
  const shown = list.children.length;
  const next = await Promise.all(results.slice(shown, shown + PAGE).map((result) => result.data()));
  if (turn !== latest) return null;
  const cards = next.map(card);
  list.append(...cards);
  more.hidden = list.children.length >= results.length;
  return cards[0];
}

function count(words) {
  const { none, one, many } = told.dataset;
  const phrase = [none, one][results.length] ?? many;
  const number = new Intl.NumberFormat(document.documentElement.lang).format(results.length);
  return phrase.replace("{n}", number).replace("{q}", () => words);
}

async function search() {
  const turn = ++latest;
  const words = field.value.trim();
  history.replaceState(null, "", words ? `?q=${encodeURIComponent(words)}` : location.pathname);
  let found = [];
  try {
    if (words) found = (await (await start()).search(words)).results;
  } catch {
    told.textContent = told.dataset.broken;
    return;
  }
  if (turn !== latest) return;
  results = found;
  list.replaceChildren();
  await add(turn);
  if (turn === latest) told.textContent = words ? count(words) : "";
}

form.hidden = false;
field.value = new URLSearchParams(location.search).get("q") ?? "";
if (field.value) search();

field.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(search, PAUSE_MS);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(pause);
  search();
});
more.addEventListener("click", async () => {
  const first = await add(latest);
  first?.querySelector("a").focus();
});
