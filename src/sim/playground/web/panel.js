// The developer's panel: traffic, interactions, the session, faults.

import { el, fill, icon, iconButton, perFrame } from "./dom.js";
import { Sessions } from "./session.js";

/** How many entries are kept. */
const MAX_ENTRIES = 500;
/** How many are drawn. */
const MAX_DRAWN = 150;

/** Names of the gateway's opcodes. https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-opcodes */
const OPCODES = { 0: "Dispatch", 1: "Heartbeat", 2: "Identify", 3: "Presence Update", 4: "Voice State Update", 6: "Resume", 7: "Reconnect",
  8: "Request Guild Members", 9: "Invalid Session", 10: "Hello", 11: "Heartbeat ACK", 31: "Request Soundboard Sounds", 43: "Request Channel Info" };

const FAULTS = [
  { name: "drop_socket", label: "Drop the connection", about: "The TCP connection is reset. The session resumes." },
  { name: "black_hole", label: "Black hole, 20 s", args: { seconds: 20 }, about: "Nothing arrives any more, and no error is reported. Only a missed heartbeat ACK shows it." },
  { name: "mute_acks", label: "No heartbeat ACKs", isSwitch: true, about: "Heartbeats are not acknowledged: the client must close a zombie connection and resume." },
  { name: "reconnect", label: "Reconnect (op 7)", about: "Discord asks the client to reconnect. The session resumes." },
  { name: "invalid_session", label: "Invalid session (op 9), resumable", args: { resumable: true }, about: "The client waits for a moment and resumes." },
  { name: "invalid_session", label: "Invalid session (op 9), not resumable", args: { resumable: false }, about: "The session is lost: the client identifies again, and the bot receives a Gap." },
  { name: "close", label: "Close with 4000", args: { code: 4000 }, about: "Unknown error: the session resumes." },
  { name: "close", label: "Close with 4004", args: { code: 4004 }, about: "The token is refused: the bot ends with an error that says so." },
  { name: "close", label: "Close with 4014", args: { code: 4014 }, about: "An intent is not allowed: the bot ends with an error that names the handler and the switch." },
  { name: "http_429", label: "429 for the next 3 requests", args: { retry_after: 2, times: 3 }, about: "Requests wait until the limit is over." },
  { name: "http_status", label: "500 for the next 3 requests", args: { status: 500, times: 3 }, about: "What can be repeated is repeated." },
  { name: "delay", label: "Every response 1 s later", args: { seconds: 1 }, isSwitch: true, off: { seconds: 0 }, about: "A slow line to the REST API." },
  { name: "refuse_connections", label: "Refuse connections", isSwitch: true, about: "New connections fail, as when Discord is down." },
];

export class Panel {
  constructor(page) {
    this.page = page;
    this.entries = [];
    this.isPaused = false;
    this.openEntries = new Set();
    this.on = new Set();
    this.sessions = new Sessions();
    this.tabs = { traffic: "Traffic", interactions: "Interactions", session: "Session", faults: "Faults" };
    this.tab = "traffic";
    this.body = el("div", { class: "panel-body", role: "tabpanel", id: "panel-body", tabindex: "0" });
    this.tabList = el("div", { class: "tabs", role: "tablist", "aria-label": "Developer", on: { keydown: (event) => this.tabKey(event) } });
    this.node = el("aside", { class: "panel", "aria-label": "Developer" },
      el("div", { class: "panel-head" }, this.tabList, iconButton("close", "Close the panel (Alt+D)", () => page.toggle("panel"))), this.body);
    this.filter = el("input", { type: "search", placeholder: "Filter: an event, a route, an ID", "aria-label": "Filter", on: { input: () => this.draw() } });
    this.kinds = new Map([["event", true], ["heartbeat", false], ["request", true]]);
    this.draw = perFrame(() => this.drawNow());
    this.choose("traffic");
  }

  get isShown() {
    return this.page.root?.dataset.panel === "on";
  }

  /** Takes the sessions that exist when the page is opened. */
  loaded({ sessions }) {
    this.sessions.startWith(sessions ?? []);
    if (this.isShown) this.draw();
  }

  choose(tab) {
    this.tab = tab;
    fill(this.tabList, Object.entries(this.tabs).map(([name, label]) => el("button", { type: "button", role: "tab", id: `tab-${name}`,
      "aria-selected": String(name === tab), "aria-controls": "panel-body", tabindex: name === tab ? "0" : "-1", on: { click: () => this.choose(name) } }, label)));
    this.body.setAttribute("aria-labelledby", `tab-${tab}`);
    this.drawn = null;
    this.drawNow();
  }

  tabKey(event) {
    const names = Object.keys(this.tabs);
    const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!move) return;
    this.choose(names[(names.indexOf(this.tab) + move + names.length) % names.length]);
    this.tabList.querySelector("[aria-selected=true]").focus();
  }

  /** Takes what the server observed: a frame of the gateway or a REST request. */
  add(kind, data) {
    const entry = { kind, data, at: new Date(), id: (this.lastId = (this.lastId ?? 0) + 1) };
    if (kind === "frame") this.sessions.frame(data, entry.at);
    if (kind === "closed") this.sessions.ended(data, entry.at);
    if (!this.isPaused) {
      this.entries.push(entry);
      if (this.entries.length > MAX_ENTRIES) this.entries.splice(0, this.entries.length - MAX_ENTRIES);
    }
    if (this.isShown) this.draw();
  }

  drawNow() {
    if (this.tab === "traffic") this.drawTraffic();
    else if (this.tab === "interactions") this.drawInteractions();
    else if (this.tab === "session") this.drawSession();
    else if (this.drawn !== "faults") this.drawFaults();
    this.drawn = this.tab;
  }

  // Traffic.

  drawTraffic() {
    if (this.drawn !== "traffic") {
      const kinds = { event: "Gateway", heartbeat: "Heartbeats", request: "REST" };
      const boxes = Object.entries(kinds).map(([name, label]) => el("label", { class: "toggle" },
        el("input", { type: "checkbox", checked: this.kinds.get(name), on: { change: (event) => { this.kinds.set(name, event.target.checked); this.draw(); } } }), label));
      const pause = el("button", { type: "button", class: "icon-button", "aria-pressed": String(this.isPaused), title: "Pause", "aria-label": "Pause",
        on: { click: () => { this.isPaused = !this.isPaused; pause.setAttribute("aria-pressed", String(this.isPaused)); } } }, icon("pause"));
      this.rows = el("ol", { class: "entries" });
      fill(this.body, el("div", { class: "controls" }, this.filter, pause, iconButton("trash", "Clear", () => { this.entries = []; this.draw(); })),
        el("div", { class: "controls" }, boxes), this.rows);
    }
    const words = this.filter.value.toLowerCase();
    const fits = (entry) => this.kinds.get(kindOf(entry)) !== false && (words === "" || describe(entry).toLowerCase().includes(words)
      || JSON.stringify(entry.data).toLowerCase().includes(words));
    const shown = this.entries.filter(fits).slice(-MAX_DRAWN).reverse();
    const known = new Map([...this.rows.children].map((row) => [Number(row.dataset.id), row]));
    this.rows.replaceChildren(...shown.map((entry) => known.get(entry.id) ?? this.row(entry)));
  }

  row(entry) {
    const { summary, isOut, isBad } = details(entry);
    const head = el("summary", {}, el("span", { class: "arrow", "aria-label": isOut ? "sent by the bot" : "sent to the bot" }, isOut ? "↑" : "↓"),
      el("span", { class: isBad ? "grow bad" : "grow" }, summary), el("time", {}, time(entry.at)));
    const row = el("li", { data: { id: String(entry.id) } });
    const box = el("details", { class: `entry ${entry.kind}` }, head);
    // The JSON is made only when it is looked at.
    box.addEventListener("toggle", () => {
      if (!box.open || box.childElementCount > 1) return;
      const json = JSON.stringify(entry.data.frame ?? entry.data, null, 2);
      box.append(el("div", { class: "json" }, iconButton("copy", "Copy", () => this.copy(json)), el("pre", {}, json)));
    });
    row.append(box);
    return row;
  }

  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      this.page.tell("Copied");
    } catch {
      this.page.tell("The browser does not allow copying here");
    }
  }

  // Interactions.

  async drawInteractions() {
    const list = await this.page.attempt(() => this.page.api.interactions());
    if (!list || this.tab !== "interactions") return;
    const rows = list.slice(-MAX_DRAWN).reverse().map((one) => {
      const response = one.acknowledgement;
      const how = response ? RESPONSES[response.type] ?? `response of type ${response.type}` : "no response yet";
      return el("tr", {}, el("td", {}, KINDS[one.payload?.type] ?? "interaction"), el("td", {}, one.name),
        el("td", { class: response ? "" : "bad" }, how, response?.ephemeral && " (ephemeral)"),
        el("td", { class: "number" }, response ? milliseconds(response.after) : "–"));
    });
    fill(this.body, rows.length === 0 ? el("p", { class: "empty" }, "No interactions yet. Type / for the commands of the app.")
      : el("table", {}, el("thead", {}, el("tr", {}, ["Kind", "Name", "First response", "After"].map((text) => el("th", { scope: "col" }, text)))), el("tbody", {}, rows)),
    el("p", { class: "small hint" }, "A response must arrive within 3 s. A deferred response that the handler did not ask for comes from auto-defer."));
  }

  // Session.

  drawSession() {
    const shards = this.sessions.list();
    fill(this.body, shards.length === 0 ? el("p", { class: "empty" }, "No connection has been seen since this page was opened.") : shards.map((shard) =>
      el("section", { class: "session" }, el("h3", {}, el("span", { class: `state ${shard.state}` }), `Shard ${shard.name}: ${shard.state}`),
        el("dl", { class: "facts" }, facts(shard).map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)])),
        el("ol", { class: "history" }, shard.history.slice().reverse().map(({ at, text }) => el("li", {}, el("time", {}, time(at)), text))))));
  }

  // Faults.

  drawFaults() {
    const inject = async (fault, isOn) => {
      const args = fault.isSwitch ? { on: isOn, ...(isOn ? fault.args : fault.off ?? fault.args) } : fault.args;
      if (await this.page.attempt(() => this.page.api.fault(fault.name, args))) this.sessions.note(`fault: ${fault.label}${fault.isSwitch && !isOn ? ", off" : ""}`);
    };
    const control = (fault) => {
      const key = fault.label;
      if (!fault.isSwitch) return el("button", { type: "button", class: "button secondary", on: { click: () => inject(fault, true) } }, fault.label);
      const box = el("input", { type: "checkbox", role: "switch", checked: this.on.has(key), on: { change: () => {
        if (box.checked) this.on.add(key);
        else this.on.delete(key);
        inject(fault, box.checked);
      } } });
      return el("label", { class: "toggle" }, box, fault.label);
    };
    const clear = () => {
      this.on.clear();
      this.page.attempt(() => this.page.api.clearFaults());
      this.drawFaults();
    };
    fill(this.body, el("p", { class: "small" }, "What the bot does about a fault is shown under Session and Traffic."),
      el("ul", { class: "faults" }, FAULTS.map((fault) => el("li", {}, control(fault), el("p", { class: "small" }, fault.about)))),
      el("button", { type: "button", class: "button primary", on: { click: clear } }, "End all faults"));
  }
}

/** https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-interaction-type */
const KINDS = { 1: "ping", 2: "command", 3: "component", 4: "autocomplete", 5: "modal" };
/** https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type */
const RESPONSES = { 4: "message", 5: "deferred", 6: "deferred update", 7: "update", 8: "choices", 9: "modal", 12: "activity" };

function facts(shard) {
  return [["Session", shard.session ?? "–"], ["Last sequence", String(shard.seq ?? "–")], ["Heartbeats", `${shard.heartbeats}, acknowledged ${shard.acks}`],
    ["Latency", shard.latency === null ? "–" : milliseconds(shard.latency / 1000)], ["Identifies", String(shard.identifies)], ["Resumes", String(shard.resumes)]];
}

function kindOf(entry) {
  if (entry.kind === "closed") return "event";
  if (entry.kind !== "frame") return entry.kind;
  return [1, 11].includes(entry.data.frame?.op) ? "heartbeat" : "event";
}

function describe(entry) {
  return details(entry).summary;
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

function time(date) {
  return `${date.toLocaleTimeString([], { hour12: false })}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}

function milliseconds(seconds) {
  return `${Math.round(seconds * 1000)} ms`;
}
