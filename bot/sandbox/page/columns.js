// The chats side by side: the private one, and a column for each shelf of groups. Narrow screens show one of them.

import { button, drawAnew, icon, make } from "/page/dom.js";
import { Talk } from "/page/talk.js";
import { known, word } from "/page/words.js";

const PRIVATE = "private";

export class Columns {
  constructor(node, tabs, { onLink, onOpen }) {
    Object.assign(this, { node, tabs, onLink, onOpen, columns: new Map(), chosen: new Map(), lines: [], current: 0, cleared: 0 });
  }

  clear() {
    this.columns.clear();
    this.node.replaceChildren();
    Object.assign(this, { lines: [], current: 0, cleared: this.cleared + 1 });
  }

  // Show this person's chats; those open already stay as they are.
  async show(user, lines, shelves, chat = 0) {
    Object.assign(this, { user, lines });
    // Whoever has a group before their eyes goes on with the supergroup it becomes.
    const wanted = lines.find((line) => line.id === chat || (line.migrated_from && line.migrated_from === this.current));
    if (wanted) this.chosen.set(shelfOf(wanted), wanted.id);
    const names = [PRIVATE, ...shelves];
    if (lines.some((line) => shelfOf(line) === "")) names.push("");
    const { cleared } = this;
    await Promise.all(names.map((name) => this.fill(name)));
    if (cleared !== this.cleared) return; // somebody else's chats are on their way
    this.stand(names.map((name) => this.columns.get(name).node));
    const isThere = lines.some((line) => line.id === this.current);
    if (wanted || !isThere) this.current = wanted?.id || this.columns.get(PRIVATE).talk?.line.id || lines[0]?.id || 0;
    this.drawTabs();
  }

  // A chat that is taken out and put back begins at its top again: whoever stands right stays untouched.
  stand(nodes) {
    for (const [at, node] of nodes.entries()) {
      if (this.node.children[at] !== node) this.node.insertBefore(node, this.node.children[at] || null);
    }
    while (this.node.children.length > nodes.length) this.node.lastElementChild.remove();
  }

  async fill(name) {
    const lines = this.lines.filter((line) => shelfOf(line) === name);
    const line = lines.find((one) => one.id === this.chosen.get(name)) || lines[0];
    const column = this.columns.get(name);
    if (column?.talk && column.talk.line.id === line?.id) return column.talk.refit(line, lines);
    const talk = line && new Talk(this.user, line, { onLink: this.onLink, onSwitch: (id) => this.open(id) });
    const node = talk ? talk.node : spine(name);
    this.columns.set(name, { node, talk });
    if (!talk) return null;
    node.dataset.shelf = name;
    column?.node.replaceWith(node);
    return talk.open(lines);
  }

  drawTabs() {
    const shown = [...this.columns].map(([name, { node, talk }]) => {
      const chat = talk?.line.id;
      const isCurrent = chat === this.current;
      node.classList.toggle("current", isCurrent);
      return { words: shelfName(name), chat, isCurrent, unread: talk && !isCurrent ? talk.line.unread : 0 };
    });
    drawAnew(this.tabs, shown, () => shown.map((each) => this.tab(each)));
    this.talkOf(this.current)?.read();
  }

  tab({ words, chat, isCurrent, unread }) {
    const tab = button("tab", "", () => this.open(chat), words);
    if (!chat) tab.prepend(icon("lock"));
    if (unread) tab.append(make("span", "badge", unread > 99 ? "99+" : String(unread)));
    tab.disabled = !chat;
    if (isCurrent) tab.setAttribute("aria-current", "true");
    return tab;
  }

  // Bring one chat to the front of its column, and its column to the front of a narrow screen; whether it is there.
  async open(chat) {
    const line = this.lines.find((one) => one.id === chat);
    if (!line) return false;
    this.chosen.set(shelfOf(line), chat);
    await this.fill(shelfOf(line));
    this.current = chat;
    this.drawTabs();
    this.onOpen();
    return true;
  }

  talks() {
    return [...this.columns.values()].map(({ talk }) => talk).filter(Boolean);
  }

  talkOf(chat) {
    return this.talks().find((talk) => talk.line.id === chat);
  }

  take(news) {
    if (news.kind === "menu") return this.refreshMenusSoon();
    if (news.kind === "message") return this.talkOf(news.chat)?.arrived(news.message);
    if (news.kind === "deleted") return this.talks().forEach((talk) => talk.deleted(news.chat, news.id));
    if (news.message) return this.talks().forEach((talk) => talk.edited(news.message));
    return null;
  }

  // Once for many: a district that has just begun is given its menus one after the other.
  refreshMenusSoon() {
    clearTimeout(this.menusDue);
    this.menusDue = setTimeout(() => this.talks().forEach((talk) => talk.refreshMenu()), 100);
  }

  answered(press) {
    this.talks().forEach((talk) => talk.answered(press));
  }
}

const shelfOf = (line) => (line.kind === PRIVATE ? PRIVATE : line.shelf || "");
const shelfName = (name) => known(`shelf_${name || "other"}`, name);

// Where a column would stand for somebody who is in none of its groups.
function spine(name) {
  const node = make("section", "spine", icon("lock"), make("span", "", shelfName(name)));
  node.title = word("not_a_member");
  return node;
}
