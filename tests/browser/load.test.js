// Many messages and many events. These tests assert counts: how fast it is, `measure.js` says.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { act, launch, openPage, post, startDiscord, stopBot } from "./playground.js";

const TIMEOUT = { timeout: 180_000 };
let browser;
let discord;
let address;

before(async () => {
  browser = await launch();
  const started = await startDiscord();
  discord = started.discord;
  address = started.world.playground_url;
});
after(async () => {
  await browser.close();
  await stopBot(discord);
});

/** Scrolls up to the start of the channel. Returns the numbers of the messages that were shown, and the most nodes. */
function scrollToStart(page) {
  return page.evaluate(async () => {
    const scroller = document.querySelector(".message-list > .scroller");
    const seen = new Set();
    let most = 0;
    for (;;) {
      const messages = [...scroller.querySelectorAll(".message")];
      most = Math.max(most, messages.length);
      for (const message of messages) seen.add(Number(/message (\d+)/.exec(message.textContent)[1]));
      if (scroller.querySelector(".channel-start h2") && scroller.scrollTop === 0) return { seen: [...seen].sort((a, b) => a - b), most };
      scroller.scrollTop -= 2000;
      await new Promise(requestAnimationFrame);
    }
  });
}

test("a channel with many messages is scrolled to its start, and few of them are in the page", TIMEOUT, async () => {
  await act(address, "channel", { name: "long" });
  await post(address, "long", 1, 3000);
  const { page, problems } = await openPage(browser, address);
  await page.getByRole("button", { name: "long" }).click();
  await page.getByText("message 3000", { exact: true }).waitFor();
  const { seen, most } = await scrollToStart(page);
  // They were posted by several senders at once, so not in their order.
  assert.deepEqual(seen, Array.from({ length: 3000 }, (_, n) => n + 1));
  assert.ok(most <= 300, `${most} messages were in the page`);
  await page.getByRole("button", { name: "Jump to the newest messages" }).click();
  await page.locator(".message").last().waitFor();
  assert.ok(await page.locator(".message").count() <= 300);
  assert.deepEqual(problems, []);
  await page.context().close();
});

test("no event of a burst is lost, and the page stays small", TIMEOUT, async () => {
  const state = await act(address, "state", { as: "you" });
  await act(address, "channel", { name: "busy" });
  await act(address, "channel", { name: "mentions" });
  const { page, problems } = await openPage(browser, address);
  await page.getByRole("button", { name: "busy" }).click();
  await page.getByText("Welcome to #busy").waitFor();
  const nodes = () => page.evaluate(() => document.querySelectorAll("*").length);
  await Promise.all([post(address, "busy", 1, 1500), post(address, "mentions", 1, 500, { text: () => `<@${state.as.id}>` })]);
  await page.getByLabel("500 mentions").waitFor();
  await page.waitForFunction(() => document.querySelectorAll(".message").length > 100);
  const { seen, most } = await scrollToStart(page);
  assert.equal(seen.length, 1500);
  assert.ok(most <= 300, `${most} messages were in the page`);
  assert.ok(await nodes() < 8000, `${await nodes()} nodes`);
  assert.deepEqual(problems, []);
  await page.context().close();
});
