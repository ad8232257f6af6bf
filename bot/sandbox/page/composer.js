// The line one writes in: words, commands, files, a voice, a place.

import { button, icon, make, toast } from "/page/dom.js";
import { act, base64 } from "/page/server.js";
import { word } from "/page/words.js";
import { inBrief } from "/page/bubbles.js";

const PICTURES = new Set(["image/jpeg", "image/png", "image/gif", "image/webp"]);

export class Composer {
  constructor({ user, chat, menu }) {
    Object.assign(this, { user, chat, menu, replyTo: null });
    this.field = make("textarea", "field");
    this.field.rows = 1;
    this.field.placeholder = word("write");
    this.field.setAttribute("aria-label", word("write"));
    this.field.addEventListener("input", () => this.onInput());
    this.field.addEventListener("keydown", (event) => this.onKey(event));
    this.reply = make("div", "reply-bar");
    this.reply.hidden = true;
    this.choices = make("div", "choices");
    this.choices.hidden = true;
    this.picker = make("input");
    this.picker.type = "file";
    this.picker.hidden = true;
    this.picker.multiple = true;
    this.picker.addEventListener("change", () => this.sendFiles(this.picker.files));
    this.node = make("form", "composer", this.reply, this.choices, this.bar());
    this.node.addEventListener("submit", (event) => { event.preventDefault(); this.send(); });
    this.node.addEventListener("keydown", (event) => { if (event.key === "Escape") this.close(); });
  }

  bar() {
    const commands = this.opener = button("round", word("commands"), () => this.toggle(this.commandLines()), icon("slash"));
    this.offer(this.menu);
    const send = make("button", "round send", icon("send"));
    send.setAttribute("aria-label", word("send"));
    const attach = button("round", word("attach"), () => this.toggle(this.attachLines()), icon("attach"));
    return make("div", "bar", commands, attach, this.field, send, this.picker);
  }

  // The commands this person is offered here, which the bot may change at any time: also while they are being looked at.
  offer(menu) {
    this.menu = menu;
    this.opener.hidden = !menu.length;
    if (this.field.value.startsWith("/")) this.onInput();
  }

  answer(message) {
    this.replyTo = message;
    const cancel = button("round", word("cancel_reply"), () => this.answer(null), icon("close"));
    this.reply.hidden = !message;
    if (message) {
      const words = make("span", "line-words", make("b", "", message.sender), make("small", "", inBrief(message)));
      this.reply.replaceChildren(icon("reply"), words, cancel);
    }
    this.field.focus();
  }

  // Put words into the field, for whoever only has to send them.
  suggest(words) {
    this.field.value = words;
    this.onInput();
    this.field.focus();
  }

  onInput() {
    this.field.style.height = "auto";
    const wanted = this.field.scrollHeight + 2; // its border is not counted
    this.field.style.height = `${Math.min(wanted, 140)}px`;
    this.field.style.overflowY = wanted > 140 ? "auto" : "hidden";
    const typed = this.field.value;
    if (/^\/\w*$/.test(typed) && this.menu.length) this.open(this.commandLines(typed.slice(1)));
    else this.close();
  }

  onKey(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.send();
  }

  commandLines(begun = "") {
    return this.menu.filter((entry) => entry.command.startsWith(begun)).map((entry) => {
      const words = make("span", "line-words", make("b", "", `/${entry.command}`), make("small", "", entry.description));
      return button("line", "", () => this.sendWords(`/${entry.command}`), words);
    });
  }

  attachLines() {
    const line = (sign, key, onClick) => button("line", "", () => { this.close(); onClick(); }, icon(sign), word(key));
    return [
      line("picture", "attach_file", () => this.picker.click()),
      line("microphone", "attach_voice", () => this.do("send_voice")),
      line("place", "attach_place", () => this.do("send_location")),
    ];
  }

  toggle(lines) {
    if (this.choices.hidden) this.open(lines);
    else this.close();
  }

  open(lines) {
    this.choices.replaceChildren(...lines);
    this.choices.hidden = !lines.length;
  }

  close() {
    this.choices.hidden = true;
  }

  send() {
    const words = this.field.value.trim();
    if (words) this.sendWords(words);
  }

  // The field is free at once: whoever types on while the words are on their way loses no letter.
  async sendWords(text) {
    this.close();
    const typed = this.emptied();
    this.field.focus();
    if (!await this.do("say", { text })) this.giveBack(typed);
  }

  emptied() {
    const typed = this.field.value;
    this.field.value = "";
    this.onInput();
    return typed;
  }

  // What was not sent is there again, unless something else has been typed.
  giveBack(typed) {
    if (this.field.value) return;
    this.field.value = typed;
    this.onInput();
  }

  async sendFiles(files) {
    const typed = this.emptied();
    const caption = typed.trim();
    const pictures = [...files].filter((file) => PICTURES.has(file.type));
    const sent = pictures.length > 1 && pictures.length === files.length
      ? [await this.do("send_album", { photos: await Promise.all(pictures.map(base64)), caption })]
      : await Promise.all([...files].map(async (file) => this.sendFile(file, await base64(file), caption)));
    if (!sent.every(Boolean)) this.giveBack(typed);
    this.picker.value = "";
  }

  sendFile(file, data, caption) {
    if (PICTURES.has(file.type)) return this.do("send_photo", { photo: data, caption });
    return this.do("send_document", { data, name: file.name, caption, mime: file.type || undefined });
  }

  async do(verb, details = {}) {
    const { replyTo } = this;
    const replied = replyTo ? { reply_to: { chat: replyTo.chat, id: replyTo.id } } : {};
    try {
      await act(verb, { user: this.user, chat: this.chat, ...details, ...replied });
      if (replyTo && replyTo === this.replyTo) this.answer(null);
      return true;
    } catch (trouble) {
      toast(trouble.message);
      return false;
    }
  }
}
