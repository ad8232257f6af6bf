// Choosing somebody: whom to be, who is in a group, which group is meant.

import { avatar, button, make, sheet } from "/page/dom.js";
import { folded, word } from "/page/words.js";

const SHOWN = 60;

export function choose(people, current, onChoose) {
  const search = make("input", "search");
  search.type = "search";
  search.placeholder = word("search");
  search.setAttribute("aria-label", word("search"));
  const list = make("div", "sheet-list");
  const dialog = sheet(word("choose_person"), search, list);
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
  search.focus();
}

function line(person, isCurrent, onClick) {
  const words = make("span", "line-words", make("b", "", person.name), make("small", "role", person.role));
  if (person.chats.length) words.append(make("small", "", person.chats.join(" · ")));
  const node = button(`line ${isCurrent ? "current" : ""}`, "", onClick, avatar(person.name, person.id), words);
  if (isCurrent) node.setAttribute("aria-current", "true");
  return node;
}

// Who is in a group; for whoever leads it, with what they may do about each. `onDo` carries it out.
export function listPeople(group, members, user, onDo) {
  const list = make("div", "sheet-list", ...members.map((member) => {
    const { id, is_bot: isBot } = member.user;
    const name = [member.user.first_name, member.user.last_name].filter(Boolean).join(" ");
    const standing = [isBot ? word("bot") : "", word(`status_${member.status}`)].filter(Boolean).join(" · ");
    const words = make("span", "line-words", make("b", "", name), make("small", "", standing));
    const node = make("div", "line", avatar(name, id), words);
    if (group.leads && id !== user && member.status !== "creator") node.append(...deeds(member).map(
      (verb) => button("quiet", "", () => onDo(verb, id), word(`verb_${verb}`)),
    ));
    return node;
  }));
  return sheet(group.title, list);
}

function deeds(member) {
  const lead = member.status === "administrator" ? "demote" : "promote";
  return [lead, "remove"];
}

export function pickGroup(groups, onPick, title = word("choose_group")) {
  const list = make("div", "sheet-list", ...groups.map((group) => {
    const words = make("span", "line-words", make("b", "", group.title));
    return button("line", "", () => { dialog.close(); onPick(group); }, avatar(group.title, group.id), words);
  }));
  if (!groups.length) list.append(make("p", "hint", word("no_group")));
  const dialog = sheet(title, list);
}
