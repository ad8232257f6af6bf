// One conversation: its head, its messages, and the line one writes in.

import { avatar, button, drawAnew, icon, make, named, toast } from "/page/dom.js";
import { act } from "/page/server.js";
import { albums, bubble, inBrief, keyOf } from "/page/bubbles.js";
import { Composer } from "/page/composer.js";
import { listPeople } from "/page/people.js";
import { day, known, sameDay, word } from "/page/words.js";

const FIRST = 120;

export class Talk {
  constructor(user, line, { onLink, onSwitch }) {
    Object.assign(this, { user, line, onLink, onSwitch, messages: [], whole: false, done: new Set(), stick: true, top: 0, missed: null });
    this.log = make("div", "log");
    this.log.setAttribute("role", "log");
    this.log.tabIndex = 0;
    this.head = make("header", "talk-head");
    this.pin = make("div", "pin-bar");
    this.foot = make("footer", "talk-foot");
    this.jump = button("round to-newest", word("newest"), () => this.toEnd(), icon("down"));
    this.jump.hidden = true;
    this.node = make("section", "talk", this.head, this.pin, this.log, this.jump, this.foot);
    // Whoever scrolls up wants to stay there; that what is below has grown is nobody's wish.
    this.log.addEventListener("scroll", () => {
      const { scrollTop } = this.log;
      this.stick = this.atEnd() || (this.stick && scrollTop >= this.top);
      this.top = scrollTop;
      this.jump.hidden = this.stick;
    });
    new ResizeObserver(() => { if (this.stick) this.toEnd(); }).observe(this.log);
  }

  async open(lines) {
    await Promise.all([this.load(FIRST), this.refit(this.line, lines)]);
    this.toEnd();
  }

  // News that comes while the messages are on their way has its turn afterwards.
  async load(last) {
    this.missed = [];
    this.messages = await act("read", { user: this.user, chat: this.line.id, last });
    this.whole = last === undefined || this.messages.length < last;
    this.draw();
    const { missed } = this;
    this.missed = null;
    for (const news of missed) news();
    this.read();
  }

  // What one has in front of one's eyes is read; a chat behind a tab is not.
  read() {
    if (!this.log.offsetParent || this.line.started === false) return;
    this.line.unread = 0;
    act("mark_read", { user: this.user, chat: this.line.id }).catch(() => null);
  }

  // What the list of chats knows has changed: title, members, pins, block, the other chats of the column.
  async refit(line, lines) {
    this.line = line;
    this.log.setAttribute("aria-label", line.title);
    this.node.setAttribute("aria-label", line.title);
    this.drawHead(lines);
    this.drawPin();
    await this.drawFoot();
  }

  // Only when something in it has changed: a menu somebody has open stays so.
  drawHead(lines) {
    const { line } = this;
    const shown = [{ ...line, last: null, pinned: null, unread: 0 }, lines.map((one) => [one.id, one.title, one.unread])];
    drawAnew(this.head, shown, () => this.headOf(line, lines));
  }

  headOf(line, lines) {
    const isPrivate = line.kind === "private";
    const under = isPrivate ? word("bot") : word("members", { n: line.members });
    const shelf = make("small", "shelf", known(`shelf_${isPrivate ? "private" : line.shelf}`, line.shelf || ""));
    const title = lines.length > 1 ? this.switcher(lines) : make("h2", "", line.title);
    const words = make("div", "line-words", shelf, title, make("small", "", under));
    return [avatar(line.title, line.id), words, ...(line.started === false ? [] : [this.options()])];
  }

  switcher(lines) {
    const choice = make("select", "switcher", ...lines.map((line) => {
      const option = make("option", "", line.unread ? `${line.title} (${line.unread})` : line.title);
      option.value = line.id;
      option.selected = line.id === this.line.id;
      return option;
    }));
    choice.addEventListener("change", () => this.onSwitch(Number(choice.value)));
    return named(choice, word("chats"));
  }

  options() {
    const menu = make("div", "menu", ...this.deeds().map(([key, deed]) => button("line", "", () => {
      menu.hidden = true;
      deed();
    }, word(key))));
    menu.hidden = true;
    const opener = button("round", word("options"), () => { menu.hidden = !menu.hidden; }, icon("more"));
    const node = make("div", "options", opener, menu);
    node.addEventListener("keydown", (event) => { if (event.key === "Escape") menu.hidden = true; });
    node.addEventListener("focusout", (event) => { if (!node.contains(event.relatedTarget)) menu.hidden = true; });
    return node;
  }

  // What one can do about this chat as a whole.
  deeds() {
    const { line, user } = this;
    const attempt = (verb, details) => this.try(act(verb, { user, ...details }));
    if (line.kind === "private") {
      const verb = line.blocked ? "unblock" : "block";
      return [[verb, () => attempt(verb, { bot: line.id })]];
    }
    const deeds = [["show_members", () => this.showMembers()]];
    if (line.leads && line.kind === "group") deeds.push(["upgrade", () => attempt("upgrade", { chat: line.id })]);
    for (const [bot, standing] of Object.entries(line.leads ? line.bots || {} : {})) {
      deeds.push(...doable(standing, line.kind).map((verb) => [verb, () => attempt(verb, { chat: line.id, bot: Number(bot), ...RETURNING[verb] })]));
    }
    return [...deeds, ["leave", () => attempt("leave", { chat: line.id })]];
  }

  async showMembers() {
    const details = { user: this.user, chat: this.line.id };
    const members = await this.try(act("members", details));
    if (!members) return;
    const dialog = listPeople(this.line, members, this.user, async (verb, who) => {
      await this.try(act(verb, { ...details, who }));
      dialog.close();
      await this.showMembers();
    });
  }

  drawPin() {
    const { pinned } = this.line;
    this.pin.hidden = !pinned;
    if (!pinned) return;
    const words = make("span", "line-words", make("b", "", word("pinned")), make("small", "", inBrief(pinned)));
    this.pin.replaceChildren(button("line", "", () => this.jumpTo(keyOf(pinned)), icon("pin"), words));
  }

  async drawFoot() {
    const { line, user } = this;
    const state = line.started === false ? "start" : line.blocked ? "unblock" : "open";
    if (state === this.state) return;
    this.state = state;
    this.composer = null;
    if (state === "open") {
      this.composer = new Composer({ user, chat: line.id, menu: [] });
      this.foot.replaceChildren(this.composer.node);
      await this.refreshMenu();
    } else {
      this.foot.replaceChildren(button("wide", "", () => this.try(act(state, { user, bot: line.id })), word(state)));
    }
  }

  async refreshMenu() {
    const { composer } = this;
    const menu = composer && await act("menu", { user: this.user, chat: this.line.id }).catch(() => null);
    if (menu) composer.offer(menu);
  }

  draw() {
    const rows = [];
    let before = null;
    for (const [message, ...rest] of albums(this.messages)) {
      rows.push(...this.rowsOf(message, before, rest));
      before = message;
    }
    if (!this.whole) rows.unshift(button("quiet earlier", "", () => this.earlier(), word("earlier")));
    if (!this.messages.length) rows.push(make("p", "hint", word(this.line.started === false ? "not_started" : "empty")));
    this.log.classList.toggle("long", this.messages.length > FIRST);
    this.log.replaceChildren(...rows);
  }

  rowsOf(message, before, rest = []) {
    const row = this.rowOf(message, rest);
    const isNewDay = !before || !sameDay(before.date, message.date);
    const sameAuthor = before && before.sender_id === message.sender_id && before.sender === message.sender;
    if (sameAuthor && !isNewDay && message.date - before.date < 300) row.classList.add("follows");
    return isNewDay ? [make("div", "date", make("span", "", day(message.date))), row] : [row];
  }

  rowOf(message, rest = []) {
    return bubble(message, rest, {
      inGroup: this.line.kind !== "private",
      onPress: (shown, key, node) => this.press(shown, key, node),
      onReply: (shown) => this.composer?.answer(shown),
      onJump: (key) => this.jumpTo(key),
      onCommand: (text) => this.composer?.sendWords(text),
      onLink: this.onLink,
    });
  }

  async earlier() {
    const height = this.log.scrollHeight;
    await this.load();
    this.log.scrollTop = this.log.scrollHeight - height;
  }

  arrived(message) {
    if (this.missed) return this.missed.push(() => this.arrived(message));
    if (this.find(keyOf(message))) return this.edited(message);
    const before = this.messages.at(-1) || null;
    if (!before) this.log.replaceChildren();
    this.messages.push(message);
    if (message.album && message.album === before?.album) this.draw();
    else this.append(this.rowsOf(message, before));
    if (this.stick || message.mine) this.toEnd();
    return this.read();
  }

  append(rows) {
    this.log.append(...rows);
    rows.at(-1).classList.add("fresh");
  }

  edited(message) {
    if (this.missed) return this.missed.push(() => this.edited(message));
    const at = this.messages.findIndex((other) => keyOf(other) === keyOf(message));
    if (at < 0) return null;
    const [before] = this.messages.splice(at, 1, message);
    if (message.album) this.draw();
    else this.replace(this.find(keyOf(message)), this.rowOf(message), same(before.buttons, message.buttons));
    return this.stick && this.toEnd();
  }

  // Buttons that stay the same stay where they are: a finger may be on one of them.
  replace(old, row, keepsKeys) {
    const [was, is] = [old, row].map((node) => node.querySelector(".bubble"));
    if (keepsKeys && was && is) {
      old.classList.add("changed");
      return was.replaceWith(is);
    }
    row.classList.toggle("follows", old.classList.contains("follows"));
    row.classList.add("changed");
    return old.replaceWith(row);
  }

  deleted(chat, id) {
    if (this.missed) return this.missed.push(() => this.deleted(chat, id));
    const gone = this.messages.find((message) => message.chat === chat && message.id === id);
    this.messages = this.messages.filter((message) => message !== gone);
    return gone?.album ? this.draw() : this.find(`${chat}:${id}`)?.remove();
  }

  async press(message, key, node) {
    if (key.url) return this.onLink(key.url);
    node.classList.add("waiting");
    setTimeout(() => node.classList.remove("waiting"), 10000);
    const pressed = { chat: message.chat, id: message.id };
    const press = await this.try(act("press", { user: this.user, message: pressed, label: key.label }));
    if (!press || this.done.has(press)) node.classList.remove("waiting");
    else node.dataset.press = press;
    return press;
  }

  // The answer may be here before the press itself is known.
  answered(press) {
    this.done.add(press);
    this.log.querySelector(`[data-press="${press}"]`)?.classList.remove("waiting");
  }

  // The button whose label begins so: on that message, else on the newest that has one.
  keyCalled(label, message) {
    const called = (keys) => [...keys].reverse().find((node) => node.dataset.label.startsWith(label));
    return called(this.find(message)?.querySelectorAll(".key") || []) || called(this.log.querySelectorAll(".key"));
  }

  jumpTo(key) {
    const row = this.find(key);
    row?.scrollIntoView({ block: "center", behavior: "smooth" });
    row?.classList.add("changed");
  }

  find(key) {
    return this.log.querySelector(`[data-key="${key}"]`);
  }

  atEnd() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 60;
  }

  // Once more when everything has been laid out: what was never drawn has no height yet.
  toEnd() {
    const { log } = this;
    log.scrollTop = log.scrollHeight;
    requestAnimationFrame(() => { log.scrollTop = log.scrollHeight; });
  }

  async try(doing) {
    try {
      return (await doing) ?? true;
    } catch (trouble) {
      toast(trouble.message);
      return null;
    }
  }
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

// What whoever leads a group can do about a bot of that standing. A basic group has no way to mute who leads it.
function doable(standing, kind) {
  if (standing === "out") return ["add_bot"];
  if (standing === "muted") return ["kick_bot", "unmute_bot"];
  return standing === "leading" && kind === "group" ? ["kick_bot"] : ["kick_bot", "mute_bot"];
}

// A bot that comes back does so as the administrator it was.
const RETURNING = { add_bot: { rights: ["can_pin_messages", "can_delete_messages"] } };
