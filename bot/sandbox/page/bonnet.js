// Under the bonnet: the bot's process, its mail, troubles to switch on, and every call with its answer.

import { button, icon, make } from "/page/dom.js";
import { stageBooks, stageLoad } from "/page/server.js";
import { clockTime, word } from "/page/words.js";

const TROUBLES = ["too_many", "server_error", "timeout_before", "timeout_after", "reset_before", "reset_after", "slow"];
const EVERY = 1000;

export class Bonnet {
  constructor(node, page) {
    Object.assign(this, { node, page, faults: [], newest: 0, standing: "" });
    this.process = make("div", "keys-line");
    this.counts = make("dl", "counts");
    this.troubles = make("div", "switches");
    this.calls = make("ol", "calls");
    this.picker = make("input");
    Object.assign(this.picker, { type: "file", accept: ".zip", hidden: true });
    this.picker.addEventListener("change", () => this.load());
  }

  toggle() {
    this.node.hidden = !this.node.hidden;
    if (this.node.hidden) return;
    this.draw();
    this.look();
  }

  draw() {
    const close = button("round", word("close"), () => this.toggle(), icon("close"));
    const { stageDo } = this.page;
    const save = make("a", "quiet", word("save"));
    Object.assign(save, { href: "/stage/situation", download: "" });
    this.node.replaceChildren(
      make("header", "sheet-head", make("h2", "", word("bonnet")), close),
      make("h3", "", word("bot_process")), this.process,
      make("h3", "", word("mail")), this.counts,
      make("h3", "", word("troubles")), make("p", "note", word("troubles_note")), this.troubles,
      make("h3", "", word("situation")),
      make("div", "keys-line", button("quiet", "", () => stageDo("reset"), word("reset")), save, button("quiet", "", () => this.picker.click(), word("load")), this.picker),
      make("h3", "", word("calls")), this.calls,
    );
    this.drawProcess();
  }

  show({ bot }) {
    if (bot === this.standing) return;
    this.standing = bot;
    this.drawProcess();
  }

  drawProcess() {
    const verbs = this.standing === "down" ? ["start"] : ["kill", "stop"];
    const keys = verbs.map((verb) => button("quiet", "", () => this.page.stageDo("bot", { do: verb }), word(`bot_${verb}`)));
    this.process.replaceChildren(make("span", `standing ${this.standing}`, word(`bot_${this.standing}`)), ...keys);
  }

  // Look again every second for as long as the bonnet is open.
  async look() {
    if (this.node.hidden) return;
    const books = await stageBooks().catch(() => null);
    if (books) this.fill(books);
    setTimeout(() => this.look(), EVERY);
  }

  fill({ inbox, outbox, ledger, faults, calls }) {
    const figures = { inbox, outbox, ...ledger };
    this.counts.replaceChildren(...Object.entries(figures).map(([key, value]) => make(
      "div", value && ["lost", "twice"].includes(key) ? "bad" : "", make("dt", "", word(`count_${key}`)), make("dd", "", value === null ? "–" : String(value)),
    )));
    this.drawTroubles(faults);
    for (const call of calls.filter((one) => one.number > this.newest)) this.calls.prepend(callLine(call));
    this.newest = calls.at(-1)?.number ?? this.newest;
    while (this.calls.children.length > 120) this.calls.lastChild.remove();
  }

  drawTroubles(faults) {
    if (this.troubles.children.length && faults.join() === this.faults.join()) return;
    this.faults = faults;
    this.troubles.replaceChildren(...TROUBLES.map((trouble) => {
      const isOn = faults.includes(trouble);
      const others = faults.filter((one) => one !== trouble);
      const turn = () => this.page.stageDo("faults", { switched_on: isOn ? others : [...others, trouble] });
      const node = button("switch", "", turn, word(`trouble_${trouble}`));
      node.setAttribute("aria-pressed", String(isOn));
      return node;
    }), ...this.blows());
  }

  // Troubles that people make: somebody blocks the bot, a group puts it out.
  blows() {
    const { state, columns, act, stageDo } = this.page;
    const bot = state.bots[0]?.id;
    const block = () => act("block", { user: state.person.id, bot });
    const kick = () => {
      const group = columns.talks().find((talk) => talk.line.id === columns.current && talk.line.kind !== "private");
      stageDo("put_out", { chat: (group || columns.talks().at(-1)).line.id });
    };
    return [button("switch", "", block, word("trouble_blocked")), button("switch", "", kick, word("trouble_kicked"))];
  }

  async load() {
    const [file] = this.picker.files;
    if (file) await stageLoad(file);
    this.picker.value = "";
  }
}

function callLine(call) {
  const head = make(
    "summary", call.status === 200 ? "" : "bad", make("time", "", clockTime(call.at)), make("b", "", call.method),
    make("span", "", call.trouble ? word(`trouble_${call.trouble}`) : String(call.status)),
  );
  const told = call.status === 200 ? call.result : call.said;
  const node = make("details", "", head);
  node.addEventListener("toggle", () => {
    if (node.childElementCount > 1) return;
    node.append(make("pre", "", JSON.stringify(call.asked, null, 1)), make("pre", "", JSON.stringify(told, null, 1)));
  });
  return make("li", "", node);
}
