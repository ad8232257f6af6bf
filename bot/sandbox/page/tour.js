// A guided tour: one step at a time, who does it, and where. The visitor does it, or has it done.

import { button, drawAnew, icon, make } from "/page/dom.js";
import { clockTime, language, word } from "/page/words.js";

export class Tour {
  constructor(node, page) {
    Object.assign(this, { node, page, tour: null, gone: "", shown: "" });
  }

  async show(tour) {
    this.tour = tour;
    this.node.hidden = !tour;
    document.body.classList.toggle("touring", Boolean(tour));
    if (!tour) return this.point();
    await this.go(tour);
    this.draw();
    return this.point();
  }

  // Bring whoever does the step, and the chat it is done in, before the visitor's eyes: once, for they may look around.
  async go({ now, plays }) {
    const step = JSON.stringify(now || null);
    if (step !== this.gone && plays && now?.who) await this.page.become(now.who);
    this.gone = step;
    const shown = `${step} ${this.page.state.person?.id}`;
    if (shown === this.shown || !this.isMine()) return;
    if (await this.page.columns.open(now.chat)) this.shown = shown;
  }

  isMine() {
    const { now } = this.tour;
    return Boolean(now?.who) && now.who === this.page.state.person?.id;
  }

  draw() {
    const { tour } = this;
    const done = tour.done?.length || 0;
    Object.assign(this.node.dataset, { done, kind: tour.now?.kind || "", ended: tour.ended || "" });
    drawAnew(this.node, [language, tour, this.isMine()], () => this.parts(done));
  }

  parts(done) {
    const { tour } = this;
    const count = make("small", "", tour.ended ? "" : word("step_of", { n: Math.min(done + 1, tour.steps), steps: tour.steps }));
    const close = button("round", word("tour_leave"), () => this.page.stageDo("tour_end"), icon("close"));
    const head = make("header", "", icon("tour"), make("b", "", word(`tour_${tour.name}`)), count, close);
    const bar = make("progress", "");
    Object.assign(bar, { max: tour.steps, value: tour.ended === "finished" ? tour.steps : done });
    bar.setAttribute("aria-label", word("tours"));
    const body = tour.ended ? this.ending() : this.step();
    return [head, bar, ...body];
  }

  step() {
    const { now, told, plays } = this.tour;
    const narrator = told?.[language] ? make("p", "told", told[language]) : null;
    if (!now || now.kind === "crowd") return [narrator, make("p", "hint", now ? sentence(now) : word("bot_works")), this.past("past")].filter(Boolean);
    const keys = [];
    if (now.who && !this.isMine()) keys.push(button("primary", "", () => this.page.become(now.who), word("become", { name: now.name })));
    else if (now.kind === "write") keys.push(button("primary", "", () => this.fill(), word("fill_in")));
    else if (now.kind === "clock") keys.push(button("primary", "", () => this.help(), word("let_pass")));
    if (!plays && now.kind !== "clock") keys.push(button("quiet", "", () => this.help(), word("do_for_me")));
    if (!plays) keys.push(button("quiet", "", () => this.help(true), word("play_all")));
    return [narrator, make("p", "task", sentence(now)), make("div", "keys-line", ...keys), this.past("past")].filter(Boolean);
  }

  ending() {
    const { name, done = [], ended } = this.tour;
    const steps = done.filter((step) => step.kind !== "crowd"); // nobody can be a crowd
    const own = steps.filter((step) => !step.played);
    const again = button("primary", "", () => this.page.stageDo("tour", { name }), word("tour_again"));
    const words = word(ended === "finished" ? "tour_finished" : "tour_astray", { own: own.length, steps: steps.length });
    return [make("p", "task", words), make("div", "keys-line", again), this.past("")];
  }

  // What has been done so far, and by whom.
  past(className) {
    return make("ol", `steps ${className}`, ...(this.tour.done || []).map((step) => make(
      "li", step.played ? "" : "own", make("span", "", sentence(step)), make("small", "", word(step.played ? "was_played" : "was_you")),
    )));
  }

  // Named by the steps before it: whoever taps twice has one step done for them.
  help(all = false) {
    return this.page.stageDo("tour_help", { after: this.tour.done?.length || 0, with_all: all });
  }

  async fill() {
    const { chat, words } = this.tour.now;
    const { columns, loadLines } = this.page;
    if (!columns.talkOf(chat)?.composer) await loadLines(); // Start was pressed a moment ago
    await columns.open(chat);
    columns.talkOf(chat)?.composer?.suggest(words);
  }

  // Light up what the step is about: a button in a chat, or somebody on the bar.
  point() {
    for (const node of document.querySelectorAll(".pointed")) node.classList.remove("pointed");
    const now = this.tour?.now;
    if (!now?.who) return;
    if (!this.isMine()) document.querySelector(`[data-person="${now.who}"]`)?.classList.add("pointed");
    else if (now.kind === "start") this.page.columns.talkOf(now.chat)?.foot.querySelector("button")?.classList.add("pointed");
    else if (now.kind === "write") this.page.columns.talkOf(now.chat)?.foot.querySelector(".field")?.classList.add("pointed");
    else this.pointAtKey(now);
  }

  pointAtKey(now) {
    const key = this.page.columns.talkOf(now.chat)?.keyCalled(now.label, `${now.chat}:${now.message}`);
    if (!key) return;
    key.classList.add("pointed");
    key.scrollIntoView({ block: "nearest" });
  }
}

function sentence(step) {
  return word(`step_${step.kind}`, { ...step, time: step.until ? clockTime(step.until) : "" });
}
