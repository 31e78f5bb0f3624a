/* The switch between languages; without it all stand one after the other. */
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
  /* The first of the reader's languages that is here: the same, else one of the same tongue.
     Traditional characters are those of Hong Kong. */
  const here = buttons.map((button) => button.dataset.show);
  const wanted = (tag) => {
    const name = tag.toLowerCase();
    if (here.includes(name)) return name;
    const near = /^zh-(hant|tw|mo)/.test(name) ? ["zh-hk", "zh-cn"]
      : name.startsWith("zh") ? ["zh-cn", "zh-hk"] : [name.split("-")[0]];
    return near.find((one) => here.includes(one));
  };
  const language = (navigator.languages || []).map(wanted).find(Boolean);
  if (buttons.length) show(language || here[0]);
})();
