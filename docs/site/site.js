// The search: all words of what is typed, in headings first.
"use strict";

const field = document.getElementById("search");
const results = document.getElementById("results");
const article = document.querySelector("article");

function rank(entry, words) {
  const title = (entry[1] + " " + entry[2]).toLowerCase();
  let sum = 0;
  for (const word of words) {
    if (title.includes(word))
      sum += 10;
    else if (entry[3].includes(word))
      sum += 1;
    else
      return 0;
  }
  return sum;
}

function resultOf(entry) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = document.body.dataset.top + "/" + entry[0];
  link.textContent = entry[2];
  const page = document.createElement("span");
  page.textContent = " " + entry[1];
  item.append(link, page);
  return item;
}

function search() {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  results.hidden = words.length === 0;
  article.hidden = words.length > 0;
  const found = searchIndex
    .map((entry) => [rank(entry, words), entry])
    .filter((pair) => words.length && pair[0] > 0)
    .sort((a, b) => b[0] - a[0])
    .slice(0, 40);
  const list = document.createElement("ul");
  list.append(...found.map((pair) => resultOf(pair[1])));
  const count = document.createElement("p");
  count.textContent = found.length ? "" : "Nothing has all of these words.";
  results.replaceChildren(count, list);
}

field.addEventListener("input", search);
results.addEventListener("click", (event) => {
  if (event.target.tagName === "A") {
    field.value = "";
    search();
  }
});
