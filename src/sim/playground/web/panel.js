// The developer's panel: a tab for each part.

import { el, every, fill, iconButton } from "./dom.js";
import { BotTab } from "./panel_bot.js";
import { FaultsTab } from "./panel_faults.js";
import { InteractionsTab } from "./panel_interactions.js";
import { LimitsTab, TrafficTab } from "./panel_traffic.js";
import { SessionTab } from "./panel_session.js";

/** The panel is drawn at most this often while much happens. */
const DRAW_MS = 200;

export class Panel {
  constructor(page) {
    this.page = page;
    this.body = el("div", { class: "panel-body", role: "tabpanel", id: "panel-body", tabindex: "0" });
    this.tabList = el("div", { class: "tabs", role: "tablist", "aria-label": "Developer", on: { keydown: (event) => this.tabKey(event) } });
    this.node = el("aside", { class: "panel", "aria-label": "Developer" },
      el("div", { class: "panel-head" }, this.tabList, iconButton("close", "Close the panel (Alt+D)", () => page.toggle("panel"))), this.body);
    const session = new SessionTab(page);
    this.tabs = {
      bot: { label: "Bot", part: new BotTab(page, () => this.isShown && this.tab === "bot") },
      traffic: { label: "Traffic", part: new TrafficTab(page) },
      limits: { label: "Limits", part: new LimitsTab(page) },
      interactions: { label: "Interactions", part: new InteractionsTab(page) },
      session: { label: "Session", part: session },
      faults: { label: "Faults", part: new FaultsTab(page, session) },
    };
    this.draw = every(DRAW_MS, () => this.drawNow());
    page.store.on("members", () => this.draw());
    this.choose("bot");
  }

  get isShown() {
    return this.page.root?.dataset.panel === "on" && !document.hidden;
  }

  /** Takes the state when the page has connected. */
  loaded(state) {
    for (const { part } of Object.values(this.tabs)) part.loaded?.(state);
    this.draw();
  }

  choose(tab) {
    this.tab = tab;
    fill(this.tabList, Object.entries(this.tabs).map(([name, { label }]) => el("button", { type: "button", role: "tab", id: `tab-${name}`,
      "aria-selected": String(name === tab), "aria-controls": "panel-body", tabindex: name === tab ? "0" : "-1", on: { click: () => this.choose(name) } }, label)));
    this.body.setAttribute("aria-labelledby", `tab-${tab}`);
    this.body.replaceChildren(this.tabs[tab].part.node);
    this.body.scrollTop = 0;
    this.tabs[tab].part.opened?.();
    this.drawNow();
  }

  tabKey(event) {
    const names = Object.keys(this.tabs);
    const at = names.indexOf(this.tab);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: names.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.choose(names[(to + names.length) % names.length]);
    this.tabList.querySelector("[aria-selected=true]").focus();
  }

  /** Takes what the server observed: a frame of the gateway, the end of a connection, or a REST request. */
  add(kind, data) {
    const at = new Date();
    for (const { part } of Object.values(this.tabs)) part.add?.(kind, data, at);
    if (this.isShown) this.draw();
  }

  drawNow() {
    if (this.isShown) this.tabs[this.tab].part.draw();
  }
}
