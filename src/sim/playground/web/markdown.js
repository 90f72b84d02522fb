// Discord's markdown: text -> tree of plain objects -> DOM. The first step has no DOM, so that it can be tested alone.
// https://docs.discord.com/developers/reference#message-formatting
// https://support.discord.com/hc/en-us/articles/210298617

const MAX_DEPTH = 24;

/** Parses the text of a message into blocks. */
export function parse(text) {
  return blocks(text, 0);
}

function blocks(text, depth) {
  const nodes = [];
  let paragraph = [];
  const flush = () => {
    if (paragraph.length === 0) return;
    nodes.push({ type: "paragraph", children: inline(paragraph.join("\n"), depth) });
    paragraph = [];
  };
  let rest = text;
  while (rest !== "") {
    const code = /^```(?:([a-z0-9_+.#-]*)\n)?([^]*?)```(?:\n|$)?/i.exec(rest);
    if (code && code[2].trim() !== "") {
      flush();
      nodes.push({ type: "codeblock", language: code[1] ?? "", text: code[2].replace(/^\n+|\n+$/g, "") });
      rest = rest.slice(code[0].length);
      continue;
    }
    const all = depth < MAX_DEPTH && /^>>> ?([^]*)$/.exec(rest);
    if (all) {
      flush();
      nodes.push({ type: "quote", children: blocks(all[1], depth + 1) });
      break;
    }
    const quote = depth < MAX_DEPTH && /^(?:> [^\n]*(?:\n|$))+/.exec(rest);
    if (quote) {
      flush();
      const lines = quote[0].replace(/\n$/, "").split("\n").map((line) => line.slice(2));
      nodes.push({ type: "quote", children: blocks(lines.join("\n"), depth + 1) });
      rest = rest.slice(quote[0].length);
      continue;
    }
    const end = lineEnd(rest);
    const line = rest.slice(0, end);
    rest = rest.slice(end + 1);
    const heading = /^(#{1,3}) +(.+)$/.exec(line);
    const small = /^-# +(.+)$/.exec(line);
    const item = /^( *)(?:[-*]|(\d{1,9})\.) +(.+)$/.exec(line);
    if (heading) {
      flush();
      nodes.push({ type: "heading", level: heading[1].length, children: inline(heading[2], depth) });
    } else if (small) {
      flush();
      nodes.push({ type: "small", children: inline(small[1], depth) });
    } else if (item) {
      flush();
      addItem(nodes, item, depth);
    } else {
      paragraph.push(line);
    }
  }
  flush();
  return nodes;
}

/** The end of the first line. A code block that begins within it belongs to it. */
function lineEnd(text) {
  const newline = text.indexOf("\n");
  const end = newline === -1 ? text.length : newline;
  const fence = text.indexOf("```");
  // The block begins its own line, so that the loop above sees it.
  return fence > 0 && fence < end && text.indexOf("```", fence + 3) !== -1 ? fence - 1 : end;
}

function addItem(nodes, [, indent, number, text], depth) {
  const level = Math.min(Math.floor(indent.length / 2), 9);
  const last = nodes.at(-1);
  const list = last?.type === "list" ? last : { type: "list", items: [] };
  if (list !== last) nodes.push(list);
  list.items.push({ level, number: number === undefined ? null : Number(number), children: inline(text, depth) });
}

// Each rule: a pattern that matches at the start, what it becomes, and how much of the text it takes (default: what the
// pattern matched). The first that matches wins.
const RULES = [
  [/^\\([^A-Za-z0-9\s])/, (m) => m[1]],
  [/^``([^]+?)``(?!`)/, (m) => ({ type: "code", text: m[1] })],
  [/^`([^`]+)`/, (m) => ({ type: "code", text: m[1] })],
  [/^<@!?(\d{1,20})>/, (m) => ({ type: "user", id: m[1] })],
  [/^<@&(\d{1,20})>/, (m) => ({ type: "role", id: m[1] })],
  [/^<#(\d{1,20})>/, (m) => ({ type: "channel", id: m[1] })],
  [/^<\/([^:<>\n]{1,100}):(\d{1,20})>/, (m) => ({ type: "command", name: m[1], id: m[2] })],
  [/^<t:(-?\d{1,13})(?::([tTdDfFRsS]))?>/, (m) => ({ type: "time", seconds: Number(m[1]), style: m[2] ?? "f" })],
  [/^<(a?):(\w{2,32}):(\d{1,20})>/, (m) => ({ type: "emoji", animated: m[1] === "a", name: m[2], id: m[3] })],
  [/^@(everyone|here)\b/, (m) => ({ type: "everyone", text: m[0] })],
  [/^<(https?:\/\/[^\s<>]+)>/i, (m) => link(m[1], [m[1]])],
  [/^\[((?:\[[^\]\n]*\]|[^[\]\n])+)\]\(<?(https?:\/\/[^\s<>]*?)>?(?: +"[^"\n]*")?\)/i,
    (m, depth) => link(m[2], inline(m[1], depth + 1))],
  // A link without brackets does not hold the punctuation that follows it.
  [/^https?:\/\/[^\s<]+/i, (m) => link(trimUrl(m[0]), [trimUrl(m[0])]), (m) => trimUrl(m[0]).length],
  [/^\*\*\*([^]+?)\*\*\*(?!\*)/, (m, depth) =>
    ({ type: "bold", children: [{ type: "italic", children: inline(m[1], depth + 1) }] })],
  [/^\*\*([^]+?)\*\*(?!\*)/, (m, depth) => ({ type: "bold", children: inline(m[1], depth + 1) })],
  [/^__([^]+?)__(?!_)/, (m, depth) => ({ type: "underline", children: inline(m[1], depth + 1) })],
  [/^~~([^]+?)~~/, (m, depth) => ({ type: "strike", children: inline(m[1], depth + 1) })],
  [/^\|\|([^]+?)\|\|/, (m, depth) => ({ type: "spoiler", children: inline(m[1], depth + 1) })],
  [/^\*(?=\S)((?:\*\*|[^*])+?)\*(?!\*)/, (m, depth) => ({ type: "italic", children: inline(m[1], depth + 1) })],
  [/^_(?=\S)((?:__|[^_])+?)_(?![\w_])/, (m, depth) => ({ type: "italic", children: inline(m[1], depth + 1) })],
];

/** Where a rule may begin. An underscore or a link within a word is plain text. */
const START = /[\\`<@[*_~|]|https?:\/\//gi;

function inline(text, depth) {
  if (depth >= MAX_DEPTH) return [text];
  const nodes = [];
  let plain = 0;
  START.lastIndex = 0;
  let at = 0;
  while (at < text.length) {
    START.lastIndex = at;
    const found = START.exec(text);
    if (!found) break;
    at = found.index;
    const isInWord = at > 0 && /\w/.test(text[at - 1]) && /[_h@]/i.test(text[at]);
    const node = isInWord ? null : match(text.slice(at), depth);
    if (!node) {
      at += 1;
      continue;
    }
    push(nodes, text.slice(plain, at));
    push(nodes, node.value);
    at += node.length;
    plain = at;
  }
  push(nodes, text.slice(plain));
  return nodes;
}

function match(text, depth) {
  for (const [pattern, make, length] of RULES) {
    const found = pattern.exec(text);
    if (found) return { value: make(found, depth), length: length ? length(found) : found[0].length };
  }
  return null;
}

function push(nodes, node) {
  if (node === "") return;
  if (typeof node === "string" && typeof nodes.at(-1) === "string") nodes[nodes.length - 1] += node;
  else nodes.push(node);
}

function link(url, children) {
  return { type: "link", url, children };
}

function trimUrl(text) {
  let url = text.replace(/[.,:;"'!?\]*_~|]+$/, "");
  const count = (c) => url.split(c).length - 1;
  while (url.endsWith(")") && count(")") > count("(")) url = url.slice(0, -1);
  return url;
}

/** Whether a text is nothing but a few emoji, which are drawn larger. */
export function isOnlyEmoji(text) {
  const rest = text.replace(/<a?:\w{2,32}:\d{1,20}>/g, "\u{1F600}").trim();
  return rest !== "" && /^(?:\p{Extended_Pictographic}(?:\uFE0F|\u200D|\p{Emoji_Modifier}|\p{Extended_Pictographic})*\s*){1,27}$/u.test(rest);
}
