"use strict";
/* The theme, and the keys that work on every page. */
(() => {
  const root = document.documentElement;
  document.getElementById("theme").addEventListener("click", () => {
    const dark = root.dataset.theme
      ? root.dataset.theme === "dark"
      : window.matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    document.cookie = `theme=${root.dataset.theme}; path=/; max-age=31536000; SameSite=Strict`;
    document.dispatchEvent(new Event("themed"));
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      document.getElementById("q-go").focus();
    }
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    event.target.removeAttribute("aria-busy");
  });
})();
