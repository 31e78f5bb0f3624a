"use strict";
/* One card for the whole page: it opens beside the element that has data-cards, the identifiers of
   the elements whose content it shows. Hover and focus show it; a click, a tap or Enter pins it. */
(() => {
  const card = document.getElementById("card");
  const content = card.querySelector(".card-body");
  let owner = null;
  let pinned = false;
  let leaving = 0;
  let pressing = false; // between a press and its click: what scrolls then takes the click elsewhere

  const opener = (target) => (target instanceof Element ? target.closest("[data-cards]") : null);

  function place() {
    if (!owner) return;
    const boxes = owner.getClientRects();
    const box = boxes[boxes.length - 1];
    if (window.matchMedia("(max-width: 40rem)").matches) { // a sheet: keep it off its owner
      card.style.left = card.style.top = "";
      const covered = box.bottom + 12 - (window.innerHeight - card.offsetHeight);
      if (covered > 0) window.scrollBy({ top: covered, behavior: "instant" });
      return;
    }
    const room = document.documentElement.clientWidth - card.offsetWidth - 12;
    card.style.left = `${Math.max(12, Math.min(box.left, room)) + window.scrollX}px`;
    const below = box.bottom + 8;
    const fits = below + card.offsetHeight <= window.innerHeight || boxes[0].top < card.offsetHeight;
    const top = fits ? below : boxes[0].top - card.offsetHeight - 8;
    card.style.top = `${top + window.scrollY}px`;
  }

  function show(element) {
    window.clearTimeout(leaving);
    if (owner === element) return;
    hide();
    owner = element;
    const copies = element.dataset.cards.split(" ").map((id) => {
      const source = document.getElementById(id);
      const copy = document.createElement("section");
      copy.append((source.content || source).cloneNode(true));
      return copy;
    });
    content.replaceChildren(...copies);
    content.querySelectorAll("[id]").forEach((part) => part.removeAttribute("id"));
    card.hidden = false;
    card.scrollTop = 0;
    owner.setAttribute("aria-expanded", "true");
    place();
  }

  function hide() {
    window.clearTimeout(leaving);
    if (owner) owner.setAttribute("aria-expanded", "false");
    owner = null;
    pinned = false;
    card.hidden = true;
    card.classList.remove("pinned");
  }

  function pin(element) {
    show(element);
    pinned = true;
    card.classList.add("pinned");
  }

  function leave() {
    window.clearTimeout(leaving);
    leaving = window.setTimeout(() => { if (!pinned) hide(); }, 180);
  }

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    const element = opener(event.target);
    if (element && !pinned) show(element);
    else if (card.contains(event.target)) window.clearTimeout(leaving);
  });
  document.addEventListener("pointerout", (event) => {
    if (event.pointerType === "mouse" && !pinned && owner) leave();
  });
  document.addEventListener("pointerdown", () => { pressing = true; });
  document.addEventListener("pointercancel", () => { pressing = false; });
  document.addEventListener("focusin", (event) => {
    if (pressing) return; // the click that follows decides
    const element = opener(event.target);
    if (element && !pinned) show(element);
    else if (!element && !card.contains(event.target)) hide();
  });
  document.addEventListener("click", (event) => {
    pressing = false;
    const element = opener(event.target);
    if (event.target.closest(".card-close")) {
      const last = owner;
      hide();
      if (last) last.focus({ preventScroll: true });
      hide();
    } else if (element) {
      if (pinned && owner === element) hide();
      else pin(element);
    } else if (!card.contains(event.target)) hide();
  });
  document.addEventListener("keydown", (event) => {
    pressing = false;
    const element = opener(event.target);
    if (element && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      pin(element);
      card.focus({ preventScroll: true });
    } else if (event.key === "Escape" && owner) {
      const last = owner;
      const inside = card.contains(document.activeElement);
      hide();
      if (inside) { last.focus({ preventScroll: true }); hide(); }
    }
  });
  window.addEventListener("resize", place);
})();
