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
/* Charts: a crosshair that tells the values of the day under it and where they are from, and
   buttons for the stretch shown. What is drawn without script stays as it is until it is used. */
(() => {
  const near = (xs, x) => {
    let low = 0;
    let high = xs.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (xs[middle] <= x) low = middle; else high = middle;
    }
    return [low, high];
  };
  const svg = (name, values) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    Object.entries(values).forEach(([key, value]) => made.setAttribute(key, value));
    return made;
  };

  const valuesOf = (figure) =>
    JSON.parse(figure.querySelector('[type="application/json"]').textContent);

  document.querySelectorAll("figure.chart").forEach((figure) => {
    const data = valuesOf(figure);
    if (data.shared) { // the numbers stand with the first language
      const key = CSS.escape(figure.dataset.chart);
      const whole = valuesOf(document.querySelector(`figure.chart[data-chart="${key}"]`));
      data.panels.forEach((panel, i) => panel.lines.forEach((line, k) => {
        Object.assign(line, { x: whole.panels[i].lines[k].x, y: whole.panels[i].lines[k].y });
      }));
    }
    const plot = figure.querySelector(".plot");
    const told = figure.querySelector(".told");
    const language = figure.closest("[lang]").lang.replace(/^en$/, "en-GB");
    const number = (value, digits) => value.toLocaleString(language,
      { minimumFractionDigits: digits, maximumFractionDigits: digits });
    const date = new Intl.DateTimeFormat(language,
      { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
    const lines = data.panels.flatMap((panel) => panel.lines);
    lines.forEach((line) => { let x = 0; line.x = line.x.map((step) => (x += step)); });
    let first = data.first;
    let last = data.last;
    const cross = svg("line", { class: "cross", y1: 0, y2: "100%", visibility: "hidden" });
    plot.append(cross);

    const valuesAt = (line, x) => {
      if (!line.x.length || x < line.x[0] - 4 || x > line.x[line.x.length - 1] + 4) return null;
      const [before, after] = near(line.x, x);
      const exact = line.step ? (line.x[after] <= x ? after : before)
        : x - line.x[before] <= line.x[after] - x ? before : after;
      if (line.x.length > 40 || line.step) return [line.x[exact], line.y.map((y) => y[exact])];
      const part = (x - line.x[before]) / ((line.x[after] - line.x[before]) || 1);
      const share = Math.min(1, Math.max(0, part));
      return [x, line.y.map((y) => y[before] + share * (y[after] - y[before]))];
    };

    function tell(share) {
      const x = first + share * (last - first);
      let at = null;
      const rows = lines.flatMap((line) => {
        const said = valuesAt(line, x);
        if (!said) return [];
        if (at === null || line.x.length > 40) at = said[0];
        return [`${line.name} ${said[1].map((v) => number(v, line.decimals)).join(" – ")}${line.unit}`];
      });
      if (at === null) { hush(); return; }
      const head = document.createElement("b");
      head.textContent = data.dated ? date.format(new Date(Math.round(at) * 864e5))
        : `${number(at, 0)} ${data.axis}`;
      const body = rows.map((row) => {
        const part = document.createElement("div");
        part.textContent = row;
        return part;
      });
      const source = document.createElement("i");
      source.textContent = data.evidence;
      told.replaceChildren(head, ...body, source);
      told.hidden = false;
      const width = plot.clientWidth || plot.getBoundingClientRect().width;
      const place = (at - first) / (last - first);
      cross.setAttribute("x1", `${100 * place}%`);
      cross.setAttribute("x2", `${100 * place}%`);
      cross.setAttribute("visibility", "visible");
      const left = place * width;
      told.style.left = `${Math.max(0, left > width / 2 ? left - told.offsetWidth - 12 : left + 14)}px`;
    }
    function hush() {
      told.hidden = true;
      cross.setAttribute("visibility", "hidden");
    }
    const point = (event) => {
      const box = plot.getBoundingClientRect();
      tell(Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)));
    };
    plot.addEventListener("pointermove", point);
    plot.addEventListener("pointerdown", point);
    plot.addEventListener("pointerleave", hush);
    plot.tabIndex = 0;
    let spot = 1;
    plot.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -0.01, ArrowRight: 0.01 }[event.key];
      if (!step) return;
      event.preventDefault();
      spot = Math.min(1, Math.max(0, spot + step));
      tell(spot);
    });
    plot.addEventListener("blur", hush);
    ranges(figure, data, lines, (from, to) => { first = from; last = to; hush(); });
  });

  /* A shorter stretch: the view boxes of the lines are narrowed, and labels are written anew. */
  function ranges(figure, data, lines, changed) {
    const end = Math.max(...lines.flatMap((line) => line.x.slice(-1)), -Infinity);
    if (!data.dated || data.last - data.first < 500) return;
    const plot = figure.querySelector(".plot");
    const language = figure.closest("[lang]").lang.replace(/^en$/, "en-GB");
    const whole = plot.cloneNode(true);
    const past = Math.min(end, ...lines.filter((line) => line.x.length > 40).map((line) => line.x[line.x.length - 1]));
    const bar = document.createElement("div");
    bar.className = "ranges";
    const years = (count) => new Intl.NumberFormat(language,
      { style: "unit", unit: count < 1 ? "month" : "year", unitDisplay: "narrow" }).format(count < 1 ? 12 * count : count);
    const choices = [0.5, 1, 3].filter((count) => data.first < past - 365.25 * count * 1.3);
    const buttons = [...choices, 0].map((count) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = count ? years(count) : data.all;
      button.setAttribute("aria-pressed", String(!count));
      button.addEventListener("click", () => {
        buttons.forEach((one) => one.setAttribute("aria-pressed", String(one === button)));
        const from = count ? past - 365.25 * count : data.first;
        const to = count ? Math.min(data.last, past + 365.25 * count) : data.last;
        draw(from, to, !count);
        changed(from, to);
      });
      return button;
    });
    bar.append(...buttons);
    figure.querySelector("figcaption").after(bar);

    const nice = (low, high, about) => {
      const rough = (high - low) / about;
      const size = 10 ** Math.floor(Math.log10(rough));
      const step = [1, 2, 2.5, 5, 10].map((k) => k * size).find((k) => k >= 0.85 * rough);
      const out = [];
      for (let k = Math.ceil(low / step); k * step <= high; k += 1) out.push(k * step);
      return [out, step];
    };

    function draw(from, to, all) {
      const cross = plot.querySelector(".cross");
      plot.replaceChildren(...whole.cloneNode(true).childNodes);
      plot.querySelector(".cross").replaceWith(cross);
      if (all) return;
      const span = to - from;
      const share = (x) => (x - from) / span;
      plot.querySelectorAll('[data-axis="x"]').forEach((part) => part.remove());
      plot.querySelectorAll('[data-axis="y"]').forEach((part) => part.remove());
      plot.querySelectorAll("svg.lines").forEach((box, number) => {
        const panel = data.panels[number];
        const top = parseFloat(box.getAttribute("y"));
        const seen = panel.lines.flatMap((line) =>
          line.y.flatMap((y) => y.filter((_, k) => line.x[k] >= from && line.x[k] <= to)));
        if (!seen.length) return;
        const room = 0.05 * (Math.max(...seen) - Math.min(...seen) || 1);
        const low = Math.max(panel.low, Math.min(...seen) - room);
        const high = Math.min(panel.high, Math.max(...seen) + room);
        const whole = panel.high - panel.low;
        const scale = 10 * panel.height / whole;
        const left = 1e4 * (from - data.first) / (data.last - data.first);
        box.setAttribute("viewBox", `${left} ${(panel.high - high) * scale} ${1e4 * span / (data.last - data.first)} ${(high - low) * scale}`);
        const down = (value) => top + panel.height * (1 - (value - low) / (high - low));
        const [at, step] = nice(low, high, panel.height > 120 ? 5 : 3);
        const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
        at.forEach((value) => {
          plot.prepend(svg("line", { class: "grid-l", "data-axis": "y", x1: 0, x2: "100%", y1: down(value), y2: down(value) }));
          const text = svg("text", { class: "soft", "data-axis": "y", x: "100%", dx: 6, y: down(value) + 4 });
          text.textContent = value.toLocaleString(language, { minimumFractionDigits: digits,
            notation: Math.abs(value) >= 1e6 ? "compact" : "standard" }) + (panel.lines[0].unit || "");
          plot.append(text);
        });
        const inside = (part) => {
          const y = part.hasAttribute("data-y") ? down(+part.dataset.y) : NaN;
          return Number.isNaN(y) || (y >= top && y <= top + panel.height) ? y : null;
        };
        if (number === 0) plot.querySelectorAll("[data-y], [data-x]").forEach((part) => {
          const y = inside(part);
          const x = part.hasAttribute("data-x") ? share(+part.dataset.x) : 0;
          if (y === null || x < 0 || x > 1) { part.remove(); return; }
          if (part.hasAttribute("data-x")) part.setAttribute(part.tagName === "circle" ? "cx" : "x", `${100 * x}%`);
          if (!Number.isNaN(y)) part.setAttribute(part.tagName === "circle" ? "cy" : "y", part.tagName === "text" ? y - 4 : y);
        });
      });
      const months = [1, 2, 3, 6, 12].find((step) => span / 30.4 / step < 6) || 12;
      const start = new Date(from * 864e5);
      const month = new Intl.DateTimeFormat(language, { month: "short", timeZone: "UTC" });
      const both = new Intl.DateTimeFormat(language, { month: "short", year: "numeric", timeZone: "UTC" });
      const foot = Math.max(...[...plot.querySelectorAll("svg.lines")].map((box) =>
        parseFloat(box.getAttribute("y")) + parseFloat(box.getAttribute("height"))));
      let labelled = 0;
      for (let k = start.getUTCMonth() + 1; ; k += 1) {
        const day = new Date(Date.UTC(start.getUTCFullYear(), k, 1));
        const x = share(day / 864e5);
        if (x > 0.94) break;
        if (day.getUTCMonth() % months || x < 0.05) continue;
        const text = svg("text", { class: "soft", "data-axis": "x", x: `${100 * x}%`, y: foot + 16, "text-anchor": "middle" });
        text.textContent = (!labelled || !day.getUTCMonth() ? both : month).format(day);
        labelled += 1;
        plot.append(text);
      }
    }
  }
})();
