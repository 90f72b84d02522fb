// Measures the page under load in the real browser: `node measure.js`. The README has the figures.

import { act, launch, openPage, post, startBot, startDiscord, stopBot } from "./playground.js";

const browser = await launch();

/** Begins to record the times between frames, and tasks of more than 50 ms. */
async function record(page) {
  await page.evaluate(() => {
    const times = (globalThis.frames_ = []);
    const tasks = (globalThis.tasks_ = []);
    let last = performance.now();
    const frame = (now) => { times.push(now - last); last = now; globalThis.frame_ = requestAnimationFrame(frame); };
    globalThis.frame_ = requestAnimationFrame(frame);
    globalThis.observer_ = new PerformanceObserver((list) => tasks.push(...list.getEntries().map((entry) => entry.duration)));
    globalThis.observer_.observe({ type: "longtask" });
  });
}

async function report(page, name) {
  const { times, tasks, nodes, messages } = await page.evaluate(() => {
    cancelAnimationFrame(globalThis.frame_);
    globalThis.observer_.disconnect();
    return { times: globalThis.frames_.slice(1), tasks: globalThis.tasks_, nodes: document.querySelectorAll("*").length,
      messages: document.querySelectorAll(".message").length };
  });
  times.sort((a, b) => a - b);
  const at = (part) => times[Math.min(times.length - 1, Math.floor(part * times.length))].toFixed(1);
  console.log(`${name}: ${times.length} frames, median ${at(0.5)} ms, 95 % ${at(0.95)} ms, 99 % ${at(0.99)} ms, longest ${at(1)} ms; `
    + `${tasks.length} tasks over 50 ms${tasks.length > 0 ? `, longest ${Math.max(...tasks).toFixed(0)} ms` : ""}; ${messages} messages and ${nodes} elements in the page`);
}

/** Scrolls by `pixels` in each frame until `isOver()`. */
const scroll = (page, pixels, isOver) => page.evaluate(async ([pixels, isOver]) => {
  const scroller = document.querySelector(".message-list > .scroller");
  const end = new Function("scroller", `return ${isOver}`);
  for (let still = 0; still < 120;) {
    const before = scroller.scrollTop;
    scroller.scrollTop += pixels;
    await new Promise(requestAnimationFrame);
    still = scroller.scrollTop === before ? still + 1 : 0;
    if (end(scroller)) break;
  }
}, [pixels, isOver]);

const { discord, world } = await startDiscord();
const address = world.playground_url;
await act(address, "channel", { name: "long" });
await post(address, "long", 1, 10_000, { text: (n) => `message ${n}: **some** *text* with \`code\` and a line that is long enough to wrap now and then, as people write` });
{
  const { page } = await openPage(browser, address);
  await page.getByRole("button", { name: "long" }).click();
  await page.getByText("message 9999").first().waitFor();
  await record(page);
  await scroll(page, -300, 'scroller.scrollTop === 0 && document.querySelector(".channel-start h2")');
  await report(page, "10,000 messages, scrolled up by 300 px a frame");
  await record(page);
  await scroll(page, 300, "false");
  await report(page, "and down again");
  await page.context().close();
}
{
  const { page } = await openPage(browser, address);
  await act(address, "channel", { name: "busy" });
  await page.getByRole("button", { name: "busy" }).click();
  await page.getByText("Welcome to #busy").waitFor();
  await record(page);
  const start = performance.now();
  await post(address, "busy", 1, 5000, { perSecond: 500 });
  const seconds = (performance.now() - start) / 1000;
  await report(page, `5,000 messages at ${Math.round(5000 / seconds)} a second into the open channel`);
  await page.context().close();
}
await stopBot(discord);
for (const tab of ["Traffic", "Bot"]) {
  const { bot, address: withBot } = await startBot();
  const { page } = await openPage(browser, withBot);
  await page.getByRole("button", { name: "Developer" }).click();
  await page.getByRole("tab", { name: tab }).click();
  await record(page);
  const start = performance.now();
  await post(withBot, "general", 1, 1500, { perSecond: 150 });
  const seconds = (performance.now() - start) / 1000;
  await report(page, `1,500 messages at ${Math.round(1500 / seconds)} a second, each echoed, with the tab ${tab} open`);
  await page.context().close();
  await stopBot(bot);
}
await browser.close();
