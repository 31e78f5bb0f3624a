/* Filters by verdict, and the way from the list of claims to their place in the text. */
(() => {
  document.querySelectorAll(".filter").forEach((button) => {
    button.addEventListener("click", () => {
      const shown = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(shown));
      document.body.classList.toggle(`hide-${button.dataset.verdict}`, !shown);
    });
  });
  document.querySelectorAll(".locate").forEach((button) => {
    button.addEventListener("click", () => {
      const mark = [...document.querySelectorAll(".claim")].find((part) =>
        part.dataset.cards.split(" ").includes(`card-${button.dataset.mark}`));
      mark.scrollIntoView({ block: "center" });
      mark.focus({ preventScroll: true });
    });
  });
})();
