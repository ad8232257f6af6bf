// The open conversation.

import { avatar, button, icon, make } from "/page/dom.js";
import { act } from "/page/server.js";
import { bubble, inBrief, keyOf } from "/page/bubbles.js";
import { Composer } from "/page/composer.js";
import { listPeople } from "/page/people.js";
import { day, sameDay, word } from "/page/words.js";

const FIRST = 120;

export class Talk {
  constructor(user, line, { onBack, onTrouble, onLink }) {
    Object.assign(this, { user, line, onBack, onTrouble, onLink, messages: [], whole: false, done: new Set() });
    this.log = make("div", "log");
    this.log.setAttribute("role", "log");
    this.log.tabIndex = 0;
    this.head = make("header", "talk-head");
    this.pin = make("div", "pin-bar");
    this.foot = make("footer", "talk-foot");
    this.jump = button("round to-newest", word("newest"), () => this.toEnd(), icon("down"));
    this.jump.hidden = true;
    this.log.addEventListener("scroll", () => {
      this.stick = this.atEnd();
      this.jump.hidden = this.stick;
    });
    this.stick = true;
    new ResizeObserver(() => { if (this.stick) this.toEnd(); }).observe(this.log);
    this.nodes = [this.head, this.pin, this.log, this.jump, this.foot];
  }

  async open() {
    await Promise.all([this.read(FIRST), this.refit(this.line)]);
    this.toEnd();
  }

  async read(last) {
    this.messages = await act("read", { user: this.user, chat: this.line.id, last });
    this.whole = last === undefined || this.messages.length < last;
    this.draw();
    await act("mark_read", { user: this.user, chat: this.line.id });
  }

  // What the list of chats knows has changed: title, members, pins, block.
  async refit(line) {
    this.line = line;
    this.drawHead();
    this.drawPin();
    await this.drawFoot();
  }

  drawHead() {
    const { line } = this;
    const under = line.kind === "private" ? word("bot") : word("members", { n: line.members });
    const words = make("span", "line-words", make("b", "", line.title), make("small", "", under));
    const back = button("round back", word("back"), this.onBack, icon("back"));
    this.head.replaceChildren(back, avatar(line.title, line.id), words);
    if (line.started !== false) this.head.append(...this.options());
  }

  options() {
    const { line, user } = this;
    const menu = make("div", "menu");
    menu.hidden = true;
    const entry = (key, onClick) => button("line", "", () => { menu.hidden = true; onClick(); }, word(key));
    const verb = line.blocked ? "unblock" : "block";
    menu.append(line.kind === "private"
      ? entry(verb, () => this.try(act(verb, { user, bot: line.id })))
      : entry("show_members", () => this.showMembers()));
    return [button("round", word("options"), () => { menu.hidden = !menu.hidden; }, icon("more")), menu];
  }

  async showMembers() {
    const members = await this.try(act("members", { user: this.user, chat: this.line.id }));
    if (members) listPeople(this.line.title, members);
  }

  drawPin() {
    const { pinned } = this.line;
    this.pin.hidden = !pinned;
    if (!pinned) return;
    const words = make("span", "line-words", make("b", "", word("pinned")), make("small", "", inBrief(pinned)));
    this.pin.replaceChildren(button("line", "", () => this.jumpTo(keyOf(pinned)), icon("pin"), words));
  }

  async drawFoot() {
    const { line } = this;
    const state = line.started === false ? "start" : line.blocked ? "blocked" : "open";
    if (state === this.state) return;
    this.state = state;
    this.composer = null;
    if (state === "start") {
      this.foot.replaceChildren(button("wide", "", () => this.try(act("start", { user: this.user, bot: line.id })), word("start")));
    } else if (state === "blocked") {
      this.foot.replaceChildren(button("wide", "", () => this.try(act("unblock", { user: this.user, bot: line.id })), word("unblock")));
    } else {
      const menu = await act("menu", { user: this.user, chat: line.id });
      this.composer = new Composer({ user: this.user, chat: line.id, menu, onTrouble: this.onTrouble });
      this.foot.replaceChildren(this.composer.node);
    }
  }

  async refreshMenu() {
    if (this.composer) this.composer.menu = await act("menu", { user: this.user, chat: this.line.id });
  }

  draw() {
    const rows = [];
    let before = null;
    for (const message of this.messages) {
      rows.push(...this.rowsOf(message, before));
      before = message;
    }
    if (!this.whole) rows.unshift(button("quiet earlier", "", () => this.earlier(), word("earlier")));
    if (!this.messages.length) rows.push(make("p", "hint", word(this.line.started === false ? "not_started" : "empty")));
    this.log.replaceChildren(...rows);
  }

  rowsOf(message, before) {
    const row = this.rowOf(message);
    const sameAuthor = before && before.sender_id === message.sender_id && before.sender === message.sender;
    if (sameAuthor && message.date - before.date < 300) row.classList.add("follows");
    if (before && sameDay(before.date, message.date)) return [row];
    row.classList.remove("follows");
    return [make("div", "day", make("span", "", day(message.date))), row];
  }

  rowOf(message) {
    return bubble(message, {
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
    await this.read();
    this.log.scrollTop = this.log.scrollHeight - height;
  }

  arrived(message) {
    const wasAtEnd = this.atEnd();
    const rows = this.rowsOf(message, this.messages.at(-1) || null);
    if (!this.messages.length) this.log.replaceChildren();
    this.messages.push(message);
    this.log.append(...rows);
    rows.at(-1).classList.add("fresh");
    if (wasAtEnd || message.mine) this.toEnd();
    act("mark_read", { user: this.user, chat: this.line.id });
  }

  edited(message) {
    const at = this.messages.findIndex((other) => keyOf(other) === keyOf(message));
    if (at < 0) return;
    const wasAtEnd = this.atEnd();
    this.messages[at] = message;
    const old = this.find(keyOf(message));
    const row = this.rowOf(message);
    row.classList.toggle("follows", old.classList.contains("follows"));
    row.classList.add("changed");
    old.replaceWith(row);
    if (wasAtEnd) this.toEnd();
  }

  deleted(chat, id) {
    this.messages = this.messages.filter((message) => message.chat !== chat || message.id !== id);
    this.find(`${chat}:${id}`)?.remove();
  }

  async press(message, key, node) {
    if (key.url) return this.onLink(key.url);
    node.classList.add("waiting");
    setTimeout(() => node.classList.remove("waiting"), 10000);
    const press = await this.try(act("press", { user: this.user, message: { chat: message.chat, id: message.id }, label: key.label }));
    if (!press || this.done.has(press)) node.classList.remove("waiting");
    else node.dataset.press = press;
    return press;
  }

  // The answer may be here before the press itself is known.
  answered(press) {
    this.done.add(press);
    this.log.querySelector(`[data-press="${press}"]`)?.classList.remove("waiting");
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

  toEnd() {
    this.log.scrollTop = this.log.scrollHeight;
  }

  async try(doing) {
    try {
      return await doing;
    } catch (trouble) {
      this.onTrouble(trouble.message);
      return null;
    }
  }
}
