// The markdown of messages, without a browser.

import assert from "node:assert/strict";
import test from "node:test";

import { isOnlyEmoji, parse } from "../../src/sim/playground/web/markdown.js";

const inline = (text) => parse(text)[0].children;
const bold = (...children) => ({ type: "bold", children });
const italic = (...children) => ({ type: "italic", children });

test("styles nest", () => {
  assert.deepEqual(inline("a **b *c* d** e"), ["a ", bold("b ", italic("c"), " d"), " e"]);
  assert.deepEqual(inline("***both***"), [bold(italic("both"))]);
  assert.deepEqual(inline("__u__ ~~s~~ ||p||").map((node) => node.type ?? node), ["underline", " ", "strike", " ", "spoiler"]);
});

test("an underscore within a word is plain text", () => {
  assert.deepEqual(inline("a_b_c and _d_"), ["a_b_c and ", italic("d")]);
});

test("code is not styled, and blocks keep their lines", () => {
  assert.deepEqual(inline("`**a**`"), [{ type: "code", text: "**a**" }]);
  const [before, block, after] = parse("x\n```rust\nfn a() {}\n\nb\n```\ny");
  assert.deepEqual([before.type, block, after.children], ["paragraph", { type: "codeblock", language: "rust", text: "fn a() {}\n\nb" }, ["y"]]);
});

test("quotes, headings and lists are blocks", () => {
  const types = parse("> a\n> b\n# c\n-# d\n- e\n  - f\n1. g").map((block) => block.type);
  assert.deepEqual(types, ["quote", "heading", "small", "list"]);
  assert.equal(parse(">>> a\nb")[0].children[0].children[0], "a\nb");
});

test("mentions, times and emoji of Discord are read", () => {
  const nodes = inline("<@1><@!2><@&3><#4></roll d:5><t:6:R><:rope:7>@everyone");
  assert.deepEqual(nodes.map((node) => node.type), ["user", "user", "role", "channel", "command", "time", "emoji", "everyone"]);
  assert.deepEqual([nodes[4].name, nodes[5].seconds, nodes[6].id], ["roll d", 6, "7"]);
  assert.deepEqual(inline("me@everyone"), ["me@everyone"]);
});

test("only addresses of the web become links", () => {
  const urls = (text) => inline(text).filter((node) => node.type === "link").map((node) => node.url);
  assert.deepEqual(urls("see (https://a.example/b_(c)). <https://d.example>, [e](https://f.example)"),
    ["https://a.example/b_(c)", "https://d.example", "https://f.example"]);
  for (const text of ["[x](javascript:alert(1))", "[x](data:text/html,x)", "<javascript:x>", "javascript:alert(1)"]) {
    assert.deepEqual(urls(text), [], text);
  }
});

test("a backslash makes a sign plain", () => {
  assert.deepEqual(inline("\\*a\\* \\<@1>"), ["*a* <@1>"]);
});

test("no text is lost, and long texts of signs end", { timeout: 60_000 }, () => {
  const plain = (nodes) => nodes.map((node) => (typeof node === "string" ? node : node.text ?? plain(node.children ?? []))).join("");
  for (const sign of ["*", "_", "~", "|", "`", "<", "[", "\\", "> ", "- ", "**a "]) {
    const blocks = parse(sign.repeat(4000 / sign.length));
    assert.ok(blocks.length > 0, sign);
  }
  assert.equal(plain(inline("a *b c_d **e")), "a *b c_d **e");
});

test("a text of emoji alone is known", () => {
  assert.ok(isOnlyEmoji("😀 👍🏽 <:rope:12>"));
  assert.ok(!isOnlyEmoji("a 😀"));
  assert.ok(!isOnlyEmoji(""));
});
