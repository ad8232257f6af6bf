// Elements without innerHTML: words only ever become text.

import { word } from "/page/words.js";

export const element = (id) => document.getElementById(id);

export function make(tag, className = "", ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

export function button(className, label, onClick, ...children) {
  const node = make("button", className, ...children);
  node.type = "button";
  if (label) named(node, label);
  node.addEventListener("click", onClick);
  return node;
}

// What a control without words is called, for the eye and for the ear.
export function named(node, label) {
  node.setAttribute("aria-label", label);
  node.title = label;
  return node;
}

// Draw what this node holds, unless it shows so already: a button that is drawn anew between a finger's touch and its
// lifting would hear nothing. Whoever works with the keyboard keeps their place.
export function drawAnew(node, shown, draw) {
  const wanted = JSON.stringify(shown);
  if (wanted === drawn.get(node)) return;
  drawn.set(node, wanted);
  const at = [...node.querySelectorAll("button")].indexOf(document.activeElement);
  node.replaceChildren(...draw());
  if (at >= 0) node.querySelectorAll("button")[at]?.focus();
}

const drawn = new WeakMap();

export function toast(text) {
  const node = make("div", "toast", text);
  element("toasts").append(node);
  setTimeout(() => node.remove(), 4500);
}

// A dialog over the page, closed by its cross, by Escape, or by what is chosen in it.
export function sheet(title, ...content) {
  const dialog = element("sheet");
  const close = button("round", word("close"), () => dialog.close(), icon("close"));
  dialog.replaceChildren(make("header", "sheet-head", make("h2", "", title), close), ...content);
  dialog.setAttribute("aria-label", title);
  if (!dialog.open) dialog.showModal();
  return dialog;
}

const PATHS = {
  attach: "M19 11l-7.5 7.5a4.2 4.2 0 0 1-6-6L13 5a2.8 2.8 0 0 1 4 4l-7.4 7.4a1.4 1.4 0 0 1-2-2L14 8",
  bonnet: "M3 17l3-8h8l7 3v5M3 17h18M8 17a2 2 0 1 0 .1 0M17 17a2 2 0 1 0 .1 0M6 9l8-5",
  check: "M5 12.5l4.5 4.5L19 7.5",
  close: "M6 6l12 12M18 6L6 18",
  down: "M6 9l6 6 6-6",
  file: "M7 3h7l4 4v14H7zM14 3v4h4",
  forward: "M14 6l6 6-6 6M20 12h-9c-4 0-7 2-7 6",
  link: "M8 16l8-8M10 8h6v6",
  lock: "M7 11h10v9H7zM9 11V8a3 3 0 0 1 6 0v3",
  microphone: "M12 15a3 3 0 0 0 3-3V6a3 3 0 0 0-6 0v6a3 3 0 0 0 3 3zM6 12a6 6 0 0 0 12 0M12 18v3",
  moon: "M12 3a9 9 0 1 0 9 9 7 7 0 0 1-9-9z",
  more: "M12 6v.1M12 12v.1M12 18v.1",
  next: "M5 5l8 7-8 7zM17 5v14",
  pause: "M8 5v14M16 5v14",
  people: "M9 11a3 3 0 1 0 0-.1M3.5 19c0-3 2.5-5 5.5-5s5.5 2 5.5 5M16.5 11.5a2.5 2.5 0 1 0 0-.1M17 14.5c2.2.3 3.7 2 3.7 4.5",
  picture: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9.5a1 1 0 1 0 0-.1",
  pin: "M9 4h6l-1 6 3 3v2H7v-2l3-3zM12 15v5",
  place: "M12 21c4-5 7-8 7-11a7 7 0 1 0-14 0c0 3 3 6 7 11zM12 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  play: "M8 5l11 7-11 7z",
  reply: "M10 6L4 12l6 6M4 12h9c4 0 7 2 7 6",
  send: "M4 12l16-8-6 16-3-7z",
  silent: "M9 19a3 3 0 0 0 6 0M6 16v-5a6 6 0 0 1 9-5.2M18 11v5M4 4l16 16",
  slash: "M5 5h14v14H5zM14 8l-4 8",
  theme: "M12 4a8 8 0 1 0 0 16zM12 4a8 8 0 0 1 0 16",
  tour: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM15.5 8.5l-2 5-5 2 2-5z",
};

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("icon");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

// A round badge with somebody's initial; the same number always has the same colour.
export function avatar(name, id) {
  const words = name.trim().split(/\s+/).filter((part) => /^\p{L}/u.test(part));
  const node = make("span", `avatar tint-${Math.abs(id) % 7}`, (words.at(-1) || "?").charAt(0).toUpperCase());
  node.setAttribute("aria-hidden", "true");
  return node;
}
