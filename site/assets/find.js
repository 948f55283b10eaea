// Narrows the list of places on the home page while a reader types. Without it, the whole list is there.
// And in browsers that cannot be told in the stylesheet, opens for paper what is folded on a phone.
(() => {
  "use strict";
  addEventListener("beforeprint", () => document.querySelectorAll(".fold").forEach((fold) => { fold.open = true; }));
  const input = document.querySelector("[data-find]");
  const list = input && document.getElementById(input.dataset.find);
  const said = document.getElementById("find-said");
  if (!list || !said) return;
  const hint = said.textContent;
  input.parentElement.hidden = false;
  input.addEventListener("input", () => {
    const words = input.value.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
    const has = (element) => words.every((word) => element.textContent.normalize("NFKC").toLowerCase().includes(word));
    let shown = 0;
    for (const group of list.querySelectorAll("[data-group]")) {
      const all = has(group.querySelector("h3"));
      let any = false;
      for (const item of group.querySelectorAll("[data-item]")) {
        item.hidden = !(all || has(item));
        any ||= !item.hidden;
        shown += item.hidden ? 0 : 1;
      }
      group.hidden = !any;
    }
    said.textContent = shown > 0 ? hint : said.dataset.none;
  });
})();
