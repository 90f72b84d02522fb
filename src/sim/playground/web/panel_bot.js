// The bot: its tree with calls, its intents, its log. Only a bot of the same process shows these.

import { clockToMs, el, fill, iconButton } from "./dom.js";

/** How often the bot is asked while its tab is shown. */
const PERIOD_MS = 1000;
/** How many lines of the log are kept. */
const MAX_LINES = 1000;
/** How many are drawn. */
const MAX_DRAWN = 200;
const LEVELS = ["ERROR", "WARN", "INFO", "DEBUG"];

export class BotTab {
  /** `isShown()` says whether the user sees this tab. */
  constructor(page, isShown) {
    this.page = page;
    this.isShown = isShown;
    this.lines = [];
    this.next = 0;
    this.paused = null;
    this.about = el("div");
    this.filter = el("input", { type: "search", placeholder: "Filter: a module, a word", "aria-label": "Filter the log", on: { input: () => this.drawLog() } });
    this.level = el("select", { "aria-label": "Level", on: { change: () => this.drawLog() } },
      LEVELS.map((level) => el("option", { value: level, selected: level === "INFO" }, level.toLowerCase())));
    this.pauseButton = iconButton("pause", "Pause the log", () => this.pause(), { "aria-pressed": "false" });
    this.note = el("p", { class: "small", role: "status" });
    this.rows = el("ol", { class: "log", "aria-label": "Log, newest first" });
    this.log = el("section", {}, el("h3", {}, "Log"), el("div", { class: "controls" }, this.filter, this.level, this.pauseButton,
      iconButton("trash", "Clear the log", () => { this.lines = []; this.paused &&= []; this.drawLog(); })), this.note, this.rows);
    this.node = el("div", {}, this.about, this.log);
  }

  /** The page has connected, maybe to a program that was started again. */
  loaded() {
    this.next = 0;
    this.lines = [];
    this.key = null;
    if (this.isShown()) this.ask();
  }

  opened() {
    this.ask();
  }

  draw() {
    if (!this.timer && !this.isAsking) this.ask();
  }

  /** Asks the bot, and again after a while as long as the tab is shown. */
  async ask() {
    clearTimeout(this.timer);
    this.timer = null;
    if (this.isAsking || !this.isShown()) return;
    this.isAsking = true;
    try {
      this.take(await this.page.api.bots(this.next));
    } catch {
      // The program has ended: the note at the top of the page says so.
    }
    this.isAsking = false;
    if (this.isShown()) this.timer = setTimeout(() => this.ask(), PERIOD_MS);
  }

  take({ bots, log }) {
    this.next = log.next;
    this.isLogShown = log.is_shown;
    this.lines.push(...log.lines);
    if (this.lines.length > MAX_LINES) this.lines.splice(0, this.lines.length - MAX_LINES);
    this.drawBots(bots);
    // Of a bot in another program there is no log.
    this.log.hidden = bots.length === 0 && !log.is_shown;
    if (log.lines.length > 0 || !this.wasDrawn) this.drawLog();
    this.wasDrawn = true;
  }

  pause() {
    this.paused = this.paused ? null : [...this.lines];
    this.pauseButton.setAttribute("aria-pressed", String(this.paused !== null));
    this.drawLog();
  }

  // The tree is drawn once. Afterwards only the counts change, so that what is selected stays selected.

  drawBots(bots) {
    const key = JSON.stringify(bots.map(({ tree, others, intents }) => [texts(tree), others.map(texts), intents]));
    if (key !== this.key) {
      this.key = key;
      this.counts = [];
      this.healths = [];
      fill(this.about, bots.length === 0 ? this.nobot() : bots.map((bot) => this.drawBot(bot)));
    }
    const lines = bots.flatMap(({ tree, others }) => [...flat(tree), ...others.flatMap(flat)]);
    lines.forEach((line, at) => drawCount(this.counts[at], line.handler));
    bots.forEach((bot, at) => { this.healths[at].textContent = bot.health; });
  }

  nobot() {
    return el("p", { class: "empty" }, this.page.store.isBotConnected ? "The bot runs in another program. Its tree and its log are shown only if it runs in the same program as this simulated Discord."
      : "No bot is connected. Start one with the addresses and the token of this simulated Discord.");
  }

  drawBot(bot) {
    const health = el("p", { class: "small" });
    this.healths.push(health);
    return [el("section", {}, el("h3", {}, "Handlers"), el("ul", { class: "outline" }, this.drawLine(bot.tree))),
      bot.others.length > 0 && el("section", {}, el("h3", {}, "Timers, tasks and posted closures"), el("ul", { class: "outline" }, bot.others.map((one) => this.drawLine(one)))),
      el("section", {}, el("h3", {}, "Intents"), bot.intents.length === 0 ? el("p", { class: "small" }, "None: no handler needs one.") : el("dl", { class: "intents" }, bot.intents.map(({ name, asked_by: askers }) => [el("dt", {}, name),
        el("dd", {}, askers.map((asker) => el("span", { class: "block" }, ...placed(asker))))]))),
      el("section", {}, el("h3", {}, "Health"), health)];
  }

  drawLine(line) {
    const count = el("span", { class: "calls" });
    this.counts.push(count);
    const below = line.below.map((one) => this.drawLine(one));
    return el("li", {}, el("div", { class: "outline-line", title: line.handler?.name }, el("span", { class: "grow" }, line.text), count), below.length > 0 && el("ul", {}, below));
  }

  drawLog() {
    if (this.isLogShown === false) {
      this.rows.replaceChildren();
      this.note.textContent = "This program has a logger of its own. To see its lines here, set it with syncord::sim::playground::log_to_page(logger, level).";
      return;
    }
    const words = this.filter.value.toLowerCase();
    const most = LEVELS.indexOf(this.level.value);
    const lines = (this.paused ?? this.lines).filter(({ level, target, text }) => LEVELS.indexOf(level) <= most
      && (words === "" || `${target} ${text}`.toLowerCase().includes(words)));
    fill(this.rows, lines.slice(-MAX_DRAWN).reverse().map(({ at, level, target, text }) => el("li", { class: level.toLowerCase() },
      el("span", { class: "log-head" }, el("span", { class: "level" }, level.toLowerCase()), el("span", { class: "grow" }, target), el("time", {}, clockToMs(new Date(at * 1000)))), el("span", { class: "log-text" }, text))));
    this.note.textContent = [this.paused && `Paused: ${this.lines.filter((line) => line.number > (this.paused.at(-1)?.number ?? -1)).length} more since then`,
      lines.length > MAX_DRAWN && `The newest ${MAX_DRAWN} of ${lines.length}`, lines.length === 0 && "No lines"].filter(Boolean).join(" · ");
  }
}

function drawCount(node, handler) {
  if (!handler) return;
  const { calls, failures, slow } = handler;
  const text = [calls === 1 ? "1 call" : `${calls} calls`, failures > 0 && `${failures} failed`, slow > 0 && `${slow} slow`].filter(Boolean).join(", ");
  if (node.textContent !== text) node.textContent = text;
  node.className = failures > 0 ? "calls bad" : calls > 0 ? "calls some" : "calls";
}

/** `on_message at src/main.rs:12`: what, and where in small letters. */
function placed(name) {
  const at = name.lastIndexOf(" at ");
  return at === -1 ? [name] : [name.slice(0, at), el("span", { class: "small" }, name.slice(at))];
}

function texts({ text, below }) {
  return [text, below.map(texts)];
}

function flat(line) {
  return [line, ...line.below.flatMap(flat)];
}
