// One message as a bubble.

import { avatar, button, icon, make, named, sheet } from "/page/dom.js";
import { clockTime, word } from "/page/words.js";

const SERVICE = new Set([
  "new_chat_members", "left_chat_member", "new_chat_title", "group_chat_created",
  "migrate_to_chat_id", "migrate_from_chat_id", "pinned_message",
]);

export const keyOf = (message) => `${message.chat}:${message.id}`;

// What a message is in one line: for lists, replies and pins.
export function inBrief(message) {
  if (SERVICE.has(message.kind)) return serviceWords(message);
  const kind = message.kind && message.kind !== "text" ? word(message.kind) : "";
  return [kind, message.text].filter(Boolean).join(": ").replace(/\s+/g, " ");
}

function serviceWords(message) {
  const who = message.mine ? word("you") : message.sender;
  const joined = message.kind === "new_chat_members" && message.sender.split(" ").includes(message.text);
  return word(joined ? "joined" : message.kind, { who, text: shortened(message.text || "") });
}

function shortened(text) {
  return text.length > 80 ? `${text.slice(0, 78).trimEnd()}…` : text;
}

// The messages in the order they came, those of one album together.
export function albums(messages) {
  const found = [];
  for (const message of messages) {
    const last = found.at(-1);
    if (message.album && message.album === last?.[0].album) last.push(message);
    else found.push([message]);
  }
  return found;
}

// `rest` are the other messages of an album, which are shown in the bubble of the first.
export function bubble(message, rest, { inGroup, onPress, onReply, onJump, onCommand, onLink }) {
  if (SERVICE.has(message.kind)) {
    const line = make("div", "service", make("span", "", serviceWords(message)));
    line.dataset.key = keyOf(message);
    return line;
  }
  const row = make("article", `row ${message.mine ? "mine" : "theirs"}`);
  row.dataset.key = keyOf(message);
  row.dataset.sender = message.sender_id;
  if (inGroup && !message.mine) row.append(avatar(message.sender, message.sender_id));
  const box = make("div", "bubble");
  if (inGroup && !message.mine) {
    const by = message.by_bot ? make("small", "", word("bot")) : null;
    box.append(make("div", `sender ink-${Math.abs(message.sender_id) % 7}`, message.sender, by));
  }
  if (message.forwarded_from) box.append(make("div", "forwarded", word("forwarded", { name: message.forwarded_from })));
  if (message.reply_to) box.append(quote(message, onJump));
  const content = rest.length ? album([message, ...rest]) : contentOf(message);
  if (content) box.append(content);
  const reply = button("reply-to", word("reply"), () => onReply(message), icon("reply"));
  box.append(words(message, { onCommand, onLink }), marks(message, reply));
  const column = make("div", "column", box);
  if (message.buttons) column.append(keyboard(message, onPress));
  row.append(column);
  return row;
}

function quote(message, onJump) {
  const node = button("quote", "", () => onJump(`${message.chat}:${message.reply_to}`));
  node.append(make("b", "", message.reply_sender || ""), make("span", "", message.reply_text || "…"));
  return node;
}

function album(messages) {
  return make("div", "album", ...messages.map((message) => {
    const part = make("div", "", contentOf(message));
    part.dataset.key = keyOf(message);
    return part;
  }));
}

function contentOf(message) {
  const source = `/page/content/${encodeURIComponent(message.file || "")}`;
  if (message.kind === "photo" || message.kind === "sticker") {
    const picture = make("img", `picture ${message.kind}`);
    picture.src = source;
    picture.alt = word(message.kind);
    picture.loading = "lazy";
    if (message.kind === "sticker") return picture;
    return button("opener", word("enlarge"), () => enlarge(source), picture);
  }
  if (message.kind === "voice" || message.kind === "audio") return voice(message);
  if (message.place) return place(message);
  if (!message.file) return null;
  const link = make("a", "file", make("span", "file-icon", icon("file")));
  link.href = source;
  link.download = message.file_name || "file";
  const size = message.file_size > 1048576
    ? `${(message.file_size / 1048576).toFixed(1)} MB`
    : `${Math.max(1, Math.round((message.file_size || 0) / 1024))} KB`;
  link.append(make("span", "file-words", make("b", "", message.file_name || word(message.kind)), make("small", "", size)));
  return link;
}

function enlarge(source) {
  const picture = make("img", "enlarged");
  picture.src = source;
  picture.alt = word("photo");
  sheet(word("photo"), picture);
}

// The sandbox keeps the length of a recording and none of its sound: playing it only moves along the bars.
function voice(message) {
  const bars = make("span", "bars");
  for (let number = 0; number < 26; number += 1) {
    bars.append(make("i", `bar-${(message.id * 7 + number * number * 3) % 6}`));
  }
  const seconds = message.seconds || 0;
  const length = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  const node = make("div", "voice");
  const start = () => { node.classList.remove("playing"); requestAnimationFrame(() => node.classList.add("playing")); };
  node.append(button("file-icon", word("listen"), start, icon("play")), make("span", "", bars, make("small", "", length)));
  return node;
}

function place(message) {
  const [latitude, longitude] = message.place;
  const words = `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`;
  const map = make("div", "place", make("span", "place-map", icon("place")), make("small", "", words));
  map.title = word("map");
  return map;
}

const TAGS = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "code", spoiler: "span" };

// The words with their entities. Offsets count UTF-16 units, as JavaScript's own strings do.
function words(message, { onCommand, onLink }) {
  const node = make("div", "words");
  let at = 0;
  for (const entity of message.entities || []) {
    if (entity.offset < at) continue;
    node.append(message.text.slice(at, entity.offset));
    at = entity.offset + entity.length;
    node.append(marked(message.text.slice(entity.offset, at), entity, { onCommand, onLink }));
  }
  node.append((message.text || "").slice(at));
  return node;
}

function marked(text, entity, { onCommand, onLink }) {
  if (entity.type === "bot_command") return button("inline-link", "", () => onCommand(text), text);
  if (entity.type === "url" || entity.type === "text_link") {
    return button("inline-link", "", () => onLink(entity.url || text), text);
  }
  return make(TAGS[entity.type] || "span", entity.type, text);
}

function marks(message, reply) {
  const node = make("div", "marks", reply);
  const sign = (name) => {
    const mark = make("span", "mark", icon(name));
    mark.setAttribute("role", "img");
    return named(mark, word(name === "pin" ? "pinned" : name === "lock" ? "protected" : name));
  };
  if (message.pinned) node.append(sign("pin"));
  if (message.protected) node.append(sign("lock"));
  if (message.silent) node.append(sign("silent"));
  if (message.edited) node.append(make("span", "", word("edited")));
  node.append(make("time", "", clockTime(message.date)));
  return node;
}

function keyboard(message, onPress) {
  const rows = message.buttons.map((row) => make("div", "key-row", ...row.map((key) => {
    const node = button("key", "", () => onPress(message, key, node), key.label);
    node.dataset.label = key.label;
    if (key.url) node.append(icon("link"));
    return node;
  })));
  return make("div", "keys", ...rows);
}
