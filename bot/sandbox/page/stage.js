// What is around the chats: the day's clock, the bot's process, tours, situations. Only where somebody set a stage.

import { button, drawAnew, element, icon, make, sheet, toast } from "/page/dom.js";
import { stageDo, stageLook } from "/page/server.js";
import { Bonnet } from "/page/bonnet.js";
import { Tour } from "/page/tour.js";
import { clockTime, day, language, word } from "/page/words.js";

const JUMPS = [[60, "minutes_1"], [900, "minutes_15"], [3600, "hours_1"]];

export class Stage {
  constructor(page) {
    this.node = element("day");
    this.page = { ...page, stageDo: (verb, details) => this.do(verb, details), now: () => this.now() };
    this.bonnet = new Bonnet(element("bonnet"), this.page);
    this.tour = new Tour(element("tour"), this.page);
    this.face = make("time", "face");
    this.timetable = make("div", "sheet-list");
    Object.assign(this, { ahead: 0, seen: null, due: 0, looks: false, isStale: false });
    setInterval(() => this.tick(), 1000);
  }

  begin({ now, clock, stage }) {
    Object.assign(this, { hasClock: clock, hasStage: stage });
    this.node.hidden = !clock && !stage;
    this.clockMoved(now);
    this.draw();
  }

  // Something around the sandbox changed: look again, once for many changes.
  changed() {
    if (!this.hasStage) return;
    clearTimeout(this.due);
    this.due = setTimeout(() => this.look(), 60);
  }

  // One look at a time, and once more for whatever changed meanwhile: an older answer never covers a newer one.
  async look() {
    this.isStale = true;
    if (this.looks) return;
    this.looks = true;
    try {
      while (this.isStale) {
        this.isStale = false;
        const seen = await stageLook().catch(() => null); // the program is away: whoever finds it again looks again
        if (seen) await this.show(seen);
      }
    } finally {
      this.looks = false;
    }
  }

  async show(seen) {
    this.seen = seen;
    this.clockMoved(this.seen.now, { again: false });
    this.draw();
    this.fillTimetable();
    this.bonnet.show(this.seen);
    await this.tour.show(this.seen.tour);
  }

  redraw() {
    this.tour.point();
  }

  async do(verb, details = {}) {
    this.node.classList.add("busy");
    try {
      await (this.hasStage ? stageDo(verb, details) : this.page.act("move_clock", details));
    } catch (trouble) {
      toast(trouble.message);
    } finally {
      this.node.classList.remove("busy");
    }
  }

  // The clock

  now() {
    return Math.floor(Date.now() / 1000) + this.ahead;
  }

  clockMoved(now, { again = true } = {}) {
    this.ahead = now - Math.floor(Date.now() / 1000);
    this.tick();
    if (again) this.changed();
  }

  tick() {
    const shown = `${day(this.now())} ${clockTime(this.now())}`;
    if (shown === this.shown) return;
    this.shown = shown;
    this.face.replaceChildren(make("b", "", clockTime(this.now())), make("span", "", day(this.now())));
  }

  draw() {
    const { seen } = this;
    const shown = [language, seen?.bot, seen?.tours, seen?.due?.[0], seen?.running, this.bonnet.node.hidden, this.hasClock, this.hasStage];
    drawAnew(this.node, shown, () => {
      const parts = [this.face, this.hasClock ? this.jumps() : null];
      if (this.hasStage && seen) parts.push(make("span", "spring"), ...this.rest());
      return parts.filter(Boolean);
    });
  }

  jumps() {
    const { seen } = this;
    const keys = JUMPS.map(([seconds, key]) => button("quiet", "", () => this.do("clock", { seconds }), word(key)));
    if (seen) {
      const [next] = seen.due || [];
      const due = button("quiet next", next ? nameOf(next) : "", () => this.do("clock_to_due"), icon("next"), word("next_due"));
      due.append(next ? make("small", "", clockTime(next[0])) : "");
      due.disabled = !next;
      const runs = button("quiet", word("run"), () => this.do("clock_runs", { on: !seen.running }), icon(seen.running ? "pause" : "play"), "60×");
      runs.setAttribute("aria-pressed", String(seen.running));
      const night = button("quiet", word("night"), () => this.do("clock_to", { hour: 21 }), icon("moon"), make("span", "wide-only", word("night")));
      keys.push(due, runs, night, button("quiet", "", () => this.openTimetable(), word("timetable")));
    }
    return make("div", "jumps", ...keys);
  }

  openTimetable() {
    this.fillTimetable();
    sheet(word("timetable"), this.timetable);
  }

  // What comes up while somebody looks is on it, too.
  fillTimetable() {
    const lines = (this.seen.due || []).map((line) => make(
      "li", "", make("time", "", clockTime(line[0])), make("span", "", nameOf(line)), make("small", "", day(line[0])),
    ));
    this.timetable.replaceChildren(lines.length ? make("ol", "timetable", ...lines) : make("p", "hint", word("nothing_due")));
  }

  rest() {
    const { bot, tours } = this.seen;
    const standing = make("span", `standing ${bot}`, make("span", "label", word(`bot_${bot}`)));
    const under = button("quiet", word("bonnet"), () => this.bonnet.toggle(), icon("bonnet"), make("span", "label", word("bonnet")), standing);
    under.setAttribute("aria-expanded", String(!this.bonnet.node.hidden));
    const guide = tours.length ? button("quiet guide", word("tours"), () => this.offerTours(), icon("tour"), make("span", "label", word("tours"))) : null;
    return [guide, under];
  }

  offerTours() {
    const lines = this.seen.tours.map((name) => button("line", "", () => {
      dialog.close();
      this.do("tour", { name });
    }, icon("tour"), make("span", "line-words", make("b", "", word(`tour_${name}`)), make("small", "", word(`tour_${name}_about`)))));
    const dialog = sheet(word("tours"), make("p", "note", word("tours_note")), make("div", "sheet-list tours", ...lines));
  }
}

// What is due, in words: the step of a round, a report nobody answered, a directive's missing.
function nameOf([, kind, count]) {
  const what = word(`due_${kind.replace(".", "_")}`);
  return count > 1 ? `${what} (${count})` : what;
}
