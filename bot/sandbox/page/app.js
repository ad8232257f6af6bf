// The page: who one is, what they see, and the news as it comes.

import { button, element, icon, make, named, toast } from "/page/dom.js";
import { act, everybody, listen } from "/page/server.js";
import { Cast } from "/page/cast.js";
import { Columns } from "/page/columns.js";
import { Stage } from "/page/stage.js";
import { pickGroup } from "/page/people.js";
import { language, load, word } from "/page/words.js";

const state = { people: [], bots: [], shelves: [], person: null, lines: [], source: null, wasAway: false };
const cast = new Cast(element("cast"), { onChoose: (person) => become(person) });
const columns = new Columns(element("columns"), element("tabs"), { onLink: follow, onOpen: remember });
const stage = new Stage({ become: (id) => becomeById(id), loadLines: () => loadLines(), state, columns, act: attempt });

async function begin() {
  drawTheme(localStorage.getItem("theme") || "");
  await load(language);
  await enter();
}

// Learn who there is, and be whom the address names: at first, and whenever everything has changed.
async function enter() {
  const told = await everybody();
  Object.assign(state, { people: told.people, bots: told.bots, shelves: told.shelves });
  element("brand").textContent = document.title = told.bots[0]?.name || "Sandbox";
  drawTools();
  stage.begin(told);
  const wanted = new URLSearchParams(location.hash.slice(1));
  const first = told.people.find((one) => one.part === "member") || told.people[0];
  const person = told.people.find((one) => one.id === Number(wanted.get("user"))) || first;
  if (person) await become(person, Number(wanted.get("chat")));
}

// Whom one is

async function become(person, chat = 0) {
  state.person = person;
  state.source?.close();
  cast.draw(state.people, person);
  columns.clear();
  state.source = listen(person.id, onNews, onConnection);
  await state.source.opened;
  if (person !== state.person) return;
  await loadLines(chat);
  remember();
  stage.changed();
}

async function becomeById(id) {
  const person = state.people.find((one) => one.id === id);
  if (person && person !== state.person) await become(person);
}

// One list after the other: an older one never covers a newer one.
let loading = Promise.resolve();
function loadLines(chat = 0) {
  loading = loading.catch(() => null).then(() => loadNow(chat));
  return loading;
}

async function loadNow(chat) {
  const { person } = state;
  const lines = await act("chats", { user: person.id });
  if (person !== state.person) return;
  state.lines = lines;
  await columns.show(person.id, lines, state.shelves, chat);
}

let due = 0;
function loadLinesSoon() {
  clearTimeout(due);
  due = setTimeout(() => loadLines(), 120);
}

function remember() {
  const place = { user: state.person?.id, ...(columns.current ? { chat: columns.current } : {}) };
  history.replaceState(null, "", `#${new URLSearchParams(place)}`);
}

// Links into the chats

async function follow(url) {
  const link = /^(?:https?:\/\/)?t\.me\/(\w+)(?:\?(.*))?$/.exec(url);
  const bot = link && state.bots.find((one) => one.username === link[1]);
  if (!bot) return toast(word("opens_outside", { url }));
  if (/startgroup/.test(link[2] || "")) {
    const groups = state.lines.filter((line) => line.kind !== "private");
    return pickGroup(groups, (group) => open({ url, chat: group.id }, group.id));
  }
  return open({ url }, bot.id);
}

async function open(details, chat) {
  if (await attempt("open_link", { user: state.person.id, ...details }) === null) return;
  await loadLines();
  columns.open(chat);
}

// Carry out a verb; say why when it cannot be.
async function attempt(verb, details) {
  try {
    return await act(verb, details);
  } catch (trouble) {
    toast(trouble.message);
    return null;
  }
}

// News

function onNews(news) {
  if (news.kind === "world") return enter();
  if (news.kind === "stage") return stage.changed();
  if (news.kind === "clock") return stage.clockMoved(news.now);
  if (news.kind === "elsewhere") return cast.mark(news.user);
  if (news.kind === "toast") return answered(news);
  columns.take(news);
  if (news.kind !== "menu") loadLinesSoon();
  return stage.redraw();
}

function answered({ press, text, alert }) {
  columns.answered(press);
  if (!text) return;
  if (!alert) return toast(text);
  const dialog = element("alert");
  dialog.replaceChildren(make("p", "", text), button("wide", "", () => dialog.close(), word("close")));
  dialog.showModal();
}

async function onConnection(connected) {
  if (connected && state.wasAway) await become(state.person, columns.current);
  if (!connected && !state.wasAway) toast(word("offline"));
  state.wasAway = !connected;
}

// Language and light

function drawTools() {
  const flag = element("language");
  flag.textContent = language === "vi" ? "EN" : "VI";
  named(flag, word("language"));
  element("theme").replaceChildren(icon("theme"));
  named(element("theme"), word("theme"));
}

element("language").addEventListener("click", async () => {
  await load(language === "vi" ? "en" : "vi");
  await enter();
});

element("theme").addEventListener("click", () => {
  const { theme } = document.documentElement.dataset;
  const isDark = theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  drawTheme(isDark ? "light" : "dark");
});

function drawTheme(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  localStorage.setItem("theme", theme);
}

begin();
