// Opens the evidence beside the text. Without it every link still leads to the same card further down.
"use strict";
(() => {
  const panel = document.getElementById("panel");
  if (!panel || !panel.showModal) return;
  const content = panel.querySelector(".content");
  const back = panel.querySelector(".back");
  const trail = [];

  function show(id) {
    const card = document.getElementById(id);
    if (!card) return false;
    const copy = card.cloneNode(true);
    copy.removeAttribute("id");
    copy.querySelectorAll("[id]").forEach((element) => element.removeAttribute("id"));
    content.replaceChildren(copy);
    content.dataset.shows = id;
    back.hidden = trail.length < 2;
    if (!panel.open) panel.showModal();
    panel.scrollTop = 0;
    return true;
  }

  function open(id) {
    trail.push(id);
    if (show(id)) return true;
    trail.pop();
    return false;
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (link && panel.contains(link) && link.closest(".up")) { panel.close(); return; }
    const opener = link ? link.closest("[data-opens]") : event.target.closest("[data-opens]");
    let id = opener && (!link || link.dataset.opens) ? opener.dataset.opens : null;
    if (!id && link) {
      const href = link.getAttribute("href") || link.getAttribute("xlink:href") || "";
      if (href.startsWith("#event-")) id = href.slice(1);
    }
    if (id && open(id)) event.preventDefault();
  });
  back.addEventListener("click", () => { trail.pop(); show(trail[trail.length - 1]); });
  panel.querySelector(".close").addEventListener("click", () => panel.close());
  panel.addEventListener("click", (event) => { if (event.target === panel) panel.close(); });
  panel.addEventListener("close", () => { trail.length = 0; content.replaceChildren(); });
})();
