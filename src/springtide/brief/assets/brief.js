/* The switch between languages; without it both stand one after the other. */
(() => {
  const buttons = [...document.querySelectorAll("[data-show]")];
  const show = (language) => {
    document.querySelectorAll("[data-language]").forEach((part) => {
      part.hidden = part.dataset.language !== language;
    });
    buttons.forEach((button) =>
      button.setAttribute("aria-pressed", String(button.dataset.show === language)));
    const shown = document.querySelector(`[data-language="${language}"]`);
    document.documentElement.lang = shown.lang;
    document.title = shown.querySelector("h1").textContent;
  };
  buttons.forEach((button) => button.addEventListener("click", () => show(button.dataset.show)));
  if (buttons.length) show(buttons[0].dataset.show);
})();
