// The page's sentences, from one catalogue per language.

let catalogue = {};
export let language = localStorage.getItem("language") || "vi";

export async function load(wanted) {
  const chosen = wanted === "en" ? "en" : "vi";
  catalogue = await (await fetch(`/page/${chosen}.json`)).json();
  language = chosen; // with its words, so that nothing is drawn in the one and said to be in the other
  localStorage.setItem("language", language);
  document.documentElement.lang = language;
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = word(node.dataset.word);
  for (const node of document.querySelectorAll("[data-label]")) node.setAttribute("aria-label", word(node.dataset.label));
}

export function word(key, values = {}) {
  const sentence = catalogue[key] ?? key;
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

// The sentence of that key, or what stands in for one that whoever set the stage has named by itself.
export const known = (key, otherwise) => (key in catalogue ? word(key) : otherwise);

const ZONE = "Asia/Ho_Chi_Minh";

export function clockTime(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit", timeZone: ZONE });
}

export function day(seconds) {
  const locale = language === "en" ? "en-GB" : "vi-VN";
  return new Date(seconds * 1000).toLocaleDateString(locale, {
    weekday: "long", day: "numeric", month: "long", timeZone: ZONE,
  });
}

export function shortDay(seconds) {
  return new Date(seconds * 1000).toLocaleDateString("vi-VN", { day: "2-digit", month: "2-digit", timeZone: ZONE });
}

export function sameDay(one, other) {
  return day(one) === day(other) && Math.abs(one - other) < 172800;
}

// "páo" finds "Páo", "pao" finds it too.
export function folded(text) {
  return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
}
