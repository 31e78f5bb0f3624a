/* Filters by verdict, the way from the list of claims to their place in the text, and copying. */
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
  document.addEventListener("click", async (event) => {
    const button = event.target.closest(".copy");
    if (!button) return;
    const words = button.parentElement.querySelector("p");
    try {
      await navigator.clipboard.writeText(words.textContent);
    } catch { // no clipboard for this page: let the reader copy what is selected
      window.getSelection().selectAllChildren(words);
      if (!document.execCommand("copy")) return;
    }
    button.textContent = button.dataset.copied;
  });
})();
