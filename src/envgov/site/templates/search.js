"use strict";
// Filters the list of units that the page has anyway: without this script the whole list is there.
(() => {
  const input = document.getElementById("q");
  const told = document.getElementById("told");
  const all = told.textContent;
  const plain = (text) => text.normalize("NFKC").toLowerCase().trim();
  const items = Array.from(document.querySelectorAll("#all li"), (item) => [item, plain(item.textContent)]);
  const show = () => {
    const words = plain(input.value).split(/\s+/);
    let found = 0;
    for (const [item, text] of items) {
      item.hidden = !words.every((word) => text.includes(word));
      found += item.hidden ? 0 : 1;
    }
    told.textContent = found === items.length ? all : told.dataset.found.replace("{n}", String(found));
  };
  input.value = new URLSearchParams(location.search).get("q") ?? "";
  input.addEventListener("input", show);
  input.form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  show();
})();
