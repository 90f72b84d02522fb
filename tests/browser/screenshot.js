// Makes docs/playground.png: `node screenshot.js`.

import { launch, openPage, startBot, stopBot } from "./playground.js";

const browser = await launch();
const { bot, address } = await startBot();
const { page } = await openPage(browser, address);
const composer = page.getByLabel("Message", { exact: true });
await composer.fill("Good **morning**, harbour!");
await composer.press("Enter");
await page.locator(".message .reference").waitFor();
for (const command of ["embed", "layout"]) {
  await composer.fill(`/${command}`);
  await page.getByRole("option", { name: command }).first().waitFor();
  await composer.press("Enter");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.locator(".message .reference", { hasText: `/${command}` }).waitFor();
}
await page.getByRole("button", { name: "Developer" }).click();
await page.locator(".outline-line", { hasText: "/layout" }).getByText("1 call").waitFor();
await page.locator("img[src*=attachments]").last().waitFor();
await page.mouse.move(600, 790);
await page.waitForTimeout(500);
await page.screenshot({ path: new URL("../../docs/playground.png", import.meta.url).pathname });
await browser.close();
await stopBot(bot);
