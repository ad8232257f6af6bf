// Choosing whom to be.

import { avatar, button, icon, make } from "/page/dom.js";
import { folded, word } from "/page/words.js";

const SHOWN = 60;

export function choose(people, current, onChoose) {
  const dialog = document.getElementById("people");
  const search = make("input", "search");
  search.type = "search";
  search.placeholder = word("search");
  search.setAttribute("aria-label", word("search"));
  const list = make("div", "people-list");
  const close = button("round", word("close"), () => dialog.close(), icon("close"));
  const head = make("header", "people-head", make("h2", "", word("choose_person")), close);
  dialog.replaceChildren(head, search, list);

  const index = people.map((person) => [person, folded(`${person.name} ${person.role} ${person.chats.join(" ")}`)]);
  const fill = () => {
    const wanted = folded(search.value.trim()).split(/\s+/).filter(Boolean);
    const found = index.filter(([, text]) => wanted.every((part) => text.includes(part))).map(([person]) => person);
    list.replaceChildren(...found.slice(0, SHOWN).map((person) => line(person, person.id === current, () => {
      dialog.close();
      onChoose(person);
    })));
    if (!found.length) list.append(make("p", "hint", word("nobody")));
    if (found.length > SHOWN) list.append(make("p", "hint", word("more_people", { n: found.length - SHOWN })));
  };
  search.addEventListener("input", fill);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") list.querySelector("button")?.click();
  });
  fill();
  dialog.showModal();
  search.focus();
}

function line(person, isCurrent, onClick) {
  const words = make("span", "line-words", make("b", "", person.name), make("small", "role", person.role));
  if (person.chats.length) words.append(make("small", "", person.chats.join(" · ")));
  const node = button(`line ${isCurrent ? "current" : ""}`, "", onClick, avatar(person.name, person.id), words);
  if (isCurrent) node.setAttribute("aria-current", "true");
  return node;
}

export function listPeople(title, members) {
  const dialog = document.getElementById("people");
  const close = button("round", word("close"), () => dialog.close(), icon("close"));
  const list = make("div", "people-list", ...members.map((member) => {
    const name = [member.first_name, member.last_name].filter(Boolean).join(" ");
    const words = make("span", "line-words", make("b", "", name), make("small", "", member.is_bot ? word("bot") : ""));
    return make("div", "line", avatar(name, member.id), words);
  }));
  dialog.replaceChildren(make("header", "people-head", make("h2", "", title), close), list);
  dialog.showModal();
}

export function pickGroup(groups, onPick) {
  const dialog = document.getElementById("people");
  const close = button("round", word("close"), () => dialog.close(), icon("close"));
  const list = make("div", "people-list", ...groups.map((group) => {
    const words = make("span", "line-words", make("b", "", group.title));
    return button("line", "", () => { dialog.close(); onPick(group); }, avatar(group.title, group.id), words);
  }));
  if (!groups.length) list.append(make("p", "hint", word("no_group")));
  dialog.replaceChildren(make("header", "people-head", make("h2", "", word("choose_group")), close), list);
  dialog.showModal();
}
