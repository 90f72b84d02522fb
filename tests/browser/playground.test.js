// The playground's page in a real browser, with the example `showcase`.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";

import { accessibilityFindings, act, launch, openPage, startBot, startDiscord, stopBot } from "./playground.js";

const TIMEOUT = { timeout: 120_000 };
let browser;
let bot;
let address;
let page;
let problems;

before(async () => { browser = await launch(); });
after(() => browser.close());
beforeEach(async () => {
  ({ bot, address } = await startBot());
  ({ page, problems } = await openPage(browser, address));
});
afterEach(async () => {
  await page.context().close();
  await stopBot(bot);
  assert.deepEqual(problems, []);
});

const composer = () => page.getByLabel("Message", { exact: true });
const messages = () => page.locator(".message");
const last = () => messages().last();
const say = async (text) => {
  await composer().fill(text);
  await composer().press("Enter");
};
/** Chooses a command of the list, and waits for its form or its response. */
const choose = async (command) => {
  await composer().fill(`/${command}`);
  await page.getByRole("option", { name: command }).first().waitFor();
  await composer().press("Enter");
};
const use = async (command) => {
  await choose(command);
  await page.getByRole("button", { name: "Send", exact: true }).click();
};
const shows = (text) => page.getByText(text).first().waitFor();

test("a message is echoed as a reply", TIMEOUT, async () => {
  await say("hello **world**");
  await page.locator(".message strong", { hasText: "world" }).nth(1).waitFor();
  assert.match(await last().innerText(), /bot/);
  assert.equal(await last().locator(".reference").count(), 1);
});

test("nothing is lost that is typed while the page opens", TIMEOUT, async () => {
  const context = await browser.newContext();
  const opening = await context.newPage();
  let open;
  const held = new Promise((resolve) => { open = resolve; });
  await opening.route("**/state", async (route) => {
    await held;
    await route.continue();
  });
  await opening.goto(address);
  const field = opening.getByLabel("Message", { exact: true });
  await field.waitFor();
  assert.ok(await field.isDisabled());
  open();
  await field.fill("kept");
  assert.equal(await field.inputValue(), "kept");
  await context.close();
});

test("a slash command takes typed options, and autocomplete offers choices", TIMEOUT, async () => {
  await choose("sail");
  await page.getByRole("combobox", { name: "port" }).pressSequentially("br");
  await page.getByRole("option", { name: "Bremen" }).click();
  await page.getByRole("button", { name: "+ knots" }).click();
  await page.getByRole("combobox", { name: "knots" }).fill("99");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await shows("knots can be at most 40");
  await page.getByRole("combobox", { name: "knots" }).fill("12");
  await page.getByRole("combobox", { name: "knots" }).press("Enter");
  await shows("at 12 knots");
  assert.match(await last().innerText(), /used \/sail/);
});

test("the last command is repeated with one key", TIMEOUT, async () => {
  await use("secret");
  await shows("Only you can see this");
  await page.keyboard.press("Alt+r");
  await messages().nth(1).waitFor();
});

test("buttons and selects respond", TIMEOUT, async () => {
  await use("components");
  for (const name of ["Primary", "Secondary", "Success", "Danger"]) {
    await page.getByRole("button", { name, exact: true }).click();
    await page.locator(".message.ephemeral", { hasText: name.toLowerCase() }).waitFor();
  }
  assert.equal(await page.getByRole("link", { name: "Link" }).getAttribute("href"), "https://example.com");
  await page.getByRole("button", { name: "Fruit" }).click();
  await page.getByRole("option", { name: "Apple" }).click();
  await page.getByRole("option", { name: "Pear" }).click();
  await page.keyboard.press("Tab");
  await shows("fruit: apple, pear");
  await page.getByRole("button", { name: "A user" }).click();
  await page.getByRole("option", { name: "@ you" }).click();
  await page.locator(".message.ephemeral", { hasText: /user: \d+/ }).waitFor();
});

test("components of the second generation are drawn and work", TIMEOUT, async () => {
  await use("layout");
  await shows("High water");
  for (const selector of [".container", ".section", ".separator", ".gallery", ".file, .picture"]) {
    await page.locator(selector).first().waitFor();
  }
  await page.getByRole("button", { name: "Understood" }).click();
  await page.locator(".message.ephemeral", { hasText: "layout" }).waitFor();
});

test("a modal takes every kind of field", TIMEOUT, async () => {
  await use("form");
  const dialog = page.getByRole("dialog", { name: "Voyage" });
  await dialog.getByRole("button", { name: "Submit" }).click();
  await dialog.getByText("Ship is required").waitFor();
  await dialog.getByLabel("Ship").fill("Hope");
  await dialog.getByLabel("Log").fill("calm\nsea");
  await dialog.getByLabel("Pear").first().check();
  await dialog.getByRole("checkbox", { name: "Pear" }).check();
  await dialog.getByRole("button", { name: "Submit" }).click();
  await shows("sails with pear");
  assert.equal(await dialog.count(), 0);
});

test("an embed, a poll and a late response are shown", TIMEOUT, async () => {
  await use("embed");
  await page.locator(".embed", { hasText: "Harbour office" }).waitFor();
  await use("poll");
  await page.getByRole("radio", { name: /Today/ }).click();
  await page.locator(".answer[aria-checked=true]", { hasText: "Today" }).waitFor();
  await use("think");
  await shows("42");
});

test("a second person speaks, and what is ephemeral stays with the first", TIMEOUT, async () => {
  await use("secret");
  await shows("Only you can see this");
  await page.getByLabel("Speak as").selectOption({ label: "Another person…" });
  await page.getByRole("dialog").getByRole("textbox").fill("ann");
  await page.getByRole("button", { name: "OK" }).click();
  await page.locator(".speaker option:checked", { hasText: "ann" }).waitFor({ state: "attached" });
  await say("ahoy");
  await page.locator(".message .author", { hasText: "ann" }).waitFor();
  assert.equal(await page.getByText("Only you can see this").count(), 0);
});

test("a fault and the resume after it are seen", TIMEOUT, async () => {
  await page.getByRole("button", { name: "Developer" }).click();
  await page.getByRole("tab", { name: "Faults" }).click();
  await page.getByRole("button", { name: "Drop the connection" }).click();
  await page.getByRole("tab", { name: "Session" }).click();
  await shows("resumed: what was missed has been replayed");
  await say("still there?");
  await messages().nth(1).waitFor();
  await page.getByRole("tab", { name: "Traffic" }).click();
  await page.locator(".entry", { hasText: "MESSAGE_CREATE" }).first().waitFor();
  await page.locator(".entry.request", { hasText: "/messages" }).first().waitFor();
});

test("without a bot the page says so", TIMEOUT, async () => {
  const { discord, world } = await startDiscord();
  const opened = await openPage(browser, world.playground_url);
  await opened.page.getByText("No bot is connected").waitFor();
  await opened.page.getByLabel("Message", { exact: true }).fill("/");
  await opened.page.getByText("The app has registered no commands").waitFor();
  assert.deepEqual(await accessibilityFindings(opened.page), []);
  await opened.page.getByRole("button", { name: "Developer" }).click();
  await opened.page.getByText("Start one with the addresses and the token").waitFor();
  assert.deepEqual(opened.problems, []);
  await opened.page.context().close();
  await stopBot(discord);
});

test("hostile texts stay texts", TIMEOUT, async () => {
  const hostile = `<img src=x onerror="document.title='hit'"> <script>document.title='hit'</script> [x](javascript:alert(1)) "><svg onload=alert(1)>`;
  await say(hostile);
  await messages().nth(1).waitFor();
  await say(`**${hostile}** ||${hostile}||\n# ${hostile}\n\`\`\`html\n${hostile}\n\`\`\``);
  await messages().nth(3).waitFor();
  assert.equal(await page.locator(".message img, .message script, .message svg:not(.icon)").count(), 0);
  assert.equal(await page.locator(".message a").count(), 0);
  assert.notEqual(await page.title(), "hit");
});

test("messages are edited, deleted, reacted to and replied to by keyboard", TIMEOUT, async () => {
  await say("one");
  await messages().nth(1).waitFor();
  await page.locator(".message-list [role=log]").focus();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("e");
  await page.getByRole("dialog").getByRole("textbox").fill("two");
  await page.keyboard.press("Enter");
  await page.locator(".message", { hasText: "two" }).locator(".edited").waitFor();
  await messages().first().focus();
  await page.keyboard.press("r");
  await page.keyboard.type("an answer");
  await page.keyboard.press("Enter");
  await page.locator(".message .reference", { hasText: "two" }).first().waitFor();
  await messages().first().hover();
  await messages().first().getByRole("button", { name: "Add a reaction" }).click();
  await page.getByLabel("Search emoji").fill("anchor");
  await page.keyboard.press("Enter");
  await page.locator(".reaction", { hasText: "⚓" }).waitFor();
  const before = await messages().count();
  await messages().first().focus();
  await page.keyboard.press("Delete");
  await page.waitForFunction((count) => document.querySelectorAll(".message").length === count - 1, before);
});

const developer = (tab) => page.getByRole("tab", { name: tab }).click();

test("the tab of the bot shows its tree with calls, its intents and its log", TIMEOUT, async () => {
  await page.getByRole("button", { name: "Developer" }).click();
  const line = (text) => page.locator(".outline-line", { hasText: text });
  await line("/sail — Sails to a port").getByText("0 calls").waitFor();
  await use("secret");
  await line("/secret").getByText("1 call").waitFor();
  await line("port: string, autocomplete").waitFor();
  await page.locator(".intents dt", { hasText: "MESSAGE_CONTENT" }).waitFor();
  await page.locator(".intents dd", { hasText: /on_message at examples.showcase.rs:\d+/ }).first().waitFor();
  const logged = page.locator(".log li");
  await logged.filter({ hasText: "logged in" }).first().waitFor();
  await page.getByRole("searchbox", { name: "Filter the log" }).fill("no such line");
  await logged.first().waitFor({ state: "detached" });
  await page.getByRole("searchbox", { name: "Filter the log" }).fill("");
  await page.getByLabel("Level").selectOption("error");
  await page.getByText("No lines").waitFor();
});

test("the page has the log of a program without a logger, and says what to do about another one", TIMEOUT, async () => {
  const shown = { text_commands: "logged in", echo_bot: "This program has a logger of its own" };
  for (const [example, text] of Object.entries(shown)) {
    const started = await startBot(example);
    const opened = await openPage(browser, started.address);
    await opened.page.getByRole("button", { name: "Developer" }).click();
    await opened.page.locator(".panel").getByText(text).first().waitFor();
    assert.deepEqual(opened.problems, [], example);
    await opened.page.context().close();
    await stopBot(started.bot);
  }
});

test("a request is shown with both bodies and its rate limit", TIMEOUT, async () => {
  await page.getByRole("button", { name: "Developer" }).click();
  await developer("Traffic");
  await say("a body to look at");
  await page.locator(".entry.request summary", { hasText: "/messages" }).first().click();
  const entry = page.locator(".entry[open]");
  await entry.getByText(/Rate limit: \d+ of 1000 left/).waitFor();
  assert.equal(await entry.locator("pre", { hasText: "a body to look at" }).count(), 2);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await entry.getByRole("button", { name: "Copy: Request" }).click();
  assert.equal(JSON.parse(await page.evaluate(() => navigator.clipboard.readText())).content, "a body to look at");
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  const rows = await page.locator(".entries > li").count();
  await say("while it is paused");
  await page.getByText(/Paused: [1-9]\d* more/).waitFor();
  assert.equal(await page.locator(".entries > li").count(), rows);
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await page.getByRole("searchbox", { name: "Filter", exact: true }).fill("while it is paused");
  await page.locator(".entry.request").first().waitFor();
  assert.equal(await page.locator(".entry", { hasText: "READY" }).count(), 0);
  await developer("Limits");
  await page.getByRole("cell", { name: /POST .*messages/ }).waitFor();
  await developer("Faults");
  await page.getByRole("button", { name: "Global 429" }).click();
  await say("wait for it");
  await developer("Limits");
  await page.getByText("The global limit is reached").waitFor();
});

test("a permission that is taken away is missed by the next call", TIMEOUT, async () => {
  await page.getByRole("button", { name: "Developer" }).click();
  await developer("Faults");
  await page.getByLabel("Permission", { exact: true }).selectOption({ label: "Send Messages" });
  await page.getByRole("button", { name: "Take away" }).click();
  await page.getByRole("button", { name: "Give back Send Messages" }).waitFor();
  await developer("Session");
  await page.getByText("The bot's role does not have: Send Messages").waitFor();
  await say("no answer");
  await developer("Traffic");
  await page.locator(".entry.request", { hasText: "403" }).locator("summary").first().click();
  await page.locator("pre", { hasText: "50013" }).waitFor();
  await developer("Faults");
  await page.getByRole("button", { name: "Give back Send Messages" }).click();
  await page.getByRole("button", { name: "Give back Send Messages" }).waitFor({ state: "detached" });
  await say("an answer");
  await page.locator(".message .reference", { hasText: "an answer" }).waitFor();
});

test("an intent that is switched off ends the bot at its next identify", TIMEOUT, async () => {
  await page.getByRole("button", { name: "Developer" }).click();
  await developer("Faults");
  await page.getByRole("switch", { name: "Message Content Intent" }).uncheck();
  await developer("Session");
  await page.getByText("Off in the developer portal: Message Content Intent").waitFor();
  await developer("Faults");
  await page.getByRole("button", { name: "Identify again" }).click();
  await page.getByText("The program is not running").waitFor();
  assert.match(bot.errors.join("\n"), /Message Content Intent.*asked for by on_message at/s);
  // The browser reports that the program is gone.
  problems.length = 0;
});

test("a post of a forum is written on the page", TIMEOUT, async () => {
  const { guilds } = await act(address, "state", { as: "you" });
  const body = { name: "questions", type: 15, available_tags: [{ name: "rope" }] };
  await act(address, "request", { as: "you", method: "POST", path: `guilds/${guilds[0].id}/channels`, body });
  await page.getByRole("button", { name: "questions" }).click();
  await page.getByText("There are no posts yet").waitFor();
  await page.getByRole("button", { name: "New post" }).click();
  const dialog = page.getByRole("dialog", { name: "New post" });
  await dialog.getByLabel("Title").fill("Which rope?");
  await dialog.getByLabel("Message").fill("For the **anchor**.");
  await dialog.getByLabel("rope").check();
  await dialog.getByRole("button", { name: "Post", exact: true }).click();
  await page.locator(".message strong", { hasText: "anchor" }).first().waitFor();
  await page.getByRole("button", { name: "questions" }).click();
  await page.locator(".post", { hasText: "Which rope?" }).getByText("rope", { exact: true }).waitFor();
  await page.locator(".post", { hasText: "1 reply" }).waitFor();
});

test("a picture that is elsewhere is a box with its name, and is not loaded", TIMEOUT, async () => {
  const world = await act(address, "");
  const { guilds } = await act(address, "state", { as: "you" });
  const embed = { title: "Elsewhere", author: { name: "ann", icon_url: "https://example.com/ann.png" }, image: { url: "https://example.com/pictures/boat.png" } };
  await fetch(`${world.api_url}/channels/${guilds[0].channels[0].id}/messages`, { method: "POST", body: JSON.stringify({ embeds: [embed] }),
    headers: { Authorization: `Bot ${world.token}`, "Content-Type": "application/json", "User-Agent": "DiscordBot (test, 1)" } });
  const box = page.locator(".embed .placeholder", { hasText: "boat.png, example.com" });
  await box.waitFor();
  assert.match(await box.getAttribute("title"), /^https:\/\/example\.com\/pictures\/boat\.png/);
  assert.equal(await page.locator(".embed img").count(), 0);
});

test("the picture of an emoji that was uploaded is shown, and others by their names", TIMEOUT, async () => {
  const { guilds } = await act(address, "state", { as: "you" });
  const image = `data:image/png;base64,${readFileSync(new URL("../../examples/tide.png", import.meta.url)).toString("base64")}`;
  const { response } = await act(address, "request", { as: "you", method: "POST", path: `guilds/${guilds[0].id}/emojis`, body: { name: "tide", image } });
  await say(`<:tide:${response.id}> <:gone:123456789012345678>`);
  const picture = messages().first().getByRole("img", { name: ":tide:" });
  await picture.waitFor();
  await page.waitForFunction((image) => image.complete && image.naturalWidth > 1, await picture.elementHandle());
  await messages().first().locator("span.emoji", { hasText: ":gone:" }).waitFor();
});

for (const [width, scheme] of [[1280, "light"], [1280, "dark"], [360, "light"], [360, "dark"]]) {
  test(`the page has no serious accessibility findings at ${width} px, ${scheme}`, TIMEOUT, async () => {
    await use("components");
    await use("embed");
    await shows("Harbour office");
    const opened = await openPage(browser, address, { width, height: 740, scheme });
    await opened.page.locator(".embed").waitFor();
    assert.deepEqual(await accessibilityFindings(opened.page), []);
    const overflow = await opened.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `${overflow} px too wide`);
    await opened.page.getByRole("button", { name: "Developer" }).click();
    for (const tab of ["Bot", "Traffic", "Limits", "Interactions", "Session", "Faults"]) {
      await opened.page.getByRole("tab", { name: tab }).click();
      assert.deepEqual(await accessibilityFindings(opened.page), [], tab);
    }
    assert.deepEqual(opened.problems, []);
    await opened.page.context().close();
  });
}

test("a kept world survives a restart, and the open page connects again", TIMEOUT, async () => {
  const world = join(mkdtempSync(join(tmpdir(), "syncord-")), "world.json");
  const first = await startBot("showcase", { SYNCORD_WORLD: world });
  const opened = await openPage(browser, first.address);
  const box = opened.page.getByLabel("Message", { exact: true });
  await box.fill("before the restart");
  await box.press("Enter");
  await opened.page.locator(".message").nth(1).waitFor();
  await stopBot(first.bot);
  await opened.page.getByText("The program is not running").waitFor();
  const second = await startBot("showcase", { SYNCORD_WORLD: world });
  assert.equal(second.address, first.address);
  await opened.page.getByText("The program is not running").waitFor({ state: "detached" });
  assert.equal(await opened.page.locator(".message").count(), 2);
  await box.fill("after the restart");
  await box.press("Enter");
  await opened.page.locator(".message").nth(3).waitFor();
  await opened.page.context().close();
  await stopBot(second.bot);
});
