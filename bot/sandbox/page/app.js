// The page: who one is, which chats there are, which one is open, what time it is.

import { avatar, button, make, icon } from "/page/dom.js";
import { act, everybody, listen } from "/page/server.js";
import { inBrief } from "/page/bubbles.js";
import { choose, pickGroup } from "/page/people.js";
import { Talk } from "/page/talk.js";
import { clockTime, language, load, sameDay, shortDay, word, day } from "/page/words.js";

const element = (id) => document.getElementById(id);
const state = { people: [], bots: [], person: null, lines: [], talk: null, source: null, ahead: 0, now: 0 };

async function begin() {
  drawTheme(localStorage.getItem("theme") || "");
  await load(language);
  const { people, bots, now, clock } = await everybody();
  Object.assign(state, { people, bots });
  setClock(now);
  element("clock").hidden = !clock;
  element("brand").textContent = document.title = bots[0]?.name || "Sandbox";
  drawFixtures();
  const wanted = new URLSearchParams(location.hash.slice(1));
  const person = people.find((one) => one.id === Number(wanted.get("user"))) || people[0];
  if (person) await become(person, Number(wanted.get("chat")));
}

function drawFixtures() {
  const other = language === "vi" ? "EN" : "VI";
  const flag = element("language");
  flag.textContent = other;
  flag.title = word("language");
  flag.setAttribute("aria-label", word("language"));
  const theme = element("theme");
  theme.replaceChildren(icon("theme"));
  theme.title = word("theme");
  theme.setAttribute("aria-label", word("theme"));
  drawClockKeys();
}

element("language").addEventListener("click", async () => {
  await load(language === "vi" ? "en" : "vi");
  drawFixtures();
  drawPersona();
  const open = state.talk?.line.id;
  drawLines();
  if (open) await openChat(open);
  else closeChat();
});

element("theme").addEventListener("click", () => {
  const dark = document.documentElement.dataset.theme
    ? document.documentElement.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  drawTheme(dark ? "light" : "dark");
});

function drawTheme(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  localStorage.setItem("theme", theme);
}

// Whom one is

async function become(person, chat = 0) {
  state.person = person;
  state.source?.close();
  closeChat();
  drawPersona();
  state.source = listen(person.id, onNews, onConnection);
  await loadLines();
  const isWide = matchMedia("(min-width: 721px)").matches;
  if (state.lines.some((line) => line.id === chat)) await openChat(chat);
  else if (isWide && state.lines.length) await openChat(state.lines[0].id);
  else remember();
}

function drawPersona() {
  const { person } = state;
  if (!person) return;
  const words = make("span", "line-words", make("small", "", word("acting_as")), make("b", "", person.name), make("small", "role", person.role));
  const node = element("persona");
  node.replaceChildren(avatar(person.name, person.id), words, make("span", "change", word("change_person"), icon("down")));
}

element("persona").addEventListener("click", () => choose(state.people, state.person?.id, become));

// The list of chats

async function loadLines() {
  const user = state.person.id;
  const lines = await act("chats", { user });
  if (user !== state.person.id) return;
  state.lines = lines;
  drawLines();
  const open = lines.find((line) => line.id === state.talk?.line.id);
  if (open) await state.talk.refit(open);
  else if (state.talk) closeChat();
}

let due = 0;
function loadLinesSoon() {
  clearTimeout(due);
  due = setTimeout(loadLines, 120);
}

function drawLines() {
  element("chats").replaceChildren(...state.lines.map(chatLine));
}

function chatLine(line) {
  const { last } = line;
  const open = state.talk?.line.id === line.id;
  const when = last ? (sameDay(last.date, nowSeconds()) ? clockTime(last.date) : shortDay(last.date)) : "";
  const brief = line.started === false ? word("not_started") : line.blocked ? word("blocked") : last ? briefly(last, line.kind !== "private") : "";
  const unread = line.unread && !open ? make("span", "badge", line.unread > 99 ? "99+" : String(line.unread)) : null;
  const words = make(
    "span", "line-words",
    make("span", "line-top", make("b", "", line.title), make("time", "", when)),
    make("span", "line-under", make("small", "", brief), unread),
  );
  const node = button(`line ${open ? "current" : ""}`, "", () => openChat(line.id), avatar(line.title, line.id), words);
  if (open) node.setAttribute("aria-current", "true");
  return node;
}

function briefly(last, inGroup) {
  const isPlain = !/^(new_chat|left_chat|migrate|pinned_|group_chat)/.test(last.kind || "");
  const who = !isPlain ? "" : last.mine ? word("you") : inGroup ? last.sender : "";
  return who ? `${who}: ${inBrief(last)}` : inBrief(last);
}

// The open chat

async function openChat(id) {
  const line = state.lines.find((one) => one.id === id);
  state.talk = new Talk(state.person.id, line, { onBack: closeChat, onTrouble: toast, onLink: follow });
  element("talk").replaceChildren(...state.talk.nodes);
  element("frame").classList.add("talking");
  remember();
  drawLines();
  await state.talk.open();
}

function closeChat() {
  state.talk = null;
  element("frame").classList.remove("talking");
  const nothing = make("div", "nothing", make("img"), make("h2", "", word("no_chat")), make("p", "hint", word("no_chat_hint")));
  Object.assign(nothing.firstChild, { src: "/page/icon.svg", alt: "" });
  element("talk").replaceChildren(nothing);
  drawLines();
  remember();
}

function remember() {
  const place = { user: state.person?.id, ...(state.talk ? { chat: state.talk.line.id } : {}) };
  history.replaceState(null, "", `#${new URLSearchParams(place)}`);
}

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
  try {
    await act("open_link", { user: state.person.id, ...details });
    await loadLines();
    await openChat(chat);
  } catch (trouble) {
    toast(trouble.message);
  }
}

// News

function onNews(news) {
  const { talk } = state;
  const here = talk && talk.line.id === news.chat;
  if (news.kind === "message" && here) talk.arrived(news.message);
  if (["edited", "pinned"].includes(news.kind) && talk) talk.edited(news.message);
  if (news.kind === "deleted" && talk) talk.deleted(news.chat, news.id);
  if (news.kind === "toast") answered(news);
  if (news.kind === "clock") setClock(news.now);
  if (news.kind === "menu") talk?.refreshMenu();
  if (["message", "edited", "pinned", "deleted", "chats"].includes(news.kind)) loadLinesSoon();
}

function answered({ press, text, alert }) {
  state.talk?.answered(press);
  if (!text) return;
  if (!alert) return toast(text);
  const dialog = element("alert");
  dialog.replaceChildren(make("p", "", text), button("wide", "", () => dialog.close(), word("close")));
  dialog.showModal();
}

let wasAway = false;
async function onConnection(connected) {
  if (connected && wasAway) {
    const open = state.talk?.line.id;
    await loadLines();
    if (open && state.lines.some((line) => line.id === open)) await openChat(open);
  }
  if (!connected && !wasAway) toast(word("offline"));
  wasAway = !connected;
}

function toast(text) {
  const node = make("div", "toast", text);
  element("toasts").append(node);
  setTimeout(() => node.remove(), 4500);
}

// The clock

const nowSeconds = () => Math.floor(Date.now() / 1000) + state.ahead;

function setClock(now) {
  state.ahead = now - Math.floor(Date.now() / 1000);
  tick();
}

function tick() {
  element("clock-time").textContent = clockTime(nowSeconds());
  element("clock-day").textContent = day(nowSeconds());
}

async function move(minutes) {
  try {
    setClock(await act("move_clock", { seconds: minutes * 60 }));
  } catch (trouble) {
    toast(trouble.message);
  }
}

function drawClockKeys() {
  const keys = [[1, "minutes_1"], [15, "minutes_15"], [60, "hours_1"]];
  const other = make("input");
  Object.assign(other, { type: "number", min: "1", max: "100000", placeholder: word("minutes_n"), inputMode: "numeric" });
  other.setAttribute("aria-label", word("minutes_other"));
  other.title = word("minutes_other");
  other.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(Number(other.value) > 0)) return;
    move(Number(other.value));
    other.value = "";
  });
  element("clock-keys").replaceChildren(...keys.map(([minutes, key]) => button("quiet", "", () => move(minutes), word(key))), other);
}

setInterval(tick, 5000);
begin();
