// Starts an example in the playground, and opens its page in Chromium.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";

import { chromium } from "playwright-core";

const root = new URL("../../", import.meta.url).pathname;
const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);

// Chromium connects to its maker by itself. These switches stop that, so that a test can see what the page asks for.
const SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--disable-domain-reliability"];

/** Starts an example. Returns the address of its page and the process. */
export async function startBot(example = "showcase", environment = {}) {
  const bot = spawn(`${root}target/debug/examples/${example}`, { stdio: ["pipe", "pipe", "pipe"],
    env: { PATH: process.env.PATH, RUST_LOG: "warn", ...environment } });
  bot.errors = [];
  const address = new Promise((resolve, reject) => {
    createInterface({ input: bot.stderr }).on("line", (line) => {
      bot.errors.push(line);
      const found = /http:\/\/127\.0\.0\.1:\d+\/\S+/.exec(line);
      if (found) resolve(found[0]);
    });
    bot.on("exit", () => reject(new Error(`the example ended:\n${bot.errors.join("\n")}`)));
    bot.on("error", reject);
  });
  createInterface({ input: bot.stdout }).on("line", (line) => (bot.printed ??= []).push(line));
  return { bot, address: await address };
}

/** Starts a simulated Discord without a bot. Returns its addresses and the process. */
export async function startDiscord() {
  const discord = spawn(`${root}target/debug/syncord-sim`, ["--until-input-ends"], { stdio: ["pipe", "pipe", "inherit"] });
  const [line] = await once(createInterface({ input: discord.stdout }), "line");
  return { discord, world: JSON.parse(line) };
}

/** Carries out an action of the control interface. `address` is that of the page. */
export async function act(address, action, args = {}) {
  const response = await fetch(new URL(`../${action}`, address), { method: "POST", body: JSON.stringify(args) });
  const body = await response.json();
  if (!response.ok) throw new Error(`${action}: ${JSON.stringify(body)}`);
  return body;
}

/** Posts messages with the numbers from `first` to `last`, as fast as possible or at most `perSecond`. */
export async function post(address, channel, first, last, { perSecond = Infinity, text = (n) => `message ${n}` } = {}) {
  const start = performance.now();
  let next = first;
  const worker = async () => {
    while (next <= last) {
      const number = next;
      next += 1;
      const wait = start + ((number - first) / perSecond) * 1000 - performance.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      await act(address, "say", { as: "ann", channel, content: text(number) });
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}

/** Ends a program as Ctrl-D does. */
export async function stopBot(bot) {
  if (bot.exitCode !== null) return;
  const ended = once(bot, "exit");
  bot.stdin.end();
  await ended;
}

export function launch() {
  if (!CHROMIUM) throw new Error("Chromium is not installed");
  return chromium.launch({ executablePath: CHROMIUM, args: SWITCHES });
}

/**
 * Opens the page. `problems` collects what must not happen: errors, failed requests, requests to other machines.
 */
export async function openPage(browser, address, { width = 1280, height = 800, scheme = "light" } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, reducedMotion: "reduce" });
  const page = await context.newPage();
  const problems = [];
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) problems.push(`console: ${message.text()}`); });
  page.on("pageerror", (error) => problems.push(`error: ${error.message}`));
  page.on("request", (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (protocol.startsWith("http") && hostname !== "127.0.0.1") problems.push(`request to ${request.url()}`);
  });
  await page.goto(address);
  await page.getByLabel("Message", { exact: true }).waitFor();
  return { page, problems };
}

/** Serious findings of the accessibility checker. */
export async function accessibilityFindings(page) {
  const axe = readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  return violations.filter((one) => ["serious", "critical"].includes(one.impact)).map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(" ")).join(", ")}`);
}
