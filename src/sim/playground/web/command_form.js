// A slash command that is being filled in: its name and a field for each option.
// https://docs.discord.com/developers/interactions/application-commands

import { el, fill, iconButton } from "./dom.js";
import { search, Suggest } from "./suggest.js";

/** https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-type */
const OPTION = { SUBCOMMAND: 1, GROUP: 2, STRING: 3, INTEGER: 4, BOOLEAN: 5, USER: 6, CHANNEL: 7, ROLE: 8, MENTIONABLE: 9, NUMBER: 10, ATTACHMENT: 11 };
/** How long typing has to pause before the bot is asked for choices. */
const AUTOCOMPLETE_PAUSE_MS = 150;

/** All slash commands, subcommands one by one: `{ path, command, description, options }`. */
export function slashCommands(commands) {
  return commands.filter((command) => (command.type ?? 1) === 1).flatMap((command) => leaves(command, [command.name], command));
}

function leaves(node, path, command) {
  const branches = (node.options ?? []).filter((option) => option.type === OPTION.SUBCOMMAND || option.type === OPTION.GROUP);
  if (branches.length === 0) return [{ path, command, description: node.description, options: node.options ?? [] }];
  return branches.flatMap((branch) => leaves(branch, [...path, branch.name], command));
}

export class CommandForm {
  /** `leaf` is one of `slashCommands`. `done()` is called when the form is sent or closed. */
  constructor(leaf, page, done) {
    this.leaf = leaf;
    this.page = page;
    this.done = done;
    this.fields = [];
    this.fieldsNode = el("div", { class: "option-fields" });
    this.more = el("div", { class: "more-options" });
    this.problem = el("p", { class: "problem", role: "alert", hidden: true });
    const name = `/${leaf.path.join(" ")}`;
    this.node = el("form", { class: "command-form", "aria-label": name, on: {
      submit: (event) => { event.preventDefault(); this.submit(); },
      keydown: (event) => { if (event.key === "Escape") { event.preventDefault(); this.close(); } },
    } },
    el("div", { class: "command-head" }, el("strong", {}, name), el("span", { class: "small grow" }, leaf.description),
      iconButton("close", "Close the command", () => this.close())),
    this.fieldsNode, this.more, this.problem,
    el("div", { class: "command-foot" }, el("span", { class: "small grow" }, "Enter sends, Escape closes"),
      el("button", { type: "submit", class: "button primary" }, "Send")));
    leaf.options.filter((option) => option.required).forEach((option) => this.add(option));
    this.drawMore();
  }

  focus() {
    const first = this.fieldsNode.querySelector("input, button") ?? this.more.querySelector("button") ?? this.node.querySelector("[type=submit]");
    first.focus();
  }

  close() {
    this.node.remove();
    this.done();
  }

  add(option) {
    const field = new OptionField(option, this);
    this.fields.push(field);
    this.fieldsNode.append(field.node);
    return field;
  }

  drawMore() {
    const left = this.leaf.options.filter((option) => !this.fields.some((field) => field.option.name === option.name));
    fill(this.more, left.map((option) => el("button", { type: "button", class: "chip", title: option.description,
      on: { click: () => { this.add(option).focus(); this.drawMore(); } } }, `+ ${option.name}`)));
  }

  remove(field) {
    this.fields = this.fields.filter((other) => other !== field);
    field.node.remove();
    this.drawMore();
    this.focus();
  }

  /** What is filled in: `[{ name, value }]`. */
  options() {
    return this.fields.filter((field) => field.value !== "").map((field) => ({ name: field.option.name, value: field.value }));
  }

  async submit() {
    const wrong = this.fields.map((field) => field.check()).find(Boolean);
    this.problem.hidden = !wrong;
    this.problem.textContent = wrong ?? "";
    if (wrong) return;
    const files = this.fields.map((field) => field.file).filter(Boolean);
    try {
      await this.page.actions.command(this.page.store.open, this.leaf.path, this.options(), files);
      this.page.remember(this.leaf, this.options());
      this.close();
    } catch (error) {
      this.problem.hidden = false;
      this.problem.textContent = error.message;
    }
  }
}

class OptionField {
  constructor(option, form) {
    this.option = option;
    this.form = form;
    this.value = "";
    this.file = null;
    this.timer = null;
    this.asked = 0;
    const label = el("label", {}, option.name, option.required ? null : el("span", { class: "small" }, " optional"));
    if (option.type === OPTION.ATTACHMENT) this.makeFile();
    else this.makeText();
    this.input.id = `option-${option.name}`;
    label.htmlFor = this.input.id;
    this.input.setAttribute("aria-describedby", `${this.input.id}-about`);
    this.node = el("div", { class: "option-field" }, label, this.box,
      el("span", { class: "small", id: `${this.input.id}-about` }, option.description),
      !option.required && iconButton("close", `Remove ${option.name}`, () => form.remove(this)));
  }

  focus() {
    this.input.focus();
  }

  makeFile() {
    this.input = el("input", { type: "file", on: { change: () => {
      this.file = this.input.files[0] ?? null;
      this.value = this.file?.name ?? "";
    } } });
    this.box = el("div", { class: "option-box" }, this.input);
  }

  makeText() {
    const isNumber = this.option.type === OPTION.INTEGER || this.option.type === OPTION.NUMBER;
    this.input = el("input", { type: "text", autocomplete: "off", inputmode: isNumber ? "decimal" : "text",
      maxlength: this.option.max_length && String(this.option.max_length) });
    this.box = el("div", { class: "option-box" }, this.input);
    this.suggest = new Suggest(this.input, this.box, this.option.name);
    const refresh = () => { this.value = this.input.value; this.chosen = null; this.offer(); };
    this.input.addEventListener("input", refresh);
    this.input.addEventListener("focus", () => this.offer());
    this.input.addEventListener("keydown", (event) => this.suggest.key(event));
  }

  offer() {
    if (this.option.autocomplete) return this.ask();
    const items = this.items();
    if (items) this.suggest.show(search(items, this.chosen ? "" : this.input.value), (item) => this.take(item));
  }

  take(item) {
    this.input.value = item.label;
    this.value = item.value;
    this.chosen = item;
  }

  /** What can be chosen, or `null` for a free value. */
  items() {
    const { store } = this.form.page;
    const guild = store.guildOf();
    const users = () => (guild ? [...guild.members.values()].map((member) => member.user) : [...store.users.values()])
      .map((user) => ({ label: store.nameOf(user, guild), description: user.username, value: user.id, sign: "@" }));
    const roles = () => [...(guild?.roles.values() ?? [])].map((role) => ({ label: role.name.replace(/^@/, ""), value: role.id, sign: "@" }));
    switch (this.option.type) {
      case OPTION.BOOLEAN: return [{ label: "True", value: "true" }, { label: "False", value: "false" }];
      case OPTION.USER: return users();
      case OPTION.ROLE: return roles();
      case OPTION.MENTIONABLE: return [...users(), ...roles()];
      case OPTION.CHANNEL: {
        const types = this.option.channel_types ?? [];
        return (guild ? store.channelsOf(guild.id) : []).filter((channel) => types.length === 0 || types.includes(channel.type))
          .map((channel) => ({ label: channel.name, value: channel.id, sign: "#" }));
      }
      default:
        return this.option.choices?.map((choice) => ({ label: choice.name, value: String(choice.value) })) ?? null;
    }
  }

  /** Asks the bot for choices when typing pauses. */
  ask() {
    clearTimeout(this.timer);
    this.timer = setTimeout(async () => {
      const asked = (this.asked += 1);
      const before = this.form.options().filter((option) => option.name !== this.option.name);
      try {
        const choices = await this.form.page.actions.autocomplete(this.form.page.store.open, this.form.leaf.path, before, { name: this.option.name, value: this.input.value });
        if (asked !== this.asked || document.activeElement !== this.input) return;
        this.suggest.show(choices.map((choice) => ({ label: choice.name, value: String(choice.value) })), (item) => this.take(item),
          choices.length > 0 ? "The bot suggests" : null);
      } catch {
        // The bot has not answered. The value can be typed.
        this.suggest.hide();
      }
    }, AUTOCOMPLETE_PAUSE_MS);
  }

  /** Why the value cannot be sent, or `null`. */
  check() {
    const { option } = this;
    const name = option.name;
    if (this.value === "") return option.required ? `${name} is required` : null;
    if (option.type === OPTION.ATTACHMENT) return null;
    if (!option.autocomplete && !this.chosen) {
      const items = this.items();
      if (items) {
        const item = items.find((item) => item.label.toLowerCase() === this.value.replace(/^[@#]/, "").toLowerCase());
        if (!item) return `${name}: choose one of the list`;
        this.take(item);
        return null;
      }
    }
    if (option.type === OPTION.INTEGER || option.type === OPTION.NUMBER) return this.checkNumber();
    const length = [...this.value].length;
    if (option.min_length && length < option.min_length) return `${name} needs at least ${option.min_length} characters`;
    if (option.max_length && length > option.max_length) return `${name} can have at most ${option.max_length} characters`;
    return null;
  }

  checkNumber() {
    const { option } = this;
    const number = Number(this.value);
    if (Number.isNaN(number)) return `${option.name} must be a number`;
    if (option.type === OPTION.INTEGER && !Number.isInteger(number)) return `${option.name} must be a whole number`;
    if (option.min_value !== undefined && number < option.min_value) return `${option.name} must be at least ${option.min_value}`;
    if (option.max_value !== undefined && number > option.max_value) return `${option.name} can be at most ${option.max_value}`;
    return null;
  }
}
