// The sessions of the shards, and what was switched off for the bot outside of its program.

import { clockToMs, el, fill } from "./dom.js";
import { Sessions } from "./session.js";
import { intentsOff, permissionsMissing } from "./portal.js";

export class SessionTab {
  constructor(page) {
    this.page = page;
    this.sessions = new Sessions();
    this.node = el("div");
  }

  loaded({ sessions }) {
    this.sessions.startWith(sessions ?? []);
    this.page.store.setBotConnected(this.sessions.isConnected);
  }

  add(kind, data, at) {
    if (kind === "frame") this.sessions.frame(data, at);
    if (kind === "closed") this.sessions.ended(data, at);
    if (kind !== "request") this.page.store.setBotConnected(this.sessions.isConnected);
  }

  /** Adds a line to the history of all shards. */
  tell(text) {
    this.sessions.note(text);
    if (this.node.isConnected) this.draw();
  }

  draw() {
    const shards = this.sessions.list();
    const { store } = this.page;
    const off = intentsOff(store).map(({ label }) => label);
    const missing = permissionsMissing(store).map(({ label }) => label);
    fill(this.node,
      off.length > 0 && el("p", { class: "warning" }, `Off in the developer portal: ${off.join(", ")}. The next identify that asks for it is closed with 4014.`),
      missing.length > 0 && el("p", { class: "warning" }, `The bot's role does not have: ${missing.join(", ")}. A call that needs it gets 50013.`),
      shards.length === 0 ? el("p", { class: "empty" }, "No bot has connected since this page was opened.") : shards.map((shard) =>
        el("section", { class: "session" }, el("h3", {}, el("span", { class: `state ${shard.state}` }), `Shard ${shard.name}: ${shard.state}`),
          el("dl", { class: "facts" }, facts(shard).map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)])),
          el("ol", { class: "history", "aria-label": "What happened, newest first" }, shard.history.slice().reverse().map(({ at, text }) => el("li", {}, el("time", {}, clockToMs(at)), text))))));
  }
}

function facts(shard) {
  return [["Session", shard.session ?? "–"], ["Last sequence", String(shard.seq ?? "–")], ["Heartbeats", `${shard.heartbeats}, acknowledged ${shard.acks}`],
    ["Latency", shard.latency === null ? "–" : `${Math.round(shard.latency)} ms`], ["Identifies", String(shard.identifies)], ["Resumes", String(shard.resumes)]];
}
