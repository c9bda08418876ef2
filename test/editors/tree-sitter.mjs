// The language of the tree-sitter grammar, by a parser of its own: Earley's,
// which takes any grammar. Of several trees it takes the one that precedence and
// associativity leave. It knows words as tree-sitter does not: one of the
// language is never an identifier.
//
//   tree-sitter.mjs FOLDER scripts SCRIPT...   takes scripts as pdec does
//   tree-sitter.mjs FOLDER corpus FILE...      compares trees
//   tree-sitter.mjs FOLDER words               all have a colour
//
// What pdec tells of a faulty script stands beside it.
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const [folder, task, ...files] = process.argv.slice(2);

// -- the rules as grammar.js says them ----------------------------------------

const asRule = (rule) =>
  typeof rule === "string" ? { type: "string", value: rule }
  : rule instanceof RegExp ? { type: "pattern", value: rule.source }
  : rule;
const members = (rules) => rules.map(asRule);
const withPrecedence = (assoc) => (level, rule) =>
  rule === undefined
    ? { type: "prec", assoc, level: 0, content: asRule(level) }
    : { type: "prec", assoc, level, content: asRule(rule) };

globalThis.seq = (...rules) => ({ type: "seq", members: members(rules) });
globalThis.choice = (...rules) => ({ type: "choice", members: members(rules) });
globalThis.repeat = (rule) => ({ type: "repeat", content: asRule(rule) });
globalThis.optional = (rule) => choice(rule, { type: "seq", members: [] });
globalThis.field = (name, rule) => asRule(rule);
globalThis.prec = Object.assign(withPrecedence("none"), {
  left: withPrecedence("left"), right: withPrecedence("right") });
globalThis.alias = (rule, as) =>
  ({ type: "alias", content: asRule(rule), as: as.name });
globalThis.token = (rule) => ({ type: "token", content: asRule(rule) });
globalThis.grammar = (description) => description;

const description = createRequire(import.meta.url)(
  path.resolve(folder, "grammar.js"));
const symbols = new Proxy({}, {
  get: (_, name) => {
    if (!(name in description.rules)) throw new Error(`no rule ${name}`);
    return { type: "symbol", name };
  },
});
const rules = {};
for (const [name, make] of Object.entries(description.rules))
  rules[name] = asRule(make(symbols));
for (const rule of Object.values(description.conflicts(symbols)).flat())
  symbols[rule.name];

// -- tokens -------------------------------------------------------------------

const patternOf = (rule) =>
  ({
    string: () => rule.value.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"),
    pattern: () => `(?:${rule.value})`,
    seq: () => rule.members.map(patternOf).join(""),
    choice: () => `(?:${rule.members.map(patternOf).join("|")})`,
    prec: () => patternOf(rule.content),
    token: () => patternOf(rule.content),
  })[rule.type]();

const blank = description.extras(symbols)[0];
const isToken = (rule) => rule.type === "token" || rule.type === "pattern";
const tokens = Object.keys(rules).filter((name) => isToken(rules[name]));
const strings = new Set(), coloured = new Set();
const collect = (rule, isAlias = false) => {
  if (rule.type === "string") strings.add(rule.value);
  if (rule.type === "string" && !isAlias) coloured.add(rule.value);
  const parts = rule.members ?? (rule.content ? [rule.content] : []);
  if (rule.type !== "token")
    parts.forEach((part) => collect(part, isAlias || rule.type === "alias"));
};
Object.values(rules).forEach((rule) => collect(rule));
// A word and a rule may have the same name.
const quoted = (text) => `"${text}"`;
const isWord = (text) => /^\p{L}/u.test(text);
const signs = [...strings].filter((text) => !isWord(text))
  .sort((a, b) => b.length - a.length);
const patterns = tokens.map((name) =>
  [name, new RegExp(patternOf(rules[name]), "uy"),
   rules[name].content?.type === "prec"]);

// The longest, and of equally long ones the one with a precedence.
function nextToken(text, at) {
  let best = { kind: null, end: at, isPreferred: false };
  const offer = (kind, end, isPreferred) => {
    const better = end > best.end || (end === best.end && isPreferred);
    if (end > at && better) best = { kind, end, isPreferred };
  };
  for (const [name, pattern, isPreferred] of patterns) {
    // Alternatives of a pattern are tried in turn; tree-sitter's take the
    // longest.
    pattern.lastIndex = at;
    for (const one of name === "number"
      ? rules.number.content.members.map(
        (rule) => new RegExp(patternOf(rule), "uy")) : [pattern]) {
      one.lastIndex = at;
      const found = one.exec(text);
      if (found) offer(name, at + found[0].length, isPreferred);
    }
  }
  for (const sign of signs)
    if (text.startsWith(sign, at)) offer(quoted(sign), at + sign.length, false);
  const word = text.slice(at, best.end);
  if (best.kind === "identifier" && strings.has(word))
    best.kind = quoted(word);
  return best;
}

function tokenize(text) {
  const result = [], comments = [];
  for (let at = 0; at < text.length;) {
    if (blank.test(text[at])) { ++at; continue; }
    const { kind, end } = nextToken(text, at);
    if (!kind) return null;
    if (kind === "comment") comments.push(result.length);
    else result.push(kind);
    at = end;
  }
  return { kinds: result, comments };
}

// -- productions --------------------------------------------------------------

const productions = new Map(); // by the symbol that they make
let unnamed = 0;
function produce(symbol, right, level = 0, assoc = "none") {
  if (!productions.has(symbol)) productions.set(symbol, []);
  productions.get(symbol).push({ symbol, right, level, assoc });
}

// The sequences of symbols that a rule stands for.
function sequences(rule) {
  switch (rule.type) {
    case "string": return [[quoted(rule.value)]];
    case "symbol": return [[rule.name]];
    case "choice": return rule.members.flatMap(sequences);
    case "seq":
      return rule.members.reduce((all, member) =>
        all.flatMap((before) =>
          sequences(member).map((after) => [...before, ...after])), [[]]);
    case "repeat": {
      const some = `_repeat${unnamed++}`;
      for (const one of sequences(rule.content)) {
        produce(some, one);
        produce(some, [some, ...one]);
      }
      return [[], [some]];
    }
    case "prec": return sequences(rule.content);
    case "alias": {
      const other = `alias:${rule.as}:${unnamed++}`;
      for (const one of sequences(rule.content)) produce(other, one);
      return [[other]];
    }
  }
  throw new Error(`a rule of type ${rule.type}`);
}
for (const [name, rule] of Object.entries(rules))
  if (!isToken(rule))
    for (const right of sequences(rule))
      produce(name, right, rule.level ?? 0, rule.assoc);

// -- parsing ------------------------------------------------------------------

const nullable = new Set();
for (let size = -1; size < nullable.size;) {
  size = nullable.size;
  for (const [symbol, all] of productions)
    if (all.some(({ right }) => right.every((part) => nullable.has(part))))
      nullable.add(symbol);
}

// Where each symbol that begins in a place can end; null for no script.
function parse(kinds) {
  const spans = new Map();
  const waiting = []; // by place and symbol: the items before that symbol
  for (let at = 0; at <= kinds.length; ++at) waiting.push(new Map());
  let sets = [new Map()];
  const add = (set, production, dot, from) => {
    const key = `${production.symbol}/${production.right.join(" ")}/${dot}/${from}`;
    if (!set.has(key)) set.set(key, { production, dot, from });
  };
  for (const production of productions.get("script"))
    add(sets[0], production, 0, 0);
  for (let at = 0; at <= kinds.length; ++at) {
    const here = sets[at], next = new Map();
    for (const { production, dot, from } of here.values()) {
      const symbol = production.right[dot];
      if (symbol === undefined) {
        const key = `${production.symbol} ${from}`;
        if (!spans.has(key)) spans.set(key, new Set());
        spans.get(key).add(at);
        for (const item of waiting[from].get(production.symbol) ?? [])
          add(here, item.production, item.dot + 1, item.from);
      } else if (productions.has(symbol)) {
        if (!waiting[at].has(symbol)) waiting[at].set(symbol, []);
        waiting[at].get(symbol).push({ production, dot, from });
        for (const one of productions.get(symbol)) add(here, one, 0, at);
        if (nullable.has(symbol)) add(here, production, dot + 1, from);
        // What has ended here already begins here, too.
        if (spans.get(`${symbol} ${at}`)?.has(at))
          add(here, production, dot + 1, from);
      } else if (symbol === kinds[at]) {
        add(next, production, dot + 1, from);
      }
    }
    sets.push(next);
  }
  return spans.get("script 0")?.has(kinds.length) ? spans : null;
}

// -- trees --------------------------------------------------------------------

const isOpen = (symbol) => symbol === "_expression" || symbol === "_body";

// Whether a tree may stand at the left or right end of an operation.
function fits(child, { level, assoc }, isLeft) {
  const open = isLeft ? child.opensRight : child.opensLeft;
  if (!level || !child.level || !open) return true;
  return child.level > level ||
    (child.level === level && assoc === (isLeft ? "left" : "right"));
}

function treeOf(kinds, spans) {
  const known = new Map();
  // Ways to read kinds[begin..end) as these symbols.
  const split = (right, begin, end, production) => {
    if (right.length === 0) return begin === end ? [[]] : [];
    const [first, ...rest] = right, ways = [];
    const isFirst = right.length === production.right.length;
    const isLast = rest.length === 0;
    const ends = productions.has(first)
      ? [...(spans.get(`${first} ${begin}`) ?? [])]
      : kinds[begin] === first ? [begin + 1] : [];
    for (const middle of ends) {
      if (middle > end || (isLast && middle !== end)) continue;
      const behind = split(rest, middle, end, production);
      if (behind.length === 0) continue;
      for (const tree of trees(first, begin, middle)) {
        if (isFirst && !fits(tree, production, true)) continue;
        if (isLast && !isFirst && !fits(tree, production, false)) continue;
        for (const others of behind) ways.push([tree, ...others]);
      }
    }
    return ways;
  };
  const trees = (symbol, begin, end) => {
    if (!productions.has(symbol))
      return [{ symbol, begin, end, level: 0, children: [] }];
    const key = `${symbol} ${begin} ${end}`;
    if (known.has(key)) return known.get(key);
    known.set(key, []);
    const found = [];
    for (const production of productions.get(symbol))
      for (const children of split(production.right, begin, end, production)) {
        const isChain = symbol.startsWith("_") && children.length === 1;
        found.push({
          symbol, begin, end, children,
          level: isChain ? children[0].level : production.level,
          opensLeft: isChain ? children[0].opensLeft
            : isOpen(production.right[0]),
          opensRight: isChain ? children[0].opensRight
            : isOpen(production.right.at(-1)),
        });
      }
    known.set(key, found);
    return found;
  };
  return trees("script", 0, kinds.length);
}

// As the corpus has it: named nodes only.
function show(tree, comments) {
  const parts = [];
  const visit = (node) => {
    const isNamed = node.symbol in rules && !node.symbol.startsWith("_");
    const [kind, as] = node.symbol.split(":");
    if (kind === "alias") parts.push(`(${as})`);
    else if (isNamed) parts.push(show(node, node.symbol === "script" ? comments : []));
    else node.children.forEach(visit);
  };
  for (const child of tree.children) {
    while (comments.length && comments[0] <= child.begin && tree.symbol === "script") {
      parts.push("(comment)");
      comments = comments.slice(1);
    }
    visit(child);
  }
  return `(${[tree.symbol, ...parts].join(" ")})`;
}

// -- tasks --------------------------------------------------------------------

function accepts(text) {
  const found = tokenize(text);
  return found !== null && parse(found.kinds) !== null;
}

function corpus(file) {
  const text = fs.readFileSync(file, "utf8");
  const cases = text.split(/^={3,}\n(.*)\n={3,}\n/m).slice(1);
  let wrong = 0;
  for (let i = 0; i < cases.length; i += 2) {
    const [code, expected] = cases[i + 1].split(/^---$/m);
    const { kinds, comments } = tokenize(code);
    const spans = parse(kinds);
    const all = spans ? treeOf(kinds, spans) : [];
    const shown = [...new Set(all.map((tree) => show(tree, comments)))];
    const plain = expected.replace(/\s+/g, " ").replace(/ \)/g, ")").trim();
    const isRight = shown.length === 1 && flat(shown[0]) === flat(plain);
    if (isRight) continue;
    ++wrong;
    console.log(`${cases[i]}: ${shown.length} trees\n  ${shown.join("\n  ")}` +
                `\n  expected\n  ${plain}`);
  }
  console.log(`${wrong} of ${cases.length / 2} trees are wrong`);
}

// Comments may stand anywhere among the parts of a script.
const flat = (tree) => tree.replace(/ \(comment\)/g, "");

// Mistakes of syntax; others are of words, numbers and sizes.
const isRefused = /\[E01(01|05|06|08|09|10|13|16|17)\]/;
const isOther = /\[E01/;

function scripts() {
  let wrong = 0, refused = 0;
  for (const file of files) {
    const beside = `${file}.expected`;
    const told = fs.existsSync(beside) ? fs.readFileSync(beside, "utf8") : "";
    const mustRefuse = isRefused.test(told);
    if (!mustRefuse && isOther.test(told)) continue;
    refused += mustRefuse;
    if (accepts(fs.readFileSync(file, "utf8")) !== mustRefuse) continue;
    ++wrong;
    console.log(`${path.basename(file)}: ${mustRefuse ? "taken" : "refused"}`);
  }
  console.log(`${wrong} scripts are taken for others, of ${refused} that are ` +
              `refused and ${files.length - refused}`);
}

function words() {
  const colours = fs.readFileSync(
    path.join(folder, "queries/highlights.scm"), "utf8");
  const bare = [...coloured].filter((text) =>
    !colours.includes(quoted(text)) && text !== "true" && text !== "false");
  console.log(`words and signs without a colour: ${bare.join(" ")}.`);
}

({ corpus: () => files.forEach(corpus), scripts, words })[task]();
