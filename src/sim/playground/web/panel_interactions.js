// The interactions, and how the bot responded to each.

import { el, fill } from "./dom.js";

/** How many are asked for. */
const LIMIT = 100;

/** https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-interaction-type */
const KINDS = { 1: "ping", 2: "command", 3: "component", 4: "autocomplete", 5: "modal" };
/** https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type */
const RESPONSES = { 4: "message", 5: "deferred", 6: "deferred update", 7: "update", 8: "choices", 9: "modal", 12: "activity" };

export class InteractionsTab {
  constructor(page) {
    this.page = page;
    this.node = el("div");
    this.isOld = true;
  }

  loaded() {
    this.isOld = true;
  }

  opened() {
    this.isOld = true;
  }

  add(kind, data) {
    const isOne = kind === "frame" ? data.frame?.t === "INTERACTION_CREATE" : kind === "request" && /\/(interactions|webhooks)\//.test(data.path);
    if (isOne) this.isOld = true;
  }

  async draw() {
    if (!this.isOld || this.isAsking) return;
    this.isAsking = true;
    this.isOld = false;
    const list = await this.page.attempt(() => this.page.api.interactions(LIMIT));
    this.isAsking = false;
    if (!list) return;
    const rows = list.reverse().map((one) => {
      const response = one.acknowledgement;
      const how = response ? RESPONSES[response.type] ?? `response of type ${response.type}` : "no response yet";
      return el("tr", {}, el("td", {}, KINDS[one.payload?.type] ?? "interaction"), el("td", {}, one.name),
        el("td", { class: response ? "" : "bad" }, how, response?.ephemeral && " (ephemeral)"),
        el("td", { class: "number" }, response ? `${Math.round(response.after * 1000)} ms` : "–"));
    });
    fill(this.node, rows.length === 0 ? el("p", { class: "empty" }, "No interactions yet. Type / for the commands of the app.")
      : el("table", {}, el("thead", {}, el("tr", {}, ["Kind", "Name", "First response", "After"].map((text) => el("th", { scope: "col" }, text)))), el("tbody", {}, rows)),
    el("p", { class: "small hint" }, "A response must arrive within 3 s. A deferred response that the handler did not ask for comes from auto-defer."));
  }
}
