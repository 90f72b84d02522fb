// What goes wrong on order: on the network, in the developer portal, in the settings of the server.

import { el, fill } from "./dom.js";
import { INTENTS, PERMISSIONS, permissionsMissing } from "./portal.js";

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
  { name: "http_429", label: "Global 429 for the next request", args: { retry_after: 3, times: 1, scope: "global" }, about: "All requests wait, whatever their route." },
  { name: "http_status", label: "500 for the next 3 requests", args: { status: 500, times: 3 }, about: "What can be repeated is repeated." },
  { name: "delay", label: "Every response 1 s later", args: { seconds: 1 }, isSwitch: true, off: { seconds: 0 }, about: "A slow line to the REST API." },
  { name: "refuse_connections", label: "Refuse connections", isSwitch: true, about: "New connections fail, as when Discord is down." },
];

export class FaultsTab {
  constructor(page, session) {
    this.page = page;
    this.session = session;
    this.on = new Set();
    this.portal = el("ul", { class: "faults" });
    this.role = el("div", { class: "role" });
    this.faults = el("ul", { class: "faults" });
    const again = el("button", { type: "button", class: "button secondary", on: { click: () => this.inject(FAULTS.find((fault) => fault.args?.resumable === false), true) } }, "Identify again");
    this.node = el("div", {}, el("p", { class: "small" }, "What the bot does about it is shown under Session and Traffic."),
      el("h3", {}, "Network and servers"), this.faults,
      el("button", { type: "button", class: "button primary", on: { click: () => this.clear() } }, "End all faults"),
      el("h3", {}, "Developer portal"), this.portal, el("p", { class: "small" }, "A switch decides about the next identify: if the bot asks for an intent that is off, it is closed with 4014."), again,
      el("h3", {}, "Permissions of the bot's role"), this.role);
    this.drawFaults();
    this.drawn = null;
  }

  /** A program that was started again has no faults. */
  loaded() {
    this.on.clear();
    this.drawFaults();
  }

  draw() {
    const missing = permissionsMissing(this.page.store);
    const key = JSON.stringify([[...this.page.store.intentsOn], missing.map(({ label }) => label)]);
    if (key === this.drawn) return;
    this.drawn = key;
    fill(this.portal, INTENTS.map((intent) => el("li", {}, toggle(intent.label, this.page.store.intentsOn.has(intent.name), (isOn) => this.switchIntent(intent, isOn)))));
    const choice = el("select", { "aria-label": "Permission" }, PERMISSIONS.filter((one) => !missing.includes(one)).map(({ label, bits }) => el("option", { value: String(bits) }, label)));
    const take = () => {
      const permission = PERMISSIONS.find(({ bits }) => String(bits) === choice.value);
      if (permission) this.switchPermission(permission, false);
    };
    fill(this.role, el("p", { class: "small" }, "The bot's next call that needs a permission that was taken away gets 50013, Missing Permissions, or 50001 without View Channels."),
      el("div", { class: "controls" }, choice, el("button", { type: "button", class: "button secondary", on: { click: take } }, "Take away")),
      el("ul", { class: "missing" }, missing.map((permission) => el("li", {}, el("span", { class: "grow" }, permission.label),
        el("button", { type: "button", class: "link", "aria-label": `Give back ${permission.label}`, on: { click: () => this.switchPermission(permission, true) } }, "Give back")))));
  }

  drawFaults() {
    fill(this.faults, FAULTS.map((fault) => el("li", {}, fault.isSwitch ? toggle(fault.label, this.on.has(fault.label), (isOn) => this.inject(fault, isOn))
      : el("button", { type: "button", class: "button secondary", on: { click: () => this.inject(fault, true) } }, fault.label), el("p", { class: "small" }, fault.about))));
  }

  async inject(fault, isOn) {
    const args = fault.isSwitch ? { on: isOn, ...(isOn ? fault.args : fault.off ?? fault.args) } : fault.args;
    if (fault.isSwitch) this.on[isOn ? "add" : "delete"](fault.label);
    if (await this.page.attempt(() => this.page.api.fault(fault.name, args))) this.session.tell(`fault: ${fault.label}${isOn ? "" : ", off"}`);
  }

  async clear() {
    this.on.clear();
    this.drawFaults();
    if (await this.page.attempt(() => this.page.api.clearFaults())) this.session.tell("all faults have ended");
  }

  async switchIntent({ name, label }, isOn) {
    const { store } = this.page;
    if (!await this.page.attempt(() => this.page.api.switchIntent(name, isOn))) return;
    store.intentsOn[isOn ? "add" : "delete"](name);
    this.session.tell(isOn ? `developer portal: ${label} on` : `developer portal: ${label} off, so the next identify is closed with 4014`);
    this.draw();
  }

  async switchPermission({ label, bits }, isOn) {
    const done = await this.page.attempt(() => this.page.api.switchPermission(String(bits), isOn));
    if (done) this.session.tell(isOn ? `the bot's role has got ${label}` : `the bot's role has lost ${label}: a call that needs it gets 50013`);
  }
}

function toggle(label, isOn, change) {
  const box = el("input", { type: "checkbox", role: "switch", checked: isOn, on: { change: () => change(box.checked) } });
  return el("label", { class: "toggle" }, box, label);
}
