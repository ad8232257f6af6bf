// The bar of those one plays most, and the way to everybody else.

import { avatar, button, icon, make } from "/page/dom.js";
import { choose } from "/page/people.js";
import { known, word } from "/page/words.js";

export class Cast {
  constructor(node, { onChoose }) {
    Object.assign(this, { node, onChoose, waiting: new Set() });
  }

  draw(people, person) {
    Object.assign(this, { people, person });
    this.waiting.delete(person.id);
    const players = people.filter((one) => one.part);
    const shown = players.includes(person) ? players : [person, ...players];
    const others = button("chip other", "", () => choose(people, person.id, this.onChoose), icon("people"), word("other_person"));
    this.node.replaceChildren(...shown.map((one) => this.chip(one)), others);
    const current = this.node.querySelector("[aria-pressed=true]");
    current?.scrollIntoView({ inline: "nearest", block: "nearest" });
  }

  chip(person) {
    const isCurrent = person === this.person;
    const part = person.part ? known(`part_${person.part}`, person.role) : person.role;
    const words = make("span", "chip-words", make("b", "", part), make("small", "", person.name));
    const node = button("chip", "", () => this.onChoose(person), avatar(person.name, person.id), words);
    node.setAttribute("aria-pressed", String(isCurrent));
    node.dataset.person = person.id;
    node.title = person.role || person.name;
    node.classList.toggle("waiting-for", this.waiting.has(person.id));
    return node;
  }

  // Somebody else on the bar has heard from the bot.
  mark(user) {
    this.waiting.add(user);
    this.node.querySelector(`[data-person="${user}"]`)?.classList.add("waiting-for");
  }
}
