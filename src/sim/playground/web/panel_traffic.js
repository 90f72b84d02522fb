// Frames of the gateway and REST requests, and the rate limits that the responses tell of.

import { clockToMs, el, fill, iconButton } from "./dom.js";
import { drawJson } from "./json.js";

/** How many entries are kept. */
const MAX_ENTRIES = 500;
/** How many are drawn. */
const MAX_DRAWN = 150;

/** Names of the gateway's opcodes. https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-opcodes */
const OPCODES = { 0: "Dispatch", 1: "Heartbeat", 2: "Identify", 3: "Presence Update", 4: "Voice State Update", 6: "Resume", 7: "Reconnect",
  8: "Request Guild Members", 9: "Invalid Session", 10: "Hello", 11: "Heartbeat ACK", 31: "Request Soundboard Sounds", 43: "Request Channel Info" };

export class TrafficTab {
  constructor(page) {
    this.page = page;
    this.entries = [];
    this.count = 0;
    /** The entries at the moment of the pause. */
    this.paused = null;
    this.filter = el("input", { type: "search", placeholder: "Filter: an event, a route, an ID", "aria-label": "Filter", on: { input: () => this.draw() } });
    this.kinds = new Map([["event", true], ["heartbeat", false], ["request", true]]);
    const names = { event: "Gateway", heartbeat: "Heartbeats", request: "REST" };
    const boxes = Object.entries(names).map(([name, label]) => el("label", { class: "toggle" },
      el("input", { type: "checkbox", checked: this.kinds.get(name), on: { change: (event) => { this.kinds.set(name, event.target.checked); this.draw(); } } }), label));
    this.pauseButton = iconButton("pause", "Pause", () => this.pause(), { "aria-pressed": "false" });
    this.note = el("p", { class: "small", role: "status" });
    this.rows = el("ol", { class: "entries" });
    this.node = el("div", {}, el("div", { class: "controls" }, this.filter, this.pauseButton,
      iconButton("trash", "Clear", () => { this.entries = []; this.paused &&= []; this.draw(); })), el("div", { class: "controls" }, boxes), this.note, this.rows);
  }

  add(kind, data, at) {
    this.count += 1;
    this.entries.push({ kind, data, at, id: this.count });
    if (this.entries.length > MAX_ENTRIES) this.entries.splice(0, this.entries.length - MAX_ENTRIES);
  }

  pause() {
    this.paused = this.paused ? null : [...this.entries];
    this.pausedAt = this.count;
    this.pauseButton.setAttribute("aria-pressed", String(this.paused !== null));
    this.draw();
  }

  draw() {
    const words = this.filter.value.toLowerCase();
    const fits = (entry) => this.kinds.get(kindOf(entry)) !== false && (words === "" || textOf(entry).includes(words));
    const entries = this.paused ?? this.entries;
    const fitting = entries.filter(fits);
    const shown = fitting.slice(-MAX_DRAWN).reverse();
    const known = new Map([...this.rows.children].map((row) => [Number(row.dataset.id), row]));
    // New rows come first and old ones leave at the end, so those in between stay in place.
    const wanted = new Set(shown.map((entry) => String(entry.id)));
    for (const row of [...this.rows.children]) if (!wanted.has(row.dataset.id)) row.remove();
    let next = this.rows.firstChild;
    for (const entry of shown) {
      const row = known.get(entry.id);
      if (row && row === next) next = next.nextSibling;
      else this.rows.insertBefore(row ?? this.row(entry), next);
    }
    const more = this.paused ? this.count - this.pausedAt : 0;
    this.note.textContent = [this.paused && `Paused: ${more} more since then`, fitting.length > MAX_DRAWN && `The newest ${MAX_DRAWN} of ${fitting.length}`,
      shown.length === 0 && (entries.length === 0 ? "Nothing has been sent since this page was opened" : "Nothing fits the filter")].filter(Boolean).join(" · ");
  }

  row(entry) {
    const { summary, isOut, isBad } = details(entry);
    const head = el("summary", {}, el("span", { class: "arrow", title: isOut ? "sent by the bot" : "sent to the bot" }, isOut ? "↑" : "↓"),
      el("span", { class: isBad ? "grow bad" : "grow" }, summary), el("time", {}, clockToMs(entry.at)));
    const box = el("details", { class: `entry ${entry.kind}` }, head);
    // The JSON is made only when it is looked at.
    box.addEventListener("toggle", () => {
      if (box.open && box.childElementCount === 1) box.append(...this.contents(entry));
    });
    return el("li", { data: { id: String(entry.id) } }, box);
  }

  contents({ kind, data }) {
    if (kind !== "request") return [drawJson(data.frame ?? data, "", this.page)];
    const bodies = [["Request", data.body], ["Response", data.response]].map(([label, body]) =>
      (body === null || body === undefined ? el("p", { class: "small" }, `${label}: no body`) : drawJson(body, label, this.page)));
    return [el("p", { class: "small path" }, `${data.method} ${data.path}`), el("p", { class: "small" }, limitText(data)), ...bodies];
  }
}

/** The buckets of the rate limits, as the headers of the responses tell of them. */
export class LimitsTab {
  constructor(page) {
    this.page = page;
    this.buckets = new Map();
    this.global = null;
    this.node = el("div");
  }

  add(kind, data, at) {
    if (kind !== "request" || !data.limits?.["x-ratelimit-bucket"]) return;
    const { limits } = data;
    const seconds = Number(limits["x-ratelimit-reset-after"] ?? 0);
    const wait = data.status === 429 ? Number(limits["retry-after"] ?? data.response?.retry_after ?? 0) : 0;
    const bucket = limits["x-ratelimit-bucket"];
    const known = this.buckets.get(bucket) ?? { requests: 0, refused: 0 };
    this.buckets.set(bucket, { bucket, route: `${data.method} ${routeOf(data.path)}`, limit: limits["x-ratelimit-limit"], remaining: limits["x-ratelimit-remaining"],
      requests: known.requests + 1, refused: known.refused + (data.status === 429), resetAt: new Date(at.getTime() + seconds * 1000), at });
    if (limits["x-ratelimit-global"] === "true") this.global = new Date(at.getTime() + wait * 1000);
  }

  draw() {
    const now = Date.now();
    const left = (date) => Math.max(0, (date - now) / 1000);
    const rows = [...this.buckets.values()].sort((a, b) => b.at - a.at).map((one) => el("tr", {},
      el("td", {}, one.route, el("span", { class: "small block" }, `bucket ${one.bucket}`)),
      el("td", { class: one.remaining === "0" && left(one.resetAt) > 0 ? "number bad" : "number" }, left(one.resetAt) > 0 ? `${one.remaining} of ${one.limit}` : `${one.limit}`),
      el("td", { class: "number" }, left(one.resetAt) > 0 ? `${left(one.resetAt).toFixed(1)} s` : "–"),
      el("td", { class: one.refused > 0 ? "number bad" : "number" }, `${one.requests}${one.refused > 0 ? `, ${one.refused} × 429` : ""}`)));
    const global = this.global === null ? "The global limit has not been reached." : left(this.global) > 0
      ? `The global limit is reached: all requests wait for ${left(this.global).toFixed(1)} s.` : `The global limit was reached until ${clockToMs(this.global)}.`;
    fill(this.node, el("p", { class: this.global !== null && left(this.global) > 0 ? "bad hint" : "hint" }, global),
      rows.length === 0 ? el("p", { class: "empty" }, "No request has been made since this page was opened.")
        : el("table", {}, el("thead", {}, el("tr", {}, ["Route", "Left", "Reset in", "Requests"].map((text) => el("th", { scope: "col" }, text)))), el("tbody", {}, rows)));
    clearTimeout(this.again);
    // The times run down while nothing happens.
    const isRunning = [...this.buckets.values()].some((one) => one.resetAt > now) || this.global > now;
    if (isRunning && this.node.isConnected) this.again = setTimeout(() => this.draw(), 250);
  }
}

function limitText({ limits, status }) {
  if (!limits?.["x-ratelimit-bucket"]) return "No rate limit headers";
  const scope = limits["x-ratelimit-scope"] ? `, scope ${limits["x-ratelimit-scope"]}` : "";
  const wait = status === 429 ? ` · try again after ${limits["retry-after"] ?? "?"} s${limits["x-ratelimit-global"] === "true" ? ", for all routes" : ""}` : "";
  return `Rate limit: ${limits["x-ratelimit-remaining"]} of ${limits["x-ratelimit-limit"]} left, reset in ${limits["x-ratelimit-reset-after"]} s, bucket ${limits["x-ratelimit-bucket"]}${scope}${wait}`;
}

function kindOf(entry) {
  if (entry.kind === "closed") return "event";
  if (entry.kind !== "frame") return entry.kind;
  return [1, 11].includes(entry.data.frame?.op) ? "heartbeat" : "event";
}

/** What a filter looks at. Made once, when there is a filter. */
function textOf(entry) {
  entry.text ??= `${details(entry).summary} ${JSON.stringify(entry.data)}`.toLowerCase();
  return entry.text;
}

function details({ kind, data }) {
  if (kind === "request") return { summary: `${data.method} ${shortPath(data.path)} → ${data.status}`, isOut: true, isBad: data.status >= 400 };
  if (kind === "closed") {
    return { summary: data.code ? `connection ${data.connection} closed with ${data.code}` : `connection ${data.connection} ended`, isOut: data.by_client, isBad: true };
  }
  const { op, t, s } = data.frame ?? {};
  return { summary: t ? `${t} (${s})` : OPCODES[op] ?? `op ${op}`, isOut: data.by_client, isBad: op === 7 || op === 9 };
}

/** A path without the base of the API, and with tokens shortened. */
function shortPath(path) {
  return path.replace(/^\/api\/v\d+/, "").replace(/[\w-]{40,}/g, (token) => `${token.slice(0, 6)}…`);
}

/** A path without IDs, names and tokens that differ from one request to the next. */
function routeOf(path) {
  return shortPath(path).replace(/\?.*/, "").replace(/\/\d{5,}/g, "/…").replace(/(\/(?:webhooks|interactions)\/…)\/[^/]+/, "$1/…").replace(/\/reactions\/[^/]+/, "/reactions/…");
}
